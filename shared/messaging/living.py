"""What a service does while it lives: listen, relay, do its chores; it waits for what is away, and ends when it is of no use."""
import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

import structlog
from aiokafka import AIOKafkaConsumer
from fastapi import FastAPI
from faststream.kafka import KafkaBroker

from shared.messaging import digests, parking, reconciling, upkeep
from shared.messaging.access import Access, access_of
from shared.messaging.broker import connect, consumer_of, epoch_of, limited
from shared.messaging.health import Pulse
from shared.messaging.hearing import Hearing, Hears, passes
from shared.messaging.housekeeping import sweep
from shared.messaging.relay import Relay
from shared.messaging.restoring import begun_at
from shared.messaging.watching import Check, Watch
from shared.runtime import clock, environment, logs
from shared.runtime.postgres import Connection, Database

log = structlog.get_logger()

NEW_BROKER = 75  # exit code: the broker is another one; start me again in its consumer group
FAILED = 70
STOP_WITHIN = 12.0  # seconds for the event in hand; HTTP had its own few before, and whoever stops us waits 18
GIVE_UP_WITHIN = 2.0  # seconds, when something failed: what is unfinished is rolled back and delivered again
LOOK_AT_EPOCH = 2.0  # seconds
JOIN_WITHIN = 60.0  # seconds for the broker to let the listener in
SILENT_FOR = 120.0  # seconds without a look at the broker or an event: longer than any wait with a limit of its own
PAUSE = 1.0  # seconds to leave a database alone that is in trouble

Chore = Callable[[], Awaitable[None]]


class StoreProtocol(Protocol):
    def on(self, connection: Connection) -> Any:
        """The service's Work within this connection's transaction."""


class NewBroker(Exception):
    """The broker has another cluster id than when we began."""


class Silent(Exception):
    """The listener neither looks for events nor works on one."""


@asynccontextmanager
async def alive(
    name: str, settings: environment.Settings, database: Database, hears: Hears, store: StoreProtocol, chores: list[Chore],
    pulse: Pulse, app: FastAPI, *, checks: Sequence[Check] = (),
) -> AsyncIterator[None]:
    """Until the caller is done. If one of the chores ends, the service ends: silence is worse.

    The broker and the database may come up after us or go away: what does not need them works meanwhile.
    """
    hearing = Hearing(database, hears, store.on, upkeep.beside(hears))
    running = pulse.chores
    time_is_known = asyncio.Event()
    brokers: list[KafkaBroker] = []

    def begin(*chores: Coroutine[Any, Any, None]) -> None:
        for chore in chores:
            task = asyncio.ensure_future(chore)
            task.add_done_callback(ended)
            running.append(task)

    def ended(task: "asyncio.Future[None]") -> None:
        if not task.cancelled():
            problem = task.exception() or RuntimeError("a chore ended")
            pulse.failed = type(problem).__name__
            log.error("stopping", **logs.outline(problem))
            app.state.stop(NEW_BROKER if isinstance(problem, NewBroker) else FAILED)

    async def keep_time() -> None:
        while True:
            await clock.utc.look(database)
            time_is_known.set()
            await asyncio.sleep(clock.EVERY)

    async def in_time(chore: Chore) -> None:
        await time_is_known.wait()
        await patient(chore)

    async def listen() -> None:
        await time_is_known.wait()
        servers, access = settings.kafka_servers, access_of(settings)
        pulse.epoch = epoch = await patiently(lambda: epoch_of(servers, access))
        relay = Relay(database, servers, idempotent=settings.kafka_kind == "apache", epoch=epoch, access=access)
        answered = Answered()
        begin(relay.run(), watch_epoch(servers, access, epoch, answered))
        broker = connect(
            name, servers, kind=settings.kafka_kind, instance=settings.instance, hearing=hearing, access=access,
            epoch=await patiently(lambda: begun_at(database, epoch)),
        )
        brokers.append(broker)
        async with asyncio.timeout(JOIN_WITHIN):
            await broker.start()
        limited(broker, hearing)
        pulse.partitions = lambda: len(consumer.assignment()) if (consumer := consumer_of(broker)) else 0
        pulse.listening, pulse.standby = True, settings.standby
        begin(Watch(hearing, relay, lambda: consumer_of(broker), lambda: answered.at, checks).run())
        await watch_listener(hearing)

    begin(patient(keep_time), listen(), patient(lambda: parking.drain(hearing)), patient(lambda: sweep(database)),
          patient(lambda: digests.tell_digests(database)), patient(lambda: reconciling.mend(database)), pulse.beats(),
          *(in_time(chore) for chore in chores))
    try:
        yield
    finally:
        pulse.listening = False
        hearing.stopping.set()
        with suppress(Exception):
            async with asyncio.timeout(GIVE_UP_WITHIN if pulse.failed else STOP_WITHIN):
                for broker in brokers:
                    await stopped(broker)
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=3)


async def stopped(one: KafkaBroker | AIOKafkaConsumer) -> None:
    """A consumer that stops while its broker is away may end with its own cancelled fetch (aiokafka #647): that is not ours."""
    try:
        await one.stop()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        log.warning("stopped in the middle of a fetch")


async def patient(chore: Chore) -> None:
    """A chore that a database in trouble does not end: it begins again."""
    while True:
        try:
            return await chore()
        except Exception as trouble:
            if not passes(trouble):
                raise
            log.warning("waiting for the database", **logs.outline(trouble))
            await asyncio.sleep(PAUSE)


async def patiently(ask: Callable[[], Awaitable[str]]) -> str:
    """The broker and the database may come up after us."""
    pause = 0.2
    while True:
        try:
            return await ask()
        except Exception as trouble:
            log.info("waiting for the broker or the database", **logs.outline(trouble))
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)


class Answered:
    """When the broker last said who it is."""

    def __init__(self) -> None:
        self.at = time.monotonic()


async def watch_epoch(servers: str, access: Access, epoch: str, answered: Answered) -> None:
    while True:
        await asyncio.sleep(LOOK_AT_EPOCH)
        with suppress(Exception):  # no answer is trouble that passes; another answer is not
            if (now := await epoch_of(servers, access)) != epoch:
                log.warning("the broker is a new one", epoch=now)
                break
            answered.at = time.monotonic()
    raise NewBroker


async def watch_listener(hearing: Hearing, silent_for: float = SILENT_FOR) -> None:
    """A listener whose loop has died says nothing. Its silence does."""
    while not hearing.kinds or time.monotonic() - hearing.beat < silent_for:  # noqa: ASYNC110 - it is time that we wait for
        await asyncio.sleep(min(silent_for / 4, 5.0))
    raise Silent
