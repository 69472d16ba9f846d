"""The proxy's own faults, each seen from both ends of a connection that echoes."""
import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from deploy.embedded.postgres import SOCKET_NAME
from deploy.embedded.stack import Stack
from shared.contracts.portal import SupporterChanged
from tests.faults.proxy import BLACKHOLE, DROPPED_ACKS, HALF_OPEN, PASS, REFUSE, RESET, STALLED, End, Fault, Place, Proxy, reach
from tests.faults.routes import route


class Echo:
    """Says everything back, and remembers what it heard."""

    def __init__(self) -> None:
        self.heard = b""
        self.ended: list[str] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1000):
                self.heard += data
                writer.write(data)
                await writer.drain()
            self.ended.append("well")
        except ConnectionError:
            self.ended.append("reset")
        finally:
            writer.close()


@pytest.fixture
async def echo() -> Echo:
    return Echo()


@pytest.fixture(params=["tcp", "unix"])
async def proxy(request: pytest.FixtureRequest, echo: Echo, tmp_path: Path) -> AsyncIterator[Proxy]:
    listen: Place
    upstream: Place
    if request.param == "tcp":
        server = await asyncio.start_server(echo.talk, "127.0.0.1", 0)
        listen, upstream = ("127.0.0.1", 0), server.sockets[0].getsockname()
    else:
        listen, upstream = tmp_path / "proxy", tmp_path / "echo"
        server = await asyncio.start_unix_server(echo.talk, upstream)
    async with server, Proxy(listen=listen, upstream=upstream) as proxy:
        yield proxy


async def connected(proxy: Proxy) -> End:
    return await reach(proxy.listen)


async def asked(end: End, words: bytes, within: float = 1.0) -> bytes:
    """What came back; nothing, if there was nothing in time."""
    end[1].write(words)
    return await read(end, len(words), within)


async def read(end: End, size: int, within: float = 1.0) -> bytes:
    with suppress(TimeoutError):
        return await asyncio.wait_for(end[0].readexactly(size), within)
    return b""


async def test_without_a_fault_everything_passes_and_an_end_is_an_end(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)

    assert await asked(end, b"x" * 200_000) == b"x" * 200_000
    end[1].write_eof()
    assert await end[0].read() == b""

    assert echo.ended == ["well"]
    await asyncio.sleep(0.05)
    assert proxy.links == set()


async def test_latency_is_added_each_way_and_does_not_add_up(proxy: Proxy) -> None:
    end = await connected(proxy)
    proxy.fault = Fault(latency=0.2)

    began = time.monotonic()
    for _ in range(5):
        end[1].write(b"x")
        await asyncio.sleep(0.02)

    assert await read(end, 5) == b"xxxxx"
    assert 0.4 <= time.monotonic() - began < 0.8


async def test_a_black_hole_swallows_both_ways_and_the_connection_stays_silent_and_open(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)
    untouched = await connected(proxy)
    await asked(end, b"before")
    proxy.fault = BLACKHOLE

    assert await asked(end, b"lost", within=0.2) == b""
    assert await asked(await connected(proxy), b"lost too", within=0.2) == b""
    proxy.fault = PASS
    assert await asked(end, b"late", within=0.2) == b""
    assert await asked(untouched, b"fine") == b"fine"
    assert await asked(await connected(proxy), b"new") == b"new"

    assert echo.heard == b"beforefinenew"


async def test_who_leaves_a_black_hole_is_missed_only_when_it_is_over(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)
    await asked(end, b"x")
    proxy.fault = BLACKHOLE
    end[1].close()
    await asyncio.sleep(0.1)
    assert echo.ended == []

    proxy.fault = PASS
    await asyncio.sleep(0.1)

    assert len(echo.ended) == 1


async def test_a_stalled_way_delivers_when_it_is_over(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)
    proxy.fault = STALLED

    assert await asked(end, b"wait", within=0.2) == b""
    assert echo.heard == b""
    proxy.fault = PASS

    assert await read(end, 4) == b"wait"


async def test_dropped_acks_reach_the_server_and_nothing_comes_back(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)
    proxy.fault = DROPPED_ACKS

    assert await asked(end, b"said", within=0.2) == b""

    assert echo.heard == b"said"


async def test_a_reset_breaks_both_ends_and_every_new_connection(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)
    await asked(end, b"x")
    proxy.fault = RESET

    assert await broken(end)
    await asyncio.sleep(0.05)
    assert len(echo.ended) == 1
    with suppress(ConnectionError):  # it may be over before we have it
        assert await broken(await connected(proxy))

    proxy.fault = PASS
    assert await asked(await connected(proxy), b"new") == b"new"


