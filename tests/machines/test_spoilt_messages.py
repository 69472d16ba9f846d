"""Ten thousand spoilt messages among good: each good one counts, each bad one is set aside once, and none shows its content."""
import asyncio
import os
import random
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from structlog.testing import capture_logs

from deploy.embedded.stack import Stack
from shared.messaging.envelope import Arrival
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import Reader, listening
from tests.machines.spoilt import CANARY, SPOILS, good, spoilt

pytestmark = pytest.mark.usefixtures("empty_broker")

SPOILT = 10_000
THROUGH_THE_BROKER = 300
GOOD_ONE_IN = 10
BATCH = 100


@pytest.fixture
async def reader(database_for: MakeDatabase, council: str) -> Reader:
    return Reader(await database_for("bare"), council)


def mixed(council: str, count: int) -> tuple[list[Arrival], list[str], list[Arrival]]:
    """All in their order, the keys of the good ones, and the spoilt ones."""
    chance = random.Random(0 if os.environ.get("CI") else None)
    arrivals, keys, bad = [], [], []
    for offset in range(count):
        if offset % GOOD_ONE_IN == 0:
            event, arrival = good(council, chance, offset)
            keys.append(event.key)
        else:
            arrival = spoilt(council, chance, offset)
            bad.append(arrival)
        arrivals.append(arrival)
    return arrivals, keys, bad


async def set_aside(reader: Reader, places: set[tuple[str, int, int]]) -> list[dict[str, Any]]:
    async with reader.database.transaction() as connection:
        rows = await connection.fetch(
            "SELECT topic, part, off, council, key, event_id::text, reason, fields, first_seen FROM parked"
        )
    return [dict(row) for row in rows if (row["topic"], row["part"], row["off"]) in places]


def place(arrival: Arrival) -> tuple[str, int, int]:
    return arrival.topic, arrival.partition, arrival.offset


def judge(rows: list[dict[str, Any]], bad: set[tuple[str, int, int]], logged: list[Any]) -> None:
    found = [(row["topic"], row["part"], row["off"]) for row in rows]
    assert len(found) == len(set(found)) and set(found) == bad  # each once, none passed over
    assert all(row["reason"] for row in rows)
    for row in rows:
        seen = f"{row['reason']} {row['fields']} {row['council']} {row['key']}"
        assert CANARY.lower() not in seen.lower()
    assert logged and CANARY.lower() not in repr(logged).lower()


@pytest.mark.parametrize("how", SPOILS)
async def test_spoilt_in_each_way_it_is_set_aside_and_the_next_goes_in(reader: Reader, council: str, how: str) -> None:
    chance = random.Random(how)
    bad = [spoilt(council, chance, offset, how=how) for offset in range(10)]
    event, fine = good(council, chance, 10)

    with capture_logs() as logged:
        await reader.hearing.take([*bad, fine])

    judge(await set_aside(reader, set(map(place, bad))), set(map(place, bad)), logged)
    assert reader.heard == [(event.key, 1)]


async def test_of_ten_thousand_none_is_passed_over_and_no_good_one_is_held_up(reader: Reader, council: str) -> None:
    arrivals, keys, bad = mixed(council, SPOILT * GOOD_ONE_IN // (GOOD_ONE_IN - 1))

    with capture_logs() as logged:
        for begin in range(0, len(arrivals), BATCH):
            await reader.hearing.take(arrivals[begin : begin + BATCH])
        await reader.hearing.take(arrivals[:BATCH])  # and once more: it changes nothing

    judge(await set_aside(reader, set(map(place, arrivals))), set(map(place, bad)), logged)
    assert [key for key, _ in reader.heard] == keys


async def test_nor_is_one_on_its_way_through_the_broker(reader: Reader, council: str, infrastructure: Stack) -> None:
    arrivals, keys, _ = mixed(council, THROUGH_THE_BROKER)
    bad: set[tuple[str, int, int]] = set()
    places: set[tuple[str, int, int]] = set()
    producer = AIOKafkaProducer(bootstrap_servers=infrastructure.kafka_servers)
    await producer.start()
    good_ones = 0
    for number, arrival in enumerate(arrivals):
        if len(arrival.body or b"") > 900_000:
            continue  # the broker itself takes none so large
        sent = await producer.send_and_wait(
            arrival.topic, arrival.body, key=b"k", partition=arrival.partition, headers=list(arrival.headers)
        )
        where = (arrival.topic, sent.partition, sent.offset)
        places.add(where)
        if number % GOOD_ONE_IN:
            bad.add(where)
        else:
            good_ones += 1
    await producer.stop()

    with capture_logs() as logged:
        async with listening(reader, infrastructure.kafka_servers, infrastructure.broker.kind):
            heard = await reader.heard_all(good_ones)
            for _ in range(100):
                if len(await set_aside(reader, bad)) == len(bad):
                    break
                await asyncio.sleep(0.1)

    assert sorted(key for key, _ in heard) == sorted(keys)  # by two topics, each in its own order
    judge(await set_aside(reader, places), bad, logged)
