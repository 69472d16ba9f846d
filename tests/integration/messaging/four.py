"""The four services as messaging sees them: each with its real database, what it hears, and what it tells."""
import asyncio
import json
import random
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any, TypeVar
from uuid import UUID

import pytest
from asyncpg import Record

from deploy.embedded.stack import Stack
from shared.contracts import Event
from shared.messaging import digests, reconciling, upkeep
from shared.messaging.broker import connect, epoch_of
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.partitions import partition_of
from shared.runtime.postgres import Database
from tests.architecture.tree import ROOT, SERVICES
from tests.conftest import MakeDatabase
from tests.integration.messaging.parts import relaying

E = TypeVar("E", bound=Event)

AT_ONCE = timedelta(0)
WHAT_WAS_TOLD = "to_jsonb(t) - 'heard_at' - 'changed'"
"""Of a row: all but when it was heard, and the moment it was put on a clock that only goes forward."""
PENDING = "DELETE FROM outbox_pending AS p USING outbox_log AS l WHERE p.id = l.id AND NOT l.topic = ANY($1) RETURNING l.*"


def example(kind: type[E], council: str, **changes: object) -> E:
    body = json.loads((ROOT / "shared" / "contracts" / "examples" / f"{kind.topic}.json").read_text())
    return kind.model_validate({**body, "council": council, "revision": 1, **changes})


def some_id(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))


class Service:
    def __init__(self, name: str, database: Database) -> None:
        self.name, self.database = name, database
        self.hears = import_module(f"services.{name}.subscribers").HEARS
        store = import_module(f"services.{name}.store").Store(database)
        self.hearing = Hearing(database, self.hears, store.on, upkeep.beside(self.hears))

    async def tell(self, events: Collection[Event]) -> None:
        async with self.database.transaction() as connection:
            for event in events:
                await PostgresOutbox(connection).append(event)

    async def rows(self, statement: str, *values: object) -> Sequence[Record]:
        async with self.database.transaction() as connection:
            return list(await connection.fetch(statement, *values))

    async def reconciled(self) -> dict[str, dict[str, Any]]:
        return {row["topic"]: row for row in await reconciling.listed(self.database)}

    async def held(self) -> set[tuple[str, str, int, int]]:
        """Of each state topic it hears: key, timeline, version."""
        states = [kind.topic for kind in self.hears if kind.carries == "state"]
        found = await self.rows("SELECT topic, key, timeline, version FROM held_state WHERE topic = ANY($1)", states)
        return {tuple(row) for row in found}


class Four:
    """All of them, and somebody who carries what they tell by hand, so that a test says what is on its way."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.registry, self.matcher, self.notifier, self.portal = self.all = services
        self.kept_back: set[str] = set()
        self.carried: list[Arrival] = []

    def named(self, name: str) -> Service:
        return next(service for service in self.all if service.name == name)

    async def carry(self) -> None:
        """Until nothing is pending but what is kept back."""
        while await self.carry_some():
            pass

    async def carry_some(self) -> bool:
        arrivals: list[Arrival] = []
        for service in self.all:
            rows = sorted(await service.rows(PENDING, list(self.kept_back)), key=lambda row: int(row["id"]))
            arrivals += [arrival(row) for row in rows]
        for service in self.all:
            await service.hearing.take([one for one in arrivals if one.topic in service.hearing.kinds])
        self.carried += arrivals
        return bool(arrivals)

    async def round(self) -> None:
        """Digests are told and compared, what follows is carried, and everybody mends what is due."""
        for service in self.all:
            await digests.tell_round(service.database, AT_ONCE)
        await self.carry()
        for _ in range(3):  # to ask, to see what came of it, and to forget
            for service in self.all:
                await reconciling.mend_due(service.database)
            await self.carry()

    def told(self, kind: type[Event]) -> list[Any]:
        return [kind.model_validate_json(one.body or b"") for one in self.carried if one.topic == kind.topic]


def arrival(row: Record) -> Arrival:
    headers = (*row["headers"].items(), ("ce_timeline", row["timeline"]))
    encoded = tuple((name, str(value).encode()) for name, value in headers)
    return Arrival(row["topic"], partition_of(row["council"]), row["id"], encoded, row["body"])


@pytest.fixture
async def four(database_for: MakeDatabase, monkeypatch: pytest.MonkeyPatch) -> Four:
    """Nothing waits for its grace: what is on its way is what the test keeps back."""
    monkeypatch.setattr(reconciling, "GRACE", AT_ONCE)
    monkeypatch.setattr(reconciling, "ANSWER_WITHIN", AT_ONCE)
    monkeypatch.setattr(reconciling, "LOOK_AGAIN", AT_ONCE)
    return Four([Service(name, await database_for(name)) for name in SERVICES])


@asynccontextmanager
async def on_the_broker(four: Four, infrastructure: Stack) -> AsyncIterator[None]:
    """The same over the real broker, each in a consumer group of its own."""
    servers, kind = infrastructure.kafka_servers, infrastructure.broker.kind
    epoch = f"{await epoch_of(servers)}-{random.getrandbits(32)}"
    async with AsyncExitStack() as parts:
        for service in four.all:
            await parts.enter_async_context(relaying(service.database, infrastructure))
        brokers = [
            connect(service.name, servers, kind=kind, instance=epoch[-6:], epoch=epoch, hearing=service.hearing)
            for service in four.all
        ]
        for broker in brokers:
            parts.push_async_callback(broker.stop)
        await asyncio.gather(*(broker.start() for broker in brokers))
        yield
