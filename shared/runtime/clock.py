"""What time it is, for a whole service: as its database has it, carried on by the clock of this machine that nobody can set.

A machine's own clock may jump while we work. Whatever was to wait for seconds would then wait for as long as the clock was wrong.
So it is believed only until a database has said what time it is (decision 0143).
"""
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from shared.runtime.postgres import Database, sql

EVERY = 10.0
"""Seconds between two questions; in so long the two clocks come apart by less than a thousandth of a second."""


class Clock:
    def __init__(
        self, wall: Callable[[], datetime] = lambda: datetime.now(UTC), ticking: Callable[[], float] = time.monotonic
    ) -> None:
        self.wall, self.ticking = wall, ticking
        self.said: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        if self.said is None:
            return self.wall()
        time_then, ticked = self.said
        return time_then + timedelta(seconds=self.ticking() - ticked)

    async def look(self, database: Database) -> None:
        async with database.connection() as connection:
            asked = self.ticking()
            said: datetime = await connection.fetchval(sql.now)
            self.said = said, (asked + self.ticking()) / 2


utc = Clock()
"""Of this process."""
