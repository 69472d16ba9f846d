"""One delivery policy for every service, in this one place: at least once, in order, from the beginning, nothing skipped."""
import asyncio
import logging
import random
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.admin import AIOKafkaAdminClient
from faststream import AckPolicy
from faststream.exceptions import NackMessage
from faststream.kafka import KafkaBroker, KafkaMessage, TopicPartition

from shared.contracts import Event
from shared.messaging.access import OPEN, Access
from shared.messaging.envelope import Arrival
from shared.messaging.hearing import Hearing, NotNow
from shared.messaging.partitions import PARTITIONS, TOPICS_SEEN_EVERY_MS
from shared.runtime.logs import outline

log = structlog.get_logger()

FETCH_WAIT_MS = {"embedded": 150, "apache": 500}
"""The embedded broker does not wake a waiting fetch: an event waits up to half of this. Each fetch costs it the more the longer
it has run (10 ms of processor after some minutes of tests), so four idle services at 20 ms keep a core busy."""
POLL_MS = 20  # FastStream sleeps this long after a look that found nothing
LOOK_MS = 1_000  # a look waits this long for the first event, and ends with it: fewer empty looks cost an idle service less
MOST_RECORDS = 100
BACK_OFF = (0.2, 0.5, 1.0, 2.0, 5.0)
LOOK_WITHIN = 30.0  # seconds
COMMIT_WITHIN = 5.0  # seconds; it was seen to wait more than 20 for a broker that does not answer
EPOCH_WITHIN = 10.0  # seconds
CLOSE_WITHIN = 5.0  # seconds


async def parse(records: tuple[ConsumerRecord[Any, Any], ...], original: Any) -> Any:
    """Never raises: FastStream would skip the whole batch over one header that is not text. Ours reads them itself."""
    message = await original(tuple(replace(record, headers=()) for record in records))
    message.raw_message = records
    return message


async def decode(message: Any) -> Any:
    """The bytes as they are; each is read within its own transaction."""
    return [record.value or b"" for record in message.raw_message]


def connect(
    service: str, servers: str, *, kind: str, instance: str, epoch: str, hearing: Hearing, access: Access = OPEN
) -> KafkaBroker:
    """A broker that hands `hearing` every record of every topic the service hears, through one consumer.

    One consumer per process, so that it owns the same partitions of every topic: all of one council is in its hands.
    """
    broker = KafkaBroker(
        servers,
        client_id=f"alongside-{service}-{instance}",
        ack_policy=AckPolicy.NACK_ON_ERROR,  # FastStream's default commits before the work is done, and so loses it
        graceful_timeout=20,
        consumer_only=True,  # the relay has its own producer
        allow_auto_create_topics=False,
        apply_types=False,
        logger=Quiet(),
        request_timeout_ms=10_000,
        metadata_max_age_ms=TOPICS_SEEN_EVERY_MS,
        security=access.for_faststream(),
    )

    async def take(_: list[bytes]) -> None:
        message: KafkaMessage = broker.context.get_local("message")  # it has the true records, with their headers
        try:
            await hearing.take([as_arrival(record) for record in message.raw_message])
            hearing.troubles = 0
        except Exception as trouble:
            # the partition waits with us, so order is kept; what was done is in the inbox
            if not isinstance(trouble, NotNow):  # a fault of ours, and repeating it at full speed would help nobody
                log.error("events not taken", **outline(trouble))
            pause = BACK_OFF[min(hearing.troubles, len(BACK_OFF) - 1)]
            hearing.troubles += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(hearing.stopping.wait(), pause * random.uniform(0.8, 1.2))
            raise NackMessage from trouble

    topics = sorted(hearing.kinds)
    if not topics:
        return broker  # a service may only tell
    alone = kind == "embedded"  # one process of each service, with all partitions: docs/decisions/0086
    broker.subscriber(
        *([] if alone else topics),
        partitions=[TopicPartition(topic, nth) for topic in topics for nth in range(PARTITIONS)] if alone else (),
        group_instance_id=None if alone else f"{service}-{instance}",  # a restart takes its partitions back at once
        group_id=f"{service}.{epoch}",
        batch=True,
        max_records=MOST_RECORDS,
        batch_timeout_ms=POLL_MS,
        auto_offset_reset="earliest",
        session_timeout_ms=10_000,
        heartbeat_interval_ms=2_000,
        max_poll_interval_ms=300_000,
        fetch_max_wait_ms=FETCH_WAIT_MS[kind],
        isolation_level="read_committed" if kind == "apache" else "read_uncommitted",
        parser=parse,
        decoder=decode,
        no_reply=True,  # a header of the message shall never make us publish
    )(take)
    return broker


