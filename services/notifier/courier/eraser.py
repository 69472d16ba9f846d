"""Erases whoever asked to be forgotten, once no channel has anything of theirs: here, and in the channels' own copies."""
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from services.notifier.domain.contact import PartyId
from services.notifier.ports import Begin, Channel, ChannelDown, Clock
from services.notifier.usecases import erasing

IDLE = 2.0  # seconds
FORGOTTEN_WITHIN = 60.0  # seconds

log = structlog.get_logger()


@dataclass(frozen=True)
class Eraser:
    begin: Begin
    channels: Sequence[Channel]
    clock: Clock

    async def run(self) -> None:
        while True:
            await self.erase_some()
            await asyncio.sleep(IDLE)

    async def erase_some(self) -> int:
        """How many were erased."""
        async with self.begin() as work:
            parties = await work.erased.under_way()
        return sum([await self.erase_one(council, PartyId(party_id)) for council, party_id in parties])

    async def erase_one(self, council: str, party_id: PartyId) -> bool:
        """False: not yet, so it is looked at again."""
        async with self.begin() as work:
            sent = await work.contacts.sent_to(council, party_id)
        try:
            await self.take_from_channels(council, sent)
        except (ChannelDown, TimeoutError):
            log.error("what was sent was not removed from a channel, and will be tried again")
            return False
        async with self.begin() as work:
            done = await erasing.finish(council, party_id, self.clock(), work)
        if done:
            log.info("somebody was erased")
        return done

    async def take_from_channels(self, council: str, message_ids: Sequence[UUID]) -> None:
        async with asyncio.timeout(FORGOTTEN_WITHIN):
            for message_id in message_ids:
                for channel in self.channels:
                    await channel.forget(council, message_id)
