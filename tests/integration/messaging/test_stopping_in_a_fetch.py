"""A consumer whose broker went away is stopped in the middle of a fetch: whoever stops it goes on."""
import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiokafka import AIOKafkaConsumer

from deploy.embedded.broker import EmbeddedBroker
from deploy.embedded.ports import any_free
from shared.contracts.portal import SupportPlanChanged
from shared.messaging.living import stopped


@pytest.fixture
async def left_alone() -> AsyncIterator[AIOKafkaConsumer]:
    """It asked a broker that is dead, and waits before it asks again."""
    broker = EmbeddedBroker(any_free(1)[0], lambda *_: None)
    await broker.start()
    consumer = AIOKafkaConsumer(
        SupportPlanChanged.topic, bootstrap_servers=broker.servers, fetch_max_wait_ms=20, retry_backoff_ms=60_000
    )
    await consumer.start()
    await consumer.getmany(timeout_ms=300)
    await broker.kill()
    await asyncio.sleep(1)
    yield consumer
    with suppress(asyncio.CancelledError):
        await consumer.stop()
    await consumer._client.close()


async def test_it_ends_without_ending_us(left_alone: AIOKafkaConsumer) -> None:
    await stopped(left_alone)


async def test_the_client_alone_would_end_us(left_alone: AIOKafkaConsumer) -> None:
    """When this fails, the client has been mended, and `stopped` can go."""
    with pytest.raises(asyncio.CancelledError):
        await left_alone.stop()


async def test_whoever_means_to_end_us_does(left_alone: AIOKafkaConsumer) -> None:
    stopping = asyncio.create_task(stopped(left_alone))
    stopping.cancel()

    with pytest.raises(asyncio.CancelledError):
        await stopping
