"""Outbox to broker to inbox, on a real broker and a real PostgreSQL."""
import asyncio
from collections import Counter
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer

from deploy.embedded.stack import Stack
from shared.contracts.notifier import ReplyReceived
from shared.contracts.portal import SupporterChanged
from shared.messaging import parking
from shared.messaging.hearing import Hearing, NeverRight, NotNow
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.runtime.postgres import Database
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import Reader, Work, arrival_id, arrival_of, listening, put, relaying, reply, supporter


@pytest.fixture
async def teller(database_for: MakeDatabase) -> Database:
    return await database_for("bare")


@pytest.fixture
async def reader(database_for: MakeDatabase, council: str) -> Reader:
    return Reader(await database_for("bare"), council)


async def test_what_is_committed_is_heard_once_and_in_order(
    teller: Database, reader: Reader, council: str, infrastructure: Stack
) -> None:
    delegations = [uuid4() for _ in range(5)]
    events = [supporter(council, revision, delegation) for revision in (1, 2, 3) for delegation in delegations]

    async with relaying(teller, infrastructure), listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind):
        for event in events:
            async with teller.transaction() as connection:
                await PostgresOutbox(connection).append(event)
        heard = await reader.heard_all(15)
        await asyncio.sleep(0.3)

    assert heard == [(event.key, event.revision) for event in events]


async def test_what_is_rolled_back_is_never_told(teller: Database, reader: Reader, council: str, infrastructure: Stack) -> None:
    with suppress(ZeroDivisionError):
        async with teller.transaction() as connection:
            await PostgresOutbox(connection).append(supporter(council))
            raise ZeroDivisionError
    kept = supporter(council)

    async with relaying(teller, infrastructure), listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind):
        async with teller.transaction() as connection:
            await PostgresOutbox(connection).append(kept)
        heard = await reader.heard_all(1)
        await asyncio.sleep(0.3)

    assert heard == [(kept.key, 1)]


UNREADABLE: list[tuple[bytes | None, list[tuple[str, bytes]], str]] = [
    (b"{", [("ce_id", b"a")], "the body is not as the contract says"),
    (b'{"council": "x"}', [("ce_id", b"b")], "the body is not as the contract says"),
    (b"{}", [("ce_id", b"\xff\xfe")], "a header is not text"),
    (None, [("ce_id", b"c")], "there is no body"),
    (b"{}", [], "the header ce_id is missing"),
    (b"{}", [("ce_id", b"d"), ("ce_type", b"pa.something.else.v9")], "the type is not one this topic carries"),
    (b"not json", [("ce_id", b"e"), ("content-type", b"application/cloudevents+json")], "the body is not a CloudEvent"),
]


async def test_what_cannot_be_read_is_set_aside_with_its_reason_and_the_next_is_heard(
    teller: Database, reader: Reader, council: str, infrastructure: Stack
) -> None:
    for body, headers, _ in UNREADABLE:
        await put(infrastructure.kafka_servers, SupporterChanged.topic, council, body, headers)
    good = supporter(council)

    async with relaying(teller, infrastructure), listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind):
        async with teller.transaction() as connection:
            await PostgresOutbox(connection).append(good)
        heard = await reader.heard_all(1)

    assert heard == [(good.key, 1)]
    set_aside = Counter(row["reason"] for row in await parking.listed(reader.database))
    assert Counter(reason for _, _, reason in UNREADABLE) <= set_aside  # others may have put theirs on the same broker


async def test_an_event_that_is_never_right_is_kept_and_a_newer_state_still_goes_in(
    teller: Database, reader: Reader, council: str, infrastructure: Stack
) -> None:
    wrong = supporter(council)
    reader.failing[wrong.key] = NeverRight("unknown_area")

    async with relaying(teller, infrastructure), listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind):
        other = supporter(council)
        async with teller.transaction() as connection:
            await PostgresOutbox(connection).append(wrong)
            await PostgresOutbox(connection).append(other)
        await reader.heard_all(1)
        reader.failing.clear()
        async with teller.transaction() as connection:
            await PostgresOutbox(connection).append(wrong.model_copy(update={"revision": 2}))
        heard = await reader.heard_all(2)

    assert heard == [(other.key, 1), (wrong.key, 2)]
    set_aside = await parking.listed(reader.database, 100_000)
    assert [row["reason"] for row in set_aside if row["key"] == wrong.key] == ["unknown_area"]


async def test_a_stale_revision_delivered_late_changes_nothing(reader: Reader, council: str) -> None:
    delegation = uuid4()
    new, old = supporter(council, 5, delegation), supporter(council, 4, delegation)

    for event in (new, old, new):
        await reader.hearing.take([arrival_of(event)])

    assert reader.heard == [(str(delegation), 5)]


async def test_an_occurrence_never_overtakes_the_one_before_it_and_holds_up_nobody_else(reader: Reader, council: str) -> None:
    reply_id, other = uuid4(), reply(council)

    await reader.hearing.take([arrival_of(event) for event in (reply(council, 3, reply_id), reply(council, 2, reply_id), other)])
    assert reader.heard == [(other.key, 1)]
    assert await drained(reader, council, reply_id) == 0  # it waits for the one before it
    await reader.hearing.take([arrival_of(reply(council, 1, reply_id))])
    assert await drained(reader, council, reply_id) == 3

    assert reader.heard == [(other.key, 1), *((str(reply_id), revision) for revision in (1, 2, 3))]
    assert await parking.listed(reader.database) == []


