"""Builds broken on purpose: each switch takes one guard away, to see that the harness notices. They exist only here."""
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from faststream import AckPolicy

from shared.messaging import broker, hearing, living, relay
from shared.messaging.order import Verdict
from shared.messaging.statements import sql
from tests.faults.newer import newer

CURSOR = "SELECT * FROM outbox_log WHERE id > $1 ORDER BY id LIMIT 500"
NO_INBOX = """
INSERT INTO key_state AS old (council, topic, key, timeline, version)
SELECT $1, $3, $6::text, 0, 0 WHERE ($2::uuid, $4::int, $5::bigint) IS NOT NULL
    ON CONFLICT (council, topic, key) DO UPDATE SET version = old.version
RETURNING timeline, version, parked"""
NEVER_SEEN = "SELECT $1::text, $2::uuid, $3::text, $4::int, $5::bigint"


def ack_first() -> None:
    """FastStream's own default: the client commits by itself, whatever came of the events."""
    broker.AckPolicy = SimpleNamespace(NACK_ON_ERROR=AckPolicy.ACK_FIRST)  # type: ignore[assignment,misc]


def cursor_relay() -> None:
    """`id > the last one told`: an id is taken when a row is written, not when it is committed."""
    last = 0

    async def forward(self: relay.Relay, producer: Any) -> int:
        nonlocal last
        async with self.database.transaction() as connection:
            rows = await connection.fetch(CURSOR, last)
        for row in rows:
            await self.deliver(producer, row["topic"], relay.partition_of(row["council"]), [row])
            last = row["id"]
        return len(rows)

    relay.Relay.forward = forward  # type: ignore[method-assign]


def no_inbox() -> None:
    sql.take_up, sql.first_sight = NO_INBOX, NEVER_SEEN


def no_version_check() -> None:
    hearing.verdict = lambda held, *_: Verdict.BEHIND if held.parked else Verdict.NEWS  # type: ignore[assignment]


def offset_first() -> None:
    """The place in the log is committed before the work is done."""
    remember, take = living.limited, hearing.Hearing.take
    consumers: list[Any] = []

    def limited(faststream: Any, own: Any) -> None:
        remember(faststream, own)
        consumers.extend(subscriber.consumer for subscriber in faststream.subscribers)

    async def committed_first(self: hearing.Hearing, arrivals: Any) -> None:
        for consumer in consumers:
            await consumer.commit()
        await take(self, arrivals)

    living.limited = limited  # type: ignore[attr-defined]
    hearing.Hearing.take = committed_first  # type: ignore[method-assign]


def mute() -> None:
    """Not a broken build: the relay says nothing, so that a test can tell events its own way."""

    async def nothing(self: relay.Relay) -> None:
        await asyncio.Event().wait()

    relay.Relay.run = nothing  # type: ignore[method-assign]


def no_look_up() -> None:
    """After doubt it is sent again, without asking whether it went."""
    from services.notifier.courier.sender import Outcome, Result, Sender

    async def never_asked(self: Sender, delivery: Any) -> Result:
        return Result(Outcome.NOT_THERE, None, keeps_ledger=True, gives_word=True)

    Sender.ask_about = never_asked  # type: ignore[method-assign]


def lease_not_leader() -> None:
    """Whoever finds a lease run out goes on; a sender that was only asleep does not know that."""
    from services.notifier.store import Store

    async def always() -> bool:
        return True

    @asynccontextmanager
    async def lead(self: Store) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
        yield always

    Store.lead = lead  # type: ignore[method-assign]


def own_clock() -> None:
    """The machine's clock is believed, whatever the database says."""
    from shared.runtime.clock import Clock

    async def not_asked(self: Clock, database: Any) -> None: ...

    Clock.look = not_asked  # type: ignore[method-assign]


BREAKS: dict[str, Callable[[], None]] = {
    switch.__name__: switch
    for switch in (
        ack_first, cursor_relay, no_inbox, no_version_check, offset_first, no_look_up, lease_not_leader, own_clock, mute, newer,
    )
}


def switch(names: Iterable[str]) -> None:
    for name in names:
        BREAKS[name]()
