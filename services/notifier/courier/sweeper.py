"""Asks what became of messages whose receipt has not come: receipts get lost, and then nobody would ever know."""
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from services.notifier.domain.delivery import Delivery
from services.notifier.domain.receipt import Word
from services.notifier.domain.waits import USUAL, Waits
from services.notifier.ports import Begin, ChannelDown, Clock, Press, Teller
from services.notifier.usecases import settling
from services.notifier.usecases.concluding import Desk

IDLE = 1.0  # seconds

log = structlog.get_logger()


@dataclass(frozen=True)
class Sweeper:
    """Asking twice is no harm, so any number of these may run."""

    begin: Begin
    tellers: Sequence[Teller]
    press: Press
    team: str
    clock: Clock
    waits: Waits = USUAL

    async def run(self) -> None:
        while True:
            if not await self.look_at_one():
                await asyncio.sleep(IDLE)

    async def look_at_one(self) -> bool:
        """False = there was nothing to look at."""
        async with self.begin() as work:
            delivery = await settling.next_to_look_at(self.clock(), self.waits, work)
        if delivery is None:
            return False
        word = await self.word_of(delivery)
        now = self.clock()
        async with self.begin() as work:
            if word is not None:
                effect = await settling.hear(word, now, work)
                log.info("receipt asked for", message_id=str(delivery.message_id), status=word.status, effect=effect)
            if delivery.overdue(now, self.waits):
                desk = Desk(self.press, self.team, self.waits)
                await settling.give_up(delivery, word is not None, desk, now, work)
        return True

    async def word_of(self, delivery: Delivery) -> Word | None:
        teller = next((one for one in self.tellers if one.name == delivery.channel), None)
        if teller is None or delivery.attempt_ref is None:
            return None
        try:
            return await teller.word_of(delivery.attempt_ref)
        except ChannelDown:
            return None
