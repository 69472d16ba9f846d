"""The record of lawful reasons, as rows."""
from typing import Any
from uuid import UUID

from services.portal.domain.lawful import Act, ReasonEntry
from services.portal.domain.plan import LawfulReason
from services.portal.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresLawfulReasons:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, entry: ReasonEntry) -> None:
        await self.connection.execute(
            sql.add_lawful_reason, entry.council, entry.plan_id, entry.person_id, entry.plan_revision, entry.at, entry.by,
            entry.source, entry.act, entry.criterion, list(entry.values), list(entry.reason.tasks), entry.reason.until,
            entry.reason.why,
        )  # fmt: skip

    async def of_plan(self, council: str, plan_id: UUID) -> list[ReasonEntry]:
        return [to_entry(row) for row in await self.connection.fetch(sql.lawful_reasons_of_plan, council, plan_id)]


def to_entry(row: Any) -> ReasonEntry:
    return ReasonEntry(
        row["council"], row["plan_id"], row["person_id"], row["plan_revision"], row["at"], row["by"], row["source"],
        Act(row["act"]), row["criterion"], tuple(row["values"]), LawfulReason(row["why"], tuple(row["tasks"]), row["until"]),
    )  # fmt: skip
