"""The whole matcher on a real broker: an event goes in, a list comes out. `-s` shows how long it took."""
import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.embedded.stack import Stack
from services.matcher.app import build
from services.matcher.settings import Settings
from shared.contracts import Event
from shared.contracts.matcher import ShortlistChanged
from shared.messaging.envelope import headers_for
from shared.messaging.partitions import partition_of
from tests.integration.matcher.conftest import plan, profile

pytestmark = pytest.mark.usefixtures("empty_broker")

PAS = 200


class Wire:
    """What other services are to the matcher: events to it, and events from it."""

    def __init__(self, producer: AIOKafkaProducer, consumer: AIOKafkaConsumer) -> None:
        self.producer, self.consumer = producer, consumer
        self.lists: list[dict[str, Any]] = []

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
        wire = Wire(producer, consumer)
        listening = asyncio.create_task(wire.listen())
        yield wire
        listening.cancel()


async def test_a_plan_or_a_pa_changed_gives_a_new_list_at_once(wire: Wire, council: str) -> None:
    pas = [profile(council, languages=[{"tag": "so" if n % 10 == 0 else "en", "spoken": "fluent"}]) for n in range(PAS)]
    await wire.tell(*pas)
    warming = plan(council)
    await wire.tell(warming)
    await wire.hears(lambda one: one["plan_id"] == str(warming.plan_id) and one["in_scope"] == PAS, within=60)

    wanted = plan(council)
    await wire.tell(wanted)
    took_plan = await wire.hears(lambda one: one["plan_id"] == str(wanted.plan_id) and len(one["fitting"]) == PAS // 10, within=5)
    await wire.tell(pas[0].model_copy(update={"revision": 2, "languages": ()}))
    took_profile = await wire.hears(lambda one: one["plan_id"] == str(wanted.plan_id) and one["lost"] == 1, within=5)

    # a shared machine says little in milliseconds, so they are shown and not judged
    print(f"plan to list {took_plan * 1000:.0f} ms, profile to list {took_profile * 1000:.0f} ms")
    ours = [one for one in wire.lists if one["council"] == council]
    assert len(ours) < PAS / 2, "and not one for each of the profiles"
