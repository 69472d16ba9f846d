"""A connection with a will of its own: it stands between two parts and delays, loses, breaks or spoils what passes.

    async with Proxy(listen=("127.0.0.1", 0), upstream=("127.0.0.1", 9092)) as proxy:
        proxy.fault = BLACKHOLE     # from now on; `proxy.fault = PASS` ends it

A place is `(host, port)` or the path of a Unix socket. What a fault swallowed is gone, so that way of the connection stays silent
when the fault is over, like one that a router has forgotten; new connections are as good as new.
"""
import asyncio
import random
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Place: TypeAlias = tuple[str, int] | Path
Way = Literal["up", "down"]
"""Up: from who connects to whom it wants to reach. Down: the answers."""
End: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]

BOTH: frozenset[Way] = frozenset({"up", "down"})
CHUNK = 65_536
NO_LINGER = struct.pack("ii", 1, 0)  # close with a reset, not with an end


@dataclass(frozen=True, slots=True)
class Fault:
    latency: float = 0.0
    """Seconds, each way."""
    swallows: frozenset[Way] = frozenset()
    """Bytes that way are gone; nobody is told."""
    stalls: frozenset[Way] = frozenset()
    """Bytes that way wait for the end of the fault."""
    drip: tuple[int, float] | None = None
    """So many bytes, then so many seconds of nothing; each way."""
    flips: float = 0.0
    """How likely each byte is to have one wrong bit…"""
    flipped: Way = "down"
    """…on this way."""
    resets: bool = False
    """Every connection is reset, and every new one too."""
    halves: bool = False
    """The upstream end of every present connection closes, and the other end does not learn of it."""
    refuses: bool = False
    """Nobody listens; present connections stay."""

    def hides(self, way: Way) -> bool:
        return way in self.swallows or way in self.stalls


PASS = Fault()
BLACKHOLE = Fault(swallows=BOTH)
DROPPED_ACKS = Fault(swallows=frozenset({"down"}))
STALLED = Fault(stalls=BOTH)
RESET = Fault(resets=True)
HALF_OPEN = Fault(halves=True)
REFUSE = Fault(refuses=True)


class Proxy:
    def __init__(self, *, listen: Place, upstream: Place) -> None:
        self.listen, self.upstream = listen, upstream
        self.links: set[Link] = set()
        self._fault = PASS
        self.spoilt = 0
        """How many pieces went on with a wrong bit in them."""
        self._changed = asyncio.Event()
        self._serving: set[asyncio.Task[None]] = set()
        self._listening: tuple[socket.socket, asyncio.Task[None]] | None = None

    async def __aenter__(self) -> "Proxy":
        self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._close()
        self.cut()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    @property
    def port(self) -> int:
        assert isinstance(self.listen, tuple)
        return self.listen[1]

    @property
    def fault(self) -> Fault:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        self._fault = fault
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        if fault.resets:
            self.cut()
        if fault.halves:
            for link in self.links:
                link.halve()
        if fault.refuses:
            self._close()
        else:
            self._open()

    def flip(self, data: bytes) -> bytes:
        flipped = spoilt(data, self.fault.flips)
        self.spoilt += flipped != data
        return flipped

    def cut(self) -> None:
        """Reset what is connected now."""
        for link in list(self.links):
            link.cut()

    async def during(self, holds: Callable[[Fault], bool]) -> None:
        while holds(self._fault):
            await self._changed.wait()

    async def pause(self, seconds: float) -> None:
        """Or until the fault changes."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)

    def _open(self) -> None:
        if self._listening is not None:
            return
        if isinstance(self.listen, Path):
            self.listen.unlink(missing_ok=True)
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(str(self.listen))
            self.listen.chmod(0o777)
        else:
            listening = socket.create_server(self.listen)
            self.listen = listening.getsockname()[:2]
        listening.listen(128)
        listening.setblocking(False)
        self._listening = listening, asyncio.ensure_future(self._accept(listening))

    def _close(self) -> None:
        if self._listening is not None:
            listening, accepting = self._listening
            accepting.cancel()
            asyncio.get_running_loop().remove_reader(listening)  # the accept is cancelled later than the socket is closed
            listening.close()
            if isinstance(self.listen, Path):
                self.listen.unlink(missing_ok=True)
            self._listening = None

    async def _accept(self, listening: socket.socket) -> None:
        while True:
            client, _ = await asyncio.get_running_loop().sock_accept(listening)
            serving = asyncio.ensure_future(self._serve(client))
            self._serving.add(serving)
            serving.add_done_callback(self._serving.discard)

    async def _serve(self, client: socket.socket) -> None:
        near = await ends(client)
        try:
            far = await reach(self.upstream)
        except OSError:
            return reset(near[1])
        link = Link(self, near, far)
        self.links.add(link)
        try:
            if self._fault.resets:
                link.cut()
            await asyncio.gather(link.carry("up", near[0], far[1]), link.carry("down", far[0], near[1]))
        finally:
            link.cut()
            self.links.discard(link)


class Link:
    """One connection to us, and ours to where it wanted to go."""

    def __init__(self, proxy: Proxy, near: End, far: End) -> None:
        self.proxy, self.near, self.far = proxy, near, far
        self.lost: set[Way] = set()
        self.halved = False

    def cut(self) -> None:
        reset(self.near[1])
        reset(self.far[1])

    def halve(self) -> None:
        self.halved = True
        reset(self.far[1])

    async def carry(self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        delivering = asyncio.ensure_future(self.deliver(way, on_its_way, writer))
        try:
            ended_well = await self.take(way, reader, on_its_way)
            await self.proxy.during(lambda fault: fault.hides(way) or (self.halved and fault.halves))
            if self.halved or self.lost or not ended_well:
                return self.cut()
            await on_its_way.put((0.0, b""))
            with suppress(OSError, RuntimeError):
                await delivering
        finally:
            delivering.cancel()

    async def take(self, way: Way, reader: asyncio.StreamReader, on_its_way: "asyncio.Queue[tuple[float, bytes]]") -> bool:
        """Until there is no more to take. False: the connection broke."""
        try:
            while data := await reader.read(CHUNK):
                if self.halved:
                    if not self.proxy.fault.halves:
                        return False
                elif way in self.proxy.fault.swallows or way in self.lost:
                    self.lost.add(way)
                else:
                    await on_its_way.put((asyncio.get_running_loop().time() + self.proxy.fault.latency, data))
            return True
        except OSError:
            return False

    async def deliver(self, way: Way, on_its_way: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
        while True:
            due, data = await on_its_way.get()
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            while data:
                await self.proxy.during(lambda fault: way in fault.stalls)
                size, pause = self.proxy.fault.drip or (CHUNK, 0.0)
                now, data = data[:size], data[size:]
                if way == self.proxy.fault.flipped:
                    now = self.proxy.flip(now)
                writer.write(now)
                await writer.drain()
                if pause:
                    await self.proxy.pause(pause)
            if not due:
                return writer.write_eof()


async def ends(connected: socket.socket) -> End:
    """The two ends of a stream, for a socket that is connected already."""
    if connected.family == socket.AF_UNIX:
        return await asyncio.open_unix_connection(sock=connected)
    return await asyncio.open_connection(sock=connected)


async def reach(place: Place) -> End:
    return await (asyncio.open_unix_connection(place) if isinstance(place, Path) else asyncio.open_connection(*place))


def reset(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    writer.transport.abort()


def spoilt(data: bytes, chance: float) -> bytes:
    if not chance:
        return data
    return bytes(byte ^ (1 << random.randrange(8)) if random.random() < chance else byte for byte in data)
