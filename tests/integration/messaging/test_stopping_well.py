"""A service that is asked to stop finishes the event in hand and ends with 0; however often it is asked, nothing is lost."""
import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

import pytest

from deploy.embedded.ports import LOOPBACK, any_free
from deploy.embedded.process import Process, Program
from deploy.embedded.stack import Stack
from shared.messaging.outbox import PostgresOutbox
from shared.runtime.postgres import Database
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import relaying, supporter

WITHIN = 18  # seconds: then whoever stops it kills it
TIMES = 20 if os.environ.get("CHAOS") else 2
UrlFor = Callable[[str], Awaitable[str]]


class Service:
    """`handling`: seconds that it takes over each event."""

    def __init__(self, url: str, infrastructure: Stack, council: str) -> None:
        self.name, self.port, self.lines = f"slow-{uuid4().hex[:8]}", any_free(1)[0], list[str]()
        self.environment = os.environ | {
            "ALONGSIDE_DATABASE_URL": url, "ALONGSIDE_KAFKA_SERVERS": infrastructure.kafka_servers,
            "ALONGSIDE_KAFKA_KIND": infrastructure.broker.kind, "ALONGSIDE_SERVICE_KEY": "k" * 32,
            "ALONGSIDE_HOST": LOOPBACK, "ALONGSIDE_PORT": str(self.port), "NAME": self.name, "COUNCIL": council,
        }

    @asynccontextmanager
    async def running(self, *, handling: float) -> AsyncIterator[Process]:
        environment = self.environment | {"HANDLING": str(handling)}
        program = Program(
            self.name, (sys.executable, "-m", "tests.integration.messaging.slow_service"), environment=environment
        )
        self.lines.clear()
        process = await Process.start(program, lambda _, line: self.lines.append(line))
        try:
            yield process
        finally:
            await process.kill()

    async def has_one_in_hand(self, within: float = 40) -> None:
        deadline = time.monotonic() + within
        while "in hand" not in self.lines:
            assert time.monotonic() < deadline, self.lines
            await asyncio.sleep(0.02)

    async def asked_to_stop(self, process: Process) -> float:
        """Seconds until it had ended, well."""
        began = time.monotonic()
        process.signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), WITHIN) == 0, self.lines
        return time.monotonic() - began


@pytest.fixture
async def teller(database_for: MakeDatabase) -> Database:
    return await database_for("bare")


async def tell(teller: Database, council: str) -> UUID:
    """What is to be done about it, once."""
    event = supporter(council)
    async with teller.transaction() as connection:
        await PostgresOutbox(connection).append(event)
    return uuid5(NAMESPACE_OID, f"{event.key}/1")


async def keep_telling(teller: Database, council: str, over: asyncio.Event) -> list[UUID]:
    wanted = []
    while not over.is_set():
        wanted.append(await tell(teller, council))
        await asyncio.sleep(0.2)
    return wanted


async def done(database: Database) -> Counter[UUID]:
    async with database.transaction() as connection:
        rows = await connection.fetch("SELECT key FROM outbox_log WHERE topic = 'notifier.reply.v1'")
    return Counter(UUID(row["key"]) for row in rows)


async def test_the_event_in_hand_is_finished_and_the_others_wait(
    teller: Database, database_for: MakeDatabase, infrastructure: Stack, council: str
) -> None:
    database = await database_for("bare")
    service = Service(database.url, infrastructure, council)
    async with relaying(teller, infrastructure), service.running(handling=1.0) as process:
        wanted = [await tell(teller, council)]
        await service.has_one_in_hand()

        took = await service.asked_to_stop(process)

    assert await done(database) == Counter(wanted)
    assert 0.5 < took < 10


@pytest.mark.timeout(600)  # each start joins the broker's group anew
async def test_however_often_it_is_asked_under_load_nothing_is_lost_and_nothing_done_twice(
    teller: Database, database_for: MakeDatabase, infrastructure: Stack, council: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database = await database_for("bare")
    service, took = Service(database.url, infrastructure, council), list[float]()
    async with relaying(teller, infrastructure):
        over = asyncio.Event()
        telling = asyncio.create_task(keep_telling(teller, council, over))
        for _ in range(TIMES):
            async with service.running(handling=0.01) as process:
                await service.has_one_in_hand()
                await asyncio.sleep(random.uniform(0, 0.5))
                took.append(await service.asked_to_stop(process))
        over.set()
        wanted = await telling
        async with service.running(handling=0.0):
            deadline = time.monotonic() + 120
            while len(await done(database)) < len(wanted):
                assert time.monotonic() < deadline, f"{len(await done(database))} of {len(wanted)}"
                await asyncio.sleep(0.2)

    with capsys.disabled():
        print(f"\n{TIMES} stops under load, the longest {max(took):.1f} s")
    assert await done(database) == Counter(wanted)
