"""The watch on a real relay and a real listener: what works is left in peace, what has died without a word is found."""
import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial

import pytest

from deploy.embedded.stack import Stack
from shared.messaging.broker import consumer_of, epoch_of
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.messaging.watching import Patience, Standstill, Watch, standing
from tests.conftest import MakeDatabase
from tests.faults.world import until
from tests.integration.messaging.parts import Reader, listening, supporter

HASTY = Patience(listener=1.0, deaf=1.5, relay=1.0, in_vain=5.0)


@pytest.fixture
def watched(
    database_for: MakeDatabase, infrastructure: Stack, council: str
) -> Callable[[], AbstractAsyncContextManager[tuple[Watch, Reader]]]:
    @asynccontextmanager
    async def begun() -> AsyncIterator[tuple[Watch, Reader]]:
        reader, teller = Reader(await database_for("bare"), council), await database_for("bare")
        servers, kind = infrastructure.kafka_servers, infrastructure.broker.kind
        relay = Relay(teller, servers, idempotent=kind == "apache", epoch=await epoch_of(servers))
        running = asyncio.create_task(relay.run())
        try:
            async with listening(reader, servers, kind) as broker:
                yield Watch(reader.hearing, relay, lambda: consumer_of(broker), time.monotonic, patience=HASTY, every=0.2), reader
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    return begun


async def told(watch: Watch, council: str, events: int) -> None:
    for _ in range(events):
        async with watch.relay.database.transaction() as connection:
            await PostgresOutbox(connection).append(supporter(council))
        await asyncio.sleep(0.02)


Watched = Callable[[], AbstractAsyncContextManager[tuple[Watch, Reader]]]


async def test_what_is_busy_is_left_in_peace(watched: Watched, council: str) -> None:
    """By a clock that goes on with each event that came, so that it does not matter how busy this machine is."""
    async with watched() as (watch, reader):
        watch.broker_answered, found = lambda: 0.0, []
        for nth in range(1, 51):
            await told(watch, council, 1)
            assert len(await reader.heard_all(nth)) == nth
            found.append(await watch.look(nth * watch.every))

        assert set(found) == {""}


async def test_what_is_idle_is_left_in_peace(watched: Watched, council: str) -> None:
    """By a clock that goes on with each answer of the broker, of which there are some a second with nothing in them."""
    async with watched() as (watch, reader):
        await told(watch, council, 1)
        await reader.heard_all(1)
        await until(partial(has_carried_all, watch))
        watch.broker_answered, found, answered = lambda: 0.0, [], 0
        for nth in range(1, 21):
            answered = await until(partial(answered_since, watch, answered))
            found.append(await watch.look(nth * watch.every))

        assert set(found) == {""}


async def has_carried_all(watch: Watch) -> bool:
    return await watch.relay.oldest() is None


async def answered_since(watch: Watch, last: int) -> int:
    """When the broker last answered a look of the consumer, if that is later; 0 if not."""
    _, _, answered = await standing(watch.consumer())
    return answered if answered > last else 0


async def test_a_consumer_whose_fetching_has_died_is_found(watched: Watched, council: str) -> None:
    async with watched() as (watch, reader):
        await told(watch, council, 1)
        await reader.heard_all(1)
        watch.consumer()._fetcher._fetch_task.cancel()  # type: ignore[union-attr]

        with pytest.raises(Standstill):
            await asyncio.wait_for(watch.run(), 10)


async def test_a_listener_that_no_longer_looks_is_found(watched: Watched, council: str) -> None:
    """Its loop in FastStream has died: the consumer fetches, and nobody takes."""
    async with watched() as (watch, reader):
        await told(watch, council, 1)
        await reader.heard_all(1)
        never = asyncio.Event()
        watch.consumer().getmany = lambda **_: never.wait()  # type: ignore[union-attr]
        await told(watch, council, 20)

        with pytest.raises(Standstill):
            await asyncio.wait_for(watch.run(), 20)


async def test_a_relay_that_carries_nothing_is_found(watched: Watched, council: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with watched() as (watch, reader):
        await told(watch, council, 1)
        await reader.heard_all(1)

        async def nothing(*_: object) -> int:
            return 0

        monkeypatch.setattr(watch.relay, "forward", nothing)
        await told(watch, council, 1)

        with pytest.raises(Standstill):
            await asyncio.wait_for(watch.run(), 10)
