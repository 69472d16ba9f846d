"""Dead letters: events set aside with their reason, kept in order per key, tried again, and never lost."""
import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from shared.messaging.envelope import Arrival, Letter, Unreadable, read
from shared.messaging.statements import sql
from shared.runtime.postgres import Connection, Database

if TYPE_CHECKING:
    from shared.messaging.hearing import Hearing  # it parks; we drain what it parked

log = structlog.get_logger()

LOOK_EVERY = 2.0  # seconds
PAUSES = tuple(timedelta(seconds=s) for s in (10, 60, 600, 3600))  # before each further try of a parked key


async def park(connection: Connection, letter: Letter, reason: str, *, blocks: bool, retry: bool) -> None:
    event = letter.event
    place = (event.council, letter.arrival.topic, event.key)
    await connection.execute(sql.first_sight, event.council, letter.event_id, letter.arrival.topic,
                             letter.arrival.partition, letter.arrival.offset)
    await connection.fetchrow(sql.hold_key, *place)
    if blocks:
        await connection.execute(sql.park_key, *place, True)
    await keep(connection, letter.arrival, letter.event_id, place, letter.timeline, event.revision, reason,
               later=PAUSES[0] if retry else None)
    await connection.execute(sql.forget_attempt, letter.event_id)


async def park_behind(connection: Connection, letter: Letter) -> None:
    """The key is parked: this event waits its turn."""
    event = letter.event
    await keep(connection, letter.arrival, letter.event_id, (event.council, letter.arrival.topic, event.key), letter.timeline,
               event.revision, "waits behind an earlier event", later=timedelta(0))


async def park_unreadable(connection: Connection, letter: Unreadable) -> None:
    arrival = letter.arrival
    key = f"{arrival.partition}/{arrival.offset}"
    await keep(connection, arrival, letter.event_id, (letter.council, arrival.topic, key), 0, 0, letter.reason,
               fields=letter.fields, later=None)
    await connection.execute(sql.forget_attempt, letter.event_id)


async def keep(
    connection: Connection, arrival: Arrival, event_id: object, place: tuple[str, str, str], timeline: int, version: int,
    reason: str, *, later: timedelta | None, fields: tuple[str, ...] = (),
) -> None:
    council, topic, key = place
    headers = {name: value.decode("ascii", "backslashreplace") for name, value in arrival.headers if value is not None}
    await connection.execute(sql.park_event, council, topic, key, event_id, timeline, version, headers, arrival.body, reason,
                             list(fields), 1, arrival.partition, arrival.offset, later)


async def drain(hearing: "Hearing") -> None:
    """For ever: try again, key by key and in order, what is parked and due."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        async with hearing.database.transaction() as connection:
            due = await connection.fetch(sql.due_parked_keys)
        for key in due:
            while await drain_one(hearing, key["council"], key["topic"], key["key"]):
                pass


async def drain_one(hearing: "Hearing", council: str, topic: str, key: str) -> bool:
    """Try the first parked event of a key. True when it went in, so that the next may follow."""
    row = None
    try:
        async with hearing.database.transaction() as connection:
            await connection.fetchrow(sql.hold_key, council, topic, key)
            row = await connection.fetchrow(sql.first_parked, council, topic, key)
            if row is None:
                await connection.execute(sql.release_key, council, topic, key)
                return False
            letter = read(as_arrival(row), hearing.kinds)
            if not isinstance(letter, Letter):
                await connection.execute(sql.try_later, council, row["id"], letter.reason, None)
                return False
            held = await connection.fetchrow(sql.hold_key, council, topic, letter.event.key)
            assert held is not None
            version = (letter.timeline, letter.event.revision)
            if version > (held["timeline"], held["version"]):
                await connection.execute(sql.advance_key, council, topic, letter.event.key, *version)
                await hearing.hears[type(letter.event)](letter.event, hearing.work_on(connection))
            await connection.execute(sql.unpark_event, council, row["id"])
            await connection.execute(sql.release_key, council, topic, key)
        log.info("parked event applied", topic=topic, event_id=str(letter.event_id))
        return True
    except Exception as failure:
        if hearing.passes(failure) or row is None:
            raise
        pause = PAUSES[min(row["attempts"], len(PAUSES) - 1)]
        async with hearing.database.transaction() as connection:
            await connection.execute(sql.try_later, council, row["id"], f"failed: {type(failure).__name__}", pause)
        return False


def as_arrival(row: Any) -> Arrival:
    headers = tuple((name, str(value).encode()) for name, value in row["headers"].items())
    return Arrival(row["topic"], row["part"], row["off"], headers, row["body"])


async def listed(database: Database, most: int = 100) -> list[dict[str, Any]]:
    """The newest dead letters, without their bodies."""
    async with database.transaction() as connection:
        return [dict(row) for row in await connection.fetch(sql.list_parked, most)]


async def retry(database: Database, council: str, parked_id: int) -> bool:
    """Try one again soon. False: there is no such dead letter."""
    async with database.transaction() as connection:
        return await connection.fetchval(sql.parked_now, council, parked_id) is not None
