"""What takes too long is ended: a handler, a commit, a connection that no longer answers."""
import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest

from deploy.embedded.postgres import SOCKET_NAME
from deploy.embedded.stack import Stack
from shared.contracts.portal import SupporterChanged
from shared.messaging import deciding, parking
from shared.messaging.broker import consumer_of, limited
from shared.messaging.partitions import TOPICS_SEEN_EVERY_MS
from shared.runtime.postgres import Database
from tests.conftest import MakeDatabase
from tests.faults.proxy import BLACKHOLE, PASS, Proxy
from tests.integration.messaging.parts import Reader, Work, arrival_of, listening, supporter


class Slow(Reader):
    """Takes for ever over the events of one key."""

    slow = ""
    cancelled = 0

    async def hear(self, event: Any, work: Work) -> None:
        if event.key == self.slow:
            try:
                await work.connection.execute("SELECT pg_sleep(60)")
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
        await super().hear(event, work)


async def test_a_handler_that_takes_too_long_is_ended_once_and_its_event_set_aside_while_others_go_in(
    database_for: MakeDatabase, council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.messaging.hearing.HANDLED_WITHIN", 0.3)
    reader = Slow(await database_for("bare"), council)
    slow, other = supporter(council), supporter(council)
    reader.slow = slow.key

    await reader.hearing.take([arrival_of(slow), arrival_of(other)])

    assert reader.cancelled == 1
    assert reader.heard == [(other.key, 1)]
    assert [(row["key"], row["reason"]) for row in await parking.listed(reader.database)] == [(slow.key, "failed: TooLong")]

    reader.slow = ""
    await deciding.retry(reader.database, council, (await parking.listed(reader.database))[0]["id"], "Ada")
    assert await parking.drain_one(reader.hearing, council, SupporterChanged.topic, slow.key)
    assert reader.heard == [(other.key, 1), (slow.key, 1)]


async def test_a_commit_that_the_broker_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.messaging.broker.COMMIT_WITHIN", 0.1)
    monkeypatch.setattr("shared.messaging.broker.LOOK_WITHIN", 0.1)

    async def for_ever(*_: Any, **__: Any) -> None:
        await asyncio.sleep(60)

    consumer: Any = SimpleNamespace(getmany=for_ever, commit=for_ever)
    hearing: Any = SimpleNamespace(beat=0.0)
    broker: Any = SimpleNamespace(subscribers=[SimpleNamespace(consumer=consumer)])

    limited(broker, hearing)

    with pytest.raises(TimeoutError):
        await consumer.commit()
    assert await consumer.getmany() == {}  # nothing came; FastStream looks again
    assert hearing.beat > 0


@pytest.fixture
async def link(database_for: MakeDatabase, infrastructure: Stack) -> AsyncIterator[tuple[Proxy, Database]]:
    """A database that is reached through a proxy."""
    folder, there = Path(tempfile.mkdtemp(prefix="link-")), infrastructure.postgres.socket_folder
    url = (await database_for("bare")).url.replace(quote(str(there)), quote(str(folder)))
    async with Proxy(listen=folder / SOCKET_NAME, upstream=there / SOCKET_NAME) as proxy:
        database = Database(url, name="link")
        await database.open()
        yield proxy, database
        await database.close()
    shutil.rmtree(folder)


async def test_a_line_that_no_longer_answers_is_noticed_and_its_lock_is_free_again(
    link: tuple[Proxy, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.runtime.postgres.LINE_ANSWERS_WITHIN", 0.5)
    monkeypatch.setattr("shared.runtime.postgres.LINE_ASKED_EVERY", 0.1)
    proxy, database = link
    line, rung = await database.line(), asyncio.Event()
    await line.listen("outbox", rung.set)
    assert await line.ask("SELECT pg_try_advisory_lock(1)")

    proxy.fault = BLACKHOLE
    await asyncio.wait_for(rung.wait(), 3)
    assert line.lost
    line.close()
    proxy.fault = PASS

    other = await database.line()
    deadline = time.monotonic() + 3
    while not await other.ask("SELECT pg_try_advisory_lock(1)"):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
    other.close()


async def test_one_connection_that_does_not_answer_takes_its_neighbours_along(link: tuple[Proxy, Database]) -> None:
    """So that a database that is back is at once of use, not after each dead connection has cost its ten seconds."""
    proxy, database = link
    assert all(await asyncio.gather(*(database.answers(5) for _ in range(10))))

    with pytest.raises(TimeoutError):
        async with database.transaction() as connection:
            proxy.fault = BLACKHOLE
            began = time.monotonic()
            await connection.fetchval("SELECT 1", timeout=0.3)
    assert time.monotonic() - began < 2  # the rollback was not waited for
    proxy.fault = PASS

    assert all(await asyncio.gather(*(database.answers(2) for _ in range(10))))


async def test_whether_the_database_answers_is_known_in_time_also_when_it_does_not(link: tuple[Proxy, Database]) -> None:
    proxy, database = link
    assert await database.answers(5)
    proxy.fault = BLACKHOLE

    began = time.monotonic()

    assert not await database.answers(0.5)
    assert time.monotonic() - began < 1.5




async def test_a_reader_soon_sees_topics_that_were_made_while_it_joined(
    database_for: MakeDatabase, infrastructure: Stack, council: str
) -> None:
    """Five minutes deaf otherwise: it was given no part of a topic that the broker did not know of yet."""
    reader = Reader(await database_for("bare"), council)
    async with listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind) as broker:
        consumer = consumer_of(broker)
        assert consumer is not None and consumer._client._metadata_max_age_ms == TOPICS_SEEN_EVERY_MS <= 10_000
