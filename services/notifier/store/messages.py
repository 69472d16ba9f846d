"""How the notifier remembers messages and what they were made into."""
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from services.notifier.domain.contact import Format, Method, PartyId, PartyKind
from services.notifier.domain.message import About, Artefact, BusinessKey, Dropped, Message, State
from services.notifier.domain.planning import Cannot
from services.notifier.domain.questions import WAIT_FOR_THEIR_DAY
from services.notifier.ports import MessageUnknown
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresMessages:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, message: Message) -> bool:
        m = message
        status: str = await self.connection.execute(
            sql.add_message, m.council, m.message_id, m.key.party_id, m.key.purpose, m.key.subject, m.key.occurrence, m.about,
            m.audience, m.given, m.belongs.plan_id, m.belongs.plan_revision, m.belongs.introduction_id,
            m.belongs.delegation_id, m.asked_at, m.expires_at, m.state, m.not_before,
        )
        return status == "INSERT 0 1"

    async def of(self, council: str, message_id: UUID) -> Message:
        return one(await self.connection.fetchrow(sql.message, council, message_id))

    async def hold(self, council: str, message_id: UUID) -> Message:
        return one(await self.connection.fetchrow(sql.hold_message, council, message_id))

    async def next_to_write(self, now: datetime, busy: Collection[UUID] = ()) -> Message | None:
        row = await self.connection.fetchrow(sql.next_code_to_write, now, list(busy))
        row = row or await self.connection.fetchrow(sql.next_to_write, now, list(busy))
        return to_message(row) if row else None

    async def save(self, message: Message) -> None:
        m = message
        await self.connection.execute(
            sql.save_message, m.council, m.message_id, m.state, m.revision, m.not_before, m.tries,
            {str(position): why.name for position, why in m.spent.items()}, m.method, m.format, m.language, m.point_size,
            m.title, m.dropped_why, m.written_at, m.handed_over_at, m.given, m.no_longer,
        )

    async def not_yet_sent(
        self, council: str, *, party_id: UUID | None = None, plan_id: UUID | None = None, introduction_id: UUID | None = None,
        delegation_id: UUID | None = None, about: str | None = None,
    ) -> Sequence[Message]:
        rows = await self.connection.fetch(
            sql.not_yet_sent, council, party_id, plan_id, introduction_id, delegation_id, about
        )
        return [to_message(row) for row in rows]

    async def told_of_introduction(self, council: str, introduction_id: UUID, about: str) -> bool:
        return bool(await self.connection.fetchval(sql.told_of_introduction, council, introduction_id, about))

    async def told_before(
        self, council: str, introduction_id: UUID, party_id: UUID, about: Sequence[str], which: str, *, but: str | None
    ) -> bool:
        return bool(
            await self.connection.fetchval(sql.told_before, council, introduction_id, party_id, list(about), which, but)
        )

    async def reached_at(self, council: str, subject: UUID, party_id: UUID, about: str) -> datetime | None:
        at: datetime | None = await self.connection.fetchval(sql.reached_at, council, subject, party_id, about)
        return at

    async def made_since(
        self, council: str, party_id: UUID, since: datetime, about: Sequence[str], *, leaving_out: UUID
    ) -> int:
        return int(await self.connection.fetchval(sql.made_since, council, party_id, since, list(about), leaving_out))

    async def last_made(self, council: str, party_id: UUID, plan_id: UUID, about: str) -> datetime | None:
        made: datetime | None = await self.connection.fetchval(sql.last_made, council, party_id, plan_id, about)
        return made

    async def expired(self, now: datetime) -> Sequence[Message]:
        return [to_message(row) for row in await self.connection.fetch(sql.expired, now)]

    async def page(self, council: str, party_id: UUID | None, page: int, size: int) -> tuple[Sequence[Message], int]:
        later = list(WAIT_FOR_THEIR_DAY)
        total = await self.connection.fetchval(sql.count_messages, council, party_id, later)
        rows = await self.connection.fetch(sql.page_of_messages, council, party_id, later, (page - 1) * size, size)
        return [to_message(row) for row in rows], int(total)

    async def keep_artefacts(self, message: Message, artefacts: Sequence[Artefact]) -> None:
        await self.connection.execute(sql.forget_artefacts, message.council, message.message_id)
        await self.connection.executemany(
            sql.keep_artefact,
            [(message.council, message.message_id, a.name, place, a.media_type, a.body, a.words)
             for place, a in enumerate(artefacts)],
        )

    async def artefacts(self, council: str, message_id: UUID) -> Sequence[Artefact]:
        rows = await self.connection.fetch(sql.artefacts, council, message_id)
        return [Artefact(row["name"], row["media_type"], row["body"], row["words"]) for row in rows]


def one(row: Record | None) -> Message:
    if row is None:
        raise MessageUnknown
    return to_message(row)


def to_message(row: Record) -> Message:
    return Message(
        council=row["council"], message_id=row["message_id"],
        key=BusinessKey(PartyId(row["party_id"]), row["purpose"], row["subject"], row["occurrence"]),
        about=row["about"], audience=PartyKind(row["audience"]), given=row["given"],
        belongs=About(row["plan_id"], row["plan_revision"], row["introduction_id"], row["delegation_id"]),
        asked_at=row["asked_at"], expires_at=row["expires_at"], state=State(row["state"]), revision=row["revision"],
        not_before=row["not_before"], tries=row["tries"],
        spent={int(position): Cannot[why] for position, why in row["spent"].items()},
        method=Method(row["method"]) if row["method"] else None, format=Format(row["format"]) if row["format"] else None,
        language=row["language"], point_size=row["point_size"], title=row["title"],
        dropped_why=Dropped(row["dropped_why"]) if row["dropped_why"] else None,
        written_at=row["written_at"], handed_over_at=row["handed_over_at"],
        no_longer=Dropped(row["no_longer"]) if row["no_longer"] else None,
    )
