"""How the notifier remembers who asks a person to be let in, and forgets it."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain.support_request import Asker
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a


class PostgresAskers:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def keep(self, asker: Asker) -> None:
        a = asker
        await self.connection.execute(sql.keep_asker, a.council, a.request_id, a.name, a.organisation, a.forget_at)

    async def of(self, council: str, request_id: UUID) -> Asker | None:
        row = await self.connection.fetchrow(sql.asker, council, request_id)
        return as_a(Asker, row) if row else None

    async def forget(self, council: str, request_id: UUID) -> None:
        await self.connection.execute(sql.forget_asker, council, request_id)

    async def forget_old(self, now: datetime) -> int:
        status: str = await self.connection.execute(sql.forget_old_askers, now)
        return int(status.split()[-1])
