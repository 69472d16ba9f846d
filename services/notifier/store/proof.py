"""How the notifier remembers each step of getting a message to somebody."""
from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from services.notifier.domain.contact import Format, Method, Preference
from services.notifier.domain.proof import Receipt, Step, What
from services.notifier.domain.receipt import Effect, Word
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresProof:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, step: Step) -> None:
        s, way = step, step.way
        await self.connection.execute(
            sql.add_step, s.council, s.message_id, s.at, s.what, way and way.method, way and way.format, way and way.language,
            way and way.point_size, s.channel, s.attempt_ref, s.why, s.team, s.worker_id, s.until, s.answer, s.route, s.note,
        )

    async def of(self, council: str, message_id: UUID) -> Sequence[Step]:
        return [to_step(row) for row in await self.connection.fetch(sql.steps, council, message_id)]

    async def receipts(self, attempt_refs: Sequence[UUID]) -> Sequence[Receipt]:
        rows = await self.connection.fetch(sql.receipts_of, attempt_refs)
        return [
            Receipt(Word(row["provider_id"], row["attempt_ref"], row["status"]), Effect(row["effect"]), row["heard_at"])
            for row in rows
        ]


def to_step(row: Record) -> Step:
    way = None
    if row["method"]:
        way = Preference(Method(row["method"]), Format(row["format"]), row["language"], row["point_size"])
    return Step(
        row["council"], row["message_id"], row["at"], What(row["what"]), way, row["channel"], row["attempt_ref"], row["why"],
        row["team"], row["worker_id"], row["until"], row["answer"], row["route"], row["note"],
    )
