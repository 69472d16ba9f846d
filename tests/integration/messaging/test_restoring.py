"""A service restored to an earlier moment: its readers take the restored truth, and it hears again what it has forgotten."""
import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from deploy.embedded.stack import Stack
from shared.contracts import Event
from shared.messaging.broker import connect, epoch_of
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.restoring import StillRunning, begun_at, restored
from shared.runtime.environment import PREFIX
from shared.runtime.postgres import Database
from tests.conftest import BackUp, MakeDatabase
from tests.integration.messaging.parts import Reader, listening, relaying, reply, supporter

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
async def teller(database_for: MakeDatabase) -> Database:
    return await database_for("bare")


@pytest.fixture
async def reader(database_for: MakeDatabase, council: str) -> Reader:
    return Reader(await database_for("bare"), council)


async def tell(database: Database, *events: Event) -> None:
    async with database.transaction() as connection:
        for event in events:
            await PostgresOutbox(connection).append(event)


@pytest.mark.parametrize("on_a_new_timeline", [True, False], ids=["as the runbook says", "just started again"])
async def test_readers_take_the_restored_truth_only_on_a_new_timeline(
    teller: Database, reader: Reader, council: str, infrastructure: Stack, backup_of: BackUp, on_a_new_timeline: bool
) -> None:
    delegation, other = uuid4(), uuid4()
    await tell(teller, supporter(council, 1, delegation))
    backup = await backup_of(teller)

    async with listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind):
        async with relaying(teller, infrastructure):
            await tell(teller, *(supporter(council, revision, delegation) for revision in (2, 3)))
            before = list(await reader.heard_all(3))
        if on_a_new_timeline:
            await restored(backup.url, NOW)
        async with relaying(backup, infrastructure):
            await tell(backup, supporter(council, 2, delegation), supporter(council, 1, other))
            while (str(other), 1) not in reader.heard:  # noqa: ASYNC110 - it comes from a broker, and after all the rest
                await asyncio.sleep(0.05)
    after = [revision for key, revision in reader.heard[len(before):] if key == str(delegation)]

    assert before == [(str(delegation), revision) for revision in (1, 2, 3)]
    assert after == ([1, 2] if on_a_new_timeline else [])
    assert await reader.set_aside() == []


async def test_occurrences_are_told_again_and_those_heard_before_count_once(
    teller: Database, reader: Reader, council: str, infrastructure: Stack, backup_of: BackUp
) -> None:
    reply_id, unheard = uuid4(), uuid4()
    await tell(teller, reply(council, 1, reply_id), reply(council, 1, unheard))
    backup = await backup_of(teller)
    async with teller.transaction() as connection:  # the broker lost this one
        lost = "DELETE FROM outbox_pending WHERE id IN (SELECT id FROM outbox_log WHERE key = $1)"
        await connection.execute(lost, str(unheard))
    await tell(teller, reply(council, 2, reply_id))

    async with listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind):
        async with relaying(teller, infrastructure):
            await reader.heard_all(2)
        await restored(backup.url, NOW)
        async with relaying(backup, infrastructure):
            await tell(backup, reply(council, 2, reply_id), reply(council, 3, reply_id))
            heard = await reader.heard_all(5)

    of_one = [revision for key, revision in heard if key == str(reply_id)]
    assert of_one == [1, 2, 2, 3]  # the second 2 is another fact: what was told after the backup is not what happened after it
    assert [revision for key, revision in heard if key == str(unheard)] == [1]
    assert await reader.set_aside() == []


async def test_a_backup_restored_twice_counts_on_a_timeline_that_nobody_has_seen(
    teller: Database, council: str, backup_of: BackUp
) -> None:
    await tell(teller, supporter(council))
    first, second = await backup_of(teller), await backup_of(teller)

    once = await restored(first.url, NOW)
    again = await restored(second.url, NOW.replace(hour=13))
    and_again = await restored(second.url, NOW)  # even with a clock that went back

    assert 1 < once.timeline < again.timeline < and_again.timeline < 10**9  # the header has room for nine digits
    assert (once.states, once.occurrences) == (1, 0)


