"""The least of an HTTP server: one request a connection, and an answer that may be kept back or cut off."""
import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body or b"null")


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


Handler = Callable[[Request], Awaitable[Answer | None]]
"""None: the connection is cut without an answer."""


@asynccontextmanager
async def served(handler: Handler, port: int = 0) -> AsyncIterator[str]:
    """The address at which the handler is asked. A request goes on though its caller has gone."""
    open_ones: set[asyncio.StreamWriter] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_ones.add(writer)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                answer = await handler(await heard(reader))
                if answer is None:
                    cut(writer)
                    return
                writer.write(told(answer))
                await writer.drain()
        finally:
            open_ones.discard(writer)
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", port)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in open_ones:
            writer.transport.abort()


async def heard(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    place = urlsplit(target)
    return Request(method, place.path, parse_qs(place.query), headers, body)


def told(answer: Answer) -> bytes:
    body = json.dumps(answer.body).encode()
    head = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


def cut(writer: asyncio.StreamWriter) -> None:
    """A reset, as when the other side died: not the polite end that a reader could take for an empty answer."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
