"""A real service as a process: it stops in time and starts again whether or not the broker and PostgreSQL answer."""
import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest

from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from tests.conftest import BROKER, Beside, state_folder

pytestmark = pytest.mark.skipif(not os.environ.get("CHAOS"), reason="a minute long: CHAOS=1 runs it")
WITHIN = 18  # seconds: then whoever stops it kills it


@pytest.fixture(scope="module")
def portal(beside: Beside) -> Iterator[Stack]:
    stack = Stack(state_folder(), Ports.free(), broker=BROKER, services=("portal",), durable=False)  # type: ignore[arg-type]
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


@asynccontextmanager
async def frozen(pid: int | None) -> AsyncIterator[None]:
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def asked_to_stop(stack: Stack) -> float:
    """Seconds until the portal's process was gone; it is started again by itself."""
    pid, began = stack.pid("portal"), time.monotonic()
    assert pid is not None
    os.kill(pid, signal.SIGTERM)
    while stack.pid("portal") == pid:
        assert time.monotonic() - began < WITHIN, "it did not stop"
        await asyncio.sleep(0.1)
    return time.monotonic() - began


async def answers(stack: Stack, path: str, within: float) -> int:
    """The status of the first answer."""
    deadline = time.monotonic() + within
    async with httpx.AsyncClient(timeout=5) as client:
        while True:
            try:
                return (await client.get(stack.url("portal") + path)).status_code
            except httpx.HTTPError:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.2)


async def test_with_a_broker_that_does_not_answer_it_stops_in_time_and_starts_again(portal: Stack, beside: Beside) -> None:
    async with frozen(portal.broker._kept.pid):  # type: ignore[attr-defined]
        await asked_to_stop(portal)
        assert await answers(portal, "/live", within=30) == 200
        assert await answers(portal, "/ready", within=5) == 503
        await asked_to_stop(portal)  # while it still waits for the broker

    beside.run(portal.ready("portal", within=60))


async def test_without_its_database_it_stops_in_time_and_starts_again(portal: Stack, beside: Beside) -> None:
    pid = portal.pid("portal")
    beside.run(portal.postgres.stop())
    try:
        await asyncio.sleep(4)  # the drainer has looked in vain
        assert portal.pid("portal") == pid, "a database that is away is no reason to end"
        await asked_to_stop(portal)
        assert await answers(portal, "/live", within=30) == 200
        assert await answers(portal, "/ready", within=5) == 503
    finally:
        beside.run(portal.postgres.start())

    beside.run(portal.ready("portal", within=60))
