"""How the notifier remembers contacts made with the world, and tasks given to a team."""
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from asyncpg import Record

from services.notifier.domain.contact import Method, PartyId
from services.notifier.domain.delivery import Delivery, Stage
from services.notifier.domain.failover import Pace, Turn
from services.notifier.domain.receipt import Effect, Fate, Word
from services.notifier.domain.task import Kind, Task, TaskState
from services.notifier.ports import TaskUnknown
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresDeliveries:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def plan(self, delivery: Delivery) -> None:
        d = delivery
        await self.connection.execute(sql.plan_contact, d.council, d.message_id, d.business_key, d.position, d.method, d.due_at)

    async def of(self, council: str, message_id: UUID) -> Delivery | None:
        return maybe(await self.connection.fetchrow(sql.contact_made, council, message_id))

    async def next_due(self, now: datetime, busy: Collection[UUID] = ()) -> Delivery | None:
        return maybe(await self.connection.fetchrow(sql.next_due, now, list(busy)))

    async def in_doubt(self, now: datetime) -> Delivery | None:
        return maybe(await self.connection.fetchrow(sql.in_doubt, now))

    async def by_reference(self, attempt_ref: UUID) -> Delivery | None:
        return maybe(await self.connection.fetchrow(sql.contact_by_reference, attempt_ref))

    async def next_to_look_at(self, now: datetime) -> Delivery | None:
        return maybe(await self.connection.fetchrow(sql.next_to_look_at, now))

    async def save(self, delivery: Delivery) -> None:
        d = delivery
        await self.connection.execute(
            sql.save_contact_made, d.council, d.message_id, d.due_at, d.stage, d.attempt_ref, d.attempts, d.leased_until,
            d.channel, d.called_at, d.record_version, d.doubted_at, d.asked, d.provider_id, d.sent_at, d.look_at, d.fate,
        )

    async def in_hand(self, council: str, party_id: UUID) -> int:
        return int(await self.connection.fetchval(sql.in_hand, council, party_id))

    async def paces(self, since: datetime, slow_before: timedelta, now: datetime) -> Mapping[str, Pace]:
        rows = await self.connection.fetch(sql.paces, since, slow_before, now)
        return {row["channel"]: Pace(row["called"], row["slow"]) for row in rows}


def maybe(row: Record | None) -> Delivery | None:
    if row is None:
        return None
    return Delivery(
        row["council"], row["message_id"], row["business_key"], row["position"], Method(row["method"]), row["due_at"],
        Stage(row["stage"]), row["attempt_ref"], row["attempts"], row["leased_until"], row["channel"], row["called_at"],
        row["record_version"], row["doubted_at"], row["asked"], row["provider_id"], row["sent_at"], row["look_at"],
        Fate(row["fate"]) if row["fate"] is not None else None,
    )


class PostgresReceipts:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def keep(self, word: Word, effect: Effect, council: str | None, now: datetime) -> bool:
        status: str = await self.connection.execute(
            sql.keep_receipt, word.provider_id, word.attempt_ref, word.status, effect, council, now
        )
        return status == "INSERT 0 1"

    async def about(self, attempt_ref: UUID) -> Sequence[Word]:
        rows = await self.connection.fetch(sql.receipts_about, attempt_ref)
        return [Word(row["provider_id"], row["attempt_ref"], row["status"]) for row in rows]


class PostgresTurns:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def of(self, method: Method) -> Turn | None:
        row = await self.connection.fetchrow(sql.turn_of, method)
        return Turn(Method(row["method"]), row["channel"], row["since"]) if row else None

    async def save(self, turn: Turn) -> None:
        await self.connection.execute(sql.save_turn, turn.method, turn.channel, turn.since)


class PostgresTasks:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def save(self, task: Task) -> None:
        t = task
        await self.connection.execute(
            sql.save_task, t.council, t.task_id, t.message_id, t.party_id, t.why, t.what_to_say, t.team, t.due_at, t.state,
            t.tries, t.closed_at, t.kind, t.taken_by, t.taken_at, t.next_team_at,
        )

    async def of(self, council: str, task_id: UUID) -> Task:
        row = await self.connection.fetchrow(sql.task, council, task_id)
        if row is None:
            raise TaskUnknown
        return to_task(row)

    async def of_message(self, council: str, message_id: UUID) -> Task | None:
        row = await self.connection.fetchrow(sql.task_of_message, council, message_id)
        return to_task(row) if row else None

    async def all(self, council: str, state: TaskState | None, team: str | None = None) -> Sequence[Task]:
        return [to_task(row) for row in await self.connection.fetch(sql.tasks, council, state, team)]

    async def next_late(self, now: datetime) -> Task | None:
        row = await self.connection.fetchrow(sql.next_late, now)
        return to_task(row) if row else None

    async def counts(self, council: str, now: datetime) -> Mapping[str, tuple[int, int]]:
        return {row["team"]: (row["open"], row["late"]) for row in await self.connection.fetch(sql.team_counts, council, now)}


def to_task(row: Record) -> Task:
    return Task(
        row["council"], row["task_id"], row["message_id"], PartyId(row["party_id"]), row["why"], row["what_to_say"], row["team"],
        row["due_at"], TaskState(row["state"]), row["tries"], row["closed_at"], Kind(row["kind"]), row["taken_by"],
        row["taken_at"], row["next_team_at"],
    )
