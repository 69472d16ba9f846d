"""How the notifier remembers codes that answer an offer, and copies of what messages need."""
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from asyncpg import Record
from pydantic import TypeAdapter

from services.notifier.domain.calls import PaBefore, PaCopy
from services.notifier.domain.contact import PartyId
from services.notifier.domain.lists import GapCopy, PlanCopy, PoolCopy, Standing, Supporting, Told
from services.notifier.domain.questions import Question
from services.notifier.domain.reply import Answer, Capability, CodeUnknown, Kind
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a

BOUNDS = TypeAdapter(tuple[tuple[str, bool, tuple[str, ...]], ...])


class PostgresReplies:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def offer(self, capability: Capability) -> None:
        c = capability
        await self.connection.execute(sql.end_older_codes, c.council, c.message_id, c.kind)
        await self.connection.execute(
            sql.offer_capability, c.council, c.code_hash, c.kind, c.message_id, c.party_id, c.ask_id, c.about,
            c.expires_at, c.question,
        )

    async def by_hash(self, code_hash: bytes) -> Capability:
        rows = await self.connection.fetch(sql.capability_by_hash, code_hash)
        if len(rows) != 1:
            raise CodeUnknown
        return to_capability(rows[0])

    async def open_for(self, council: str, party_ids: Sequence[UUID], now: datetime) -> Sequence[Capability]:
        return [to_capability(row) for row in await self.connection.fetch(sql.open_capabilities, council, party_ids, now)]

    async def latest_answered(self, council: str, party_ids: Sequence[UUID], now: datetime) -> Capability | None:
        row = await self.connection.fetchrow(sql.latest_answered, council, party_ids, now)
        return to_capability(row) if row else None

    async def answer_to(self, council: str, introduction_id: UUID, party_id: UUID, question: str) -> Answer | None:
        answer: Answer | None = await self.connection.fetchval(
            sql.answer_to_question, council, introduction_id, party_id, question
        )
        return answer

    async def answered(self, council: str, introduction_id: UUID, party_id: UUID, question: str, answer: Answer) -> None:
        await self.connection.execute(sql.answer_capabilities, council, introduction_id, party_id, answer, question)

    async def revoke(self, council: str, introduction_id: UUID, kind: Question, *, but: str | None = None) -> None:
        await self.connection.execute(sql.revoke_capabilities, council, introduction_id, kind, but)

    async def unclear_before(self, council: str, party_id: UUID, introduction_id: UUID) -> bool:
        status = await self.connection.execute(sql.remember_unclear, council, party_id, introduction_id)
        return bool(status.endswith(" 0"))


def to_capability(row: Record) -> Capability:
    return Capability(
        row["council"], row["code_hash"], Kind(row["kind"]), row["message_id"], PartyId(row["party_id"]), row["introduction_id"],
        row["about"], row["expires_at"], row["answer"], row["revoked"], row["question"],
    )


