"""A start from nothing: the index from blocks kept beside the profiles, against the table of profiles and replaying the topic."""
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

import services.matcher
from benchmarks.ranking.registers import Register
from benchmarks.told import profile_told
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.profile import Profile
from services.matcher.store import Store
from services.matcher.store import index as store
from services.matcher.subscribers import known, profile_from
from shared import messaging
from shared.contracts.registry import ProfileChanged
from shared.messaging.broker import FETCH_WAIT_MS
from shared.messaging.partitions import partition_of
from shared.runtime import migrations
from shared.runtime.postgres import Database

MIGRATIONS = Path(services.matcher.__file__).with_name("migrations")
COLUMNS = ("council", "profile_id", "revision", "shown", "facets", "changed")
BEGIN = "INSERT INTO index_clock (council, at) VALUES ('urban', 1)"
MOVE = "UPDATE index_clock SET at = 2"
CHANGED = "UPDATE profile SET revision = revision + 1, changed = 2 WHERE profile_id = $1"

AT_ONCE = 10_000


async def cold_start(size: int) -> dict[str, object]:
    """Seconds of the clock, waiting for the server and the broker among them, until an index can answer; and of the processor,
    this process alone. `blocks_changed`: with one PA in a hundred who changed since they were kept.
    """
    told = [profile_told(profile).model_dump_json().encode() for profile in Register("urban", size).profiles()]
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    found: dict[str, Took] = {}
    async with Stack(folder, Ports.free(), services=(), durable=False, tell=lambda *_: None) as stack:
        found["kept_events"] = _timed(lambda: (profile_from(ProfileChanged.model_validate_json(body)) for body in told))
        found["topic"] = await _from_topic(stack.kafka_servers, told)
        found |= await _from_table(stack, size)
    shutil.rmtree(folder, ignore_errors=True)
    figures: dict[str, object] = {"pas": size}
    for name, took in found.items():
        figures |= {f"{name}_s": round(took.clock, 3), f"{name}_cpu_s": round(took.processor, 3)}
    for base in ("topic", "table"):
        for name in ("blocks", "blocks_changed"):
            figures[f"{base}_against_{name}"] = round(found[base].clock / found[name].clock, 1)
            figures[f"{base}_against_{name}_cpu"] = round(found[base].processor / found[name].processor, 1)
    return figures


@dataclass(frozen=True)
class Took:
    clock: float
    processor: float


class Watch:
    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def took(self) -> Took:
        return Took(time.perf_counter() - self.clock, time.process_time() - self.processor)


def _timed(profiles: Callable[[], Iterable[Profile]]) -> Took:
    watch = Watch()
    Index("urban", known(), profiles())
    return watch.took()


async def _from_topic(servers: str, told: Iterable[bytes]) -> Took:
    """As a service that lost its table hears it again, newest states only, with nothing around the client."""
    topic, bodies = "registry.profile.v1", list(told)
    place = TopicPartition(topic, partition_of("urban"))
    producer = AIOKafkaProducer(bootstrap_servers=servers, acks="all", linger_ms=5, max_batch_size=500_000)
    await producer.start()
    for body in bodies:
        await producer.send(topic, body, key=uuid4().bytes, partition=place.partition)
    await producer.stop()
    consumer = AIOKafkaConsumer(bootstrap_servers=servers, fetch_max_wait_ms=FETCH_WAIT_MS["embedded"])
    await consumer.start()
    consumer.assign([place])
    await consumer.seek_to_beginning(place)
    watch, index, heard = Watch(), Index("urban", known()), 0
    while heard < len(bodies):
        for records in (await consumer.getmany(timeout_ms=100, max_records=AT_ONCE)).values():
            for record in records:
                index.put(profile_from(ProfileChanged.model_validate_json(record.value)))
            heard += len(records)
    took = watch.took()
    await consumer.stop()
    return took


async def _from_table(stack: Stack, size: int) -> dict[str, Took]:
    """By the matcher's own store: without blocks, with them, and with them when some have changed."""
    name = f"cold_{uuid4().hex[:8]}"
    await stack.postgres.psql("--command", f'CREATE DATABASE "{name}"')
    url = stack.postgres.url("postgres", name)
    with redirect_stdout(sys.stderr):
        await migrations.migrate(url, migrations.steps(Path(messaging.__file__).with_name("migrations"), MIGRATIONS))
    database = Database(url, name="matcher")
    await database.open()
    rows = [
        (one.council, one.profile_id, one.revision, one.shown, store.PROFILE.dump_json(one), 1)
        for one in Register("urban", size).profiles()
    ]  # fmt: skip
    async with database.transaction() as connection:
        await connection.execute(BEGIN)
        await connection.copy_records_to_table("profile", records=rows, columns=COLUMNS, timeout=600)
    found = {"table": await _started(database)}
    found["keeping"] = await _kept(database)
    found["blocks"] = await _started(database)
    async with database.transaction() as connection:
        await connection.execute(MOVE)
        await connection.executemany(CHANGED, [(row[1],) for row in rows[::100]])
    found["blocks_changed"] = await _started(database)
    await database.close()
    return found


async def _started(database: Database) -> Took:
    """A new process, but for the Python that is loaded already and an open connection."""
    fresh = Store(database)
    async with fresh.begin() as work:
        watch = Watch()
        indexed = await work.profiles.index("urban", known())
        took = watch.took()
        assert len(indexed.moment.index)
    return took


async def _kept(database: Database) -> Took:
    fresh = Store(database)
    async with fresh.begin() as work:
        await work.profiles.index("urban", known())
        watch = Watch()
        assert await work.profiles.keep_index("urban", known())
        return watch.took()


def measured(size: int) -> dict[str, object]:
    return asyncio.run(cold_start(size))
