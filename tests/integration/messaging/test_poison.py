"""One event that nobody can carry, read or survive never holds up all the others, and is never lost from sight."""
import asyncio
import os
import signal
import subprocess
import sys
import time
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.embedded.stack import Stack
from shared.contracts.portal import SupporterChanged
from shared.messaging import deciding, parking
from shared.messaging.envelope import LARGEST_BODY, Arrival, Letter, Unreadable, read
from shared.messaging.hearing import Hearing, NeverRight
from shared.messaging.housekeeping import forget_old
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.runtime.postgres import Database
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import Reader, Work, arrival_id, arrival_of, relaying, reply, supporter


@pytest.fixture
async def teller(database_for: MakeDatabase) -> Database:
    return await database_for("bare")


@pytest.fixture
async def reader(database_for: MakeDatabase, council: str) -> Reader:
    return Reader(await database_for("bare"), council)


SUPPORTER = supporter("leicester").model_dump_json().encode()
BROKEN_BODIES = st.one_of(
    st.binary(max_size=200),
    st.none(),
    st.builds(
        lambda at, byte: SUPPORTER[:at] + bytes([byte]) + SUPPORTER[at + 1 :],
        st.integers(0, len(SUPPORTER) - 1), st.integers(0, 255),
    ),
    st.sampled_from([
        SUPPORTER.replace(b'"revision":1', b'"revision":' + b"9" * 30), b'{"id":"\\ud800","data":{}}', b"[" * 5000,
        b"[]", SUPPORTER,
    ]),
)
BROKEN_HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["ce_id", "ce_type", "ce_timeline", "ce_tenant", "content-type", "x", "\x00"]),
        st.one_of(st.none(), st.binary(max_size=20), st.sampled_from(
            [b"\x00", b"9" * 5000, b"99999999999", "٣".encode(), b"application/cloudevents+json", b"\xff", str(uuid4()).encode()]
        )),
    ),
    max_size=5,
).map(tuple)


@settings(max_examples=300)
@given(body=BROKEN_BODIES, headers=BROKEN_HEADERS)
def test_reading_never_raises(body: bytes | None, headers: tuple[tuple[str, bytes | None], ...]) -> None:
    letter = read(Arrival(SupporterChanged.topic, 0, 0, headers, body), {SupporterChanged.topic: SupporterChanged})

    assert isinstance(letter, Letter | Unreadable)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BROKEN_BODIES, headers=BROKEN_HEADERS)
async def test_whatever_is_sent_is_applied_or_set_aside(
    reader: Reader, body: bytes | None, headers: tuple[tuple[str, bytes | None], ...]
) -> None:
    arrival = Arrival(SupporterChanged.topic, 0, int.from_bytes(os.urandom(6)), headers, body)

    await reader.hearing.take([arrival])

    letter = read(arrival, reader.hearing.kinds)
    async with reader.database.transaction() as connection:
        known = "SELECT event_id FROM inbox WHERE event_id = $1 UNION SELECT event_id FROM parked WHERE event_id = $1"
        assert await connection.fetchval(known, letter.event_id)


async def test_an_event_too_large_for_the_broker_is_set_aside_by_its_teller_and_the_next_is_told(
    teller: Database, infrastructure: Stack, council: str
) -> None:
    large, fine = reply(council), reply(council)
    async with teller.transaction() as connection:
        for event in (large, fine):
            await PostgresOutbox(connection).append(event)
        too_large = b'{"x": "' + b"x" * LARGEST_BODY + b'"}'
        await connection.execute("UPDATE outbox_log SET body = $1 WHERE key = $2", too_large, large.key)

    async with relaying(teller, infrastructure):
        assert await still_pending(teller) == 0

    [set_aside] = await parking.listed(teller)
    assert (set_aside["key"], set_aside["reason"]) == (large.key, "too large for the broker")
    await deciding.retry(teller, council, set_aside["id"], "Ada")
    assert await parking.drain_one(Hearing(teller, {}, Work), council, large.topic, large.key)
    async with teller.transaction() as connection:  # back in the outbox
        assert await connection.fetchval("SELECT count(*) FROM outbox_pending") == 1


async def still_pending(database: Database, within: float = 15) -> int:
    deadline = time.monotonic() + within
    while True:
        async with database.transaction() as connection:
            count: int = await connection.fetchval("SELECT count(*) FROM outbox_pending")
        if not count or time.monotonic() > deadline:
            return count
        await asyncio.sleep(0.05)


