"""Kills, pauses and restarts while events flow; then the ledgers are compared. `CHAOS=120`: two minutes of it, more events."""
import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from deploy.embedded.stack import Stack
from shared.messaging.outbox import PostgresOutbox
from shared.runtime.postgres import Database
from tests.conftest import Beside
from tests.integration.messaging.parts import supporter

SECONDS = float(os.environ.get("CHAOS", "12"))
EVENTS = int(max(2000, SECONDS * 60))
LONG = 2.5 if SECONDS < 60 else 15.0  # a pause
KEYS = 40
AT_ONCE = 10


class Worker:
    """A process that is started again whenever it ends."""

    def __init__(self, *arguments: str) -> None:
        self.command = (sys.executable, "-m", "tests.integration.messaging.worker", *arguments)
        self.process: asyncio.subprocess.Process | None = None
        self.task = asyncio.create_task(self.keep())

    async def keep(self) -> None:
        while True:
            self.process = await asyncio.create_subprocess_exec(
                *self.command, cwd=Path.cwd(), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
            )
            await self.process.wait()

    def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()

    async def pause(self, seconds: float) -> None:
        if self.process is not None and self.process.returncode is None:
            await paused(self.process.pid, seconds)

    def stop(self) -> None:
        self.task.cancel()
        self.kill()


async def paused(pid: int | None, seconds: float) -> None:
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        os.kill(pid, signal.SIGCONT)


async def told(database: Database, council: str) -> None:
    """Every key's revisions in turn, a few in each transaction; what the database did not take is told again."""
    keys = [uuid4() for _ in range(KEYS)]
    revisions: Counter[int] = Counter()
    for start in range(0, EVENTS, AT_ONCE):
        wanted = [n % KEYS for n in range(start, start + AT_ONCE)]
        while True:
            try:
                async with database.transaction() as connection:
                    for nth in wanted:
                        await PostgresOutbox(connection).append(supporter(council, revisions[nth] + 1, keys[nth]))
                break
            except Exception:  # the server was killed: nothing of this transaction counts, or all (then it comes twice)
                await asyncio.sleep(0.2)
        revisions.update(wanted)
        await asyncio.sleep(SECONDS / EVENTS * AT_ONCE * 0.8)


async def test_whatever_dies_or_pauses_every_fact_goes_in_once_and_in_order(
    database_url_for: Callable[[str], Awaitable[str]], infrastructure: Stack, beside: Beside, council: str
) -> None:
    teller, reader = [Database(await database_url_for("bare"), name="chaos") for _ in range(2)]
    await teller.open()
    await reader.open()
    rest = infrastructure.kafka_servers, infrastructure.broker.kind
    name = f"reader-{uuid4().hex[:8]}"
    relays = [Worker("relay", f"relay-{n}", teller.url, *rest) for n in range(2)]
    readers = [Worker("reader", name, reader.url, *rest)]
    dice = random.Random(int(os.environ.get("SEED", "0")) or None)
    faults = [
        lambda: kill(dice.choice(relays)), lambda: kill(readers[0]), lambda: dice.choice(relays).pause(LONG),
        lambda: readers[0].pause(LONG), lambda: paused(infrastructure.broker._kept.pid, LONG),  # type: ignore[attr-defined]
        lambda: asyncio.to_thread(beside.run, infrastructure.postgres.kill()),
    ]
    try:
        telling = asyncio.create_task(told(teller, council))
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            await asyncio.sleep(dice.uniform(0.5, 2.5))
            await dice.choice(faults)()
        await telling
        committed = await ledger(teller, council)
        deadline = time.monotonic() + 60
        while len(set(await ledger(reader, council))) + await set_aside(reader, council) < len(set(committed)):
            assert time.monotonic() < deadline, f"{len(set(await ledger(reader, council)))} of {len(committed)} came"
            await asyncio.sleep(0.3)
    finally:
        for worker in (*relays, *readers):
            worker.stop()
    applied = await ledger(reader, council)

    assert await set_aside(reader, council) == 0 or len(set(applied)) + await set_aside(reader, council) == len(set(committed))
    assert [fact for fact, times in Counter(applied).items() if times > 1] == []
    in_order: dict[str, list[int]] = defaultdict(list)
    for key, version in applied:
        in_order[key].append(version)
    assert all(versions == sorted(versions) for versions in in_order.values())
    assert set(applied) <= set(committed)
    await teller.close()
    await reader.close()


async def kill(worker: Worker) -> None:
    worker.kill()


async def ledger(database: Database, council: str) -> list[tuple[str, int]]:
    """(key, revision), in the order in which they were committed for each key."""
    async with database.transaction() as connection:
        rows = await connection.fetch("SELECT key, version FROM outbox_log WHERE council = $1 ORDER BY id", council)
    return [tuple(row) for row in rows]


async def set_aside(database: Database, council: str) -> int:
    async with database.transaction() as connection:
        return int(await connection.fetchval("SELECT count(*) FROM parked WHERE council = $1", council))
