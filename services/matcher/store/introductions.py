"""Introductions as rows."""
from collections.abc import Sequence
from datetime import datetime

import asyncpg

from services.matcher.domain.introduction import AskedBy, Introduction, IntroductionId, State
from services.matcher.domain.plan import PersonId, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresIntroductions:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, introduction: Introduction) -> bool:
        status = await self.connection.execute(
            sql.add_introduction,
            introduction.council,
            introduction.introduction_id,
            introduction.plan_id,
            introduction.person_id,
            introduction.profile_id,
            introduction.state.value,
            introduction.asked_by.value,
            introduction.asked_at,
            introduction.answer_by,
            introduction.quarters,
            introduction.route,
            introduction.revision,
        )
        return not status.endswith(" 0")

    async def hold(self, council: str, introduction_id: IntroductionId) -> Introduction | None:
        row = await self.connection.fetchrow(sql.hold_introduction, council, introduction_id)
        return _introduction(row) if row else None

    async def save(self, introduction: Introduction) -> None:
        await self.connection.execute(
            sql.save_introduction,
            introduction.council,
            introduction.introduction_id,
            introduction.state.value,
            introduction.route,
            introduction.revision,
        )

    async def listed(
        self, council: str, *, plan_id: PlanId | None, profile_id: ProfileId | None, person_id: PersonId | None
    ) -> Sequence[Introduction]:
        rows = await self.connection.fetch(sql.introductions, council, plan_id, profile_id, person_id)
        return [_introduction(row) for row in rows]

    async def hold_open(
        self, council: str, *, plan_id: PlanId | None = None, profile_id: ProfileId | None = None,
        person_id: PersonId | None = None,
    ) -> Sequence[Introduction]:
        rows = await self.connection.fetch(sql.hold_open_introductions, council, plan_id, profile_id, person_id)
        return [_introduction(row) for row in rows]

    async def hold_late(self, now: datetime) -> Sequence[Introduction]:
        return [_introduction(row) for row in await self.connection.fetch(sql.hold_late_introductions, now)]


def _introduction(row: asyncpg.Record) -> Introduction:
    return Introduction(
        council=row["council"],
        introduction_id=row["introduction_id"],
        plan_id=row["plan_id"],
        person_id=row["person_id"],
        profile_id=row["profile_id"],
        state=State(row["state"]),
        asked_by=AskedBy(row["asked_by"]),
        asked_at=row["asked_at"],
        answer_by=row["answer_by"],
        quarters=row["quarters"],
        revision=row["revision"],
        route=row["route"],
    )
