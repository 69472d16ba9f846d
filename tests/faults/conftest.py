"""The ground that all fault tests stand on: a PostgreSQL and a broker of their own, with room for many small worlds."""
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from tests.conftest import BROKER, Beside, emptied, state_folder
from tests.faults.nursery import Nursery
from tests.faults.world import Ground

MOST_CONNECTIONS = 500


@pytest.fixture(scope="session")
def roomy(beside: Beside) -> Iterator[Stack]:
    """PostgreSQL and the broker, without the services. PostgreSQL lets many in."""
    stack = Stack(state_folder(), Ports.free(), broker=BROKER, services=(), durable=False, tell=lambda *_: None)  # type: ignore[arg-type]
    stack.postgres.settings["max_connections"] = str(MOST_CONNECTIONS)
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def emptied_ground(beside: Beside, roomy: Stack) -> Stack:
    """Each file begins anew: the four real services hear every council, and the small worlds of another file are a day's work."""
    beside.run(emptied(roomy))
    return roomy


@pytest.fixture
async def ground(emptied_ground: Stack, beside: Beside) -> AsyncIterator[Ground]:
    async with Nursery(state_folder()) as nursery:
        ground = Ground(emptied_ground, nursery, beside.run)
        await ground.prepare()
        yield ground


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return tmp_path
