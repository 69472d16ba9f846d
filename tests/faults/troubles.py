"""What can befall a city: each trouble is one thing going wrong for a while. All of it is over when the coroutine ends."""
import asyncio
import os
import random
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError

from deploy.embedded.stack import SERVICES
from shared.messaging.living import stopped
from shared.messaging.partitions import partition_of
from tests.faults import clocks, newer
from tests.faults.city import City, hears
from tests.faults.nursery import Child
from tests.faults.proxy import BLACKHOLE, DROPPED_ACKS, HALF_OPEN, PASS, REFUSE, RESET, Fault
from tests.faults.telling_again import all_there, put
from tests.faults.world import open_to

LATE, DRIP = Fault(latency=2.0), Fault(drip=(200, 0.05))

Trouble = Callable[[City, random.Random, float], Awaitable[None]]
"""The last argument is the longest a pause may last, in seconds."""


async def kill(city: City, dice: random.Random, longest: float) -> None:
    """kill -9 of a service."""
    await city.running[dice.choice(SERVICES)].each(Child.kill)


async def two_at_once(city: City, dice: random.Random, longest: float) -> None:
    for service in dice.sample(SERVICES, 2):
        await city.running[service].each(Child.kill)


async def ask_to_stop(city: City, dice: random.Random, longest: float) -> None:
    """SIGTERM, in the middle of whatever it does."""
    await city.running[dice.choice(SERVICES)].each(lambda child: child.stop(25))


async def freeze(city: City, dice: random.Random, longest: float) -> None:
    """A service stands still and wakes up later, not knowing."""
    await city.running[dice.choice(SERVICES)].each(lambda child: frozen(child.pid, dice.uniform(0.5, longest)))


async def freeze_the_broker(city: City, dice: random.Random, longest: float) -> None:
    await frozen(city.ground.stack.broker._kept.pid, dice.uniform(0.5, longest))  # type: ignore[attr-defined]


async def frozen(pid: int | None, seconds: float) -> None:
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            os.kill(pid, signal.SIGCONT)


async def kill_the_database(city: City, dice: random.Random, longest: float) -> None:
    """The server dies at once, and recovers from its log."""
    await asyncio.to_thread(city.ground.run, city.ground.stack.postgres.kill())


async def end_sessions(city: City, dice: random.Random, longest: float) -> None:
    name = city.databases[dice.choice(SERVICES)]
    await city.ground.as_admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


async def kill_the_broker(city: City, dice: random.Random, longest: float) -> None:
    """The small broker loses everything by it; Apache Kafka comes back with its log."""
    await asyncio.to_thread(city.ground.run, city.ground.stack.broker.kill())


async def spoil_a_link(city: City, dice: random.Random, longest: float) -> None:
    """One connection is slow, silent, broken, half open or takes words and gives none back."""
    link = dice.choice(city.links)
    link.fault = dice.choice((LATE, BLACKHOLE, RESET, HALF_OPEN, DRIP, DROPPED_ACKS, REFUSE))
    try:
        await asyncio.sleep(dice.uniform(0.5, longest))
    finally:
        link.fault = PASS


async def tell_again(city: City, dice: random.Random, longest: float) -> None:
    """Old events come once more, several times and in another order."""
    owner = dice.choice(("registry", "portal", "matcher", "notifier"))
    async with open_to(city.superuser(owner)) as connection:
        rows = await connection.fetch("SELECT * FROM outbox_log WHERE topic NOT LIKE 'upkeep.%' ORDER BY random() LIMIT 100")
    with suppress(KafkaError, OSError, TimeoutError):
        await put(city.ground.stack.kafka_servers, [row for row in rows for _ in range(dice.randint(1, 3))])


