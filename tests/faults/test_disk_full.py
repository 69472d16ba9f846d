"""The disk of the database is full for a while: what was confirmed is kept, what was not is said so, and then it goes on."""
import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from shared.messaging.hearing import passes
from shared.messaging.outbox import PostgresOutbox
from shared.runtime import migrations
from shared.runtime.postgres import Database
from tests.conftest import Beside, state_folder
from tests.faults.small import Telling, occurrence_of
from tests.faults.world import until
from tests.steps import steps_of

SIZE = "300M"
COUNT = "SELECT count(*) FROM outbox_log"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own, which only root can make."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk; CI is root")
    folder = state_folder()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    shutil.rmtree(folder, ignore_errors=True)


def fill(filler: Path) -> None:
    """Until there is no room."""
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=1M"], capture_output=True, check=False)


@pytest.mark.timeout(180)
async def test_a_full_disk_loses_nothing_that_was_confirmed_and_is_no_events_fault(small_disk: Path, beside: Beside) -> None:
    stack = Stack(small_disk, Ports.free(), services=(), durable=False, tell=lambda *_: None)
    beside.run(stack.__aenter__())
    try:
        beside.run(stack.postgres.make_room("bare", "bare"))
        await migrations.migrate(stack.postgres.url("bare_migrator", "bare"), steps_of("bare"))
        database = Database(stack.postgres.url("bare_runtime", "bare"), name="disk")
        await database.open()
        telling, confirmed, refused = Telling(council="disk"), 0, []

        async def tell(nth: int) -> bool:
            nonlocal confirmed
            try:
                async with database.transaction() as connection:
                    await PostgresOutbox(connection).append(occurrence_of(telling, nth, 1))
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as trouble:
                refused.append(trouble)
                return False
            confirmed += 1
            return True

        for nth in range(500):
            assert await tell(nth)
        filler = small_disk / "filler"
        await asyncio.to_thread(fill, filler)
        for nth in range(500, 60_000):
            if not await tell(nth) and len(refused) > 20:
                break
        filler.unlink()
        await until(lambda: tell(100_000), within=60)
        async with asyncio.timeout(30), database.transaction() as connection:
            kept = await connection.fetchval(COUNT)
        await database.close()
    finally:
        beside.run(stack.__aexit__(None, None, None))
    print(f"\n{confirmed} confirmed, {kept} kept, {len(refused)} refused, the first as {type(refused[0]).__name__}")

    assert refused
    assert all(passes(trouble) for trouble in refused)
    assert kept >= confirmed
