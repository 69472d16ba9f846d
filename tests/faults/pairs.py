"""A relay and a reader with databases of their own, and a proxy on each of their four links."""
import asyncio
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote
from uuid import UUID, uuid4

from deploy.embedded.postgres import SOCKET_NAME
from deploy.embedded.stack import Stack
from shared.contracts.portal import SupporterChanged
from shared.messaging.broker import consumer_of
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.messaging.watching import Patience, Watch
from shared.runtime.postgres import Database
from tests.faults.proxy import Proxy
from tests.faults.routes import route
from tests.integration.messaging.parts import Reader, Work, listening, relaying, supporter

Between = Literal["relay and broker", "reader and broker", "relay and PostgreSQL", "reader and PostgreSQL"]
LINKS: tuple[Between, ...] = ("relay and broker", "reader and broker", "relay and PostgreSQL", "reader and PostgreSQL")
NAMES = ("relay", "reader", "teller", "applied")
"""What PostgreSQL knows their connections by."""
HASTY = Patience(listener=12.0, deaf=12.0)  # longer than any of the faults lasts
MOST_HELD = 2  # connections that a relay or reader uses at once
UrlFor = Callable[[str], Awaitable[str]]
Fact = tuple[str, int]
"""A key and its revision."""


class Deaf(Hearing):
    """Hears one council alone, so that several may share a broker without doing each other's work."""

    council = ""

    async def take(self, arrivals: list[Arrival]) -> None:
        ours = [arrival for arrival in arrivals if dict(arrival.headers).get("ce_tenant") == self.council.encode()]
        if ours:
            await super().take(ours)


class Ledger(Reader):
    """What it did with an event is one row: its own outbox is its ledger."""

    def __init__(self, database: Database, council: str) -> None:
        super().__init__(database, council)
        self.hearing = Deaf(database, {SupporterChanged: note}, Work)
        self.hearing.council = council


async def note(event: SupporterChanged, work: Work) -> None:
    await PostgresOutbox(work.connection).append(event)


@dataclass
class Pair:
    council: str
    links: dict[Between, Proxy]
    relay_database: Database
    reader_database: Database
    teller: Database
    """The relay's database by a way without a proxy; `applied` is the reader's."""
    applied: Database
    told: list[Fact] = field(default_factory=list)
    keys: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(10)])

    async def tell(self, events: int, *, over: float = 0.0) -> None:
        """So many events, each key's revisions in turn, spread over so many seconds."""
        for _ in range(events):
            key = self.keys[len(self.told) % len(self.keys)]
            revision = len(self.told) // len(self.keys) + 1
            async with self.teller.transaction() as connection:
                await PostgresOutbox(connection).append(supporter(self.council, revision, key))
            self.told.append((str(key), revision))
            await asyncio.sleep(over / events)

    async def ledger(self) -> list[Fact]:
        async with self.applied.transaction() as connection:
            return [tuple(row) for row in await connection.fetch("SELECT key, version FROM outbox_log ORDER BY id")]

    async def settled(self, within: float, *, since: int = 0) -> float:
        """Seconds until everything told (`since` so many) was applied; no less than `within` if it was not."""
        began, wanted = time.monotonic(), set(self.told[since:])
        while not wanted <= set(await self.ledger()) and time.monotonic() - began < within:  # noqa: ASYNC110 - it is elsewhere
            await asyncio.sleep(0.1)
        return time.monotonic() - began

    async def wrong(self, *, exact: bool) -> list[str]:
        """What is not as it should be, now that everything is over. Not `exact`: only that everything goes on."""
        applied, wrong = await self.ledger(), []
        if exact and len(applied) != len(set(applied)):
            wrong.append("something was applied twice")
        if exact and (missing := set(self.told) - set(applied)):
            wrong.append(f"{len(missing)} of {len(self.told)} were not applied")
        in_order: dict[str, list[int]] = defaultdict(list)
        for key, revision in applied:
            in_order[key].append(revision)
        if exact and any(revisions != sorted(revisions) for revisions in in_order.values()):
            wrong.append("not in order")
        for database in (self.relay_database, self.reader_database):
            held = database.pool.get_size() - database.pool.get_idle_size()
            if held > MOST_HELD or not await database.answers(5):
                wrong.append(f"a pool is stuck: {held} connections are not given back")
        return wrong


@asynccontextmanager
async def kept(reader: Reader, infrastructure: Stack) -> AsyncIterator[None]:
    """A reader that is watched, and started again when it stands still, as a supervisor does with its process."""
    name, reads = f"reader-{uuid4().hex[:8]}", asyncio.Event()
    servers, kind, access = infrastructure.kafka_servers, infrastructure.broker.kind, infrastructure.broker.access
    none = Relay(reader.database, servers, idempotent=False, epoch="")  # it never leads

    async def keep() -> None:
        while True:
            with suppress(Exception):
                async with listening(reader, servers, kind, name, access) as broker:
                    consumer = consumer_of(broker)
                    parts.push_async_callback(consumer._client.close)  # type: ignore[union-attr]
                    reads.set()
                    watch = Watch(reader.hearing, none, lambda it=consumer: it, time.monotonic, patience=HASTY, every=1.0)
                    await watch.run()
            await asyncio.sleep(0.5)

    async with AsyncExitStack() as parts:
        keeping = asyncio.create_task(keep())
        await reads.wait()
        yield
        keeping.cancel()
        await asyncio.wait([keeping])


@asynccontextmanager
async def pair(url_for: UrlFor, infrastructure: Stack) -> AsyncIterator[Pair]:
    """Running, each link through its proxy."""
    async with AsyncExitStack() as parts:

        async def opened(url: str, name: str) -> Database:
            database = Database(url, name=name)
            await database.open()
            parts.push_async_callback(database.close)
            return database

        async def to_broker() -> Proxy:
            listen, upstream = ("127.0.0.1", 0), ("127.0.0.1", infrastructure.ports.kafka)
            return await parts.enter_async_context(Proxy(listen=listen, upstream=upstream))

        async def to_postgresql(url: str) -> tuple[Proxy, str]:
            folder, there = Path(tempfile.mkdtemp(prefix="link-")), infrastructure.postgres.socket_folder
            parts.callback(shutil.rmtree, folder)
            proxy = await parts.enter_async_context(Proxy(listen=folder / SOCKET_NAME, upstream=there / SOCKET_NAME))
            return proxy, url.replace(quote(str(there)), quote(str(folder)))

        urls = await url_for("bare"), await url_for("bare")
        (relay_link, relay_url), (reader_link, reader_url) = await to_postgresql(urls[0]), await to_postgresql(urls[1])
        links = dict(zip(LINKS, (await to_broker(), await to_broker(), relay_link, reader_link), strict=True))
        databases = [await opened(url, name) for url, name in zip((relay_url, reader_url, *urls), NAMES, strict=True)]
        made = Pair(f"test-{uuid4().hex[:10]}", links, *databases)
        for link, running in (
            ("relay and broker", lambda: relaying(made.relay_database, infrastructure)),
            ("reader and broker", lambda: kept(Ledger(made.reader_database, made.council), infrastructure)),
        ):
            with route(infrastructure.ports.kafka, links[link].port):  # type: ignore[index]
                await parts.enter_async_context(running())
        yield made
