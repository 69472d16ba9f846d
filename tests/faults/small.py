"""Two services of our own shape, as small as can be: one that tells, one that remembers what it heard."""
import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from fastapi import FastAPI

from services.notifier.usecases import writing
from shared.contracts import Event
from shared.contracts.notifier import ReplyReceived
from shared.contracts.portal import SupporterChanged
from shared.messaging import digests, gaps, housekeeping, living, parking, reconciling, republish
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing, NeverRight
from shared.messaging.living import Chore
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.service import service_app
from shared.runtime import environment, queries
from shared.runtime.postgres import Connection, Database

sql = queries.load(Path(__file__).with_name("queries.sql"))

TABLES = """
CREATE TABLE applied (                  -- the reader's ledger: what it did, in the order in which it did it
    nth     bigint GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    council text NOT NULL,
    topic   text NOT NULL,
    key     text NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE told_so_far (key uuid PRIMARY KEY, version bigint NOT NULL);
"""
NEVER = "never"
"""A supporter with this scope is never right."""
SOON = "soon"
"""A supporter with this scope is taken in only after it was set aside."""
ENOUGH = 5
"""Tries until then: two more than are made at once."""


@dataclass
class Work:
    connection: Connection


class Store:
    def __init__(self, database: Database) -> None:
        self.database = database

    def on(self, connection: Connection) -> Work:
        return Work(connection)


@dataclass(frozen=True)
class Telling:
    """What a teller shall tell: `keys` states and as many occurrences, `revisions` of each, by `writers` at once."""

    council: str
    keys: int = 8
    revisions: int = 6
    writers: int = 4
    pause: float = 0.0
    """Seconds between two transactions of one writer."""
    hold: float = 0.004
    """At most so many seconds from writing an event to its commit, so that ids and commits are not in one order."""
    mixed: bool = True
    """Some states are never right, some only at the third try."""

    @property
    def facts(self) -> int:
        return self.keys * self.revisions * 2


def state_of(telling: Telling, nth: int, revision: int) -> SupporterChanged:
    odd = {3: {2: NEVER}, 5: {3: SOON}}.get(nth, {}).get(revision) if telling.mixed else None
    return SupporterChanged.model_validate({
        "council": telling.council, "revision": revision, "delegation_id": key_of(telling, "state", nth),
        "person_id": UUID(int=nth), "supporter_id": UUID(int=revision), "state": "active", "until": "2030-01-01",
        "scopes": ["see_shortlist", *([odd] if odd else [])],
    })


def occurrence_of(telling: Telling, nth: int, revision: int) -> ReplyReceived:
    return ReplyReceived(
        council=telling.council, revision=revision, reply_id=key_of(telling, "occurrence", nth), party_id=UUID(int=nth),
        introduction_id=UUID(int=revision), answer="yes", route="link", at=datetime(2026, 11, 27, tzinfo=UTC),
    )


def key_of(telling: Telling, kind: str, nth: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"{telling.council}/{kind}/{nth}")


class Writer:
    """Tells what is not told yet, each fact in the transaction that remembers it: begun again, it goes on where it was."""

    def __init__(self, database: Database, telling: Telling) -> None:
        self.database, self.telling = database, telling

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for writer in range(self.telling.writers):
                group.create_task(self.write(writer))
        await asyncio.Event().wait()  # a chore that ends would end the service

    async def write(self, writer: int) -> None:
        t = self.telling
        for _ in range(t.revisions):
            for nth in range(writer, t.keys, t.writers):
                for kind, make in (("state", state_of), ("occurrence", occurrence_of)):
                    async with self.database.transaction() as connection:
                        await self.tell_next(connection, key_of(t, kind, nth), lambda r, n=nth, m=make: m(t, n, r))
                await asyncio.sleep(t.pause)

    async def tell_next(self, connection: Connection, key: UUID, make: Any) -> None:
        version = await connection.fetchval(sql.next_version, key)
        if version > self.telling.revisions:
            return
        await PostgresOutbox(connection).append(make(version))
        await asyncio.sleep(random.uniform(0, self.telling.hold))


class Reader:
    def __init__(self) -> None:
        self.tries: Counter[tuple[str, int]] = Counter()

    async def hear(self, event: Event, work: Work) -> None:
        scopes = getattr(event, "scopes", ())
        if NEVER in scopes:
            raise NeverRight("a test says so")
        self.tries[event.key, event.revision] += 1
        if SOON in scopes and self.tries[event.key, event.revision] < ENOUGH:
            raise ValueError("not this time")
        await work.connection.execute(sql.apply, event.council, event.topic, event.key, event.revision)


def teller(name: str, settings: environment.Settings, telling: Telling) -> FastAPI:
    def chores(store: Store) -> list[Chore]:
        return [Writer(store.database, telling).run]

    return service_app(name, settings, hears={}, tells=(SupporterChanged, ReplyReceived), store=Store, routers=lambda _: [],
                       chores=chores)


def deaf_to_others(council: str) -> None:
    """Many worlds share the broker's topics; each hears its own council alone, as if the broker were its own."""
    take = Hearing.take

    async def take_own(self: Hearing, arrivals: list[Arrival]) -> None:
        own = [arrival for arrival in arrivals if dict(arrival.headers).get("ce_tenant", b"") == council.encode()]
        self.beat = time.monotonic()
        if own:
            await take(self, own)

    Hearing.take = take_own  # type: ignore[method-assign]


def in_a_group_of_its_own(group: str) -> None:
    """Several processes of one service each hear everything."""
    connect = living.connect

    def apart(name: str, servers: str, *, epoch: str, **rest: Any) -> Any:
        return connect(name, servers, epoch=f"{epoch}.{group}", **rest)

    living.connect = apart  # type: ignore[attr-defined]


def soon_again() -> None:
    """What is set aside is tried again every second."""
    parking.PAUSES = (timedelta(seconds=1),) * len(parking.PAUSES)


def claims_end_soon() -> None:
    """What a writer that died had begun to make is begun again after seconds, not minutes."""
    writing.CLAIM = timedelta(seconds=5)


def not_in_minutes() -> None:
    """What was set aside several times is tried again after ten seconds, not after minutes."""
    parking.PAUSES = tuple(min(pause, timedelta(seconds=10)) for pause in parking.PAUSES)


def in_a_hurry() -> None:
    """What takes minutes takes seconds."""
    gaps.OPEN_FOR = timedelta(seconds=1)
    digests.EVERY, digests.LOOK_EVERY = timedelta(seconds=3), 0.5
    reconciling.GRACE, reconciling.LOOK_AGAIN, reconciling.LOOK_EVERY = timedelta(seconds=1), timedelta(seconds=2), 0.5
    reconciling.ANSWER_WITHIN, reconciling.ASK_AGAIN = timedelta(seconds=1), timedelta(seconds=3)
    republish.NOT_AGAIN_WITHIN = timedelta(seconds=3)
    housekeeping.EVERY = 2.0


def reader(name: str, settings: environment.Settings, telling: Telling) -> FastAPI:
    heard = Reader()
    deaf_to_others(telling.council)
    soon_again()
    return service_app(name, settings, hears={SupporterChanged: heard.hear, ReplyReceived: heard.hear}, tells=(), store=Store,
                       routers=lambda _: [])
