"""What is due to be ranked, and the lists as they were last ranked."""
import zlib
from collections.abc import Collection
from datetime import date

import asyncpg
from pydantic import TypeAdapter

from services.matcher.domain.changes import LastChange
from services.matcher.domain.plan import PlanId
from services.matcher.domain.shortlist import Cause, Shortlist
from services.matcher.ports import Due
from services.matcher.store.index import PLAN
from services.matcher.store.places import NOBODY, packed, unpacked
from services.matcher.store.statements import sql
from shared.runtime.postgres import Connection

LAST = TypeAdapter(LastChange)
FAST = 1  # zlib's quickest

QUIET = 0.1  # seconds: profiles often change many at a time, and one ranking then does for all
PATIENCE = 0.4  # seconds: but no list waits longer than this for quiet
IN_A_WHILE = 60.0  # seconds
STILL_READING = 1800.0  # seconds a list that was replaced stays for whoever was turning its pages


class PostgresDueRankings:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def mark(self, council: str, plan_ids: Collection[PlanId], cause: Cause) -> None:
        quiet, at_most = (QUIET, PATIENCE) if cause is Cause.PROFILES else (0.0, 0.0)
        await self.connection.execute(sql.mark_due, council, list(plan_ids), cause.value, quiet, at_most)

    async def ask_again(self, council: str) -> None:
        await self.connection.execute(sql.ask_again, council, QUIET)

    async def mark_older_than(self, day: date, rules_version: int) -> int:
        causes = Cause.PROFILES.value, Cause.RULES.value
        status = await self.connection.execute(sql.mark_older_than, day, rules_version, *causes)
        return int(status.rpartition(" ")[2])

    async def take(self) -> Due | None:
        row = await self.connection.fetchrow(sql.take_due)
        return Due(PLAN.validate_json(row["facets"]), Cause(row["cause"]), row["asked"]) if row else None

    async def done(self, due: Due) -> None:
        of = due.plan.council, due.plan.plan_id
        if (await self.connection.execute(sql.done_ranking, *of, due.asked)).endswith(" 0"):
            await self.connection.execute(sql.stays_due, *of, QUIET, PATIENCE)

    async def put_off(self, due: Due) -> None:
        await self.connection.execute(sql.put_off, due.plan.council, due.plan.plan_id, IN_A_WHILE)


class PostgresShortlists:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def find(self, council: str, plan_id: PlanId) -> Shortlist | None:
        return _shortlist(await self.connection.fetchrow(sql.find_shortlist, council, plan_id))

    async def find_earlier(self, council: str, plan_id: PlanId, edition: int) -> Shortlist | None:
        return _shortlist(await self.connection.fetchrow(sql.find_earlier_list, council, plan_id, edition))

    async def reading(self, council: str, plan_id: PlanId) -> None:
        await self.connection.execute(sql.mark_read, council, plan_id, STILL_READING)

    async def empty(self, council: str, plan_id: PlanId) -> None:
        await self.connection.execute(sql.empty_shortlist, council, plan_id, NOBODY)
        await self.connection.execute(sql.drop_earlier_lists_of_plan, council, plan_id)

    async def drop_unread(self) -> None:
        await self.connection.execute(sql.drop_earlier_lists)

    async def save(self, shortlist: Shortlist) -> None:
        await self.connection.execute(
            sql.save_shortlist,
            shortlist.council,
            shortlist.plan_id,
            shortlist.person_id,
            shortlist.revision,
            shortlist.plan_revision,
            shortlist.rules_version,
            shortlist.day,
            shortlist.cause.value,
            shortlist.open,
            NOBODY,
            shortlist.edition,
            zlib.compress(LAST.dump_json(shortlist.last), FAST) if shortlist.last else None,
            shortlist.lore_version,
            packed(shortlist.listed),
        )


def _shortlist(row: asyncpg.Record | None) -> Shortlist | None:
    if row is None:
        return None
    return Shortlist(
        council=row["council"],
        plan_id=row["plan_id"],
        person_id=row["person_id"],
        revision=row["revision"],
        plan_revision=row["plan_revision"],
        rules_version=row["rules_version"],
        day=row["day"],
        cause=Cause(row["cause"]),
        open=row["open"],
        listed=unpacked(row),
        edition=row["edition"],
        lore_version=row.get("lore_version", ""),  # a list replaced is only read, never ranked from
        last=LAST.validate_json(zlib.decompress(row["last_change"])) if row["last_change"] else None,
    )
