"""A service's own database: a pool that opens late, closes quickly, and never waits for ever."""
import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from shared.runtime import queries

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"

sql = queries.load(Path(__file__).with_name("queries.sql"))

LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "8s",  # less than we wait for an answer, so that a lock is named as what it is
    "idle_in_transaction_session_timeout": "60s",
    # whoever went without a word must not keep locks for the hours that are usual (no use on a Unix socket, which never does)
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}
CONNECT_WITHIN = 5.0  # seconds
ANSWER_WITHIN = 10.0  # seconds for one statement…
LONG_ANSWER_WITHIN = 32.0  # …and for one that says it may take long: the server ends it first
LINE_ANSWERS_WITHIN = 5.0  # seconds, for a line
LINE_ASKED_EVERY = 1.0  # seconds
LINE_IDLE = "15s"  # the server's own limit: then whoever held the lock is gone


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
            command_timeout=ANSWER_WITHIN,
            timeout=CONNECT_WITHIN,
            init=speak_json,
            reset=leave_as_it_is,
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
        async with self.pool.acquire(timeout=ANSWER_WITHIN) as connection, self.leaving_the_dead(connection):
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        async with self.connection() as connection, self.transaction_on(connection):
            yield connection

    @asynccontextmanager
    async def view(self) -> AsyncIterator[Connection]:
        """All statements see the one state that the first saw, and none can write."""
        async with self.connection() as connection, self.transaction_on(connection, isolation="repeatable_read", readonly=True):
            yield connection

    @asynccontextmanager
    async def transaction_on(self, connection: Connection, **kind: Any) -> AsyncIterator[None]:
        transaction = connection.transaction(**kind)
        await transaction.start()
        async with self.leaving_the_dead(connection):
            try:
                yield
            except TimeoutError:
                raise  # asyncpg's own `async with` would wait for a rollback now
            except Exception:
                await transaction.rollback()
                raise
            await transaction.commit()

    @asynccontextmanager
    async def leaving_the_dead(self, connection: Connection) -> AsyncIterator[None]:
        """A connection that did not answer in time will not answer a rollback either, and its neighbours have likely died too."""
        try:
            yield
        except asyncio.CancelledError:
            terminate(connection)  # whoever cancels us does not want to wait; what was not committed is simply not so
            raise
        except TimeoutError:
            terminate(connection)
            if self._pool is not None:
                await self._pool.expire_connections()  # waits for nothing: each is opened anew at its next use
            raise

    async def answers(self, within: float) -> bool:
        with suppress(Exception):
            async with asyncio.timeout(within), self.connection() as connection:
                return bool(await connection.fetchval(sql.answers))
        return False

    async def line(self) -> "Line":
        connection = await asyncpg.connect(
            self.url, timeout=CONNECT_WITHIN, command_timeout=LINE_ANSWERS_WITHIN,
            server_settings={"application_name": f"{self.name}-lead", **LIMITS, "idle_session_timeout": LINE_IDLE},
        )
        return Line(connection)


class Line:
    """A connection of its own, for what must outlive one transaction: LISTEN, and a leader's lock.

    A connection of the pool is given back after each work. Such a connection can die without a word, so it is asked every
    second; the server gives up one that asks nothing, and with it the lock, so that another may lead.
    """

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection
        self._turn = asyncio.Lock()
        self._asking = asyncio.ensure_future(self._keep_asking())

    @property
    def lost(self) -> bool:
        return self._connection.is_closed()

    async def ask(self, statement: str, *arguments: object) -> Any:
        """The one value that it answers."""
        async with self._turn:
            return await self._connection.fetchval(statement, *arguments)

    async def listen(self, channel: str, rung: Callable[[], None]) -> None:
        """`rung`: also when the line is lost, for then nothing will be heard any more."""
        self._connection.add_termination_listener(lambda *_: rung())
        async with self._turn, asyncio.timeout(LINE_ANSWERS_WITHIN):
            await self._connection.add_listener(channel, lambda *_: rung())

    def close(self) -> None:
        """At once: a lock is free again as soon as the server sees it."""
        self._asking.cancel()
        terminate(self._connection)

    async def _keep_asking(self) -> None:
        while not self.lost:
            await asyncio.sleep(LINE_ASKED_EVERY)
            try:
                await self.ask(sql.answers)
            except Exception:
                terminate(self._connection)


def terminate(connection: Any) -> None:
    with suppress(Exception):  # lost already, or given back: as good
        connection.terminate()


async def leave_as_it_is(_: Any) -> None:
    """Instead of asking the server to forget locks, listening and settings each time a connection is given back: nothing we ask
    of the pool leaves any (a test reads all statements for it), and an open transaction is ended without this."""


async def speak_json(connection: Any) -> None:
    """jsonb columns are Python values on our side."""
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
