"""Ends what supporters asked when its time is over, and forgets what came of nothing."""
import asyncio
from dataclasses import dataclass

import structlog

from services.portal.ports import Begin, Clock
from services.portal.usecases import support_requests

IDLE = 30.0  # seconds; days are what it waits for

log = structlog.get_logger()


@dataclass(frozen=True)
class SupportRequestsEnd:
    """Any number of these may run: each ask ends once."""

    begin: Begin
    clock: Clock

    async def run(self) -> None:
        while True:
            if not await self.end_one():
                await asyncio.sleep(IDLE)

    async def end_one(self) -> bool:
        """False = nothing was to be done."""
        async with self.begin() as work:
            ended = await support_requests.end_one(self.clock(), work)
            if not ended:
                await support_requests.forget_old(self.clock(), work)
        if ended:
            log.info("an ask to support somebody is over")
        return ended
