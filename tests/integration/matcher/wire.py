"""A whole matcher on a real broker, and what other services are to it."""
import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.embedded.stack import Stack
from services.matcher.app import build
from services.matcher.settings import Settings
from shared.contracts import Event
from shared.contracts.matcher import ShortlistChanged
from shared.messaging.envelope import headers_for
from shared.messaging.partitions import partition_of
from tests.integration.matcher.told import plan


class Wire:
    """What other services are to the matcher: events to it, and events from it."""

    def __init__(self, producer: AIOKafkaProducer, consumer: AIOKafkaConsumer, database_url: str) -> None:
        self.producer, self.consumer, self.database_url = producer, consumer, database_url
        self.lists: list[dict[str, Any]] = []
        self.passing: set[UUID] = set()
        """Plans told only to see that all before them was taken in."""

    async def tell(self, *events: Event) -> None:
        for event in events:
            headers = headers_for(event, uuid4(), told_at=datetime.now(UTC))
            await self.producer.send(
                event.topic, event.model_dump_json().encode(), key=event.key.encode(), partition=partition_of(event.council),
                headers=[(name, value.encode()) for name, value in headers.items()],
            )
        await self.producer.flush()

    async def listen(self) -> None:
        async for record in self.consumer:
            self.lists.append(json.loads(record.value))

    async def hears(self, wanted: Callable[[dict[str, Any]], bool], within: float) -> float:
        """How long it took, in seconds."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not any(wanted(one) for one in self.lists):
            assert loop.time() - began < within, f"heard {len(self.lists)} lists, and not the one waited for"
            await asyncio.sleep(0.002)
        return loop.time() - began

    async def settled(self, council: str) -> dict[UUID, datetime]:
        """When each plan was last ranked, once all that was told before is taken in and nothing is due any more."""
        last = plan(council)
        self.passing.add(last.plan_id)
        await self.tell(last)  # of the same council, so of the same partition: it comes after all the others
        await self.hears(lambda one: one["plan_id"] == str(last.plan_id), within=30)
        connection = await asyncpg.connect(self.database_url)
        try:
            async with asyncio.timeout(30):
                while await connection.fetchval("SELECT count(*) FROM due_ranking"):  # noqa: ASYNC110 - it is in a database
                    await asyncio.sleep(0.02)
            rows = await connection.fetch("SELECT plan_id, ranked_at FROM shortlist")
        finally:
            await connection.close()
        return {row["plan_id"]: row["ranked_at"] for row in rows if row["plan_id"] not in self.passing}

    def of(self, plan_id: UUID) -> list[dict[str, Any]]:
        return [one for one in self.lists if one["plan_id"] == str(plan_id)]


@pytest.fixture
async def wire(database_url_for: Any, infrastructure: Stack) -> AsyncIterator[Wire]:
    settings = Settings.model_validate({
        "database_url": await database_url_for("matcher"), "kafka_servers": infrastructure.kafka_servers,
        "kafka_kind": infrastructure.broker.kind, "service_key": "k" * 24, "instance": uuid4().hex[:12],
    })
    app = build(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        producer = AIOKafkaProducer(bootstrap_servers=infrastructure.kafka_servers)
        consumer = AIOKafkaConsumer(
            ShortlistChanged.topic, bootstrap_servers=infrastructure.kafka_servers, auto_offset_reset="earliest",
            fetch_max_wait_ms=20,
        )
        for client in (producer, consumer):
            await client.start()
            stack.push_async_callback(client.stop)
        wire = Wire(producer, consumer, settings.database_url)
        listening = asyncio.create_task(wire.listen())
        yield wire
        listening.cancel()
