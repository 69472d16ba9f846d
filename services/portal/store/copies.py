"""Copies of what other services told, as rows."""
from dataclasses import astuple
from datetime import datetime
from typing import Any
from uuid import UUID

from services.portal.domain.copies import IntroductionCopy, MessageCopy, ShortlistCopy
from services.portal.store.statements import sql
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a


class PostgresCopies:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def put_shortlist(self, shortlist: ShortlistCopy) -> None:
        *columns, _ = astuple(shortlist)  # all but told_at, which is read from the messages
        await self.connection.execute(sql.put_shortlist, *columns)

    async def shortlist(self, council: str, plan_id: UUID) -> ShortlistCopy | None:
        row = await self.connection.fetchrow(sql.find_shortlist, council, plan_id)
        return as_a(ShortlistCopy, row) if row else None

    async def put_introduction(self, introduction: IntroductionCopy) -> None:
        await self.connection.execute(sql.put_introduction, *astuple(introduction))

    async def introduction(self, council: str, introduction_id: UUID) -> IntroductionCopy | None:
        row = await self.connection.fetchrow(sql.find_introduction, council, introduction_id)
        return as_a(IntroductionCopy, row) if row else None

    async def introductions(
        self, council: str, *, plan_id: UUID | None = None, profile_id: UUID | None = None, person_id: UUID | None = None
    ) -> list[IntroductionCopy]:
        rows = await self.connection.fetch(sql.find_introductions, council, plan_id, profile_id, person_id)
        return [as_a(IntroductionCopy, row) for row in rows]

    async def put_message(self, message: MessageCopy) -> None:
        told_at = message.at if message.tells_of_a_list() else None
        await self.connection.execute(sql.put_message, *astuple(message), told_at)

    async def messages(self, council: str, party_id: UUID, *, most: int = 100) -> list[MessageCopy]:
        return [to_message(row) for row in await self.connection.fetch(sql.messages_to_party, council, party_id, most)]

    async def told(self, council: str, plan_id: UUID, person_id: UUID) -> datetime | None:
        told_at: datetime | None = await self.connection.fetchval(sql.first_told, council, plan_id, person_id)
        return told_at


def to_message(row: Any) -> MessageCopy:
    return MessageCopy(**{name: value for name, value in row.items() if name != "told_at"})
