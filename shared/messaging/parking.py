"""Dead letters: events set aside with their reason, kept in order per key, tried again, and never lost."""
import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from shared.messaging import gaps
from shared.messaging.emptying import ERASED
from shared.messaging.envelope import Arrival, Letter, Unreadable, read
from shared.messaging.order import Held, Turn, turn
from shared.messaging.partitions import partition_of
from shared.messaging.statements import sql
from shared.runtime.postgres import Connection, Database

if TYPE_CHECKING:
    from shared.messaging.hearing import Hearing  # it parks; we drain what it parked

log = structlog.get_logger()

LOOK_EVERY = 1.0  # seconds
NOT_ITS_TURN = "the one before it has not come"
BEHIND = "waits behind an earlier event"
TOO_LARGE = "too large for the broker"
PAUSES = tuple(timedelta(seconds=s) for s in (2, 4, 10, 20, 60, 600, 3600))
"""Before each further try of a parked key: soon at first, as most wait for a cause that comes within seconds."""


async def park(connection: Connection, letter: Letter, reason: str, *, blocks: bool, retry: bool) -> bool:
    """False: it was heard before, so there is nothing to set aside."""
    event = letter.event
    place = (event.council, letter.arrival.topic, event.key)
    sighted = await connection.execute(sql.first_sight, event.council, letter.event_id, letter.arrival.topic,
                                       letter.arrival.partition, letter.arrival.offset)
    if sighted.endswith(" 0"):
        return False
    await connection.fetchrow(sql.hold_key, *place)
    if blocks:
        await connection.execute(sql.park_key, *place, True)
    await keep(connection, letter.arrival, letter.event_id, place, letter.timeline, event.revision, reason,
               later=PAUSES[0] if retry else None)
    return True


async def park_behind(connection: Connection, letter: Letter) -> None:
    """The key is parked: this event waits its turn."""
    event = letter.event
    await keep(connection, letter.arrival, letter.event_id, (event.council, letter.arrival.topic, event.key), letter.timeline,
               event.revision, BEHIND, later=timedelta(0))


async def park_unreadable(connection: Connection, letter: Unreadable) -> None:
    arrival = letter.arrival
    key = f"{arrival.partition}/{arrival.offset}"
    await keep(connection, arrival, letter.event_id, (letter.council, arrival.topic, key), 0, 0, letter.reason,
               fields=letter.fields, later=None)


async def keep(
    connection: Connection, arrival: Arrival, event_id: object, place: tuple[str, str, str], timeline: int, version: int,
    reason: str, *, later: timedelta | None, fields: tuple[str, ...] = (),
) -> None:
    council, topic, key = place
    headers = {storable(name): storable(value) for name, value in arrival.headers if value is not None}
    await connection.execute(sql.park_event, council, topic, key, event_id, timeline, version, headers, arrival.body, reason,
                             [storable(name) for name in fields], 1, arrival.partition, arrival.offset, later)


def storable(sent: str | bytes) -> str:
    """PostgreSQL keeps neither NUL nor half a character as text, and somebody may send us either."""
    raw = sent.encode(errors="backslashreplace") if isinstance(sent, str) else sent
    return raw.decode("ascii", "backslashreplace").replace("\x00", "\\x00")


