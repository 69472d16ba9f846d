"""How the notifier remembers where two people meet, and forgets it."""
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.notifier.domain.meeting import Place
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a


class PostgresPlaces:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, place: Place) -> None:
        await self.connection.execute(sql.add_place, place.council, place.place_id, place.words, place.forget_at)

    async def several(self, council: str, place_ids: Sequence[UUID]) -> Sequence[Place]:
        return [as_a(Place, row) for row in await self.connection.fetch(sql.places, council, place_ids)]

    async def keep_until(self, council: str, place_id: UUID, forget_at: datetime) -> None:
        await self.connection.execute(sql.keep_place_until, council, place_id, forget_at)

    async def forget(self, now: datetime) -> int:
        status: str = await self.connection.execute(sql.forget_places, now)
        return int(status.split()[-1])
