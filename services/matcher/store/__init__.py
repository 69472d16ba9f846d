"""How the matcher remembers: an index and lists it can always rebuild from the topics."""
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.matcher.domain.kernel.mirror import Mirror
from services.matcher.domain.kernel.turned.openings import Openings
from services.matcher.ports import Work
from services.matcher.store.decoded import Decoded
from services.matcher.store.followed import AsColumns, AsProfiles, Followed
from services.matcher.store.gaps import PostgresGaps, PostgresTurns
from services.matcher.store.history import PostgresHistory
from services.matcher.store.index import PLAN, PROFILE, PostgresPlans, PostgresProfiles
from services.matcher.store.introductions import PostgresIntroductions
from services.matcher.store.journeys import PostgresJourneys
from services.matcher.store.lists import PostgresDueRankings, PostgresShortlists
from services.matcher.store.standings import PostgresStandings
from shared.messaging.erased import PostgresErased
from shared.messaging.outbox import PostgresOutbox
from shared.runtime.postgres import Connection, Database, Line

__all__ = ["Bell", "Store"]


class Store:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.registers = Followed(AsProfiles(), PROFILE.validate_json)
        self.indexes = Followed(AsColumns(), PROFILE.validate_json)
        self.mirrors: dict[str, Mirror] = {}
        self.turned: dict[str, Openings] = {}
        self.known_plans = Decoded("plan_id", PLAN.validate_json)
        self.lore_kept: set[tuple[str, str]] = set()

    def on(self, connection: Connection) -> Work:
        return Work(
            profiles=PostgresProfiles(connection, self.registers, self.indexes),
            plans=PostgresPlans(connection, self.known_plans, self.mirrors, self.turned),
            due=PostgresDueRankings(connection),
            shortlists=PostgresShortlists(connection),
            history=PostgresHistory(connection, self.lore_kept),
            introductions=PostgresIntroductions(connection),
            journeys=PostgresJourneys(connection),
            standings=PostgresStandings(connection),
            gaps=PostgresGaps(connection),
            turns=PostgresTurns(connection),
            erased=PostgresErased(connection),
            outbox=PostgresOutbox(connection),
        )

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        async with self.database.transaction() as connection:
            yield self.on(connection)

    def bell(self) -> "Bell":
        return Bell(self.database)


class Bell:
    """Rings when something became due. Only a hint: whoever waits looks anyway, only later."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rung = asyncio.Event()
        self.line: Line | None = None

    async def wait(self, seconds: float) -> bool:
        """False: it did not ring in time."""
        if self.line is None or self.line.lost:
            await self.close()
            self.line = await self.database.line()
            await self.line.listen("matcher_due", self.rung.set)
        try:
            async with asyncio.timeout(seconds):
                await self.rung.wait()
        except TimeoutError:
            return False
        self.rung.clear()
        return True

    async def close(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None