async def drain(hearing: "Hearing") -> None:
    """For ever: try again, key by key and in order, what is parked and due."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        async with hearing.database.transaction() as connection:
            due = await connection.fetch(sql.due_parked_keys, NOT_ITS_TURN)
        for key in due:
            while await drain_one(hearing, key["council"], key["topic"], key["key"]):
                pass
        await gaps.ask_about_missing(hearing, NOT_ITS_TURN)


async def drain_one(hearing: "Hearing", council: str, topic: str, key: str) -> bool:
    """Try the first parked event of a key. True when it went its way, so that the next may follow."""
    async with hearing.database.transaction() as connection:
        row = await connection.fetchrow(sql.next_parked, council, topic, key)
        if row is None:
            await connection.execute(sql.release_key, council, topic, key)
            return False
        if row["reason"] == ERASED:
            return await leave_empty(hearing, connection, row)
        if topic not in hearing.kinds:
            return await tell_again(connection, row)
        letter = read(as_arrival(row), hearing.kinds)
        if isinstance(letter, Unreadable):
            await connection.execute(sql.try_later, council, row["id"], letter.reason, None)
            return False
        event = letter.event
        if (event.council, event.key) != (council, key):  # it could not be read when it came: now it belongs to its own key
            await connection.execute(
                sql.refile_parked, council, row["id"], event.council, event.key, letter.timeline, event.revision
            )
            return True
        held = Held(row["held_timeline"], row["held"], parked=True)
        gap = row["reason"] == NOT_ITS_TURN
        match turn(held, row["timeline"], row["version"], event.carries, gap=gap, to_be_tried=row["next_try_at"] is not None):
            case Turn.WAITS_FOR_A_PERSON:
                return False
            case Turn.NOT_YET:
                await connection.execute(sql.try_later, council, row["id"], NOT_ITS_TURN, None)
                return False
    event_id = row["event_id"]
    async with hearing.database.connection() as connection:
        begun = await hearing.count(connection, event_id)
    if begun > hearing.deaths:
        return await try_later(hearing, row, hearing.stopped_us, None)
    try:
        await apply_parked(hearing, letter, row)
    except Exception as failure:
        if hearing.passes(failure):
            raise
        code = hearing.never_right(failure)
        pause = PAUSES[min(row["attempts"], len(PAUSES) - 1)] if code is None else None
        opens = code is not None and event.carries == "state"  # a newer state may be the cure: docs/decisions/0003
        return await try_later(hearing, row, code or f"failed: {type(failure).__name__}", pause, opens=opens)
    hearing.counted.discard(event_id)
    log.info("parked event applied", topic=topic, event_id=str(event_id))
    return True


async def leave_empty(hearing: "Hearing", connection: Connection, row: Any) -> bool:
    """It waits for a person who leaves it out. A newer state need not wait behind it: there is nothing in it any more."""
    kind = hearing.kinds.get(row["topic"])
    opens = kind is not None and kind.carries == "state"
    await connection.execute(sql.try_later, row["council"], row["id"], ERASED, None)
    if opens:
        await connection.execute(sql.park_key, row["council"], row["topic"], row["key"], False)
    return opens


async def apply_parked(hearing: "Hearing", letter: Letter, row: Any) -> None:
    place = (row["council"], row["topic"], row["key"])
    async with hearing.database.transaction() as connection:
        held = await connection.fetchrow(sql.hold_key, *place)
        assert held is not None
        if not await connection.fetchval(sql.hold_parked, row["council"], row["id"]):
            return  # another process was quicker
        version = (letter.timeline, letter.event.revision)
        if version > (held["timeline"], held["version"]):
            await connection.execute(sql.advance_key, *place, *version)
            await hearing.hand_over(letter.event, connection)
        await connection.execute(sql.unpark_event, row["council"], row["id"])
        await connection.execute(sql.release_key, *place)
        await connection.execute(sql.forget_attempts, [row["event_id"]])


async def try_later(hearing: "Hearing", row: Any, reason: str, pause: timedelta | None, *, opens: bool = False) -> bool:
    """`pause` None: it waits for a person. `opens`: later events of its key need not wait behind it any more."""
    async with hearing.database.transaction() as connection:
        await connection.execute(sql.try_later, row["council"], row["id"], reason, pause)
        await connection.execute(sql.forget_attempts, [row["event_id"]])
        if opens:
            await connection.execute(sql.park_key, row["council"], row["topic"], row["key"], False)
    hearing.counted.discard(row["event_id"])
    return opens


async def refuse(connection: Connection, told: Any, reason: str) -> None:
    """An event of ours that the broker cannot take. It leaves the outbox, so that others can go on, and is kept here."""
    headers = tuple((name, value.encode()) for name, value in told["headers"].items())
    arrival = Arrival(told["topic"], partition_of(told["council"]), told["id"], headers, told["body"])
    place = (told["council"], told["topic"], told["key"])
    await keep(connection, arrival, told["event_id"], place, told["timeline"], told["version"], reason, later=None)
    await connection.execute(sql.forget_pending, [told["id"]], None)


async def tell_again(connection: Connection, row: Any) -> bool:
    """Back into the outbox; `off` is its place there."""
    if await connection.fetchval(sql.tell_again, row["off"], row["event_id"]) is None:
        await connection.execute(sql.try_later, row["council"], row["id"], "it is no longer in the outbox", None)
        return False
    await connection.execute(sql.unpark_event, row["council"], row["id"])
    return True


def as_arrival(row: Any) -> Arrival:
    headers = tuple((name, str(value).encode()) for name, value in row["headers"].items())
    return Arrival(row["topic"], row["part"], row["off"], headers, row["body"])


async def listed(database: Database, most: int = 100) -> list[dict[str, Any]]:
    """The newest dead letters, without their bodies."""
    async with database.transaction() as connection:
        return [dict(row) for row in await connection.fetch(sql.list_parked, most)]
