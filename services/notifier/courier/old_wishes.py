"""Forgets old versions of how parties wished to be reached, and where people met, when their time is over."""
import asyncio
from dataclasses import dataclass

import structlog

from services.notifier.ports import Begin, Clock
from services.notifier.usecases import erasing, meeting

IDLE = 3600.0  # seconds; weeks and years are what it waits for

log = structlog.get_logger()


@dataclass(frozen=True)
class OldWishes:
    begin: Begin
    clock: Clock

    async def run(self) -> None:
        while True:
            if not await self.forget_some():
                await asyncio.sleep(IDLE)

    async def forget_some(self) -> bool:
        """False = there was nothing to forget."""
        async with self.begin() as work:
            await meeting.forget_places(self.clock(), work)
            await work.askers.forget_old(self.clock())
            forgotten = await erasing.forget_old_wishes(self.clock(), work)
        if forgotten:
            log.info("old versions of wishes forgotten", count=forgotten)
        return forgotten > 0
