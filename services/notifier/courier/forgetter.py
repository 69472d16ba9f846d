"""Forgets sign-in codes when their time is over: here, and in the channel's own copy."""
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from services.notifier.ports import Begin, Channel, ChannelDown, Clock

IDLE = 1.0  # seconds
FORGOTTEN_WITHIN = 60.0  # seconds
AGAIN = timedelta(minutes=1)

log = structlog.get_logger()


@dataclass(frozen=True)
class Forgetter:
    begin: Begin
    channels: Sequence[Channel]
    clock: Clock

    async def run(self) -> None:
        while True:
            if not await self.forget_one():
                await asyncio.sleep(IDLE)

    async def forget_one(self) -> bool:
        """False = there was nothing to forget."""
        async with self.begin() as work:
            over = await work.codes.next_over(self.clock())
        if over is None:
            return False
        try:
            async with asyncio.timeout(FORGOTTEN_WITHIN):
                for channel in self.channels:
                    await channel.forget(*over)
        except (ChannelDown, TimeoutError):
            log.error("a code was not removed from the channel, and will be tried again", message_id=str(over[1]))
            async with self.begin() as work:
                await work.codes.later(*over, self.clock() + AGAIN)
            return True
        async with self.begin() as work:
            await work.codes.forget(*over)
        return True
