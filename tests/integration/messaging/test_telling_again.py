"""What one service asks another to tell again."""
import asyncio
from uuid import uuid4

import pytest

from deploy.embedded.stack import Stack
from shared.contracts.notifier import ReplyReceived
from shared.contracts.upkeep import RepublishRequested
from shared.messaging import parking, republish, upkeep
from shared.messaging.broker import epoch_of
from shared.messaging.hearing import Hearing
from shared.messaging.housekeeping import forget_old
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
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


async def test_a_gap_heals_when_the_owner_is_asked_to_tell_again(
    owner: Reader, reader: Reader, council: str, infrastructure: Stack
) -> None:
    reply_id = uuid4()
    told = [reply(council, revision, reply_id) for revision in (1, 2, 3)]
    await Relay(owner.database, "nobody:1", idempotent=False, epoch=await epoch_of(infrastructure.kafka_servers)).fill_if_new()
    async with owner.database.transaction() as connection:
        for event in told:
            await PostgresOutbox(connection).append(event)
        await connection.execute("DELETE FROM outbox_pending")  # the broker took them, and lost them
    await reader.hearing.take([arrival_of(told[-1])])
    assert reader.heard == []

    async with (
        relaying(owner.database, infrastructure), relaying(reader.database, infrastructure),
        listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind),
        listening(owner, infrastructure.kafka_servers, infrastructure.broker.kind),
    ):
        async with reader.database.transaction() as connection:
            await republish.ask(
                connection, council=council, topic=ReplyReceived.topic, key=str(reply_id), timeline=1, from_version=1
            )
        while len(await parked(reader)) < 4:  # noqa: ASYNC110 - the early one, and behind it the three that were told again
            await asyncio.sleep(0.05)
        while await parking.drain_one(reader.hearing, council, ReplyReceived.topic, str(reply_id)):
            pass

    assert reader.heard == [(str(reply_id), revision) for revision in (1, 2, 3)]
    assert await parked(reader) == []


async def test_only_what_was_asked_for_is_told_again_and_in_its_order(owner: Reader, council: str) -> None:
    reply_id = uuid4()
    told = [reply(council, revision, reply_id) for revision in (1, 2, 3, 4)]
    others = [reply(council), reply("elsewhere", 3, reply_id)]
    async with owner.database.transaction() as connection:
        for event in (*told, *others):
            await PostgresOutbox(connection).append(event)
        before = await connection.fetch("DELETE FROM outbox_pending RETURNING id")

    await owner.hearing.take([arrival_of(request(council, str(reply_id), from_version=3))])

    async with owner.database.transaction() as connection:
        again = await connection.fetch("SELECT * FROM outbox_pending JOIN outbox_log USING (id) ORDER BY id")
    assert [(row["key"], row["version"]) for row in again] == [(str(reply_id), 3), (str(reply_id), 4)]
    assert {row["id"] for row in again} <= {row["id"] for row in before}  # as they were, so that an inbox knows them


async def test_who_told_nothing_of_it_tells_nothing(owner: Reader, council: str) -> None:
    await owner.hearing.take([arrival_of(request(council, str(uuid4())))])

    assert await pending(owner.database) == []
    assert await parked(owner) == []


async def test_the_same_is_not_asked_for_twice_in_ten_minutes(reader: Reader, council: str) -> None:
    async def ask(from_version: int) -> None:
        async with reader.database.transaction() as connection:
            await republish.ask(
                connection, council=council, topic=ReplyReceived.topic, key="k", timeline=1, from_version=from_version
            )

    await ask(2)
    await ask(2)
    assert len(await pending(reader.database)) == 1

    await ask(3)
    assert len(await pending(reader.database)) == 2

    async with reader.database.transaction() as connection:
        await connection.execute("UPDATE told_again_asked SET asked_at = now() - interval '11 minutes'")
    await ask(3)
    assert len(await pending(reader.database)) == 3


async def test_what_was_asked_is_forgotten_when_it_is_old(owner: Reader, council: str) -> None:
    await owner.hearing.take([arrival_of(request(council, "k"))])
    async with owner.database.transaction() as connection:
        await republish.ask(connection, council=council, topic=ReplyReceived.topic, key="k", timeline=1, from_version=1)
        await connection.execute("DELETE FROM outbox_pending")
        await connection.execute("UPDATE outbox_log SET created_at = now() - interval '3 days'")
        await connection.execute("UPDATE inbox SET done_at = now() - interval '3 days'")
        await connection.execute("UPDATE told_again_asked SET asked_at = now() - interval '3 days'")

    await forget_old(owner.database)

    async with owner.database.transaction() as connection:
        for table in ("outbox_log", "inbox", "key_state", "told_again_asked"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0, table


def request(council: str, key: str, from_version: int = 1) -> RepublishRequested:
    return RepublishRequested(
        council=council, revision=1, request_id=uuid4(), of_topic=ReplyReceived.topic, of_key=key, timeline=1,
        from_version=from_version,
    )


async def pending(database: Database) -> list[object]:
    async with database.transaction() as connection:
        return list(await connection.fetch("SELECT id FROM outbox_pending"))


async def parked(reader: Reader) -> list[dict[str, object]]:
    return [row for row in await parking.listed(reader.database) if row["council"] == reader.council]
