"""What it costs to take an event from the broker, as far as its bytes and as far as a checked event, against the bare client.

The bare client is aiokafka with msgspec, which checks nothing: as quick as Python has it. All take the same events of one
partition in helpings of a hundred and commit after each. Times are of the processor, the client's own work among it; what the
broker does is in a process of its own.

    .venv/bin/pip install --require-hashes -r requirements/bench.txt    # once: msgspec, for this alone
    python -m benchmarks.consuming --events 20000
"""
import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.spent import loads
from benchmarks.told import plan_told
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from shared.contracts.portal import SupportPlanChanged
from shared.messaging.broker import FETCH_WAIT_MS, MOST_RECORDS, connect, epoch_of
from shared.messaging.envelope import Arrival, Letter, headers_for, read
from shared.messaging.hearing import Hearing
from shared.messaging.partitions import partition_of
from shared.runtime.postgres import Database
from tests.conftest import BROKER

SETTING = "urban"


@dataclass
class Taking(Hearing):
    """No inbox: it only counts, and reads what it counts when it is told to."""

    reading: bool = False
    came: int = 0

    async def take(self, arrivals: list[Arrival]) -> None:
        if self.reading:
            assert all(isinstance(read(arrival, self.kinds), Letter) for arrival in arrivals)
        self.came += len(arrivals)


async def bare(servers: str, count: int) -> None:
    consumer = AIOKafkaConsumer(
        bootstrap_servers=servers, group_id=f"bare-{uuid4()}", enable_auto_commit=False, auto_offset_reset="earliest",
        fetch_max_wait_ms=FETCH_WAIT_MS[BROKER],
    )  # fmt: skip
    await consumer.start()
    place, came = TopicPartition(SupportPlanChanged.topic, partition_of(SETTING)), 0
    consumer.assign([place])
    while came < count:
        for records in (await consumer.getmany(timeout_ms=1_000, max_records=MOST_RECORDS)).values():
            came += len([msgspec.json.decode(record.value) for record in records])
            await consumer.commit({place: records[-1].offset + 1})
    await consumer.stop()


async def ours(servers: str, count: int, *, reading: bool) -> None:
    async def ignore(*_: object) -> None: ...

    nowhere = Database("postgresql://nowhere", name="nobody")
    taking = Taking(nowhere, {SupportPlanChanged: ignore}, lambda _: None, reading=reading)
    epoch = f"{await epoch_of(servers)}-{uuid4()}"
    broker = connect("bench", servers, kind=BROKER, instance="1", epoch=epoch, hearing=taking)
    await broker.start()
    while taking.came < count:  # noqa: ASYNC110 - it comes from a broker
        await asyncio.sleep(0.01)
    await broker.stop()


async def tell(servers: str, count: int) -> int:
    """Bytes of one, on the middle."""
    producer = AIOKafkaProducer(bootstrap_servers=servers, acks="all", linger_ms=5)
    await producer.start()
    asked, sizes = plans(Register(SETTING, 200), 40), []
    for nth in range(count):
        event = plan_told(replace(asked[nth % len(asked)], revision=nth + 1))
        body = event.model_dump_json().encode()
        headers = [(name, value.encode()) for name, value in headers_for(event, uuid4(), told_at=datetime.now(UTC)).items()]
        await producer.send(event.topic, body, key=event.key.encode(), partition=partition_of(SETTING), headers=headers)
        sizes.append(len(body))
    await producer.stop()
    return int(statistics.median(sizes))


async def measure(count: int, rounds: int) -> dict[str, object]:
    ways: dict[str, Callable[[str, int], Awaitable[None]]] = {
        "bare": bare,
        "ours, bytes": lambda servers, count: ours(servers, count, reading=False),
        "ours, read and checked": lambda servers, count: ours(servers, count, reading=True),
    }
    took: dict[str, list[float]] = {way: [] for way in ways}
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    async with Stack(folder, Ports.free(), broker=BROKER, services=(), durable=False, tell=lambda *_: None) as stack:
        size = await tell(stack.kafka_servers, count)
        for _ in range(rounds):
            for way, take in ways.items():
                began = time.process_time()
                await take(stack.kafka_servers, count)
                took[way].append((time.process_time() - began) / count * 1_000_000)
    each = {way: round(statistics.median(times), 1) for way, times in took.items()}
    return {
        "events": count, "bytes": size, "broker": BROKER, "us_each": each,
        "bare_over_ours": {way: round(each["bare"] / us, 2) for way, us in each.items() if way != "bare"}, "load": loads(),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(json.dumps(asyncio.run(measure(options.events, options.rounds))))


if __name__ == "__main__":
    main()
