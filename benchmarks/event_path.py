"""What it costs to carry an event the whole way, outbox to broker to inbox, against plain aiokafka in the same run.

Everything is in one process on a PostgreSQL and a broker of its own. Times are of the clock: waiting is part of the cost.

    python -m benchmarks.event_path --events 3000
    BROKER=kafka python -m benchmarks.event_path --rate 100     # on Apache Kafka, 100 events a second
"""
import argparse
import asyncio
import json
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from benchmarks.tasks import let_go
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from shared import messaging
from shared.contracts.portal import SupporterChanged
from shared.messaging.broker import FETCH_WAIT_MS, connect, epoch_of
from shared.messaging.hearing import Hearing
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.partitions import partition_of
from shared.messaging.relay import Relay
from shared.runtime import migrations
from shared.runtime.postgres import Connection, Database
from tests.conftest import BROKER

COUNCIL = "benchmark"
PLAIN_TOPIC = "notifier.reply.v1"  # nobody else reads it here


def event() -> SupporterChanged:
    return SupporterChanged.model_validate({
        "council": COUNCIL, "revision": 1, "delegation_id": uuid4(), "person_id": uuid4(), "supporter_id": uuid4(),
        "state": "active", "scopes": ["see_shortlist"], "until": date(2030, 1, 1),
    })


class Reader:
    """It only counts, and notes when each event came."""

    def __init__(self) -> None:
        self.came: dict[str, float] = {}

    async def hear(self, heard: SupporterChanged, _: Connection) -> None:
        self.came[heard.key] = time.perf_counter()

    async def until(self, count: int) -> None:
        while len(self.came) < count:  # noqa: ASYNC110 - it comes from a broker
            await asyncio.sleep(0.005)


async def plain(servers: str, events: list[SupporterChanged]) -> float:
    """Events a second with nothing but the client: no inbox, no outbox, no order beyond the partition's."""
    consumer = AIOKafkaConsumer(bootstrap_servers=servers, fetch_max_wait_ms=FETCH_WAIT_MS[BROKER])
    producer = AIOKafkaProducer(bootstrap_servers=servers, acks="all", linger_ms=2)
    await consumer.start()
    await producer.start()
    place = TopicPartition(PLAIN_TOPIC, partition_of(COUNCIL))
    consumer.assign([place])
    await consumer.seek_to_beginning(place)
    began, came = time.perf_counter(), 0

    async def send() -> None:
        for one in events:
            await producer.send(PLAIN_TOPIC, one.model_dump_json().encode(), key=one.key.encode(), partition=place.partition)
        await producer.flush()

    sending = asyncio.create_task(send())
    while came < len(events):
        for records in (await consumer.getmany(timeout_ms=100)).values():
            came += len([SupporterChanged.model_validate_json(record.value) for record in records])
    took = time.perf_counter() - began
    await sending
    await producer.stop()
    await consumer.stop()
    return len(events) / took


async def told(database: Database, events: list[SupporterChanged], at_once: int) -> None:
    for start in range(0, len(events), at_once):
        async with database.transaction() as connection:
            for one in events[start : start + at_once]:
                await PostgresOutbox(connection).append(one)


async def opened(stack: Stack, name: str) -> Database:
    await stack.postgres.make_room("bare", name)
    steps = migrations.steps(Path(messaging.__file__).with_name("migrations"))
    await migrations.migrate(stack.postgres.url("bare_migrator", name), steps)
    database = Database(stack.postgres.url("bare_runtime", name), name=name)
    await database.open()
    return database


async def measure(count: int, rate: float) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    async with Stack(folder, Ports.free(), broker=BROKER, services=(), durable=False, tell=lambda *_: None) as stack:
        servers = stack.kafka_servers
        teller, inbox = await opened(stack, "teller"), await opened(stack, "reader")
        bare = await plain(servers, [event() for _ in range(count)])
        began = time.perf_counter()
        events = [event() for _ in range(count)]
        await told(teller, events, 100)
        written = time.perf_counter() - began
        reader, epoch = Reader(), await epoch_of(servers)
        hearing = Hearing(inbox, {SupporterChanged: reader.hear}, lambda connection: connection)
        broker = connect("bench", servers, kind=BROKER, instance="1", epoch=epoch, hearing=hearing)
        await broker.start()
        warm = event()
        relaying = asyncio.create_task(Relay(teller, servers, idempotent=BROKER == "apache", epoch=epoch).run())
        await reader.until(1)  # joined, and the first is through
        began, had = time.perf_counter(), len(reader.came)
        await reader.until(count)
        carried = (count - had) / (time.perf_counter() - began)
        await told(teller, [warm], 1)
        took = await latencies(teller, reader, rate)
        await let_go([relaying])
        await broker.stop()
        await teller.close()
        await inbox.close()
    return {
        "events": count, "plain_per_s": round(bare), "outbox_appends_per_s": round(count / written),
        "carried_per_s": round(carried), "ratio": round(carried / bare, 3), "broker": BROKER, "latency_at_per_s": rate,
        "p50_ms": round(statistics.median(took) * 1000, 1), "p99_ms": round(sorted(took)[int(len(took) * 0.99)] * 1000, 1),
    }


async def latencies(teller: Database, reader: Reader, rate: float) -> list[float]:
    """Commit to applied, for ten seconds of a steady stream."""
    committed: dict[str, float] = {}
    for _ in range(int(rate * 10)):
        one = event()
        async with teller.transaction() as connection:
            await PostgresOutbox(connection).append(one)
        committed[one.key] = time.perf_counter()
        await asyncio.sleep(1 / rate)
    while not committed.keys() <= reader.came.keys():  # noqa: ASYNC110 - it comes from a broker
        await asyncio.sleep(0.01)
    return [reader.came[key] - at for key, at in committed.items()]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=3000)
    arguments.add_argument("--rate", type=float, default=50)
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    seen = json.dumps(asyncio.run(measure(options.events, options.rate)))
    print(seen)
    if options.out:
        with options.out.open("a") as file:
            file.write(seen + "\n")


if __name__ == "__main__":
    main()
