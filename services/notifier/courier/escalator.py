"""Hands a contact task that is late to the next team."""
import asyncio
from dataclasses import dataclass

import structlog

from services.notifier.domain.task import Teams
from services.notifier.ports import Begin, Clock
from services.notifier.usecases import teamwork

IDLE = 5.0  # seconds

log = structlog.get_logger()


@dataclass(frozen=True)
class Escalator:
    """Any number of these may run: each task goes on once."""

    begin: Begin
    teams: Teams
    clock: Clock

    async def run(self) -> None:
        while True:
            if not await self.escalate_one():
                await asyncio.sleep(IDLE)

    async def escalate_one(self) -> bool:
        """False = nothing was late."""
        async with self.begin() as work:
            late = await teamwork.escalate_one(self.teams, self.clock(), work)
        if late:
            log.warning("a contact task was late")
        return late