async def send_rubbish(city: City, dice: random.Random, longest: float) -> None:
    """What nobody can read, on every topic that somebody hears."""
    topics = sorted({kind.topic for kinds in hears().values() for kind in kinds})
    with suppress(KafkaError, OSError, TimeoutError):
        servers = city.ground.stack.kafka_servers
        producer = AIOKafkaProducer(bootstrap_servers=servers, request_timeout_ms=5_000, metadata_max_age_ms=500)
        await producer.start()
        try:
            await all_there(producer, topics)
            for topic in topics:
                body = dice.choice((b"{", b"\xff\xfe", b"[]", b"null", dice.randbytes(200), b"{}"))
                headers = dice.choice(([], [("ce_id", b"\xff")], [("ce_id", str(uuid4()).encode())], [("ce_id", None)]))
                await producer.send(topic, body, partition=partition_of(city.council), headers=headers)
            await producer.flush()
        finally:
            await producer.stop()


async def storm(city: City, dice: random.Random, longest: float) -> None:
    """Somebody joins a service's consumer group and leaves it, again and again."""
    reader = dice.choice(("matcher", "notifier", "portal"))
    with suppress(KafkaError, OSError, TimeoutError):
        async with asyncio.timeout(longest + 10):
            for _ in range(2):
                guest = AIOKafkaConsumer(
                    *(kind.topic for kind in hears()[reader]), bootstrap_servers=city.ground.stack.kafka_servers,
                    group_id=f"{reader}.{await epoch(city)}", enable_auto_commit=False, session_timeout_ms=10_000,
                )
                await guest.start()
                await asyncio.sleep(dice.uniform(0.2, 1))
                await stopped(guest)


async def epoch(city: City) -> str:
    from shared.messaging.broker import epoch_of

    return await epoch_of(city.ground.stack.kafka_servers)


async def the_provider_misbehaves(city: City, dice: random.Random, longest: float) -> None:
    faults = ("accept_then_die", "accept_then_500", "accept_then_stall", "die", "answer_429", "answer_500", "answer_503")
    await city.misbehave(
        faults={fault: 0.12 for fault in dice.sample(faults, 3)}, asking={"ask_503": 0.2}, stall_seconds=1.0,
        receipts={fault: 0.15 for fault in ("lose", "repeat", "reorder", "lie", "mismatch")},
    )
    await asyncio.sleep(longest)
    await city.misbehave(faults={}, asking={}, receipts={})


async def the_clocks_jump(city: City, dice: random.Random, longest: float) -> None:
    """All services' clocks are an hour wrong, or some minutes, and right again; the database's and the broker's never were."""
    clock = city.ground.nursery.clock
    try:
        for _ in range(2):
            clock.shows(dice.choice((-3600, 3600, -240, 240)))
            await asyncio.sleep(clocks.NOTICED_WITHIN + dice.uniform(0.5, longest))
    finally:
        clock.shows(0)


async def upgrade(city: City, dice: random.Random, longest: float) -> None:
    """A service becomes the next release while events flow, and after a while this one again, which finds what the other left."""
    service = dice.choice(SERVICES)
    kept = city.running[service]
    await newer.widen(city.superuser(service))
    this = kept.again
    kept.again = this | {"broken": [*this["broken"], "newer"]}
    try:
        await kept.each(lambda child: child.stop(25))
        await asyncio.sleep(dice.uniform(2, 2 + longest))
    finally:
        kept.again = this
        await kept.each(lambda child: child.stop(25))


ALL: tuple[Trouble, ...] = (
    kill, kill, kill, two_at_once, ask_to_stop, freeze, freeze, freeze_the_broker, kill_the_database, end_sessions,
    end_sessions, kill_the_broker, spoil_a_link, spoil_a_link, spoil_a_link, tell_again, tell_again, send_rubbish, storm,
    the_provider_misbehaves, upgrade, *([the_clocks_jump] if clocks.LIBRARIES else []),
)
"""More than once: more often."""
EVERY_KIND: tuple[Trouble, ...] = tuple(dict.fromkeys(ALL))
