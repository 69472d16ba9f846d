"""Plans as rows: what others are told is one JSON column, so that a new wish needs no new column."""
from dataclasses import asdict
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.domain.plan import Answer, Plan, PlanNotFound, Question, Source, Wants
from services.portal.store.statements import sql
from shared.runtime.postgres import Connection

WANTS = TypeAdapter(Wants)
QUESTIONS = TypeAdapter(tuple[Question, ...])
ANSWERS = TypeAdapter(tuple[Answer, ...])


class PostgresPlans:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def hold_by_source(self, council: str, source: str, source_id: str) -> Plan | None:
        await self.connection.execute(sql.hold_source, council, source, source_id)
        row = await self.connection.fetchrow(sql.hold_plan_by_source, council, source, source_id)
        return to_plan(row) if row else None

    async def hold(self, council: str, plan_id: UUID) -> Plan:
        row = await self.connection.fetchrow(sql.hold_plan, council, plan_id)
        if row is None:
            raise PlanNotFound
        return to_plan(row)

    async def find(self, council: str, plan_id: UUID) -> Plan | None:
        row = await self.connection.fetchrow(sql.find_plan, council, plan_id)
        return to_plan(row) if row else None

    async def save(self, plan: Plan) -> None:
        await self.connection.execute(
            sql.save_plan,
            plan.council,
            plan.plan_id,
            plan.person_id,
            plan.revision,
            plan.source.source,
            plan.source.source_id,
            plan.source.version,
            plan.title,
            plan.own_words,
            plan.given,
            WANTS.dump_python(plan.wants, mode="json"),
            [asdict(question) for question in plan.questions],
            [asdict(answer) for answer in plan.answers],
            plan.changed_at,
        )

    async def of_person(self, council: str, person_id: UUID) -> list[Plan]:
        return [to_plan(row) for row in await self.connection.fetch(sql.plans_of_person, council, person_id)]

    async def page(self, council: str, *, after: int = 0, most: int = 100) -> list[Plan]:
        return [to_plan(row) for row in await self.connection.fetch(sql.page_plans, council, after, most)]

    async def count(self, council: str) -> int:
        return int(await self.connection.fetchval(sql.count_plans, council))


def to_plan(row: Any) -> Plan:
    return Plan(
        row["council"],
        row["plan_id"],
        row["person_id"],
        row["revision"],
        Source(row["source"], row["source_id"], row["source_version"]),
        WANTS.validate_python(row["wants"]),
        row["given"],
        QUESTIONS.validate_python(row["questions"]),
        ANSWERS.validate_python(row["answers"]),
        row["title"],
        row["own_words"],
        row["changed_at"],
    )
