"""How the notifier remembers a council's recordings and films."""
from collections.abc import Sequence
from uuid import UUID

from asyncpg import Record

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.media import Kind, Medium, Slot
from services.notifier.domain.message import Message
from services.notifier.ports.media import NoSuchMedium
from services.notifier.store.messages import to_message
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresMedia:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def all(self, council: str) -> Sequence[Medium]:
        return [to_medium(row) for row in await self.connection.fetch(sql.media, council)]

    async def of(self, council: str, media_id: UUID) -> Medium:
        row = await self.connection.fetchrow(sql.medium, council, media_id)
        if row is None:
            raise NoSuchMedium
        return to_medium(row)

    async def body(self, council: str, media_id: UUID) -> bytes | None:
        body: bytes | None = await self.connection.fetchval(sql.medium_body, council, media_id)
        return body

    async def keep(self, medium: Medium, body: bytes | None) -> None:
        m, slot = medium, medium.slot
        await self.connection.execute(
            sql.keep_medium, m.council, m.media_id, slot.about, slot.audience, slot.language, slot.kind, m.words, m.transcript,
            m.called, m.link, m.media_type, m.captions, m.put_in_by, m.put_in_at, body,
        )

    async def take_away(self, council: str, slot: Slot) -> bool:
        status: str = await self.connection.execute(
            sql.take_away_medium, council, slot.about, slot.audience, slot.language, slot.kind
        )
        return status == "DELETE 1"

    async def made_with(self, council: str, slot: Slot) -> Sequence[Message]:
        return [to_message(row) for row in await self.connection.fetch(sql.written_in, council, slot.language, slot.about)]


def to_medium(row: Record) -> Medium:
    slot = Slot(row["about"], PartyKind(row["audience"]), row["language"], Kind(row["kind"]))
    return Medium(
        row["council"], slot, row["words"], row["transcript"], row["called"], row["link"], row["media_type"], row["captions"],
        row["put_in_by"], row["put_in_at"],
    )
