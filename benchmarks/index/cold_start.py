"""A start from nothing: the index from the matcher's table, and from the topic, against replaying pydantic's JSON."""
import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from benchmarks.ranking.registers import Register
from benchmarks.told import profile_told
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.profile import Profile
from services.matcher.store import index as store
from services.matcher.subscribers import known, profile_from
from shared.contracts.registry import ProfileChanged
from shared.messaging.broker import FETCH_WAIT_MS
from shared.messaging.partitions import partition_of

TABLE = "CREATE TABLE profile (profile_id uuid PRIMARY KEY, facets bytea NOT NULL)"
AT_ONCE = 10_000


async def cold_start(size: int) -> dict[str, object]:
    """Seconds of the clock, waiting for the server and the broker among them, until an index can answer."""
    told = [profile_told(profile).model_dump_json().encode() for profile in Register("urban", size).profiles()]
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    async with Stack(folder, Ports.free(), services=(), durable=False, tell=lambda *_: None) as stack:
        found = {
            "pas": size,
            "kept_events_s": _timed(lambda: (profile_from(ProfileChanged.model_validate_json(body)) for body in told)),
            "topic_s": await _from_topic(stack.kafka_servers, told),
            "table_s": await _from_table(stack, size),
        }
    base = float(str(found["topic_s"]))
    shutil.rmtree(folder, ignore_errors=True)
    return found | {"topic_against_table": round(base / float(str(found["table_s"])), 2)}


def _timed(profiles: "object") -> float:
    began = time.perf_counter()
    Index("urban", known(), profiles())  # type: ignore[operator]
    return round(time.perf_counter() - began, 2)


async def _from_topic(servers: str, told: Iterable[bytes]) -> float:
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
    began, index, heard = time.perf_counter(), Index("urban", known()), 0
    while heard < len(bodies):
        for records in (await consumer.getmany(timeout_ms=100, max_records=AT_ONCE)).values():
            for record in records:
                index.put(profile_from(ProfileChanged.model_validate_json(record.value)))
            heard += len(records)
    took = time.perf_counter() - began
    await consumer.stop()
    return round(took, 2)


async def _from_table(stack: Stack, size: int) -> float:
    """The rows as the store writes and reads them."""
    name = f"cold_{uuid4().hex[:8]}"
    await stack.postgres.psql("--command", f'CREATE DATABASE "{name}"')
    connection = await asyncpg.connect(stack.postgres.url("postgres", name))
    await connection.execute(TABLE)
    rows = [(profile.profile_id, store.PROFILE.dump_json(profile)) for profile in Register("urban", size).profiles()]
    await connection.copy_records_to_table("profile", records=rows, timeout=600)
    del rows
    began, index = time.perf_counter(), Index("urban", known())
    async with connection.transaction():
        cursor = await connection.cursor("SELECT facets FROM profile")
        while some := await cursor.fetch(AT_ONCE):
            for row in some:
                index.put(_read(row["facets"]))
    took = time.perf_counter() - began
    await connection.close()
    return round(took, 2)


def _read(facets: bytes) -> Profile:
    return store.PROFILE.validate_json(facets)


def measured(size: int) -> dict[str, object]:
    return asyncio.run(cold_start(size))
