"""How the portal remembers: PostgreSQL, one transaction per piece of work."""
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from services.portal.ports import Work
from services.portal.store.copies import PostgresCopies
from services.portal.store.lawful_reasons import PostgresLawfulReasons
from services.portal.store.own_data import OWN_DATA, PostgresDataRequests
from services.portal.store.people import PostgresAccounts, PostgresLooks, PostgresSessions, PostgresSupporters
from services.portal.store.plans import PostgresPlans
from services.portal.store.pools import PostgresPools
from services.portal.store.sign_in_codes import PostgresSignInCodes
from services.portal.store.support_requests import PostgresSupportRequests
from shared.messaging.erased import PostgresErased
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.own_data import gather
from shared.runtime.postgres import Connection, Database


class Store:
    def __init__(self, database: Database) -> None:
        self.database = database

    def on(self, connection: Connection) -> Work:
        return Work(
            accounts=PostgresAccounts(connection),
            sessions=PostgresSessions(connection),
            plans=PostgresPlans(connection),
            lawful_reasons=PostgresLawfulReasons(connection),
            supporters=PostgresSupporters(connection),
            looks=PostgresLooks(connection),
            copies=PostgresCopies(connection),
            sign_in_codes=PostgresSignInCodes(connection),
            pools=PostgresPools(connection),
            data_requests=PostgresDataRequests(connection),
            erased=PostgresErased(connection),
            support_requests=PostgresSupportRequests(connection),
            outbox=PostgresOutbox(connection, source="portal"),
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.database.transaction() as connection:
            yield self.on(connection)

    async def own_data(self, council: str, party_id: UUID) -> Mapping[str, object]:
        """As of one moment."""
        async with self.database.view() as connection:
            parts = await gather(connection, OWN_DATA, council, party_id)
        return {"service": "portal", "party_id": str(party_id), "parts": parts}
