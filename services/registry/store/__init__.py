"""How the registry remembers: PostgreSQL, one transaction per piece of work."""
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from services.registry.domain.profile import Profile, ProfileNotFound
from services.registry.domain.values import State
from services.registry.ports import Card, Entry, Work
from services.registry.store.rows import consent_rows, profile_from, profile_row
from shared.messaging.erased import PostgresErased
from shared.messaging.outbox import PostgresOutbox
from shared.runtime import queries
from shared.runtime.postgres import Connection, Database
from shared.runtime.rows import as_a

sql = queries.load(Path(__file__).parents[1] / "queries.sql")


class PostgresProfiles:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def find(self, council: str, profile_id: UUID) -> Profile | None:
        row = await self.connection.fetchrow(sql.find_profile, council, profile_id)
        return profile_from(row) if row else None

    async def hold(self, council: str, profile_id: UUID) -> Profile:
        row = await self.connection.fetchrow(sql.hold_profile, council, profile_id)
        if row is None:
            raise ProfileNotFound(profile_id)
        return profile_from(row)

    async def hold_register(self, council: str, profile_ids: Collection[UUID], refs: Collection[str]) -> list[Profile]:
        if not (profile_ids or refs):
            return []  # all new, and nobody can mean the same
        await self.connection.execute(sql.one_register_at_a_time, council)
        found = await self.connection.fetch(sql.hold_register, council, list(profile_ids), list(refs))
        return [profile_from(row) for row in found]

    async def add(self, profiles: Sequence[Profile]) -> None:
        await self.connection.executemany(sql.add_profile, [profile_row(profile) for profile in profiles])
        await self.keep_consents(profiles)

    async def save(self, profiles: Sequence[Profile]) -> None:
        await self.connection.executemany(sql.save_profile, [profile_row(profile) for profile in profiles])
        await self.keep_consents(profiles)

    async def keep_consents(self, profiles: Sequence[Profile]) -> None:
        await self.connection.executemany(sql.keep_consent, [row for profile in profiles for row in consent_rows(profile)])

    async def forget_consents(self, council: str, profile_id: UUID) -> None:
        await self.connection.execute(sql.forget_consents, council, profile_id)

    async def next_to_warn(self, confirmed_by: date, today: date) -> Profile | None:
        row = await self.connection.fetchrow(sql.next_to_warn, confirmed_by, today)
        return profile_from(row) if row else None

    async def next_to_pause(self, today: date, warned_by: date) -> Profile | None:
        row = await self.connection.fetchrow(sql.next_to_pause, today, warned_by)
        return profile_from(row) if row else None

    async def cards(self, council: str, profile_ids: Collection[UUID]) -> list[Card]:
        return [as_a(Card, row) for row in await self.connection.fetch(sql.cards, council, list(profile_ids))]

    async def page(self, council: str, state: State | None, *, after: int, most: int) -> tuple[list[Entry], int]:
        found = await self.connection.fetch(sql.page_of_register, council, state, after, most)
        total: int = await self.connection.fetchval(sql.size_of_register, council, state)
        return [as_a(Entry, row, state=State(row["state"])) for row in found], total


class Store:
    def __init__(self, database: Database) -> None:
        self.database = database

    def on(self, connection: Connection) -> Work:
        profiles, erased = PostgresProfiles(connection), PostgresErased(connection)
        return Work(profiles=profiles, erased=erased, outbox=PostgresOutbox(connection))

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.database.transaction() as connection:
            yield self.on(connection)
