"""A small world to be broken: a teller and a reader, each a real service process with a database of its own, and its judge."""
import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg

from deploy.embedded.ports import LOOPBACK, any_free
from deploy.embedded.stack import Stack
from shared.runtime import migrations
from tests.faults.nursery import Kept, Nursery
from tests.faults.small import NEVER, TABLES, Telling, sql
from tests.steps import steps_of

A = TypeVar("A")
T = TypeVar("T", bound=tuple[Any, ...])
Fact = tuple[str, str, int]
"""(topic, key, version)"""


class Ground:
    """What all worlds of one run stand on: a PostgreSQL, a broker, a nursery."""

    def __init__(self, stack: Stack, nursery: Nursery, run: Callable[[Any], Any]) -> None:
        self.stack, self.nursery, self.run = stack, nursery, run
        self.template = f"small_{uuid4().hex[:8]}"
        self.making = asyncio.Lock()

    @property
    def admin_url(self) -> str:
        return self.stack.postgres.url("postgres", "postgres")

    async def room(self, service: str, name: str) -> None:
        """A migrated, empty database of that name."""
        postgres = self.stack.postgres
        async with self.making:  # one at a time: they share roles
            await asyncio.to_thread(self.run, postgres.make_room(service, name))
        await migrations.migrate(postgres.url(f"{service}_migrator", name), steps_of(service))

    async def prepare(self) -> None:
        postgres = self.stack.postgres
        await self.room("bare", self.template)
        connection = await asyncpg.connect(postgres.url("bare_migrator", self.template))
        await connection.execute(TABLES)
        await connection.close()

    async def database(self, name: str) -> str:
        """A fresh copy; the runtime role's address of it."""
        await self.copied(self.template, name, "bare_owner")
        return self.stack.postgres.url("bare_runtime", name)

    async def copied(self, template: str, name: str, owner: str) -> None:
        async with self.making:  # one copy of a template at a time
            await self.as_admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{owner}"')

    async def as_admin(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.admin_url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@dataclass
class World:
    ground: Ground
    telling: Telling
    name: str
    urls: dict[str, str]
    folder: Path
    running: dict[str, Kept] = field(default_factory=dict)

    def task(self, role: str, **more: Any) -> dict[str, Any]:
        stack = self.ground.stack
        name = f"{role}-{self.name}"
        env = {
            "DATABASE_URL": self.urls[role], "KAFKA_SERVERS": stack.kafka_servers, "KAFKA_KIND": stack.broker.kind,
            "SERVICE_KEY": "x" * 20, "PORT": str(any_free(1)[0]), "HOST": LOOPBACK, "STATE": str(self.folder),
            "LOG_FORMAT": "json",
        }
        return {
            "role": role, "name": name, "env": {f"ALONGSIDE_{key}": value for key, value in env.items()},
            "telling": asdict(self.telling), "log": str(self.folder / f"{role}.log"), **more,
        }

    def start(
        self, role: str, *, as_: str | None = None, first: dict[str, Any] | None = None, ends: Sequence[str] = (), **always: Any
    ) -> None:
        """`first`: only of the first start. `ends`: where it shall end, one after another."""
        task = self.task(role, **always)
        self.running[as_ or role] = Kept(self.ground.nursery, task | (first or {}), task, ends)

    async def stop(self) -> None:
        await asyncio.gather(*(kept.stop() for kept in self.running.values()))

    async def settled(self, within: float) -> bool:
        """Everything told is on record at the reader, and nothing waits to be tried again."""
        deadline = time.monotonic() + within
        async with open_to(self.urls["teller"]) as teller, open_to(self.urls["reader"]) as reader:
            while time.monotonic() < deadline:
                if await self.is_settled(teller, reader):
                    return True
                await asyncio.sleep(0.2)
        return False

    async def is_settled(self, teller: asyncpg.Connection, reader: asyncpg.Connection) -> bool:
        told = await teller.fetch(sql.told, self.telling.council)
        if len(told) < self.telling.facts or await teller.fetchval(sql.waiting, self.telling.council):
            return False
        seen = {row["event_id"] for row in await reader.fetch(sql.on_record, self.telling.council)}
        aside = await reader.fetch(sql.set_aside, self.telling.council)
        seen |= {row["event_id"] for row in aside}
        return {row["event_id"] for row in told} <= seen and not any(row["next_try_at"] for row in aside)

    async def unsettled(self) -> list[str]:
        """What still waited when our patience ended."""
        async with open_to(self.urls["teller"]) as teller, open_to(self.urls["reader"]) as reader:
            waiting = await teller.fetchval(sql.waiting, self.telling.council)
            aside = await reader.fetch(sql.set_aside, self.telling.council)
        kept = [f"{row['topic']} {row['key']} {row['version']}: {row['reason']}, {row['next_try_at']}" for row in aside]
        return [f"not settled: {waiting} events not told, set aside: {kept}"]

    async def complaints(self) -> list[str]:
        """What the ledgers say against us; nothing is what we want."""
        council = self.telling.council
        async with open_to(self.urls["teller"]) as teller, open_to(self.urls["reader"]) as reader:
            told = await teller.fetch(sql.told, council)
            applied = [tuple(row) for row in await reader.fetch(sql.applied, council)]
            aside = await reader.fetch(sql.set_aside, council)
            on_record = {row["event_id"] for row in await reader.fetch(sql.on_record, council)}
            held = {(row["topic"], row["key"]): row["version"] for row in await reader.fetch(sql.held, council)}
        return judged(told, applied, aside, on_record, held)


def judged(
    told: list[Any], applied: list[Fact], aside: list[Any], on_record: set[Any], held: dict[tuple[str, str], int]
) -> list[str]:
    """`told`: what was committed, from the teller's log. `applied`: what the reader did, in order. The invariants I2 to I5."""
    against: list[str] = []
    newest: dict[tuple[str, str], int] = defaultdict(int)
    for topic, key, version in applied:
        if version <= newest[topic, key]:
            against.append(f"order: {topic} {key} went from {newest[topic, key]} to {version}")
        newest[topic, key] = max(version, newest[topic, key])
    against += [f"twice: {fact} was applied {times} times" for fact, times in Counter(applied).items() if times > 1]
    parked = {(row["topic"], row["key"], row["version"]): row for row in aside}
    did = set(applied)
    first_parked = {}
    for topic, key, version in sorted(parked):
        first_parked.setdefault((topic, key), version)
    for row in told:
        fact = (row["topic"], row["key"], row["version"])
        superseded = not row["occurrence"] and newest[fact[:2]] > fact[2]
        if fact not in did and fact not in parked and not superseded:
            against.append(f"lost: {fact}")
        if row["event_id"] not in on_record and fact not in parked:
            against.append(f"not on record: {fact}")
        if row["occurrence"] and fact in did and first_parked.get(fact[:2], fact[2]) < fact[2]:
            against.append(f"passed one set aside: {fact}")
    facts = {(row["topic"], row["key"], row["version"]) for row in told}
    against += [f"never told: {fact}" for fact in did - facts]
    against += [f"version of {place} is {held.get(place)}, applied was {version}" for place, version in newest.items()
                if version and held.get(place) != version]
    return against


@asynccontextmanager
async def a_world(ground: Ground, folder: Path, **telling: Any) -> AsyncIterator[World]:
    name = uuid4().hex[:10]
    urls = {role: await ground.database(f"{role}_{name}") for role in ("teller", "reader")}
    own = folder / name
    own.mkdir(parents=True)
    world = World(ground, Telling(council=f"w-{name}", **telling), name, urls, own)
    try:
        yield world
    finally:
        await world.stop()
        await ground.as_admin(*(f'DROP DATABASE IF EXISTS "{role}_{name}" WITH (FORCE)' for role in urls))


@asynccontextmanager
async def open_to(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        connection.terminate()


async def until(holds: Callable[[], Awaitable[A]], within: float = 60) -> A:
    """The first answer by which it holds; raises TimeoutError when it never does."""
    async with asyncio.timeout(within):
        while not (answer := await holds()):  # noqa: ASYNC110 - it is another process that we wait for
            await asyncio.sleep(0.1)
    return answer


async def several(works: list[Callable[[], Awaitable[Any]]], at_once: int) -> list[Any]:
    """All of them, so many at a time; what each gave."""
    room = asyncio.Semaphore(at_once)

    async def one(work: Callable[[], Awaitable[Any]]) -> Any:
        async with room:
            return await work()

    async with asyncio.TaskGroup() as group:  # the first that fails ends them all
        running = [group.create_task(one(work)) for work in works]
    return [task.result() for task in running]


async def until_all_came(
    tried: Callable[..., Awaitable[tuple[list[str], list[T]]]], wanted: list[T], at_once: int
) -> tuple[list[str], list[T]]:
    """`tried`: given the parts of what is wanted, what can be said against it, and what did not come, each alone.

    What did not come among others is tried alone, three times: whether a message leaves or a newer one takes its place, for one,
    is a matter of moments. What is said against them, and which never came.
    """
    against, left = list[str](), wanted
    for _ in range(4):
        if left:
            print(f"{len(left)} lives to try", flush=True)
            found = await several([partial(tried, *one) for one in left], at_once)
            against += [what for said, _ in found for what in said]
            left = [one for _, never in found for one in never]
    return against, left


__all__ = ["NEVER", "Fact", "Ground", "World", "a_world", "judged", "open_to", "several", "until", "until_all_came"]