async def test_a_topic_with_the_wrong_partitions_does_not_hold_up_the_other_topics(
    teller: Database, infrastructure: Stack, council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = AIOKafkaProducer.partitions_for

    async def wrong(producer: AIOKafkaProducer, topic: str) -> set[int]:
        return {0} if topic == SupporterChanged.topic else await asked(producer, topic)

    monkeypatch.setattr(AIOKafkaProducer, "partitions_for", wrong)
    monkeypatch.setattr("shared.messaging.relay.BATCH", 5)  # more than one helping of events that cannot go
    async with teller.transaction() as connection:
        for event in (*(supporter(council) for _ in range(12)), reply(council)):
            await PostgresOutbox(connection).append(event)

    relay = Relay(teller, infrastructure.kafka_servers, idempotent=False, epoch="any")
    producer = AIOKafkaProducer(bootstrap_servers=infrastructure.kafka_servers)
    await producer.start()
    try:
        sent = [await relay.forward(producer) for _ in range(2)]
    finally:
        await producer.stop()

    assert sent == [0, 1]
    assert await still_pending(teller, within=0) == 12


async def test_an_event_that_ends_the_process_does_not_take_its_neighbours_with_it(
    reader: Reader, council: str
) -> None:
    """A real process dies of it, again and again, as a service would be started again and again."""
    events = [supporter(council) for _ in range(4)]
    arrivals = [arrival_of(event) for event in events]
    poison = events[2].key
    for _ in range(3):
        died = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", DIES, reader.database.url, poison, *(event.model_dump_json() for event in events)],
            cwd=os.getcwd(), env={**os.environ, "PYTHONPATH": os.getcwd()}, capture_output=True, text=True, timeout=30,
        )
        assert died.returncode == -signal.SIGKILL, died.stderr

    await reader.hearing.take(arrivals)

    assert [key for key, _ in reader.heard] == [events[3].key]  # the first two went in before a death
    assert [(row["key"], row["reason"]) for row in await parking.listed(reader.database)] == [
        (poison, "it stopped the service each time")
    ]


DIES = """
import asyncio, os, signal, sys
from dataclasses import dataclass
from shared.contracts.portal import SupporterChanged
from shared.messaging.hearing import Hearing
from shared.runtime.postgres import Database
from tests.integration.messaging.parts import Work, arrival_of

url, poison, *bodies = sys.argv[1:]

async def hear(event, work):
    if event.key == poison:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = Database(url, name="dies")
    await database.open()
    await Hearing(database, {SupporterChanged: hear}, Work).take(
        [arrival_of(SupporterChanged.model_validate_json(body)) for body in bodies])

asyncio.run(main())
"""


async def test_a_parked_event_that_ends_the_process_when_tried_again_waits_for_a_person(reader: Reader, council: str) -> None:
    event = supporter(council)
    await parked(reader, event, ValueError("a bug"))
    event_id = arrival_id(event)
    for _ in range(3):  # tried by processes that never came to its end
        async with reader.database.connection() as connection:
            await Hearing(reader.database, reader.hearing.hears, Work).count(connection, event_id)

    assert not await parking.drain_one(Hearing(reader.database, reader.hearing.hears, Work), council, event.topic, event.key)

    [row] = await parking.listed(reader.database)
    assert (row["reason"], row["next_try_at"]) == ("it stopped the service each time", None)
    assert reader.heard == []


async def test_a_parked_state_that_turns_out_never_right_lets_the_newer_one_in(reader: Reader, council: str) -> None:
    delegation = uuid4()
    old, new = supporter(council, 1, delegation), supporter(council, 2, delegation)
    await parked(reader, old, ValueError("a bug"))
    await reader.hearing.take([arrival_of(new)])
    asked: list[int] = []

    async def hear(event: SupporterChanged, work: Work) -> None:
        if event.revision == 1:
            raise NeverRight("unknown_area")
        asked.append(event.revision)

    mended = Hearing(reader.database, {SupporterChanged: hear}, Work)
    while await parking.drain_one(mended, council, old.topic, old.key):
        pass

    assert asked == [2]
    assert [row["reason"] for row in await parking.listed(reader.database)] == ["unknown_area"]


async def parked(reader: Reader, event: SupporterChanged, why: Exception) -> None:
    reader.failing[event.key] = why
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.messaging.hearing.PATIENCE", ())
        await reader.hearing.take([arrival_of(event)])
    reader.failing.clear()


async def test_what_is_old_is_forgotten_a_few_at_a_time_and_what_is_needed_is_kept(teller: Database, council: str) -> None:
    delegation = UUID(int=7)
    async with teller.transaction() as connection:
        for revision in range(1, 8):
            await PostgresOutbox(connection).append(supporter(council, revision, delegation))
        await connection.execute("DELETE FROM outbox_pending WHERE id > 2")  # the first two were never told
        await connection.execute("UPDATE outbox_log SET created_at = now() - interval '31 days'")

    await forget_old(teller, at_once=2)

    async with teller.transaction() as connection:
        kept = await connection.fetch("SELECT version FROM outbox_log ORDER BY version")
    assert [row["version"] for row in kept] == [1, 2, 7]
