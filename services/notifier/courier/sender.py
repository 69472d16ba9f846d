"""Hands over what is made and due; one sender at a time with several calls under way, and nothing twice."""
import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

import structlog

from services.notifier.courier.hands import Hands
from services.notifier.domain.delivery import Delivery
from services.notifier.domain.waits import USUAL, Waits
from services.notifier.ports import AddressRefused, Begin, Channel, ChannelDown, Clock, Press
from services.notifier.usecases import concluding, sending
from services.notifier.usecases.concluding import Desk, Outcome, Result
from services.notifier.usecases.sending import Begun, Permitted

IDLE = 0.2  # seconds
CALLS = 10
"""Under way at once: with one, a provider that takes a tenth of a second would allow ten messages a second."""

Leading = Callable[[], Awaitable[bool]]
"""Whether we hold the lock of the one sender at this moment, asked of the database."""

log = structlog.get_logger()


async def alone() -> bool:
    return True


@dataclass(frozen=True)
class Sender:
    begin: Begin
    lead: Callable[[], AbstractAsyncContextManager[Leading]]
    press: Press
    channels: Sequence[Channel]
    """The first that carries a parcel takes it, unless another is in turn."""
    team: str
    clock: Clock
    waits: Waits = USUAL

    async def run(self) -> None:
        while True:
            async with self.lead() as leading, Hands(CALLS) as hands:
                led_since = time.monotonic()
                while await leading():
                    await hands.one_free()
                    # The one that led before may have a call under way, and its clock or ours may be wrong. So nothing is taken
                    # up for lying too long until we ourselves have seen that time pass.
                    if time.monotonic() - led_since >= self.waits.lease.total_seconds() and await self.ask_one():
                        continue
                    due, permitted = await self.claim(hands.parties)
                    if permitted is not None:
                        hands.begin(permitted.party_id, self.deliver(permitted.delivery, leading))
                    elif not due:
                        await asyncio.sleep(IDLE)

    async def send_one(self, leading: Leading = alone, *, take_up: bool = True) -> bool:
        """False = there was nothing to do. `take_up`: also what was begun before and has no clear end."""
        if take_up and await self.ask_one():
            return True
        due, permitted = await self.claim()
        if permitted is not None:
            await self.deliver(permitted.delivery, leading)
        return due

    async def claim(self, busy: Collection[UUID] = ()) -> tuple[bool, Permitted | None]:
        async with self.begin() as work:
            return await sending.claim(uuid4(), self.clock(), self.waits, work, busy)

    async def deliver(self, permitted: Delivery, leading: Leading) -> None:
        async with self.begin() as work:
            begun = await sending.begin_sending(permitted, self.channels, self.clock(), self.waits, work)
        # One that slept through the loss of its lock makes no call: whoever leads now asks the channel about this contact first.
        if begun is not None and await leading():
            await self.conclude(begun.delivery, await self.hand_over(begun))

    async def ask_one(self) -> bool:
        async with self.begin() as work:
            doubtful = await sending.in_doubt(self.clock(), work)
        if doubtful is not None:
            await self.conclude(doubtful, await self.ask_about(doubtful))
        return doubtful is not None

    async def hand_over(self, begun: Begun) -> Result:
        channel = begun.channel
        provider_id = None
        try:
            async with asyncio.timeout(self.waits.hand_over.total_seconds()):
                provider_id = await channel.send(begun.parcel)
            outcome = Outcome.SENT
        except AddressRefused:
            outcome = Outcome.REFUSED
        except ChannelDown:
            outcome = Outcome.DOWN
        except Exception as doubt:
            log.error("no clear answer", message_id=str(begun.parcel.message_id), problem=type(doubt).__name__)
            outcome = Outcome.DOUBT
        return Result(outcome, provider_id, channel.keeps_ledger, channel.gives_word, begun.carriers)

    async def ask_about(self, delivery: Delivery) -> Result:
        """An attempt without a clear end: the channel's own ledger says what came of it."""
        assert delivery.attempt_ref is not None
        channel = next((one for one in self.channels if one.name == delivery.channel), None)
        if channel is None:  # taken out of the settings meanwhile
            return Result(Outcome.NOT_ANSWERED)
        accepted = None
        with suppress(TimeoutError):
            async with asyncio.timeout(self.waits.call.total_seconds()):
                accepted = await channel.has(delivery.council, delivery.message_id, delivery.attempt_ref)
        outcome = {None: Outcome.NOT_ANSWERED, True: Outcome.SENT, False: Outcome.NOT_THERE}[accepted]
        return Result(outcome, None, channel.keeps_ledger, channel.gives_word)

    async def conclude(self, delivery: Delivery, result: Result) -> None:
        desk = Desk(self.press, self.team, self.waits)
        async with self.begin() as work:
            await concluding.conclude(delivery, result, desk, self.clock(), work)
        log.info("message handled", message_id=str(delivery.message_id), outcome=result.outcome)
