"""Real parts for tests: a PostgreSQL and a broker of our own, started once, in a folder of their own."""
import asyncio
import os
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from hypothesis import settings

from deploy.braille import BRAILLE, HERE
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from deploy.kafka import topics
from shared.runtime.postgres import Database
from tests import quick_routes
from tests.rooms import Rooms
from tests.sharing import Sharing, Watch, rank

T = TypeVar("T")

# A busy machine is not a fault, so no deadline. CI draws the same examples each time: it judges a change, not the day's luck;
# every other run draws new ones.
settings.register_profile("ours", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("ours")

quick_routes.remember()

BROKER = os.environ.get("BROKER", "embedded").replace("kafka", "apache")
"""`BROKER=kafka make test`: the same tests on Apache Kafka."""


watch = Watch()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    return Sharing(config, log)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    watch.see(report)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if watch.apart:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for share in sorted(watch.apart):
        terminalreporter.write_line(f"Not in one process, as tests/sharing.py says: {share}", red=True)


class Beside:
    """An event loop in a thread of its own: what runs there outlives the tests' own loops."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, T], within: float = 180) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(within)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)


def state_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="alongside-test-"))  # short: a socket's path has 107 bytes at most


@pytest.fixture(scope="session")
def braille_folder() -> Path:
    """What writes braille, as `make frontend` fetches it."""
    if not BRAILLE.is_there(HERE):
        BRAILLE.fetch(HERE)
    return HERE


@pytest.fixture(scope="session")
def beside() -> Iterator[Beside]:
    beside = Beside()
    yield beside
    beside.close()


@pytest.fixture(scope="session")
def infrastructure(beside: Beside) -> Iterator[Stack]:
    """PostgreSQL and the broker, without the services."""
    stack = Stack(state_folder(), Ports.free(), broker=BROKER, services=(), durable=False)  # type: ignore[arg-type]
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def empty_broker(beside: Beside, infrastructure: Stack) -> None:
    beside.run(emptied(infrastructure))


async def emptied(stack: Stack) -> None:
    """What other files' tests told is gone: whoever listens from the beginning would hear all of it first."""
    if stack.broker.kind == "embedded":
        await stack.broker.stop()
        await stack.broker.start()
    else:
        await made_anew(stack.kafka_servers)


async def made_anew(servers: str) -> None:
    """A compacted topic cannot be cut short, so those that hold anything are made anew. After this all of them can be used:
    on a busy machine the broker takes half a minute to lead what it has just agreed to make."""
    told = {place.topic for place, end in (await ends(servers)).items() if end}
    if not told:
        return
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    await admin.start()
    try:
        await admin.delete_topics(sorted(told))
        while set(await admin.list_topics()) & told:  # noqa: ASYNC110 - it is the broker's time
            await asyncio.sleep(0.05)
    finally:
        await admin.close()
    await topics.create(servers)
    await ends(servers)


async def ends(servers: str) -> dict[TopicPartition, int]:
    """How many records each partition ever had, as soon as the broker leads them all."""
    everywhere = [TopicPartition(topic.name, number) for topic in topics.written() for number in range(topic.partitions)]
    consumer = AIOKafkaConsumer(bootstrap_servers=servers, request_timeout_ms=120_000)
    await consumer.start()
    try:
        found: dict[TopicPartition, int] = await consumer.end_offsets(everywhere)
        return found
    finally:
        await consumer.stop()


@pytest.fixture(scope="session")
def kafka_servers(infrastructure: Stack) -> str:
    return infrastructure.kafka_servers


@pytest.fixture(scope="session")
def rooms(infrastructure: Stack) -> Rooms:
    return Rooms(infrastructure.postgres)


MakeDatabase = Callable[[str], Awaitable[Database]]


@pytest.fixture
async def database_url_for(beside: Beside, rooms: Rooms) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """`await database_url_for("registry")`: the runtime role's address of a migrated, empty database."""
    lent: list[tuple[str, str]] = []

    async def make(service: str) -> str:
        lent.append((service, beside.run(rooms.lend(service))))
        return rooms.postgres.url(f"{service}_runtime", lent[-1][1])

    yield make
    for service, name in lent:
        beside.run(rooms.take_back(service, name))


@pytest.fixture
async def database_for(database_url_for: Callable[[str], Awaitable[str]]) -> AsyncIterator[MakeDatabase]:
    """`await database_for("registry")`: the same, opened. "bare": only messaging's tables."""
    opened: list[Database] = []

    async def make(service: str) -> Database:
        database = Database(await database_url_for(service), name=service)
        await database.open()
        opened.append(database)
        return database

    yield make
    for database in opened:
        await database.close()


BackUp = Callable[[Database], Awaitable[Database]]


@pytest.fixture
async def backup_of(beside: Beside, infrastructure: Stack) -> AsyncIterator[BackUp]:
    """`await backup_of(database)`: a copy of it as it is now, opened. Nobody else may be in the database meanwhile."""
    made: list[Database] = []

    async def make(database: Database) -> Database:
        service, source, copy = database.name, unquote(urlsplit(database.url).path[1:]), f"backup_{uuid4().hex[:12]}"
        await database.close()
        command = f'CREATE DATABASE "{copy}" TEMPLATE "{source}" OWNER "{service}_owner"'
        beside.run(infrastructure.postgres.psql("--command", command))
        made.append(Database(infrastructure.postgres.url(f"{service}_runtime", copy), name=service))
        for one in (database, made[-1]):
            await one.open()
        return made[-1]

    yield make
    for one in made:
        await one.close()
        beside.run(infrastructure.postgres.drop(unquote(urlsplit(one.url).path[1:])))


@pytest.fixture
def council() -> str:
    """A council no other test knows."""
    return f"test-{uuid4().hex[:10]}"