async def test_every_latest_state_is_a_new_event_with_its_version_and_what_was_told_before_stays(
    teller: Database, council: str
) -> None:
    keys = [uuid4() for _ in range(3)]
    await tell(teller, *(supporter(council, revision, key) for revision in (1, 2) for key in keys))
    async with teller.transaction() as connection:
        before = await connection.fetch("SELECT * FROM outbox_log ORDER BY id")
        await connection.execute("DELETE FROM outbox_pending")

    done = await restored(teller.url, NOW)

    async with teller.transaction() as connection:
        after = await connection.fetch("SELECT * FROM outbox_log ORDER BY id")
        told = await connection.fetch("SELECT log.* FROM outbox_pending JOIN outbox_log AS log USING (id) ORDER BY id")
        latest = await connection.fetch("SELECT id FROM outbox_latest ORDER BY id")
    assert after[:6] == before
    assert [(row["key"], row["version"], row["timeline"]) for row in told] == [(str(key), 2, done.timeline) for key in keys]
    assert {row["event_id"] for row in told}.isdisjoint(row["event_id"] for row in before)
    assert all(UUID(row["headers"]["ce_id"]) == row["event_id"] for row in told)
    assert [row["id"] for row in latest] == [row["id"] for row in told]


async def test_it_is_refused_while_the_service_runs(teller: Database, council: str, infrastructure: Stack) -> None:
    await tell(teller, supporter(council))
    async with relaying(teller, infrastructure):
        async with asyncio.timeout(20):
            while await pending(teller):  # noqa: ASYNC110 - then its relay is at work
                await asyncio.sleep(0.05)

        with pytest.raises(StillRunning):
            await restored(teller.url, NOW)

    assert await begun_at(teller, "epoch") == "epoch"


async def test_it_is_said_on_the_command_line_before_the_service_starts(
    database_url_for: Callable[[str], Awaitable[str]]
) -> None:
    url = await database_url_for("registry")
    told = {"DATABASE_URL": url, "KAFKA_SERVERS": "nobody:1", "SERVICE_KEY": "k" * 24, "PORT": "8001"}

    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "services.registry", "restored"], capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": os.getcwd(), **{f"{PREFIX}{name}": value for name, value in told.items()}},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "The registry begins timeline" in done.stdout and "0 states anew" in done.stdout


async def pending(database: Database) -> int:
    async with database.transaction() as connection:
        return int(await connection.fetchval("SELECT count(*) FROM outbox_pending"))


@pytest.mark.parametrize("on_a_new_timeline", [True, False], ids=["as the runbook says", "just started again"])
async def test_what_a_restored_service_has_forgotten_it_hears_again(
    teller: Database, reader: Reader, council: str, infrastructure: Stack, backup_of: BackUp, on_a_new_timeline: bool
) -> None:
    name, first, later = f"reader-{uuid4().hex[:8]}", supporter(council), supporter(council)
    async with relaying(teller, infrastructure):
        await tell(teller, first)
        async with listening_as(name, reader, infrastructure):
            await reader.heard_all(1)
        old = Reader(await backup_of(reader.database), council)
        await tell(teller, later)
        async with listening_as(name, reader, infrastructure):
            await reader.heard_all(2)
        if on_a_new_timeline:
            await restored(old.database.url, NOW)
        async with listening_as(name, old, infrastructure):
            heard = await old.heard_all(1, within=20 if on_a_new_timeline else 3)
            await asyncio.sleep(0.3)

    assert heard == ([(later.key, 1)] if on_a_new_timeline else [])  # and not the first, which it still knows


@asynccontextmanager
async def listening_as(name: str, reader: Reader, infrastructure: Stack) -> AsyncIterator[None]:
    """As the service of this name does, which remembers in the broker how far it has read."""
    servers = infrastructure.kafka_servers
    epoch = await begun_at(reader.database, await epoch_of(servers))
    broker = connect(name, servers, kind=infrastructure.broker.kind, instance="1", epoch=epoch, hearing=reader.hearing)
    await broker.start()
    try:
        yield
    finally:
        await broker.stop()
