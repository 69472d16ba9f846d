"""How the notifier remembers: PostgreSQL, one transaction per piece of work."""
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from services.notifier.ports import Work
from services.notifier.store.askers import PostgresAskers
from services.notifier.store.codes import PostgresCodes
from services.notifier.store.contacts import PostgresContacts
from services.notifier.store.deliveries import PostgresDeliveries, PostgresReceipts, PostgresTasks, PostgresTurns
from services.notifier.store.media import PostgresMedia
from services.notifier.store.messages import PostgresMessages
from services.notifier.store.places import PostgresPlaces
from services.notifier.store.proof import PostgresProof
from services.notifier.store.replies import PostgresLists, PostgresReplies
from services.notifier.store.statements import sql
from services.notifier.store.translations import PostgresTranslations
from shared.messaging.erased import PostgresErased
from shared.messaging.outbox import PostgresOutbox
from shared.runtime.postgres import Connection, Database, Line

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
            receipts=PostgresReceipts(connection),
            turns=PostgresTurns(connection),
            tasks=PostgresTasks(connection),
            replies=PostgresReplies(connection),
            lists=PostgresLists(connection),
            codes=PostgresCodes(connection),
            translations=PostgresTranslations(connection),
            places=PostgresPlaces(connection),
            askers=PostgresAskers(connection),
            media=PostgresMedia(connection),
            proof=PostgresProof(connection),
            erased=PostgresErased(connection),
            outbox=PostgresOutbox(connection),
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.database.transaction() as connection:
            yield self.on(connection)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Work]:
        """To read only: what is read in several statements belongs together."""
        async with self.database.view() as connection:
            yield self.on(connection)

    async def oldest_in_hand(self) -> UUID | None:
        async with self.database.transaction() as connection:
            oldest: UUID | None = await connection.fetchval(sql.oldest_in_hand)
        return oldest

    @asynccontextmanager
    async def lead(self) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
        """Waits to be the one sender; what it gives asks the database whether we still are."""
        line = await self.database.line()
        try:
            while not await line.ask(sql.lead, ONE_COURIER):  # noqa: ASYNC110 - the lock is elsewhere
                await asyncio.sleep(STANDBY)
            self.leads = True
            yield lambda: still_leading(line)
        finally:
            self.leads = False
            line.close()


async def still_leading(line: Line) -> bool:
    """The lock is as old as its session: whoever slept may have lost both, and learns it only by asking."""
    try:
        return not line.lost and bool(await line.ask(sql.still_leading, ONE_COURIER))
    except Exception:  # whoever cannot ask does not lead
        return False
