"""Journeys as rows: whose they are in columns, how they stand as one value."""
from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter

from services.matcher.domain.introduction import IntroductionId
from services.matcher.domain.journey import Journey
from services.matcher.domain.plan import PersonId, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.store.statements import sql
from shared.runtime.postgres import Connection

JOURNEY = TypeAdapter(Journey)


class PostgresJourneys:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def hold(self, council: str, introduction_id: IntroductionId) -> Journey | None:
        found = await self.connection.fetchval(sql.hold_journey, council, introduction_id)
        return JOURNEY.validate_python(found) if found is not None else None

    async def save(self, journey: Journey) -> None:
        await self.connection.execute(
            sql.save_journey, journey.council, journey.introduction_id, journey.plan_id, journey.person_id, journey.profile_id,
            JOURNEY.dump_python(journey, mode="json"), journey.offer.due if journey.offer else None,
        )

    async def listed(
        self, council: str, *, plan_id: PlanId | None, profile_id: ProfileId | None, person_id: PersonId | None
    ) -> Sequence[Journey]:
        rows = await self.connection.fetch(sql.journeys, council, plan_id, profile_id, person_id)
        return [JOURNEY.validate_python(row["stands"]) for row in rows]

    async def hold_of(
        self, council: str, *, plan_id: PlanId | None = None, profile_id: ProfileId | None = None,
        person_id: PersonId | None = None,
    ) -> Sequence[Journey]:
        rows = await self.connection.fetch(sql.hold_journeys, council, plan_id, profile_id, person_id)
        return [JOURNEY.validate_python(row["stands"]) for row in rows]

    async def hold_due(self, now: datetime, at_most: int) -> Sequence[Journey]:
        rows = await self.connection.fetch(sql.hold_due_journeys, now, at_most)
        return [JOURNEY.validate_python(row["stands"]) for row in rows]
