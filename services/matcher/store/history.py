"""What told lists were made from, as rows."""
from collections.abc import Collection, Sequence
from datetime import datetime

import asyncpg
from pydantic import TypeAdapter

from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Plan, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.record import ListTold, Remembered, without
from services.matcher.store.blocks import Blocks
from services.matcher.store.index import PLAN, PROFILE
from services.matcher.store.statements import sql
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Connection

LORE = TypeAdapter(Lore)


class PostgresHistory:
    def __init__(self, connection: Connection, lore_kept: set[tuple[str, str]]) -> None:
        self.connection = connection
        self.lore_kept = lore_kept
        """Tables seen committed, so that they are not looked for each time a list is told."""

    async def keep(self, told: ListTold, lore: Lore) -> None:
        await self._keep_lore(told.council, lore)
        await self.connection.execute(
            sql.keep_told, told.council, told.plan_id, told.revision, told.plan_revision, told.rules_version, told.lore_version,
            told.day, told.clock, told.open, told.digest, told.told_at,
        )

    async def _keep_lore(self, council: str, lore: Lore) -> None:
        if (council, lore.version) in self.lore_kept:
            return
        if await self.connection.fetchval(sql.lore_is_kept, council, lore.version):
            self.lore_kept.add((council, lore.version))
        else:  # this work may still be undone: only the next to look knows that it is kept
            await self.connection.execute(sql.keep_lore, council, lore.version, LORE.dump_json(lore))

    async def told(self, council: str, plan_id: PlanId, revision: int) -> ListTold | None:
        row = await self.connection.fetchrow(sql.find_told, council, plan_id, revision)
        return _told(row) if row else None

    async def all_told(self, council: str, plan_id: PlanId) -> Sequence[ListTold]:
        return [_told(row) for row in await self.connection.fetch(sql.all_told, council, plan_id)]

    async def plan(self, council: str, plan_id: PlanId, clock: int) -> Plan | None:
        facets = await self.connection.fetchval(sql.plan_as_of, council, plan_id, clock)
        return PLAN.validate_json(facets) if facets is not None else None

    async def register(self, council: str, clock: int) -> Sequence[Remembered]:
        rows = await self.connection.fetch(sql.register_as_of, council, clock, timeout=LONG_ANSWER_WITHIN)
        return [_remembered(row) for row in rows]

    async def lore(self, council: str, version: str) -> Lore | None:
        tables = await self.connection.fetchval(sql.find_lore, council, version)
        return LORE.validate_json(tables) if tables is not None else None

    async def withhold(self, council: str, profile_id: ProfileId, kinds: Collection[Criterion]) -> None:
        held_any = False
        for row in await self.connection.fetch(sql.remembered_facets, council, profile_id):
            profile = PROFILE.validate_json(row["facets"])
            less = without(profile, kinds)
            if less is not profile:
                held_any = True
                held = {kind.value for kind in kinds if without(profile, (kind,)) is not profile}
                withheld = sorted({*row["withheld"], *held})
                await self.connection.execute(
                    sql.withhold, council, profile_id, row["clock"], PROFILE.dump_json(less), withheld
                )
        if held_any:  # of a newcomer there is nothing
            await Blocks(self.connection).take_away(council)

    async def forget_plan(self, council: str, plan_id: PlanId) -> None:
        await self.connection.execute(sql.forget_plan_before, council, plan_id)
        await self.connection.execute(sql.forget_told_of_plan, council, plan_id)

    async def forget_before(self, moment: datetime) -> int:
        status = await self.connection.execute(sql.forget_told, moment, timeout=LONG_ANSWER_WITHIN)
        for statement in (sql.forget_old_states, sql.forget_old_lore):
            await self.connection.execute(statement, timeout=LONG_ANSWER_WITHIN)
        return int(status.rpartition(" ")[2])


def _told(row: asyncpg.Record) -> ListTold:
    return ListTold(
        row["council"], row["plan_id"], row["revision"], row["plan_revision"], row["rules_version"], row["lore_version"],
        row["day"], row["clock"], row["open"], row["digest"], row["told_at"],
    )


def _remembered(row: asyncpg.Record) -> Remembered:
    facets = row["facets"]
    return Remembered(
        row["profile_id"], row["revision"], row["shown"], PROFILE.validate_json(facets) if facets is not None else None,
        frozenset(Criterion(kind) for kind in row["withheld"]),
    )
