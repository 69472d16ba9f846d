"""How the portal remembers: PostgreSQL, one transaction per piece of work."""
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.portal.ports import Work
from services.portal.store.copies import PostgresCopies
from services.portal.store.lawful_reasons import PostgresLawfulReasons
from services.portal.store.people import PostgresAccounts, PostgresLooks, PostgresSessions, PostgresSupporters
from services.portal.store.plans import PostgresPlans
from services.portal.store.pools import PostgresPools
from services.portal.store.sign_in_codes import PostgresSignInCodes
from shared.messaging.outbox import PostgresOutbox
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
            outbox=PostgresOutbox(connection, source="portal"),
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.database.transaction() as connection:
            yield self.on(connection)
