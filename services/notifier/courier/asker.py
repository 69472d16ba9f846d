"""Asks parties, some at a time, whether what they recorded of how to reach them is still right."""
import asyncio
from dataclasses import dataclass

import structlog

from services.notifier.ports import Begin, Clock
from services.notifier.usecases import asking_again

AT_ONCE, IDLE = 100, 3600.0
"""A register that was read in on one day has one day for all: they are asked some at a time, each hour. In seconds."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Asker:
    begin: Begin
    clock: Clock

    async def run(self) -> None:
        while True:
            await self.ask_some()
            await asyncio.sleep(IDLE)

    async def ask_some(self) -> int:
        async with self.begin() as work:
            asked = await asking_again.ask_whether_still_right(self.clock(), AT_ONCE, work)
        if asked:
            log.info("parties asked whether all is still right", count=asked)
        return asked
