"""An event that fails, or ends the process, is out of the way of all others within a second, and is tried again by itself."""
import asyncio
import os
import subprocess
import sys
import time

import pytest

from shared.messaging import parking
from shared.messaging.hearing import PATIENCE
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import Reader, arrival_of, supporter

AT_MOST = 1.0  # seconds that one bad event may cost the others


@pytest.fixture
async def reader(database_for: MakeDatabase, council: str) -> Reader:
    return Reader(await database_for("bare"), council)


ENDS = """
import asyncio, os, sys
from shared.contracts.portal import SupporterChanged
from shared.messaging.hearing import Hearing
from shared.runtime.postgres import Database
from tests.integration.messaging.parts import Work, arrival_of

url, *bodies = sys.argv[1:]

async def hear(event, work):
    os._exit(9)

async def main():
    database = Database(url, name="ends")
    await database.open()
    await Hearing(database, {SupporterChanged: hear}, Work).take(
        [arrival_of(SupporterChanged.model_validate_json(body)) for body in bodies])

asyncio.run(main())
"""


async def test_an_event_that_ends_the_process_without_a_word_is_set_aside_after_three_times(reader: Reader, council: str) -> None:
    poison, fine = supporter(council), supporter(council)
    for _ in range(3):
        died = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", ENDS, reader.database.url, poison.model_dump_json()],
            cwd=os.getcwd(), env={**os.environ, "PYTHONPATH": os.getcwd()}, capture_output=True, text=True, timeout=30,
        )
        assert died.returncode == 9, died.stderr

    await reader.hearing.take([arrival_of(poison), arrival_of(fine)])

    assert reader.heard == [(fine.key, 1)]
    assert [(row["key"], row["reason"]) for row in await parking.listed(reader.database)] == [
        (poison.key, "it stopped the service each time")
    ]


@pytest.mark.parametrize("trouble", [RecursionError(), MemoryError()], ids=["too deep", "out of memory"])
async def test_an_event_that_asks_too_much_of_the_process_is_set_aside_and_not_waited_for(
    reader: Reader, council: str, trouble: Exception
) -> None:
    poison, fine = supporter(council), supporter(council)
    reader.failing[poison.key] = trouble

    await reader.hearing.take([arrival_of(poison), arrival_of(fine)])

    assert reader.heard == [(fine.key, 1)]
    assert [row["reason"] for row in await parking.listed(reader.database)] == [f"failed: {type(trouble).__name__}"]


async def test_however_many_events_fail_at_once_the_next_waits_no_longer_than_for_one(reader: Reader, council: str) -> None:
    bad, fine = [supporter(council) for _ in range(8)], supporter(council)
    reader.failing |= {event.key: ValueError("a bug") for event in bad}

    began = time.monotonic()
    await reader.hearing.take([arrival_of(event) for event in (*bad, fine)])
    took = time.monotonic() - began

    assert reader.heard == [(fine.key, 1)]
    assert len(await parking.listed(reader.database)) == 8
    assert sum(PATIENCE) < AT_MOST
    assert took < 8 * sum(PATIENCE) / 2  # a busy machine is slow, but one patience for each would be far more


async def test_a_fault_that_passes_is_made_good_by_itself_within_seconds(reader: Reader, council: str) -> None:
    event = supporter(council)
    reader.failing[event.key] = ValueError("a bug that is mended meanwhile")
    await reader.hearing.take([arrival_of(event)])
    reader.failing.clear()
    draining = asyncio.create_task(parking.drain(reader.hearing))

    deadline = time.monotonic() + 20
    while await reader.set_aside() and time.monotonic() < deadline:  # noqa: ASYNC110 - what it waits for is in the database
        await asyncio.sleep(0.05)
    draining.cancel()

    assert await reader.set_aside() == []
    assert reader.heard == [(event.key, 1)]
