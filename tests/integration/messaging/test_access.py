"""Apache Kafka that wants TLS, a name and a password: who has them is let in, and wrong bits on the way do no harm."""
import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from aiokafka.errors import KafkaError

from deploy.embedded.stack import Stack
from shared.messaging.access import OPEN, Access, checked
from shared.messaging.broker import epoch_of
from tests.conftest import BROKER, Beside
from tests.faults.pairs import Between, pair
from tests.faults.proxy import PASS, Fault
from tests.rooms import Rooms
from tests.secured import secured_stack

pytestmark = pytest.mark.skipif(BROKER != "apache", reason="only Apache Kafka has TLS: BROKER=kafka")


@pytest.fixture(scope="module")
def secured(beside: Beside) -> Iterator[Stack]:
    stack = secured_stack("registry")
    beside.run(stack.__aenter__())
    yield stack
    beside.run(stack.__aexit__(None, None, None))


async def test_a_service_that_may_come_in_is_ready(secured: Stack) -> None:
    await secured.ready("registry")


@pytest.mark.parametrize("access", [
    pytest.param(lambda right: replace(right, password="guessed"), id="a wrong password"),
    pytest.param(lambda right: replace(right, user=None), id="no name"),
    pytest.param(lambda right: replace(right, tls=checked(None)), id="who signed it is not known"),
    pytest.param(lambda right: OPEN, id="no TLS"),
])
async def test_nobody_else_is_let_in(secured: Stack, access: Callable[[Access], Access]) -> None:
    with pytest.raises((KafkaError, OSError, TimeoutError)):
        await epoch_of(secured.kafka_servers, access(secured.broker.access))


@pytest.mark.parametrize("link", ["relay and broker", "reader and broker"])
async def test_wrong_bits_lose_nothing_and_repeat_nothing(link: Between, secured: Stack, beside: Beside) -> None:
    """Without TLS a spoilt answer can be believed, and then we promise no more than to go on: see tests/faults/test_links.py."""
    rooms = Rooms(secured.postgres)
    lent: list[str] = []

    async def url_for(service: str) -> str:
        lent.append(beside.run(rooms.lend(service)))
        return secured.postgres.url(f"{service}_runtime", lent[-1])

    async with pair(url_for, secured) as the_pair:
        await the_pair.tell(10)
        assert await the_pair.settled(within=30) < 30
        telling = asyncio.create_task(the_pair.tell(100, over=5.0))
        proxy = the_pair.links[link]
        proxy.fault = Fault(flips=0.0003)
        await asyncio.sleep(6)
        async with asyncio.timeout(60):
            await telling
            while not proxy.spoilt:  # on a busy machine less goes by in six seconds
                await the_pair.tell(20)
        proxy.fault = PASS

        assert await the_pair.settled(30) < 30
        assert await the_pair.wrong(exact=True) == []
