"""How many fit each open plan, the gaps as published, and whose turn it was, as rows."""
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import TypeAdapter

from services.matcher.domain.fairness.report import Seen
from services.matcher.domain.fairness.turns import Turn
from services.matcher.domain.gaps.publishing import Figure, GapWeek
from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.store.statements import sql
from shared.runtime.postgres import Connection

FIGURES = TypeAdapter(tuple[Figure, ...])
SETTLED = 120.0  # seconds without a new list: what comes in of a whole register is in


class PostgresGaps:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def count(self, council: str, plan_id: PlanId, day: date, fitting: int) -> bool:
        before: date | None = await self.connection.fetchval(sql.count_list, council, plan_id, day, fitting)
        return before is None or before < day

    async def uncount(self, council: str, plan_id: PlanId) -> None:
        await self.connection.execute(sql.uncount_list, council, plan_id)

    async def counts(self, council: str) -> Mapping[PlanId, int]:
        return {row["plan_id"]: row["fitting"] for row in await self.connection.fetch(sql.list_counts, council)}

    async def publish(self, week: GapWeek) -> bool:
        status = await self.connection.execute(
            sql.publish_gaps, week.council, week.week, week.rules_version, FIGURES.dump_json(week.figures)
        )
        return not status.endswith(" 0")

    async def published(self, council: str, *, week: date | None = None, before: date | None = None) -> GapWeek | None:
        row = await self.connection.fetchrow(sql.published_gaps, council, week, before)
        return GapWeek(council, row["week"], row["rules_version"], FIGURES.validate_json(row["figures"])) if row else None

    async def weeks(self, council: str) -> Sequence[date]:
        return [row["week"] for row in await self.connection.fetch(sql.gap_weeks, council)]

    async def unpublished(self, week: date) -> Sequence[str]:
        return [row["council"] for row in await self.connection.fetch(sql.unpublished_gaps, week, SETTLED)]


class PostgresTurns:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def note(self, council: str, week: date, turns: Sequence[Turn]) -> None:
        await self.connection.execute(
            sql.note_turns, council, week, [one.profile_id for one in turns], [int(one.shown) for one in turns],
            [one.due for one in turns],
        )

    async def seen(self, council: str, first: date, until: date) -> Mapping[ProfileId, Seen]:
        rows = await self.connection.fetch(sql.seen_pas, council, first, until)
        return {
            row["profile_id"]: Seen(row["since"], None, row["shown"], row["due"], row["asked"]) for row in rows
        }

    async def forget(self, council: str, profile_id: ProfileId) -> None:
        await self.connection.execute(sql.forget_turns, council, profile_id)

    async def sweep(self, before: date) -> None:
        await self.connection.execute(sql.sweep_turns, before)
