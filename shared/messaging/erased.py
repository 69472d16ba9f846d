"""Whom a service has erased: nothing of them comes again with an event that is late, told anew, or of a restored service."""
from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from shared.messaging.emptying import Name, empty_what_names
from shared.messaging.statements import sql
from shared.runtime.postgres import Connection


class Erased(Protocol):
    async def begin(self, council: str, party_id: UUID, known_as: Collection[Name] = ()) -> bool:
        """From now on nothing of them comes in, and what was set aside of them is empty. False: it was begun before. `known_as`:
        how senders outside name them."""

    async def done(self, council: str, party_id: UUID) -> None:
        """Nothing of them is left."""

    async def has(self, council: str, party_id: UUID) -> bool:
        """Erased, or under way."""

    async def among(self, council: str, party_ids: Collection[UUID]) -> set[UUID]: ...

    async def under_way(self) -> list[tuple[str, UUID]]:
        """Begun and not done: the longest ago first, at most 100."""


class PostgresErased:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def begin(self, council: str, party_id: UUID, known_as: Collection[Name] = ()) -> bool:
        fresh = not (await self.connection.execute(sql.begin_erasing, council, party_id)).endswith(" 0")
        if fresh:
            await empty_what_names(self.connection, council, party_id, known_as)
        return fresh

    async def done(self, council: str, party_id: UUID) -> None:
        await empty_what_names(self.connection, council, party_id, ())
        await self.connection.execute(sql.done_erasing, council, party_id)

    async def has(self, council: str, party_id: UUID) -> bool:
        return bool(await self.connection.fetchval(sql.is_erased, council, party_id))

    async def among(self, council: str, party_ids: Collection[UUID]) -> set[UUID]:
        if not party_ids:
            return set()
        return {row["party_id"] for row in await self.connection.fetch(sql.erased_among, council, list(party_ids))}

    async def under_way(self) -> list[tuple[str, UUID]]:
        return [(row["council"], row["party_id"]) for row in await self.connection.fetch(sql.erasings_under_way)]
