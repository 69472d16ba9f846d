"""A service's own database: a pool that opens late, closes quickly, and never waits for ever."""
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"

LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


class Database:
    """Constructing opens nothing, so that an app can be described without a server."""

    def __init__(self, url: str, *, name: str) -> None:
        self.url = url
        self.name = name
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    @property
    def pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        if self._pool is None:
            raise RuntimeError("the database is not open yet")
        return self._pool

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(
            self.url,
            min_size=0,  # the server may come up after us, and everything but its data still answers
            max_size=10,
            command_timeout=30,
            timeout=10,
            init=speak_json,
            server_settings={"application_name": self.name, **LIMITS},
        )

    async def close(self) -> None:
        """Does not wait for stragglers: what was not committed is simply not so."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """For several transactions, one after the other."""
        async with self.pool.acquire(timeout=10) as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        async with self.pool.acquire(timeout=10) as connection, connection.transaction():
            yield connection

    async def unpooled(self) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection of its own, for what must outlive one transaction: LISTEN, and a leader's lock.

        The pool clears both when a connection is given back.
        """
        return await asyncpg.connect(
            self.url, timeout=10, command_timeout=30, server_settings={"application_name": f"{self.name}-lead"}
        )


async def speak_json(connection: Any) -> None:
    """jsonb columns are Python values on our side."""
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
