"""A whole matcher on a real broker, and what other services are to it."""
import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
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
from tests.integration.matcher.told import plan, profile

TAKEN_IN = """
SELECT EXISTS (SELECT FROM profile WHERE profile_id = $1) AND EXISTS (SELECT FROM plan WHERE plan_id = $2)
       AND NOT EXISTS (SELECT FROM due_ranking)
"""
TABLES = ("profile", "plan", "due_ranking", "shortlist", "outbox_pending", "outbox_log", "parked")
TOLD = "SELECT body FROM outbox_log WHERE topic = 'matcher.shortlist.v1'"


class Wire:
    """What other services are to the matcher: events to it, and events from it."""

    def __init__(self, producer: AIOKafkaProducer, consumer: AIOKafkaConsumer, database_url: str) -> None:
        self.producer, self.consumer, self.database_url = producer, consumer, database_url
        self.lists: list[dict[str, Any]] = []

    async def tell(self, *events: Event) -> None:
        """Back when the broker has them."""
        on_the_way = []
        for event in events:
            headers = headers_for(event, uuid4(), told_at=datetime.now(UTC))
            on_the_way.append(await self.producer.send(
                event.topic, event.model_dump_json().encode(), key=event.key.encode(), partition=partition_of(event.council),
                headers=[(name, value.encode()) for name, value in headers.items()],
            ))
        await asyncio.gather(*on_the_way)

    async def listen(self) -> None:
        async for record in self.consumer:
            self.lists.append(json.loads(record.value))

    async def hears(self, wanted: Callable[[dict[str, Any]], bool], within: float) -> float:
        """How long it took, in seconds."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not any(wanted(one) for one in self.lists):
            if loop.time() - began > within:
                raise AssertionError(f"heard {len(self.lists)} lists, and not the one waited for; {await self._how_far()}")
            await asyncio.sleep(0.002)
        return loop.time() - began

    async def _how_far(self) -> str:
        """Where what was told is: taken in, ranked, told, or at the broker. For whoever reads why a test failed."""
        connection = await asyncpg.connect(self.database_url)
        try:
            rows = {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}
        finally:
            await connection.close()
        ends = await self.consumer.end_offsets(self.consumer.assignment())
        there = {tp.partition: (await self.consumer.position(tp), end) for tp, end in ends.items() if end}
        return f"rows {rows}; of {len(ends)} partitions heard these have lists (read to, end): {there}"

    async def settled(self, council: str) -> dict[UUID, datetime]:
        """When each plan was last ranked, once all that was told before is taken in, nothing is due, and every list was heard.

        Topics keep order only each by itself, so the last of either is waited for: two that are on no list.
        """
        last_pa, last_plan = profile(council, state="paused"), plan(council, state="closed")
        await self.tell(last_pa, last_plan)
        connection = await asyncpg.connect(self.database_url)
        try:
            async with asyncio.timeout(90):
                while not await connection.fetchval(TAKEN_IN, last_pa.profile_id, last_plan.plan_id):  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                while self._heard(council) < _of(council, await connection.fetch(TOLD)):  # noqa: ASYNC110 - it is in a database
                    await asyncio.sleep(0.02)
            rows = await connection.fetch("SELECT plan_id, ranked_at FROM shortlist")
        finally:
            await connection.close()
        return {row["plan_id"]: row["ranked_at"] for row in rows}

    def _heard(self, council: str) -> int:
        """The topic has lists of other tests' councils too."""
        return sum(one["council"] == council for one in self.lists)

    def of(self, plan_id: UUID) -> list[dict[str, Any]]:
        return [one for one in self.lists if one["plan_id"] == str(plan_id)]


def _of(council: str, told: Sequence[asyncpg.Record]) -> int:
    return sum(json.loads(row["body"])["council"] == council for row in told)


@pytest.fixture
async def wire(database_url_for: Any, infrastructure: Stack) -> AsyncIterator[Wire]:
    settings = Settings.model_validate({
        "database_url": await database_url_for("matcher"), "kafka_servers": infrastructure.kafka_servers,
        "kafka_kind": infrastructure.broker.kind, "service_key": "k" * 24,
        "instance": "wire",  # always the same: a broker waits long for a member that went without a word
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
