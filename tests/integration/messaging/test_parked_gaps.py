"""What the broker lost between two events of one key is asked for and comes, though nobody looks."""
import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from deploy.embedded.stack import Stack
from shared.contracts.notifier import ReplyReceived
from shared.messaging import gaps, parking, upkeep
from shared.messaging.hearing import Hearing
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.messaging.statements import sql
from shared.runtime.postgres import Database
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import Reader, Work, arrival_of, listening, relaying, reply


@pytest.fixture
async def owner(database_for: MakeDatabase) -> Reader:
    """It tells, and hears nothing but what every service hears."""
    owner = Reader(await database_for("bare"), "nobody")
    owner.hearing = Hearing(owner.database, {}, Work, upkeep.beside({}))
    return owner


@pytest.fixture
async def reader(database_for: MakeDatabase, council: str) -> Reader:
    return Reader(await database_for("bare"), council)


@asynccontextmanager
async def draining(reader: Reader) -> AsyncIterator[None]:
    drainer = asyncio.create_task(parking.drain(reader.hearing))
    try:
        yield
    finally:
        assert not drainer.done(), drainer.exception()
        drainer.cancel()


def losing(monkeypatch: pytest.MonkeyPatch, key: str, version: int) -> list[int]:
    """A relay whose broker says yes to one event and forgets it, once; the ids it lost."""
    lost: list[int] = []
    send = Relay.send

    async def forgetful(self: Relay, producer: Any, topic: str, partition: int, rows: list[Any]) -> list[int]:
        losing = [row["id"] for row in rows if not lost and (row["key"], row["version"]) == (key, version)]
        lost.extend(losing)
        kept = [row for row in rows if row["id"] not in losing]
        return losing + (await send(self, producer, topic, partition, kept) if kept else [])

    monkeypatch.setattr(Relay, "send", forgetful)
    return lost


async def test_what_the_broker_lost_is_told_again_and_goes_in_in_order(
    owner: Reader, reader: Reader, council: str, infrastructure: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "OPEN_FOR", timedelta(seconds=1))
    reply_id = uuid4()
    lost = losing(monkeypatch, str(reply_id), 2)
    rest = infrastructure.kafka_servers, infrastructure.broker.kind

    async with (
        relaying(owner.database, infrastructure), relaying(reader.database, infrastructure), listening(owner, *rest),
        listening(reader, *rest),
    ):
        async with owner.database.transaction() as connection:
            for revision in (1, 2, 3):
                await PostgresOutbox(connection).append(reply(council, revision, reply_id))
        before = await reasons(reader, 1)
        async with draining(reader):
            heard = await reader.heard_all(3)
            after = await reasons(reader, 0)

    assert len(lost) == 1
    assert before == [parking.NOT_ITS_TURN]
    assert heard == [(str(reply_id), revision) for revision in (1, 2, 3)]
    assert after == []


async def reasons(reader: Reader, count: int, within: float = 20) -> list[str]:
    """Why the reader has set events aside, once there are so many."""
    deadline = time.monotonic() + within
    while True:
        found = [row["reason"] for row in await reader.set_aside()]
        if len(found) == count or time.monotonic() > deadline:
            return found
        await asyncio.sleep(0.05)


async def asked(database: Database) -> list[tuple[str, int]]:
    async with database.transaction() as connection:
        rows = await connection.fetch("SELECT convert_from(body, 'utf8')::jsonb AS body FROM outbox_log ORDER BY id")
    return [(row["body"]["of_topic"], row["body"]["from_version"]) for row in rows]


async def test_a_gap_is_asked_about_after_a_minute_and_once(reader: Reader, council: str) -> None:
    await reader.hearing.take([arrival_of(reply(council, 3))])

    early = await gaps.ask_about_missing(reader.hearing, parking.NOT_ITS_TURN)
    await a_minute_later(reader)
    counts = [await gaps.ask_about_missing(reader.hearing, parking.NOT_ITS_TURN) for _ in range(3)]

    assert (early, counts) == (0, [1, 0, 0])
    assert await asked(reader.database) == [(ReplyReceived.topic, 1)]


async def a_minute_later(reader: Reader) -> None:
    async with reader.database.transaction() as connection:
        await connection.execute("UPDATE parked SET first_seen = first_seen - interval '61 seconds'")


async def test_nobody_is_asked_while_the_broker_is_away(reader: Reader, council: str) -> None:
    await reader.hearing.take([arrival_of(reply(council, 3))])
    await a_minute_later(reader)

    reader.hearing.beat = time.monotonic() - 60  # we do not reach it
    unheard = await gaps.ask_about_missing(reader.hearing, parking.NOT_ITS_TURN)
    reader.hearing.beat = time.monotonic()
    async with reader.database.transaction() as connection:  # it does not take what we tell
        await PostgresOutbox(connection).append(reply(council))
        await connection.execute("UPDATE outbox_pending SET created_at = now() - interval '11 seconds'")
    untold = await gaps.ask_about_missing(reader.hearing, parking.NOT_ITS_TURN)

    assert (unheard, untold) == (0, 0)


@pytest.mark.parametrize("trouble", [ValueError("a bug"), None], ids=["failed", "nothing"])
async def test_only_a_gap_is_asked_about(
    reader: Reader, council: str, trouble: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.messaging.hearing.PATIENCE", ())
    event = reply(council)
    if trouble:
        reader.failing[event.key] = trouble
    await reader.hearing.take([arrival_of(event)])
    await a_minute_later(reader)

    assert await gaps.ask_about_missing(reader.hearing, parking.NOT_ITS_TURN) == 0


async def test_without_the_missing_one_somebody_may_say_go_on(reader: Reader, council: str) -> None:
    """Its owner has it no longer, so asking is in vain."""
    reply_id = uuid4()
    for revision in (1, 3, 4):
        await reader.hearing.take([arrival_of(reply(council, revision, reply_id))])
    [first, _] = sorted(await parking.listed(reader.database), key=lambda row: int(row["version"]))

    async with reader.database.transaction() as connection:
        await connection.execute("UPDATE parked SET next_try_at = now() WHERE id = $1", first["id"])
    while await parking.drain_one(reader.hearing, council, ReplyReceived.topic, str(reply_id)):
        pass

    assert reader.heard == [(str(reply_id), revision) for revision in (1, 3, 4)]
    assert await parking.listed(reader.database) == []


async def test_a_key_that_waits_for_ever_holds_up_no_other_key(database_for: MakeDatabase, council: str) -> None:
    reader = Reader(await database_for("bare"), council)
    never_comes, comes = uuid4(), uuid4()
    await reader.hearing.take([arrival_of(reply(council, 2, never_comes))])
    await reader.hearing.take([arrival_of(reply(council, revision, comes)) for revision in (1, 2, 4, 3)])

    async with reader.database.transaction() as connection:
        due = await connection.fetch(sql.due_parked_keys, parking.NOT_ITS_TURN)

    assert [row["key"] for row in due] == [str(comes)]
