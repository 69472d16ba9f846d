"""Makes every message that waits, as soon as it waits."""
import asyncio
import secrets
from dataclasses import dataclass

import structlog

from services.notifier.domain.asks import ask_of
from services.notifier.domain.reply import new_code
from services.notifier.ports import Begin, Clock, Press
from services.notifier.usecases import freshness, hearing, translating, writing

IDLE = 0.2  # seconds

log = structlog.get_logger()


@dataclass(frozen=True)
class Writer:
    begin: Begin
    press: Press
    team: str
    clock: Clock

    async def run(self) -> None:
        while True:
            if not await self.write_one():
                await asyncio.sleep(IDLE)

    async def write_one(self) -> bool:
        """False = there was nothing to do."""
        now = self.clock()
        async with self.begin() as work:
            dropped = await writing.drop_expired(now, work)
            gathered = await hearing.tell_gathered(now, work)
            asked = await freshness.ask_to_look(now, work)
        async with self.begin() as work:
            found, claimed = await writing.claim(now, work)
            if claimed is not None:
                await translating.bring_up_to_date(claimed.message.council, self.press, work)
        if claimed is None:
            return found or gathered or asked or dropped > 0
        codes, ways = None, None
        if ask_of(claimed.message):
            codes = writing.Codes(secrets.token_urlsafe(16), new_code(secrets.choice))
            ways = self.press.reply_ways(codes.link, codes.short)
        try:
            made = await writing.make(claimed, self.press, ways, now)
        except OSError:
            raise  # a full disk or a missing file is not the message's fault: it waits
        except Exception as failure:
            # a mistake of ours in one message must not stop all others, for ever: a person tells them instead
            log.error("message not made", message_id=str(claimed.message.message_id), failure=type(failure).__name__)
            made = writing.Made(None, (), self.press.title(claimed.message))
        async with self.begin() as work:
            await writing.keep(claimed, made, self.press, codes, self.team, now, work)
        message = claimed.message
        log.info("message made", message_id=str(message.message_id), about=message.about, artefacts=len(made.artefacts))
        return True
