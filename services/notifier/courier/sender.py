"""Hands over what is made and due; one sender at a time, and nothing twice."""
import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from uuid import uuid4

import structlog

from services.notifier.domain.delivery import Delivery
from services.notifier.ports import AddressRefused, Begin, Channel, ChannelDown, Clock, Parcel, Press
from services.notifier.usecases import sending
from services.notifier.usecases.sending import Outcome

IDLE = 0.2  # seconds
HANDED_OVER_WITHIN = 60.0  # seconds, then it is in doubt; less than the lease
ASKED_WITHIN = 20.0  # seconds

log = structlog.get_logger()


@dataclass(frozen=True)
class Sender:
    begin: Begin
    lead: Callable[[], AbstractAsyncContextManager[Callable[[], bool]]]
    press: Press
    channels: Sequence[Channel]
    """The first that carries a method takes it."""
    team: str
    clock: Clock

    async def run(self) -> None:
        while True:
            async with self.lead() as leading:
                while leading():
                    if not await self.send_one():
                        await asyncio.sleep(IDLE)

    async def send_one(self) -> bool:
        """False = there was nothing to do."""
        now = self.clock()
        async with self.begin() as work:
            doubtful = await sending.in_doubt(now, work)
        if doubtful is not None:
            await self.conclude(doubtful, await self.ask_about(doubtful))
            return True
        async with self.begin() as work:
            due, permitted = await sending.claim(uuid4(), now, work)
        if permitted is None:
            return due
        async with self.begin() as work:
            begun = await sending.begin_sending(permitted, self.clock(), work)
        if begun is not None:
            delivery, parcel = begun
            await self.conclude(delivery, await self.hand_over(parcel))
        return True

    def channel(self, delivery_or_parcel: Delivery | Parcel) -> Channel:
        return next(channel for channel in self.channels if channel.carries(delivery_or_parcel.method))

    async def hand_over(self, parcel: Parcel) -> Outcome:
        try:
            async with asyncio.timeout(HANDED_OVER_WITHIN):
                await self.channel(parcel).send(parcel)
        except AddressRefused:
            return Outcome.REFUSED
        except ChannelDown:
            return Outcome.DOWN
        except Exception as doubt:
            log.error("no clear answer", message_id=str(parcel.message_id), problem=type(doubt).__name__)
            return Outcome.DOUBT
        return Outcome.SENT

    async def ask_about(self, delivery: Delivery) -> Outcome:
        """An attempt whose sender went away: the channel's own ledger says what came of it."""
        assert delivery.attempt_ref is not None
        accepted = None
        with suppress(TimeoutError):
            async with asyncio.timeout(ASKED_WITHIN):
                accepted = await self.channel(delivery).has(delivery.council, delivery.message_id, delivery.attempt_ref)
        if accepted is None:
            return Outcome.DOUBT
        return Outcome.SENT if accepted else Outcome.DOWN

    async def conclude(self, delivery: Delivery, outcome: Outcome) -> None:
        async with self.begin() as work:
            await sending.conclude(delivery, outcome, self.press, self.team, self.clock(), work)
        log.info("message handled", message_id=str(delivery.message_id), outcome=outcome)
