"""What it costs to compare 10,000 keys with what was told, and how long it takes until a tenth of them, lost, are back.

A registry that only tells and the matcher's own store and handlers, on an embedded broker and PostgreSQL. Times are of the
clock. The grace (30 seconds for what may be on its way) is left out of the repair and comes on top, as does the wait for the
next round.

    python -m benchmarks.reconciling --keys 10000
"""
import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.event_path import COUNCIL
from benchmarks.tasks import let_go
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from shared import messaging
from shared.contracts.registry import ProfileChanged
from shared.messaging import digests, reconciling, upkeep
from shared.messaging.broker import connect, epoch_of
from shared.messaging.hearing import Hearing
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.runtime import migrations
from shared.runtime.postgres import Database

EXAMPLE = Path(__file__).resolve().parent.parent / "shared/contracts/examples/registry.profile.v1.json"
COUNT = "SELECT count(*) FROM profile"
DIGEST = "SELECT body FROM outbox_log WHERE topic = 'upkeep.digest.v1' ORDER BY id DESC LIMIT 1"
TELLING = "SELECT count(*) FROM outbox_pending"


async def opened(stack: Stack, service: str) -> Database:
    await stack.postgres.make_room(service, service)
    own = Path(import_module(f"services.{service}").__file__ or "").with_name("migrations")
    steps = migrations.steps(Path(messaging.__file__).with_name("migrations"), own)
    await migrations.migrate(stack.postgres.url(f"{service}_migrator", service), steps)
    database = Database(stack.postgres.url(f"{service}_runtime", service), name=service)
    await database.open()
    return database


@asynccontextmanager
async def at_work(stack: Stack, service: str, database: Database) -> AsyncIterator[None]:
    """It relays and listens."""
    servers = stack.kafka_servers
    epoch = await epoch_of(servers)
    hears = import_module(f"services.{service}.subscribers").HEARS
    store = import_module(f"services.{service}.store").Store(database)
    hearing = Hearing(database, hears, store.on, upkeep.beside(hears))
    broker = connect(service, servers, kind="embedded", instance="1", epoch=epoch, hearing=hearing)
    await broker.start()
    relaying = asyncio.create_task(Relay(database, servers, idempotent=False, epoch=epoch).run())
    try:
        yield
    finally:
        await let_go([relaying])
        await broker.stop()


async def tell(database: Database, count: int) -> None:
    body = json.loads(EXAMPLE.read_text())
    for start in range(0, count, 500):
        async with database.transaction() as connection:
            for _ in range(min(500, count - start)):
                profile = {**body, "council": COUNCIL, "profile_id": str(uuid4())}
                await PostgresOutbox(connection).append(ProfileChanged.model_validate(profile))


async def until(true: Callable[[], Awaitable[bool]]) -> float:
    """How many seconds it took to become so."""
    began = time.perf_counter()
    while not await true():  # noqa: ASYNC110 - it comes from a broker
        await asyncio.sleep(0.02)
    return time.perf_counter() - began


async def compared(registry: Database, matcher: Database) -> tuple[float, float, int]:
    """Seconds for the owner's digest and for the reader's comparison, the best of five, and how large a digest is."""
    told, held, size = [], [], 0
    for _ in range(5):
        began = time.perf_counter()
        await digests.tell_round(registry, timedelta(0))
        told.append(time.perf_counter() - began)
        digest = await registry.pool.fetchval(DIGEST)
        size = len(digest)
        said = json.loads(digest)
        began = time.perf_counter()
        async with matcher.transaction() as connection:
            unequal = await connection.fetchval(
                reconciling.sql.compare_digest, COUNCIL, said["of_topic"], said["many"], said["totals"]
            )
        held.append(time.perf_counter() - began)
        assert unequal == []
    return min(told), min(held), size


async def measure(keys: int) -> dict[str, Any]:
    reconciling.GRACE = timedelta(0)
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    async with Stack(folder, Ports.free(), services=(), durable=False, tell=lambda *_: None) as stack:
        registry, matcher = await opened(stack, "registry"), await opened(stack, "matcher")
        async with at_work(stack, "registry", registry), at_work(stack, "matcher", matcher):
            await tell(registry, keys)

            async def all_heard() -> bool:
                return bool(await matcher.pool.fetchval(COUNT) == keys)

            async def all_told() -> bool:
                return bool(await registry.pool.fetchval(TELLING) == 0)

            heard = await until(all_heard)
            told, held, size = await compared(registry, matcher)
            await until(all_told)
            lost = keys // 10
            await matcher.pool.execute("DELETE FROM profile WHERE profile_id IN (SELECT profile_id FROM profile LIMIT $1)", lost)
            mending = asyncio.create_task(reconciling.mend(matcher))
            await digests.tell_round(registry, timedelta(0))
            back = await until(all_heard)
            mending.cancel()
        await registry.close()
        await matcher.close()
    return {
        "keys": keys, "heard_per_s": round(keys / heard), "digest_told_ms": round(told * 1000), "compared_ms": round(held * 1000),
        "digest_bytes": size, "lost": lost, "back_after_s": round(back, 1),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--keys", type=int, default=10_000)
    print(json.dumps(asyncio.run(measure(arguments.parse_args().keys))))


if __name__ == "__main__":
    main()
