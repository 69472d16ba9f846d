"""Tells what a teller committed in ways no relay of ours would: again and again, and in another order."""
import asyncio
import json
import random
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg
from aiokafka import AIOKafkaProducer

from shared.contracts import Event
from shared.messaging.envelope import headers_for
from shared.messaging.partitions import PARTITIONS, partition_of
from tests.faults.small import sql
from tests.faults.world import World, open_to

WINDOW = 50
"""Within so many neighbours an event may change its place."""


async def tell(world: World, dice: random.Random, *, times: int = 1, shuffled: bool = True) -> int:
    """Every committed event, each up to `times` times; how many records that were."""
    async with open_to(world.urls["teller"]) as teller:
        rows: list[Any] = await teller.fetch(sql.told_whole, world.telling.council)
    wanted = [row for row in rows for _ in range(dice.randint(1, times))]
    if shuffled:
        wanted = sorted(wanted, key=lambda row: row["id"] + dice.uniform(0, WINDOW))
    await put(world.ground.stack.kafka_servers, wanted)
    return len(wanted)


async def publish(servers: str, events: Iterable[Event]) -> None:
    """Events of nobody's outbox, each under an id of its own."""
    producer = AIOKafkaProducer(bootstrap_servers=servers, request_timeout_ms=5_000)
    await producer.start()
    try:
        for event in events:
            headers = headers_for(event, uuid4(), told_at=datetime.now(UTC)) | {"ce_timeline": "1"}
            await producer.send(
                event.topic, event.model_dump_json().encode(), key=event.key.encode(), partition=partition_of(event.council),
                headers=[(name, value.encode()) for name, value in headers.items()],
            )
        await producer.flush()
    finally:
        await producer.stop()


async def put(servers: str, rows: list[asyncpg.Record]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=servers, request_timeout_ms=5_000, metadata_max_age_ms=500)
    await producer.start()
    try:
        await all_there(producer, {row["topic"] for row in rows})
        for row in rows:
            headers = [(name, value.encode()) for name, value in json.loads(row["headers"]).items()]
            headers.append(("ce_timeline", str(row["timeline"]).encode()))
            await producer.send(
                row["topic"], row["body"], key=row["key"].encode(), partition=partition_of(row["council"]), headers=headers
            )
        await producer.flush()
    finally:
        await producer.stop()


async def all_there(producer: AIOKafkaProducer, topics: Iterable[str]) -> None:
    """A broker without memory gets its topics anew, and until then shows one partition of each."""
    for topic in topics:
        while len(await producer.partitions_for(topic)) != PARTITIONS:  # noqa: ASYNC110 - it is the broker's time
            await asyncio.sleep(0.5)
