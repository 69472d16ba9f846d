"""What the tests of messaging are made of: a reader that remembers, a relay, and events."""
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from aiokafka import AIOKafkaProducer
from faststream.kafka import KafkaBroker

from deploy.embedded.stack import Stack
from shared.contracts import Event
from shared.contracts.notifier import ReplyReceived
from shared.contracts.portal import SupporterChanged
from shared.messaging import parking
from shared.messaging.access import OPEN, Access
from shared.messaging.broker import connect, epoch_of, limited
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing
from shared.messaging.living import patiently
from shared.messaging.partitions import partition_of
from shared.messaging.relay import Relay
from shared.runtime.postgres import Connection, Database


def supporter(council: str, revision: int = 1, delegation: UUID | None = None, **changes: object) -> SupporterChanged:
    return SupporterChanged.model_validate(
        {
            "council": council, "revision": revision, "delegation_id": delegation or uuid4(), "person_id": uuid4(),
            "supporter_id": uuid4(), "state": "active", "scopes": ["see_shortlist"], "until": "2027-01-01", **changes,
        }
    )


def reply(council: str, revision: int = 1, reply_id: UUID | None = None) -> ReplyReceived:
    return ReplyReceived(
        council=council, revision=revision, reply_id=reply_id or uuid4(), party_id=uuid4(), introduction_id=uuid4(),
        answer="yes", route="link", at=datetime.now(UTC),
    )


@dataclass
class Work:
    connection: Connection


class Reader:
    """A service that only remembers what it heard of one council."""

    def __init__(self, database: Database, council: str) -> None:
        self.database, self.council = database, council
        self.heard: list[tuple[str, int]] = []
        self.failing: dict[str, Exception] = {}
        self.hearing = Hearing(database, {SupporterChanged: self.hear, ReplyReceived: self.hear}, Work)

    async def hear(self, event: SupporterChanged | ReplyReceived, work: Work) -> None:
        if event.council != self.council:
            return
        if trouble := self.failing.get(event.key):
            raise trouble
        self.heard.append((event.key, event.revision))

    async def set_aside(self) -> list[dict[str, Any]]:
        """Of its own council: other tests leave what nobody can read on the same broker."""
        return [row for row in await parking.listed(self.database) if row["council"] == self.council]

    async def heard_all(self, count: int, within: float = 30) -> list[tuple[str, int]]:
        deadline = asyncio.get_running_loop().time() + within
        while len(self.heard) < count and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 - it comes from a broker
            await asyncio.sleep(0.02)
        return self.heard


@asynccontextmanager
async def listening(
    reader: Reader, servers: str, kind: str, name: str = "", access: Access = OPEN
) -> AsyncIterator[KafkaBroker]:
    name = name or f"reader-{uuid4().hex[:8]}"
    epoch = await patiently(lambda: epoch_of(servers, access))
    broker = connect(name, servers, kind=kind, instance="1", epoch=epoch, hearing=reader.hearing, access=access)
    await broker.start()
    limited(broker, reader.hearing)
    try:
        yield broker
    finally:
        with suppress(Exception):  # as a service does
            async with asyncio.timeout(10):
                await broker.stop()


@asynccontextmanager
async def relaying(database: Database, infrastructure: Stack) -> AsyncIterator[None]:
    servers, access = infrastructure.kafka_servers, infrastructure.broker.access
    epoch = await patiently(lambda: epoch_of(servers, access))
    relay = Relay(database, servers, idempotent=infrastructure.broker.kind == "apache", epoch=epoch, access=access)
    running = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def put(servers: str, topic: str, council: str, body: bytes | None, headers: list[tuple[str, bytes]]) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=servers)
    await producer.start()
    await producer.send_and_wait(topic, body, key=b"k", partition=partition_of(council), headers=headers)
    await producer.stop()


def arrival_id(event: Event) -> UUID:
    return uuid5(NAMESPACE_OID, f"{event.key}/{event.revision}")


def arrival_of(event: Event) -> Arrival:
    headers = (("ce_id", str(arrival_id(event)).encode()),)
    return Arrival(event.topic, partition_of(event.council), event.revision, headers, event.model_dump_json().encode())
