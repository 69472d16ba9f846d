"""Ends a service that has come to a standstill without a word: started anew, it goes on. What is in known trouble only waits."""
import asyncio
import os
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer

from shared.messaging.broker import fetching
from shared.messaging.health import Pulse
from shared.messaging.hearing import Hearing, passes
from shared.messaging.relay import Relay

log = structlog.get_logger()

LOOK_EVERY = 5.0  # seconds
DATABASE_WITHIN = 2.0  # seconds
BROKER_FRESH = 10.0  # seconds since its last answer

Check = Callable[[], Awaitable[str]]
"""A service's own look at its progress: what stands still, or nothing."""


class Standstill(Exception):
    """Something waits, nothing hinders it, and it does not move."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    listener: float = 60.0
    """with records that the broker has and we have not taken"""
    deaf: float = 60.0
    """without an answer to our looks, from a broker that answers otherwise"""
    relay: float = 30.0
    """with the same oldest event in the outbox"""
    in_vain: float = 300.0
    """the same, for a relay that begins again and again: it says so each time, and starting anew seldom helps"""


@dataclass(frozen=True, slots=True)
class Ages:
    """How long, in seconds, each has stood still although nothing hindered it."""

    listener: float = 0.0
    deaf: float = 0.0
    relay: float = 0.0
    in_vain: float = 0.0


def standing_still(ages: Ages, patience: Patience) -> str:
    """What stands still; nothing, if all is well."""
    if ages.listener >= patience.listener:
        return "the listener does not take what the broker has for it"
    if ages.deaf >= patience.deaf:
        return "the listener gets no answers from a broker that answers"
    if ages.relay >= patience.relay:
        return "the relay does not carry the oldest event"
    if ages.in_vain >= patience.in_vain:
        return "the relay begins again and again and carries nothing"
    return ""


@dataclass
class Since:
    """How long something has been the same, as far as it was looked at.

    A pause between two looks counts as one look at most: a process that was frozen has not stood still of its own.
    """

    at_most: float
    mark: object = None
    age: float = 0.0
    looked: float = 0.0

    def look(self, mark: object, now: float, *, excused: bool) -> float:
        same = mark == self.mark and not excused
        self.age = self.age + min(now - self.looked, self.at_most) if same else 0.0
        self.mark, self.looked = mark, now
        return self.age


@dataclass
class Watch:
    """`consumer`: as it is now, if there is one. `broker_answered`: when, on the monotonic clock."""

    hearing: Hearing
    relay: Relay
    consumer: Callable[[], AIOKafkaConsumer | None]
    broker_answered: Callable[[], float]
    checks: Sequence[Check] = ()
    patience: Patience = field(default_factory=Patience)
    every: float = LOOK_EVERY

    def __post_init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        self.listener, self.deaf, self.still, self.in_vain = (Since(self.every * 1.5) for _ in range(4))

    async def run(self) -> None:
        while True:
            await asyncio.sleep(self.every)
            if what := await self.look(time.monotonic()):
                log.error("at a standstill", what=what)
                raise Standstill

    async def look(self, now: float) -> str:
        if not fetching(self.consumer()):
            return "the listener's fetching has died"
        if not await self.hearing.database.answers(DATABASE_WITHIN):
            self.begin_anew()  # whatever stands still now has a reason
            return ""
        return standing_still(await self.ages(now), self.patience) or await self.found_by_checks()

    async def ages(self, now: float) -> Ages:
        broker = now - self.broker_answered() < BROKER_FRESH
        waits = self.hearing.troubles > 0 or self.hearing.in_hand  # a pause we know of, or an event, which has its own time limit
        places, behind, answered = await standing(self.consumer())
        oldest = await self.relay.oldest()
        idle = oldest is None or not broker
        return Ages(
            listener=self.listener.look(places, now, excused=waits or not behind),
            deaf=self.deaf.look((places, answered), now, excused=waits or not broker or not places),
            relay=self.still.look((oldest, self.relay.sessions), now, excused=idle),
            in_vain=self.in_vain.look(oldest, now, excused=idle),
        )

    async def found_by_checks(self) -> str:
        for check in self.checks:
            try:
                if what := await check():
                    return what
            except Exception as trouble:
                if not passes(trouble):
                    raise
        return ""


async def standing(consumer: Any) -> tuple[dict[Any, int], bool, int]:
    """Where we are in each partition, whether the broker has more, and when it last answered a look.

    The marks come with each answer to a look. (Asked for its end offsets, the embedded broker says what is not so.)
    """
    places: dict[Any, int] = {}
    if consumer is not None:
        for partition in consumer.assignment():
            try:
                async with asyncio.timeout(0.1):
                    places[partition] = await consumer.position(partition)
            except Exception:  # it is being given out anew
                return {}, False, 0
    behind = any((consumer.highwater(partition) or 0) > place for partition, place in places.items())
    answered = max((consumer.last_poll_timestamp(partition) or 0 for partition in places), default=0)
    return places, behind, answered


def guard(pulse: Pulse, code: int, *, dead_after: float = 60.0, every: float = LOOK_EVERY) -> None:
    """From a thread of its own, ends the process with this exit code when its event loop has stopped: nothing else would."""

    def look() -> None:
        beat, looks = pulse.beat, 0
        while looks * every < dead_after:
            time.sleep(every)
            beat, looks = (beat, looks + 1) if pulse.beat == beat else (pulse.beat, 0)
        log.error("at a standstill", what="the event loop")
        os._exit(code)

    threading.Thread(target=look, daemon=True, name="guard").start()