def limited(broker: KafkaBroker, hearing: Hearing) -> None:
    """Time limits on what FastStream asks of the consumer, which waits for ever by itself.

    Each look for events is a beat of `hearing`: FastStream's loop may end without a word.
    """
    consumer: Any = consumer_of(broker)
    look, commit = consumer.getmany, consumer.commit

    async def looked(*args: Any, **options: Any) -> Any:
        hearing.beat = time.monotonic()
        try:
            async with asyncio.timeout(LOOK_WITHIN):
                return await look(*args, **options | {"timeout_ms": LOOK_MS})
        except TimeoutError:
            return {}  # nothing came

    async def committed(*args: Any, **options: Any) -> None:
        async with asyncio.timeout(COMMIT_WITHIN):  # FastStream goes on; the next commit will be further, and the inbox knows
            await commit(*args, **options)

    consumer.getmany, consumer.commit = looked, committed


def consumer_of(broker: KafkaBroker) -> AIOKafkaConsumer | None:
    """The one that listens; None before it starts and after it stops."""
    return next((subscriber.consumer for subscriber in broker.subscribers), None)  # type: ignore[attr-defined]


def fetching(consumer: Any) -> bool:
    """False: its fetching has died, for example of an answer that made no sense. It tells nobody, and looks find nothing."""
    task = getattr(getattr(consumer, "_fetcher", None), "_fetch_task", None)
    return task is None or not task.done()


def as_arrival(record: ConsumerRecord[Any, Any]) -> Arrival:
    return Arrival(record.topic, record.partition, record.offset, tuple(record.headers), record.value)


def described(service: str, *, hears: Iterable[type[Event]], tells: Iterable[type[Event]]) -> KafkaBroker:
    """The same channels with their schemas, never connected: what AsyncAPI documents are made from."""
    broker = KafkaBroker("described:9092", ack_policy=AckPolicy.NACK_ON_ERROR)
    for kind in hears:
        title = f"{service} hears {kind.__name__}"
        broker.subscriber(kind.topic, title=title, description=kind.__doc__, group_id=service)(reader_of(kind))
    for kind in tells:
        broker.publisher(kind.topic, schema=kind, title=f"{service} tells {kind.__name__}", description=kind.__doc__)
    return broker


def reader_of(kind: type[Event]) -> Any:
    async def hear(event: Any) -> None: ...

    hear.__annotations__["event"] = kind
    return hear


async def epoch_of(servers: str, access: Access = OPEN) -> str:
    """The broker's cluster id. The embedded broker gets a new one each time it begins empty."""
    admin = AIOKafkaAdminClient(bootstrap_servers=servers, request_timeout_ms=5_000, **access.for_clients())
    try:
        async with asyncio.timeout(EPOCH_WITHIN):
            await admin.start()
            return str((await admin.describe_cluster())["cluster_id"])
    finally:
        async with asyncio.timeout(CLOSE_WITHIN):
            await admin.close()


class Quiet:
    """FastStream's own log lines, without exceptions' texts: those can hold what a person typed."""

    def log(self, level: int, message: Any, *, exc_info: Any = None, extra: Any = None) -> None:
        if isinstance(exc_info, NackMessage) or level < logging.ERROR:
            return
        if isinstance(exc_info, BaseException):
            log.log(level, "broker trouble", **outline(exc_info))
        else:
            log.log(level, "broker", said=str(message).split(":")[0][:80])
