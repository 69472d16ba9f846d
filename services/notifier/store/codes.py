"""How the notifier remembers sign-in codes, and forgets them."""
from datetime import datetime
from uuid import UUID

from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresCodes:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def keep(self, council: str, message_id: UUID, code: str, forget_at: datetime) -> None:
        await self.connection.execute(sql.keep_code, council, message_id, code, forget_at)

    async def of(self, council: str, message_id: UUID) -> str | None:
        found: str | None = await self.connection.fetchval(sql.code_of, council, message_id)
        return found

    async def sent(self, council: str, message_id: UUID) -> None:
        await self.connection.execute(sql.code_sent, council, message_id)
        await self.connection.execute(sql.forget_artefacts, council, message_id)

    async def next_over(self, now: datetime) -> tuple[str, UUID] | None:
        row = await self.connection.fetchrow(sql.next_code_over, now)
        return (row["council"], row["message_id"]) if row else None

    async def later(self, council: str, message_id: UUID, forget_at: datetime) -> None:
        await self.connection.execute(sql.code_sent, council, message_id)
        await self.connection.execute(sql.forget_artefacts, council, message_id)
        await self.connection.execute(sql.forget_code_later, council, message_id, forget_at)

    async def forget(self, council: str, message_id: UUID) -> None:
        await self.connection.execute(sql.forget_artefacts, council, message_id)
        await self.connection.execute(sql.forget_code, council, message_id)