async def drained(reader: Reader, council: str, reply_id: UUID) -> int:
    """How many parked replies went in."""
    count = 0
    while await parking.drain_one(reader.hearing, council, ReplyReceived.topic, str(reply_id)):
        count += 1
    return count


async def test_what_waited_for_the_one_before_goes_in_though_the_process_died_right_after_that_one(
    reader: Reader, council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parking, "LOOK_EVERY", 0.01)
    reply_id = uuid4()
    for revision in (2, 1, 3):
        await reader.hearing.take([arrival_of(reply(council, revision, reply_id))])
    assert await parking.drain_one(reader.hearing, council, ReplyReceived.topic, str(reply_id))  # the first; then it dies

    draining = asyncio.create_task(parking.drain(reader.hearing))
    await reader.heard_all(3, within=5)
    draining.cancel()

    assert reader.heard == [(str(reply_id), revision) for revision in (1, 2, 3)]


async def test_a_key_in_trouble_is_parked_and_drained_in_order_when_the_trouble_is_over(
    reader: Reader, council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.messaging.hearing.PATIENCE", (0.0, 0.0))
    delegation = uuid4()
    reader.failing[str(delegation)] = ValueError("a bug")

    for revision in (1, 2, 3):
        await reader.hearing.take([arrival_of(supporter(council, revision, delegation))])
    fine = supporter(council)
    await reader.hearing.take([arrival_of(fine)])
    assert reader.heard == [(fine.key, 1)]
    assert len(await parking.listed(reader.database)) == 3

    reader.failing.clear()
    while await parking.drain_one(reader.hearing, council, SupporterChanged.topic, str(delegation)):
        pass
    await reader.hearing.take([arrival_of(supporter(council, 4, delegation))])

    assert reader.heard == [(fine.key, 1), *((str(delegation), revision) for revision in (1, 2, 3, 4))]
    assert await parking.listed(reader.database) == []


async def test_trouble_with_the_database_never_counts_against_an_event(reader: Reader, council: str) -> None:
    event = supporter(council)
    reader.failing[event.key] = ConnectionResetError()

    for _ in range(6):
        with pytest.raises(NotNow):
            await reader.hearing.take([arrival_of(event)])
    reader.failing.clear()
    await reader.hearing.take([arrival_of(event)])

    assert reader.heard == [(event.key, 1)]


async def test_an_event_that_ends_the_process_each_time_is_set_aside(reader: Reader, council: str) -> None:
    event = supporter(council)
    for _ in range(3):  # begun three times, by processes that never came to its end
        async with reader.database.connection() as connection:
            await Hearing(reader.database, reader.hearing.hears, Work).count(connection, arrival_id(event))

    await reader.hearing.take([arrival_of(event)])

    assert reader.heard == []
    assert [row["reason"] for row in await parking.listed(reader.database)] == ["it stopped the service each time"]


async def test_a_new_broker_is_told_the_newest_state_of_every_key(teller: Database, reader: Reader, council: str) -> None:
    delegation = uuid4()
    async with teller.transaction() as connection:
        for event in (supporter(council, 1, delegation), supporter(council, 2, delegation), reply(council)):
            await PostgresOutbox(connection).append(event)
        await connection.execute("DELETE FROM outbox_pending")  # told long ago, to a broker that is gone

    await Relay(teller, "nobody:1", idempotent=False, epoch="a-new-one").fill_if_new()
    await Relay(teller, "nobody:1", idempotent=False, epoch="a-new-one").fill_if_new()

    async with teller.transaction() as connection:
        told = await connection.fetch("SELECT topic, version FROM outbox_pending JOIN outbox_log USING (id) ORDER BY id")
    assert [tuple(row) for row in told] == [("portal.supporter.v1", 2), ("notifier.reply.v1", 1)]


async def test_a_broker_we_come_back_to_is_told_everything_again(teller: Database, council: str) -> None:
    async with teller.transaction() as connection:
        await PostgresOutbox(connection).append(reply(council))

    told = []
    for epoch in ("one", "one", "another", "one"):
        async with teller.transaction() as connection:
            await connection.execute("DELETE FROM outbox_pending")
        await Relay(teller, "nobody:1", idempotent=False, epoch=epoch).fill_if_new()
        async with teller.transaction() as connection:
            told.append(await connection.fetchval("SELECT count(*) FROM outbox_pending"))

    assert told == [1, 0, 1, 1]


async def test_a_relay_that_was_left_behind_forgets_nothing_for_the_broker_that_came_after(
    teller: Database, infrastructure: Stack, council: str
) -> None:
    async with teller.transaction() as connection:
        await PostgresOutbox(connection).append(reply(council))
    left_behind, leader = (Relay(teller, infrastructure.kafka_servers, idempotent=False, epoch=e) for e in ("old", "new"))
    await left_behind.fill_if_new()
    await leader.fill_if_new()

    producer = AIOKafkaProducer(bootstrap_servers=infrastructure.kafka_servers)
    await producer.start()
    left = []
    try:
        for relay in (left_behind, leader):
            await relay.forward(producer)
            async with teller.transaction() as connection:
                left.append(await connection.fetchval("SELECT count(*) FROM outbox_pending"))
    finally:
        await producer.stop()

    assert left == [1, 0]
