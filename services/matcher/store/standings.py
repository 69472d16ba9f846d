"""How PAs stood, week by week, as rows."""
import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date

import asyncpg

from services.matcher.domain.places import Places
from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.standing import Tally, Week
from services.matcher.store.places import unpacked
from services.matcher.store.statements import sql
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Connection

AT_ONCE = 5  # lists read ahead


class PostgresStandings:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def councils(self) -> Sequence[str]:
        return [row["council"] for row in await self.connection.fetch(sql.councils_with_lists)]

    async def open_lists(self, council: str) -> AsyncIterator[tuple[PlanId, Places]]:
        async for row in self.connection.cursor(sql.open_lists, council, prefetch=AT_ONCE):
            yield row["plan_id"], await asyncio.to_thread(unpacked, row)

    async def keep(self, council: str, week: date, day: date, tallies: Mapping[ProfileId, Tally]) -> None:
        rows = [
            (council, profile_id, week, day, one.in_lists, one.fitting, one.near, dict(one.kept_out))
            for profile_id, one in sorted(tallies.items())
        ]
        await self.connection.executemany(sql.keep_standing_week, rows, timeout=LONG_ANSWER_WITHIN)

    async def of(self, council: str, profile_id: ProfileId) -> Sequence[Week]:
        return [_week(row) for row in await self.connection.fetch(sql.standing_weeks, council, profile_id)]

    async def drop_before(self, council: str, week: date) -> None:
        await self.connection.execute(sql.drop_standing_weeks, council, week)


def _week(row: asyncpg.Record) -> Week:
    tally = Tally(row["in_lists"], row["fitting"], row["near"], Counter(row["kept_out"]))
    return Week(row["week"], row["counted_on"], tally)