async def test_half_open_the_server_has_gone_and_the_client_does_not_know(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)
    await asked(end, b"x")
    proxy.fault = HALF_OPEN

    assert await asked(end, b"hello?", within=0.2) == b""
    assert len(echo.ended) == 1
    assert await asked(await connected(proxy), b"new") == b"new"
    proxy.fault = PASS

    end[1].write(b"hello?")
    assert await broken(end)


async def test_a_slow_drip_gives_a_few_bytes_at_a_time(proxy: Proxy) -> None:
    end = await connected(proxy)
    proxy.fault = Fault(drip=(1, 0.05))

    began = time.monotonic()

    assert await asked(end, b"12345") == b"12345"
    assert time.monotonic() - began > 0.2
    end[1].write(b"x" * 1000)
    proxy.fault = PASS
    assert await read(end, 1000) == b"x" * 1000


async def test_bytes_are_flipped_on_one_way_only(proxy: Proxy, echo: Echo) -> None:
    end = await connected(proxy)
    proxy.fault = Fault(flips=0.5, flipped="down")

    answer = await asked(end, b"x" * 1000)

    assert echo.heard == b"x" * 1000
    assert 300 < sum(byte != ord("x") for byte in answer) < 700


async def test_who_is_refused_does_not_connect_and_who_is_there_stays(proxy: Proxy) -> None:
    end = await connected(proxy)
    await asked(end, b"x")
    proxy.fault = REFUSE

    with pytest.raises((ConnectionRefusedError, FileNotFoundError)):
        await connected(proxy)
    assert await asked(end, b"still") == b"still"
    proxy.fault = PASS

    assert await asked(await connected(proxy), b"new") == b"new"


async def test_nothing_is_left_of_a_proxy_that_is_over(echo: Echo) -> None:
    before = asyncio.all_tasks()
    server = await asyncio.start_server(echo.talk, "127.0.0.1", 0)
    async with Proxy(listen=("127.0.0.1", 0), upstream=server.sockets[0].getsockname()) as proxy:
        proxy.fault = Fault(latency=5)
        (await connected(proxy))[1].write(b"x")
        await asyncio.sleep(0.05)
    server.close()
    await asyncio.sleep(0.05)

    assert asyncio.all_tasks() == before


async def broken(end: End) -> bool:
    """That the connection ends of itself, one way or the other. (A Unix socket has no reset, only an end.)"""
    try:
        return await asyncio.wait_for(end[0].read(), 1) == b""
    except ConnectionError:
        return True


async def test_a_kafka_client_goes_through_the_proxy_for_good(infrastructure: Stack) -> None:
    """Also after the broker has told it its own address."""
    port = infrastructure.ports.kafka
    async with Proxy(listen=("127.0.0.1", 0), upstream=("127.0.0.1", port)) as proxy:
        with route(port, proxy.port):
            producer = AIOKafkaProducer(bootstrap_servers=infrastructure.kafka_servers, request_timeout_ms=5_000)
        direct = AIOKafkaProducer(bootstrap_servers=infrastructure.kafka_servers)
        with route(port, proxy.port):
            await producer.start()
        await direct.start()
        try:
            await producer.send_and_wait(SupporterChanged.topic, b"{}", key=b"k", partition=0)
            proxy.fault = REFUSE
            proxy.cut()
            with pytest.raises((KafkaError, TimeoutError)):
                await asyncio.wait_for(producer.send_and_wait(SupporterChanged.topic, b"{}", key=b"k", partition=0), 3)
            await direct.send_and_wait(SupporterChanged.topic, b"{}", key=b"k", partition=0)
        finally:
            proxy.fault = PASS
            await producer.stop()
            await direct.stop()


async def test_postgresql_is_reached_through_a_socket_of_the_proxy(infrastructure: Stack, tmp_path: Path) -> None:
    folder = infrastructure.postgres.socket_folder
    url = infrastructure.postgres.url("postgres", "postgres")
    async with Proxy(listen=tmp_path / SOCKET_NAME, upstream=folder / SOCKET_NAME) as proxy:
        connection = await asyncpg.connect(url, host=str(tmp_path), timeout=5)
        assert await connection.fetchval("SELECT 1") == 1
        proxy.fault = BLACKHOLE
        with pytest.raises(TimeoutError):
            await connection.fetchval("SELECT 1", timeout=0.3)
        connection.terminate()
