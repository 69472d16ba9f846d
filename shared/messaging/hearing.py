"""Applies every event once, in order, in one transaction with what it changes; sets aside what cannot be applied."""
import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from shared.contracts import Event
from shared.messaging import parking
from shared.messaging.envelope import Arrival, Letter, Unreadable, read
from shared.messaging.order import Held, Verdict, verdict
from shared.messaging.statements import sql
from shared.runtime.logs import outline
from shared.runtime.postgres import Connection, Database

log = structlog.get_logger()

Handler = Callable[[Any, Any], Awaitable[None]]
Hears = Mapping[type[Event], Handler]
"""What a service hears: each kind of event, and the function `(event, work)` that it is given to."""

PATIENCE = (0.2, 0.5)  # seconds before each further attempt, while all others wait; then the event is set aside
PATIENCE_AGAIN = 10.0  # seconds after that until another event is worth waiting for: many bad ones at once cost no more than one
DEATHS = 3  # an event met this often without an end is taken to kill the process
MOST_COUNTED = 10_000  # more are those of partitions that another process has now
HANDLED_WITHIN = 60.0  # seconds for one event; the broker gives a whole helping 300 before it takes us for dead
STOPPED_US = "it stopped the service each time"


class NeverRight(Exception):
    """This event will never be applied as it is. The text is a reason code: nothing of the content."""


class NotNow(Exception):
    """The database or the broker is in trouble: the event waits, and that never counts against it."""


class TooLong(Exception):
    """The handler took longer than any may: an event that holds up all others is one that fails."""


class Gap(Exception):
    """An occurrence came before the one it follows."""


PASSING = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
)


def passes(trouble: BaseException) -> bool:
    """Connections lost, servers stopping, disks full, deadlocks: it passes, and is never the event's fault.

    asyncpg's DataError is an InterfaceError by descent, but means a wrong argument: that does not pass. Its InternalClientError
    is what it makes of a statement on a session that is just being ended (asyncpg #1069).
    """
    return isinstance(trouble, PASSING) and not isinstance(trouble, asyncpg.DataError)


