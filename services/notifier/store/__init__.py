"""How the notifier remembers: PostgreSQL, one transaction per piece of work."""
import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from services.notifier.ports import Work
from services.notifier.store.codes import PostgresCodes
from services.notifier.store.contacts import PostgresContacts
from services.notifier.store.deliveries import PostgresDeliveries, PostgresTasks
from services.notifier.store.messages import PostgresMessages
from services.notifier.store.replies import PostgresLists, PostgresReplies
from services.notifier.store.statements import sql
from shared.messaging.outbox import PostgresOutbox
from shared.runtime.postgres import Connection, Database

ONE_COURIER = 7_105  # advisory lock: two senders at once could tell somebody twice
STANDBY = 1.0  # seconds between tries to become the one


class Store:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.leads = False

    def on(self, connection: Connection) -> Work:
        return Work(
            contacts=PostgresContacts(connection),
            messages=PostgresMessages(connection),
            deliveries=PostgresDeliveries(connection),
            tasks=PostgresTasks(connection),
            replies=PostgresReplies(connection),
            lists=PostgresLists(connection),
            codes=PostgresCodes(connection),
            outbox=PostgresOutbox(connection),
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.database.transaction() as connection:
            yield self.on(connection)

    async def oldest_in_hand(self) -> UUID | None:
        async with self.database.transaction() as connection:
            oldest: UUID | None = await connection.fetchval(sql.oldest_in_hand)
        return oldest

    @asynccontextmanager
    async def lead(self) -> AsyncIterator[Callable[[], bool]]:
        """Waits to be the one sender; what it gives says whether we still are."""
        line = await self.database.line()
        try:
            while not await line.ask(sql.lead, ONE_COURIER):  # noqa: ASYNC110 - the lock is elsewhere
                await asyncio.sleep(STANDBY)
            self.leads = True
            yield lambda: not line.lost
        finally:
            self.leads = False
            line.close()
