"""What people decide about events set aside: try again, leave out (two people), take a copy. Each is written down for good."""
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog

from shared.messaging.statements import sql
from shared.runtime.postgres import Connection, Database

log = structlog.get_logger()

ASK_STANDS = timedelta(hours=24)
COPY_AT_ONCE = 8_000_000  # bytes of bodies in one answer


class What(StrEnum):
    """The words that stand in the record."""

    ASKED = "asked to skip"
    REFUSED = "skip refused"
    SKIPPED = "skipped"
    RETRIED = "retried"
    EXPORTED = "exported"


class Came(StrEnum):
    """What came of a wish to leave an event out."""

    ASKED = "asked"
    SKIPPED = "skipped"
    SAME_PERSON = "same person"
    NOT_FIRST = "not first"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Outcome:
    came: Came
    until: datetime | None = None
    """How long the ask stands."""


def same_person(one: str, other: str) -> bool:
    """However the name was typed."""
    return plain(one) == plain(other)


def plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


async def skip(
    database: Database, council: str, parked_id: int, who: str, why: str, occurrences: Sequence[str] = ()
) -> Outcome:
    """The first asks; another person who says the same within a day decides it. `occurrences`: the topics that carry such."""
    async with database.transaction() as connection:
        await connection.fetchval(sql.hold_key_of_parked, council, parked_id)
        if not await connection.fetchval(sql.hold_parked, council, parked_id):
            return Outcome(Came.GONE)
        if not await connection.fetchval(sql.goes_first, council, parked_id):
            return Outcome(Came.NOT_FIRST)
        asked = await connection.fetchrow(sql.open_ask, council, parked_id, ASK_STANDS)
        if asked is None:
            await write(connection, council, parked_id, What.ASKED, who, why)
            asked = await connection.fetchrow(sql.open_ask, council, parked_id, ASK_STANDS)
            assert asked is not None
            return Outcome(Came.ASKED, asked["until"])
        if same_person(asked["who"], who):
            await write(connection, council, parked_id, What.REFUSED, who, why)
            return Outcome(Came.SAME_PERSON, asked["until"])
        await write(connection, council, parked_id, What.SKIPPED, who, why)
        left = await connection.fetchrow(sql.leave_out, council, parked_id, list(occurrences))
        assert left is not None
        await connection.execute(sql.release_key, council, left["topic"], left["key"])
    log.warning("event left out", topic=left["topic"], event_id=str(left["event_id"]))
    return Outcome(Came.SKIPPED)


async def retry(database: Database, council: str, parked_id: int, who: str, why: str = "") -> bool:
    """Try one again soon. False: there is no such dead letter."""
    async with database.transaction() as connection:
        if await connection.fetchval(sql.parked_now, council, parked_id) is None:
            return False
        await write(connection, council, parked_id, What.RETRIED, who, why)
        return True


async def write(connection: Connection, council: str, parked_id: int, what: What, who: str, why: str) -> None:
    await connection.execute(sql.write_decision, council, parked_id, what.value, who, why)


async def shown(database: Database, council: str, parked_id: int) -> dict[str, Any] | None:
    """One dead letter without its body, how many wait behind it, and what was decided about it so far."""
    async with database.transaction() as connection:
        row = await connection.fetchrow(sql.show_parked, council, parked_id)
        if row is None:
            return None
        asked = await connection.fetchrow(sql.open_ask, council, parked_id, ASK_STANDS)
        decisions = await connection.fetch(sql.decisions_about, council, parked_id)
    return {**dict(row), "skip_asked": dict(asked) if asked else None, "decisions": [dict(one) for one in decisions]}


async def copies(
    database: Database, *, council: str | None = None, key: str | None = None, parked_id: int | None = None, after: int = 0,
    whole_for: tuple[str, str] | None = None,
) -> list[Any]:
    """The next dead letters after number `after`, with headers and bodies. `whole_for`: who takes them away, and why."""
    async with database.transaction() as connection:
        rows: Iterable[Any] = await connection.fetch(sql.export_parked, council, key, parked_id, after, COPY_AT_ONCE)
        if whole_for is not None:
            for row in rows:
                await write(connection, row["council"], row["id"], What.EXPORTED, *whole_for)
    return list(rows)