@dataclass
class Hearing:
    """The inbox of one service."""

    database: Database
    hears: Hears
    work_on: Callable[[Connection], Any]
    upkeep: Hears = field(default_factory=dict)
    """What is heard for the sake of delivery itself: those functions are given the bare connection instead of the work."""
    counted: set[UUID] = field(default_factory=set)
    """Events whose present attempt is already counted: a pause for the database's sake is not a new attempt."""
    ended: set[UUID] = field(default_factory=set)
    """Events whose attempt came to its end, and may be forgotten."""
    beat: float = field(default_factory=time.monotonic)
    """When we last came to an event."""
    patient_from: float = 0.0
    """When an event that fails is given another try in place again."""
    in_hand: bool = False
    troubles: int = 0
    """How often in a row a helping had to be put off; each time we pause."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when pauses are to end."""

    passes = staticmethod(passes)
    deaths, stopped_us = DEATHS, STOPPED_US

    @staticmethod
    def never_right(failure: Exception) -> str | None:
        return str(failure) if isinstance(failure, NeverRight) else None

    def __post_init__(self) -> None:
        self.kinds = {kind.topic: kind for kind in (*self.hears, *self.upkeep)}

    async def take(self, arrivals: list[Arrival]) -> None:
        """Every record in turn. Raises NotNow when the rest must be delivered again later."""
        letters = [read(arrival, self.kinds) for arrival in arrivals]
        self.in_hand = True
        try:
            async with self.database.connection() as connection:
                await self.expect(connection, letters)
                for letter in letters:
                    self.beat = time.monotonic()
                    if await self.count(connection, letter.event_id) > DEATHS and isinstance(letter, Letter):
                        await self.set_aside(connection, letter, STOPPED_US, blocks=True)
                    else:
                        await self.take_one(connection, letter)
                    self.ended.add(letter.event_id)
                await self.forget_ended(connection)
        except Exception as trouble:
            if not passes(trouble):
                raise
            log.warning("waiting for the database", **outline(trouble))
            raise NotNow from trouble
        finally:
            self.in_hand = False

    async def expect(self, connection: Connection, letters: list[Letter | Unreadable]) -> None:
        """Count the first attempt of all at once, unless one of them was begun before: then each counts at its own turn,
        so that none pays for its neighbour."""
        if len(self.counted) > MOST_COUNTED:
            self.counted.clear()
        new = [letter.event_id for letter in letters if letter.event_id not in self.counted]
        if not (await connection.execute(sql.count_first_attempts, new)).endswith(" 0"):
            self.counted.update(new)

    async def forget_ended(self, connection: Connection) -> None:
        await connection.execute(sql.forget_attempts, list(self.ended))
        self.counted -= self.ended
        self.ended.clear()

    async def count(self, connection: Connection, event_id: UUID) -> int:
        """How often this event was begun, this time included; committed, as nothing else is under way, before it is handled."""
        if event_id in self.counted:
            return 0
        n: int = await connection.fetchval(sql.count_attempt, event_id)
        self.counted.add(event_id)
        return n

    async def take_one(self, connection: Connection, letter: Letter | Unreadable) -> None:
        if isinstance(letter, Unreadable):
            async with self.database.transaction_on(connection):
                await parking.park_unreadable(connection, letter)
            log.warning("event set aside", topic=letter.arrival.topic, event_id=str(letter.event_id), reason=letter.reason)
            return
        for pause in (*self.patience(), None):
            try:
                return await self.apply(connection, letter)
            except Gap:
                # the one before it can only come later in this very partition: to wait here would be to wait for ever
                return await self.set_aside(connection, letter, parking.NOT_ITS_TURN, blocks=True)
            except NeverRight as never:
                return await self.set_aside(connection, letter, str(never), blocks=letter.event.carries == "occurrence")
            except Exception as failure:
                if passes(failure):
                    raise
                log.error("event not applied", topic=letter.arrival.topic, event_id=str(letter.event_id), **outline(failure))
                if pause is None or isinstance(failure, TooLong):
                    self.patient_from = time.monotonic() + PATIENCE_AGAIN
                    why = f"failed: {type(failure).__name__}"
                    return await self.set_aside(connection, letter, why, blocks=True, retry=True)
                await asyncio.sleep(pause)

    def patience(self) -> tuple[float, ...]:
        return PATIENCE if time.monotonic() >= self.patient_from else ()

    async def apply(self, connection: Connection, letter: Letter) -> None:
        """One event in one transaction: seen before? in order? then the work, its outbox rows, and the new version."""
        async with self.database.transaction_on(connection):
            if await self.is_news(connection, letter):
                await self.hand_over(letter.event, connection)

    async def hand_over(self, event: Event, connection: Connection) -> None:
        limit = asyncio.timeout(HANDLED_WITHIN)
        try:
            async with limit:
                if keeps_up := self.upkeep.get(type(event)):
                    await keeps_up(event, connection)
                else:
                    await self.hears[type(event)](event, self.work_on(connection))
        except TimeoutError as late:
            if limit.expired():
                raise TooLong from late
            raise  # the database's, or the handler's own

    async def is_news(self, connection: Connection, letter: Letter) -> bool:
        event, arrival = letter.event, letter.arrival
        council, topic, key = event.council, arrival.topic, event.key
        held = await connection.fetchrow(sql.take_up, council, letter.event_id, topic, arrival.partition, arrival.offset, key)
        if held is None:
            return False
        match verdict(Held(*held), letter.timeline, event.revision, event.carries):
            case Verdict.NEWS:
                await connection.execute(sql.advance_key, council, topic, key, letter.timeline, event.revision)
                return True
            case Verdict.BEHIND:
                await parking.park_behind(connection, letter)
                return False
            case Verdict.STALE:
                return False
            case Verdict.EARLY:
                raise Gap

    async def set_aside(
        self, connection: Connection, letter: Letter, reason: str, *, blocks: bool, retry: bool = False
    ) -> None:
        """Keep the event with its reason. `blocks`: later events of the key queue behind it."""
        async with self.database.transaction_on(connection):
            if not await parking.park(connection, letter, reason, blocks=blocks, retry=retry):
                return  # it went in before
        log.error("event set aside", topic=letter.arrival.topic, event_id=str(letter.event_id), reason=reason)
