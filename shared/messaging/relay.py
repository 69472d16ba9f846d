"""Carries committed events from the outbox to Kafka: oldest first, at least once, one relay per database."""
import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from asyncpg import Record

from shared.messaging.partitions import PARTITIONS, partition_of
from shared.messaging.statements import sql
from shared.runtime.logs import outline
from shared.runtime.postgres import Database

log = structlog.get_logger()

ONE_RELAY = 7_001  # advisory lock: two relays at once could reorder a key
BATCH = 500
IDLE = 1.0  # seconds; NOTIFY usually wakes us first
STANDBY = 0.2  # seconds between a standby's tries to lead
KEPT_FOR = timedelta(days=30)  # how long occurrences can be told again to a broker that lost them
ANSWER_WITHIN = 20.0  # seconds for the broker to take a batch


class WrongPartitions(Exception):
    """A topic has another number of partitions than ours, so a council's events would be sent elsewhere."""


@dataclass
class Relay:
    database: Database
    servers: str
    idempotent: bool
    epoch: str
    """The broker's cluster id: a new one means a broker that knows nothing yet."""

    async def run(self) -> None:
        """For ever. Any failure ends the session; the next begins with a new connection and a new producer."""
        while True:
            try:
                await self.session()
            except Exception as trouble:
                log.warning("relay begins again", **outline(trouble))
                await asyncio.sleep(random.uniform(0.2, 2.0))

    async def session(self) -> None:
        # the lock and LISTEN live on this connection alone: a pool would clear both
        lead = await self.database.unpooled()
        try:
            while not await lead.fetchval("SELECT pg_try_advisory_lock($1)", ONE_RELAY):  # noqa: ASYNC110 - the lock is elsewhere
                await asyncio.sleep(STANDBY)
            woken = asyncio.Event()
            lead.add_termination_listener(lambda *_: woken.set())
            await lead.add_listener("outbox", lambda *_: woken.set())
            producer = AIOKafkaProducer(
                bootstrap_servers=self.servers, acks="all", enable_idempotence=self.idempotent, request_timeout_ms=5_000
            )
            await asyncio.wait_for(producer.start(), ANSWER_WITHIN)
            try:
                await self.fill_if_new()
                while not lead.is_closed():
                    woken.clear()
                    if not await self.forward(producer):
                        await waited(woken, IDLE)
            finally:
                await asyncio.wait_for(producer.stop(), 5)
        finally:
            lead.terminate()

    async def fill_if_new(self) -> None:
        """A broker not met before is told the newest state of every key, and every recent occurrence."""
        async with self.database.transaction() as connection:
            if not await connection.fetchval(sql.has_filled, self.epoch):
                told = await connection.execute(sql.fill_again, KEPT_FOR)
                await connection.execute(sql.remember_filled, self.epoch)
                log.info("telling a new broker everything", events=int(told.split()[-1]))

    async def forward(self, producer: AIOKafkaProducer) -> int:
        """Publish one helping, then forget it; a crash in between repeats it. Returns how many were published."""
        async with self.database.transaction() as connection:
            rows = await connection.fetch(sql.pending_events, BATCH)
        if not rows:
            return 0
        by_place: dict[tuple[str, int], list[Record]] = {}
        for row in rows:
            by_place.setdefault((row["topic"], partition_of(row["council"])), []).append(row)
        async with asyncio.timeout(ANSWER_WITHIN):
            for topic in {topic for topic, _ in by_place}:
                await check_partitions(producer, topic)
            sending = (self.send(producer, topic, partition, some) for (topic, partition), some in by_place.items())
            sent = await asyncio.gather(*sending, return_exceptions=True)
        taken = [row_id for result in sent if not isinstance(result, BaseException) for row_id in result]
        async with self.database.transaction() as connection:
            await connection.execute(sql.forget_pending, taken)
        for result in sent:
            if isinstance(result, BaseException):
                raise result
        return len(taken)

    async def send(self, producer: AIOKafkaProducer, topic: str, partition: int, rows: list[Record]) -> list[int]:
        """One batch for the partition: it lands whole or not at all, so a retry cannot put the second before the first."""
        batch, taken = producer.create_batch(), []
        for row in rows:
            headers = [(name, value.encode()) for name, value in row["headers"].items()]
            headers.append(("ce_timeline", str(row["timeline"]).encode()))
            if batch.append(key=row["key"].encode(), value=row["body"], timestamp=None, headers=headers) is None:
                break  # full: the rest goes with the next helping
            taken.append(row["id"])
        if not taken:
            raise TooLarge(str(rows[0]["event_id"]))
        batch.close()
        acknowledged: Any = await producer.send_batch(batch, topic, partition=partition)
        await acknowledged
        return taken


class TooLarge(Exception):
    """One event does not fit into a batch of its own."""


async def check_partitions(producer: AIOKafkaProducer, topic: str) -> None:
    if len(await producer.partitions_for(topic)) != PARTITIONS:
        raise WrongPartitions(topic)


async def waited(event: asyncio.Event, most: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), most)
