"""What troubles cost: recovery after a kill, a broker that lost everything, a long backlog. Real processes on this machine.

    python -m benchmarks.reliability recovery --rounds 20
    python -m benchmarks.reliability broker-loss --events 10000
    python -m benchmarks.reliability backlog --events 100000
    BROKER=kafka python -m benchmarks.reliability recovery      # the same on Apache Kafka

Each prints one line of JSON. `recovery` gives the times after a fault beside those without one, in the same run.
"""
import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from shared.messaging.outbox import PostgresOutbox
from shared.runtime.postgres import Database
from tests.conftest import BROKER, Beside, state_folder
from tests.faults.nursery import Child, Nursery
from tests.faults.small import occurrence_of, sql, state_of
from tests.faults.troubles import frozen
from tests.faults.world import Ground, World, a_world, open_to, until

ON_RECORD = "SELECT count(*) FROM inbox"
NEWEST = "SELECT min(version) FROM key_state WHERE topic NOT LIKE 'upkeep.%'"


async def recovery(ground: Ground, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Seconds from a fault until an event committed right after it is applied."""
    faults: dict[str, Callable[[World], Awaitable[Any]]] = {
        "none": nothing, "kill the reader": lambda world: world.running["reader"].each(Child.kill),
        "kill the teller": lambda world: world.running["teller"].each(Child.kill), "kill PostgreSQL": kill_postgres,
        "end the reader's sessions": end_sessions, "freeze the reader for 2 s": freeze_reader,
    }
    took: dict[str, list[float]] = {name: [] for name in faults}
    async with a_world(ground, folder, keys=1, revisions=1_000_000, writers=1, pause=0.05, mixed=False) as world:
        world.start("teller")
        world.start("reader")
        await until(lambda: newest(world), within=60)
        for _ in range(options.rounds):
            for name, fault in faults.items():
                began = time.monotonic()
                await fault(world)
                told = await told_after(world)
                await until(lambda told=told: has(world, told), within=90)
                took[name].append(round(time.monotonic() - began, 2))
                await asyncio.sleep(2)
    every = sorted(value for name, values in took.items() if name != "none" for value in values)
    return {
        "what": "recovery", "rounds": options.rounds, "p95_s": every[int(len(every) * 0.95)], "max_s": every[-1],
        "without_a_fault_s": statistics.median(took["none"]),
        "ratio": round(every[int(len(every) * 0.95)] / statistics.median(took["none"]), 1),
        "median_s": {name: statistics.median(values) for name, values in took.items()},
        "slowest_s": {name: max(values) for name, values in took.items()},
    }


async def nothing(_: World) -> None:
    return


async def freeze_reader(world: World) -> None:
    await world.running["reader"].each(lambda child: frozen(child.pid, 2))


async def kill_postgres(world: World) -> None:
    await asyncio.to_thread(world.ground.run, world.ground.stack.postgres.kill())


async def end_sessions(world: World) -> None:
    await world.ground.as_admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'reader_{world.name}'")


async def told_after(world: World) -> int:
    """A version committed from now on."""
    now = 0
    while True:
        try:
            async with open_to(world.urls["teller"]) as teller:
                newest = int(await teller.fetchval("SELECT max(version) FROM outbox_log"))
            if now and newest > now:
                return newest
            now = now or newest
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            pass
        await asyncio.sleep(0.02)


async def has(world: World, version: int) -> bool:
    return await newest(world) >= version


async def newest(world: World) -> int:
    try:
        async with open_to(world.urls["reader"]) as reader:
            return int(await reader.fetchval(NEWEST) or 0)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return 0


async def broker_loss(ground: Ground, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Seconds from the loss of everything the broker held until the reader has had it all again, and a new event is applied."""
    keys = options.events // 20
    async with a_world(ground, folder, keys=keys, revisions=10, writers=8, mixed=False, hold=0) as world:
        world.start("teller")
        world.start("reader")
        await until(lambda: all_in(world), within=900)
        before = await applied(world)
        began = time.monotonic()
        await asyncio.to_thread(ground.run, ground.stack.broker.kill())
        await one_more_of_each(world)  # they are told last: when they are in, all before them came again
        await until(lambda: all_in(world, 2), within=300)
        took = time.monotonic() - began
        against, after = await world.complaints(), await applied(world)
    return {"what": "broker-loss", "events": world.telling.facts, "again_s": round(took, 1), "complaints": len(against),
            "done_again": after - before - 2}


async def all_in(world: World, more: int = 0) -> bool:
    async with open_to(world.urls["reader"]) as reader:
        return int(await reader.fetchval(ON_RECORD)) >= world.telling.facts + more


async def applied(world: World) -> int:
    async with open_to(world.urls["reader"]) as reader:
        return len(await reader.fetch(sql.applied, world.telling.council))


async def one_more_of_each(world: World) -> None:
    database = Database(world.urls["teller"], name="benchmark")
    await database.open()
    async with database.transaction() as connection:
        for make in (state_of, occurrence_of):
            await PostgresOutbox(connection).append(make(world.telling, world.telling.keys, 1))
    await database.close()


async def backlog(ground: Ground, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The most memory of a reader, and of a teller, while it works through what piled up."""
    keys = options.events // 200
    async with a_world(ground, folder, keys=keys, revisions=100, writers=8, mixed=False, hold=0) as world:
        world.start("teller", broken=["mute"])
        await until(lambda: written(world), within=1800)
        await world.running.pop("teller").stop()
        began, most = time.monotonic(), {"teller": 0, "reader": 0}
        world.start("teller")
        world.start("reader")
        while not await all_in(world):
            for role, kept in world.running.items():
                if kept.child is not None and psutil.pid_exists(kept.child.pid):
                    most[role] = max(most[role], psutil.Process(kept.child.pid).memory_info().rss)
            await asyncio.sleep(0.2)
        took = time.monotonic() - began
        against = await world.complaints()
    return {"what": "backlog", "events": world.telling.facts, "s": round(took, 1), "per_s": round(world.telling.facts / took),
            "most_MiB": {role: round(size / 2**20) for role, size in most.items()}, "complaints": len(against)}


async def written(world: World) -> bool:
    async with open_to(world.urls["teller"]) as teller:
        return int(await teller.fetchval("SELECT count(*) FROM outbox_log")) >= world.telling.facts


Part = Callable[[Ground, Path, argparse.Namespace], Awaitable[dict[str, Any]]]


async def measure(what: Part, options: argparse.Namespace) -> None:
    beside = Beside()
    stack = Stack(state_folder(), Ports.free(), broker=BROKER, services=(), durable=False, tell=lambda *_: None)
    stack.postgres.settings["max_connections"] = "300"
    beside.run(stack.__aenter__())
    try:
        async with AsyncExitStack() as open_things:
            nursery = await open_things.enter_async_context(Nursery(state_folder()))
            ground = Ground(stack, nursery, beside.run)
            await ground.prepare()
            found = await what(ground, Path(tempfile.mkdtemp(prefix="alongside-bench-")), options)
            print(json.dumps({"broker": BROKER, **found}))
    finally:
        beside.run(stack.__aexit__(None, None, None))
        beside.close()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", choices=["recovery", "broker-loss", "backlog"])
    arguments.add_argument("--events", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=10)
    options = arguments.parse_args()
    if options.what == "broker-loss" and BROKER != "embedded":
        arguments.error("only the embedded broker loses what it holds")
    parts = {"recovery": recovery, "broker-loss": broker_loss, "backlog": backlog}
    asyncio.run(measure(parts[options.what], options))


if __name__ == "__main__":
    main()
