"""Warns and pauses profiles that nobody says are true, as their days come."""
import asyncio
from dataclasses import dataclass
from datetime import datetime

import structlog

from services.registry.ports import Begin, Clock
from services.registry.usecases import resting

IDLE = 30.0  # seconds; days are what it waits for

log = structlog.get_logger()


@dataclass(frozen=True)
class Courier:
    """Any number of these may run: each profile is warned and paused once."""

    begin: Begin
    clock: Clock

    async def run(self) -> None:
        while True:
            if not await self.look_at_one(self.clock()):
                await asyncio.sleep(IDLE)

    async def look_at_one(self, now: datetime) -> bool:
        """False = nothing was to be done."""
        async with self.begin() as work:
            paused = await resting.pause_one(now, work)
        async with self.begin() as work:
            warned = await resting.warn_one(now, work)
        if paused:
            log.info("a profile paused by itself")
        return paused or warned