class PostgresLists:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def told(self, council: str, plan_id: UUID) -> Told | None:
        row = await self.connection.fetchrow(sql.told_list, council, plan_id)
        return to_told(row) if row else None

    async def save_told(self, told: Told) -> None:
        t, s = told, told.standing
        await self.connection.execute(
            sql.save_told_list, t.council, t.plan_id, t.person_id, s.fitting, s.near, s.others, s.plan_revision, t.told_on,
            t.added, t.lost, t.revision, t.said_revision, t.due_at,
        )

    async def digest_due(self, now: datetime) -> Told | None:
        row = await self.connection.fetchrow(sql.digest_due, now)
        return to_told(row) if row else None

    async def save_plan(self, plan: PlanCopy) -> None:
        p = plan
        await self.connection.execute(
            sql.save_plan_copy, p.council, p.plan_id, p.person_id, p.open, p.quarters, p.outcode, list(p.tasks), p.revision
        )

    async def plan(self, council: str, plan_id: UUID) -> PlanCopy | None:
        row = await self.connection.fetchrow(sql.plan_copy, council, plan_id)
        return as_a(PlanCopy, row, tasks=tuple(row["tasks"])) if row else None

    async def save_supporting(self, supporting: Supporting) -> None:
        s = supporting
        await self.connection.execute(
            sql.save_supporting_copy, s.council, s.delegation_id, s.person_id, s.supporter_id, s.active, list(s.scopes), s.until,
            s.revision,
        )

    async def supporting(self, council: str, delegation_id: UUID) -> Supporting | None:
        row = await self.connection.fetchrow(sql.supporting_copy, council, delegation_id)
        return as_a(Supporting, row, scopes=tuple(row["scopes"])) if row else None

    async def let_in_by(self, council: str, person_id: UUID) -> Sequence[Supporting]:
        rows = await self.connection.fetch(sql.supporting_copies_of_person, council, person_id)
        return [as_a(Supporting, row, scopes=tuple(row["scopes"])) for row in rows]

    async def save_gap(self, gap: GapCopy) -> None:
        g = gap
        await self.connection.execute(
            sql.save_gap_copy, g.council, g.gap_id, g.week, BOUNDS.dump_json(g.bounds).decode(), g.open, g.people, g.hours,
            g.revision,
        )

    async def open_gaps(self, council: str) -> Sequence[GapCopy]:
        rows = await self.connection.fetch(sql.open_gap_copies, council)
        return [as_a(GapCopy, row, bounds=BOUNDS.validate_json(row["bounds"])) for row in rows]

    async def save_pa(self, pa: PaCopy) -> PaBefore:
        before = await self.connection.fetchrow(
            sql.save_pa_copy, pa.council, pa.profile_id, pa.looking, pa.outcode, pa.east_m, pa.north_m, pa.reach_m,
            list(pa.languages), pa.revision, pa.confirmed_on, pa.pauses_on, pa.paused_itself_on,
        )
        assert before is not None
        return PaBefore(**before)

    async def profile_to_look_at(self, confirmed_by: date) -> PaCopy | None:
        row = await self.connection.fetchrow(sql.profile_to_look_at, confirmed_by)
        return to_pa(row) if row else None

    async def asked_to_look(self, pa: PaCopy) -> None:
        await self.connection.execute(sql.asked_to_look, pa.council, pa.profile_id)

    async def pa(self, council: str, profile_id: UUID) -> PaCopy | None:
        row = await self.connection.fetchrow(sql.pa_copy, council, profile_id)
        return to_pa(row) if row else None

    async def who_hear_of_gaps(self, council: str) -> Sequence[PaCopy]:
        return [to_pa(row) for row in await self.connection.fetch(sql.who_hear_of_gaps, council)]

    async def save_pool(self, pool: PoolCopy) -> None:
        p = pool
        await self.connection.execute(
            sql.save_pool_copy, p.council, p.pool_id, p.plan_id, list(p.people), p.quarters, p.revision
        )

    async def pool(self, council: str, pool_id: UUID) -> PoolCopy | None:
        row = await self.connection.fetchrow(sql.pool_copy, council, pool_id)
        return as_a(PoolCopy, row, people=tuple(row["people"])) if row else None

    async def sharing(self, council: str, plan_id: UUID) -> Sequence[UUID]:
        return await self.connection.fetchval(sql.sharing_plan, council, plan_id) or ()


def to_pa(row: Record) -> PaCopy:
    return as_a(PaCopy, row, languages=tuple(row["languages"]))


def to_told(row: Record) -> Told:
    return Told(
        row["council"], row["plan_id"], row["person_id"],
        Standing(row["fitting"], row["near"], row["others"], row["plan_revision"]), row["told_on"], row["added"], row["lost"],
        row["revision"], row["plan_revision"] if row["said_revision"] is None else row["said_revision"], row["due_at"],
    )
