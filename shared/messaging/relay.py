"""Carries committed events from the outbox to Kafka: oldest first, at least once, one relay per database."""
import asyncio
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError, RecordListTooLargeError
from asyncpg import Record

from shared.messaging import parking
from shared.messaging.access import OPEN, Access
from shared.messaging.envelope import LARGEST_BODY
from shared.messaging.helping import Shut, WrongPartitions, by_place, helped, still_shut
from shared.messaging.partitions import PARTITIONS, TOPICS_SEEN_EVERY_MS
from shared.messaging.statements import sql
from shared.runtime.logs import outline
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Database

log = structlog.get_logger()

ONE_RELAY = 7_001  # advisory lock: two relays at once could reorder a key
BATCH = 500
IDLE = 1.0  # seconds; NOTIFY usually wakes us first
STANDBY = 0.2  # seconds between a standby's tries to lead
KEPT_FOR = timedelta(days=30)  # how long occurrences can be told again to a broker that lost them
ANSWER_WITHIN = 20.0  # seconds for the broker to take a batch
STOP_WITHIN = 7.0  # seconds; more than the producer gives a batch
LARGEST_BATCH = 500_000  # bytes; a larger event is a batch by itself
HELPING = 8_000_000  # bytes read at once, so that a full outbox does not fill our memory


@dataclass
class Relay:
    database: Database
    servers: str
    idempotent: bool
    epoch: str
    """The broker's cluster id: a new one means a broker that knows nothing yet."""
    access: Access = OPEN
    shut: Shut = field(default_factory=dict)
    leads: bool = False
    sessions: int = 0
    """How often we began to lead."""

    async def run(self) -> None:
        """For ever. Any failure ends the session; the next begins with a new connection and a new producer."""
        while True:
            try:
                await self.session()
            except Exception as trouble:
                log.warning("relay begins again", **outline(trouble))
                await asyncio.sleep(random.uniform(0.2, 2.0))

    async def session(self) -> None:
        # the lock and LISTEN live on this connection alone: those of the pool are given back
        lead = await self.database.line()
        try:
            while not await lead.ask(sql.lead, ONE_RELAY):  # noqa: ASYNC110 - the lock is elsewhere
                await asyncio.sleep(STANDBY)
            self.leads, self.sessions = True, self.sessions + 1
            woken = asyncio.Event()
            await lead.listen("outbox", woken.set)
            producer = AIOKafkaProducer(
                bootstrap_servers=self.servers, acks="all", enable_idempotence=self.idempotent, request_timeout_ms=5_000,
                max_batch_size=LARGEST_BATCH, metadata_max_age_ms=TOPICS_SEEN_EVERY_MS,  # a topic made anew is soon seen as it is
                **self.access.for_clients(),
            )
            try:
                await asyncio.wait_for(producer.start(), ANSWER_WITHIN)
                await self.fill_if_new()
                while not lead.lost:
                    woken.clear()
                    if not await self.forward(producer):
                        await waited(woken, IDLE)
            finally:
                await stopped(producer)
        finally:
            self.leads = False
            lead.close()

    async def fill_if_new(self) -> None:
        """A broker not met before is told the newest state of every key, and every recent occurrence."""
        async with self.database.transaction() as connection:
            if not await connection.fetchval(sql.has_filled, self.epoch):
                told = await connection.execute(sql.fill_again, KEPT_FOR, timeout=LONG_ANSWER_WITHIN)
                await connection.execute(sql.remember_filled, self.epoch)
                log.info("telling a new broker everything", events=int(told.split()[-1]))

    async def forward(self, producer: AIOKafkaProducer) -> int:
        """Publish one helping, then forget it; a crash in between repeats it. Returns how many went their way."""
        now = time.monotonic()
        self.shut = still_shut(self.shut, now)
        async with self.database.transaction() as connection:
            rows = await connection.fetch(sql.pending_events, BATCH, HELPING, *self.places_shut())
        places = by_place(rows)
        sending = (self.deliver(producer, topic, partition, some) for (topic, partition), some in places.items())
        answers = dict(zip(places, await asyncio.gather(*sending, return_exceptions=True), strict=True))
        what_came = helped(places, answers, now)
        if what_came.taken:
            async with self.database.transaction() as connection:
                await connection.execute(sql.forget_pending, what_came.taken, self.epoch)
        self.shut |= what_came.shut
        for topic, partition in what_came.left_alone:
            failure = type(answers[topic, partition]).__name__
            log.error("nothing goes to this topic now", topic=topic, partition=partition, failure=failure)
        if what_came.ends:
            raise what_came.ends
        return len(what_came.taken)

    def places_shut(self) -> tuple[list[str], list[str]]:
        return [topic for topic, _ in self.shut], [council for _, council in self.shut]

    async def oldest(self) -> int | None:
        """The event that should go next; none, if there is none, or another relay carries them."""
        if not self.leads:
            return None
        async with self.database.transaction() as connection:
            oldest: int | None = await connection.fetchval(sql.oldest_pending, *self.places_shut())
        return oldest

    async def deliver(self, producer: AIOKafkaProducer, topic: str, partition: int, rows: list[Record]) -> list[int]:
        """The ids that went their way: to the broker, or, when it cannot take one, aside."""
        if len(rows[0]["body"] or b"") > LARGEST_BODY:
            return await self.refuse(rows[0])
        async with asyncio.timeout(ANSWER_WITHIN):
            await check_partitions(producer, topic)
            try:
                return await self.send(producer, topic, partition, rows)
            except (MessageSizeTooLargeError, RecordListTooLargeError):
                pass
            try:
                return await self.send(producer, topic, partition, rows[:1])  # one by one shows which it is
            except (MessageSizeTooLargeError, RecordListTooLargeError):
                return await self.refuse(rows[0])

    async def refuse(self, row: Record) -> list[int]:
        async with self.database.transaction() as connection:
            await parking.refuse(connection, row, parking.TOO_LARGE)
        log.error("event set aside", topic=row["topic"], event_id=str(row["event_id"]), reason=parking.TOO_LARGE)
        return [row["id"]]

    async def send(self, producer: AIOKafkaProducer, topic: str, partition: int, rows: list[Record]) -> list[int]:
        """One batch for the partition: it lands whole or not at all, so a retry cannot put the second before the first."""
        batch, taken = producer.create_batch(), []
        for row in rows:
            headers = [(name, value.encode()) for name, value in row["headers"].items()]
            headers.append(("ce_timeline", str(row["timeline"]).encode()))
            too_large = len(row["body"] or b"") > LARGEST_BODY
            if too_large or batch.append(key=row["key"].encode(), value=row["body"], timestamp=None, headers=headers) is None:
                break  # full: the rest goes with the next helping; the first always fits
            taken.append(row["id"])
        batch.close()
        acknowledged: Any = await producer.send_batch(batch, topic, partition=partition)
        await acknowledged
        return taken


async def check_partitions(producer: AIOKafkaProducer, topic: str) -> None:
    if len(await producer.partitions_for(topic)) != PARTITIONS:
        raise WrongPartitions(topic)


async def stopped(producer: AIOKafkaProducer) -> None:
    """It waits for what it still has to send, which a broker that does not answer may never take: then just close."""
    try:
        await asyncio.wait_for(producer.stop(), STOP_WITHIN)
    except Exception:
        with suppress(Exception):
            await asyncio.wait_for(producer.client.close(), STOP_WITHIN)


async def waited(event: asyncio.Event, most: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), most)
