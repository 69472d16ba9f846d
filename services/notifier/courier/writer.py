"""Makes every message that waits, as soon as it waits, a few at once."""
import asyncio
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import structlog

from services.notifier.courier.hands import Hands
from services.notifier.domain.asks import ask_of
from services.notifier.domain.reply import new_code
from services.notifier.ports import Begin, Clock, Press
from services.notifier.usecases import freshness, hearing, media, translating, writing
from services.notifier.usecases.writing import Claimed

IDLE = 0.2  # seconds
AT_ONCE = 3
"""A letter is set while a voice speaks: each has one engine, so more would only wait."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Writer:
    begin: Begin
    press: Press
    team: str
    clock: Clock

    async def run(self) -> None:
        async with Hands(AT_ONCE) as hands:
            looked = 0.0
            while True:
                await hands.one_free()
                heard = False
                if time.monotonic() - looked >= IDLE:
                    heard = await self.look_around()
                    looked = 0.0 if heard else time.monotonic()  # there may be more of it
                found, claimed = await self.claim(hands.parties)
                if claimed is not None:
                    hands.begin(claimed.message.party_id, self.write(claimed))
                elif not (found or heard):
                    await asyncio.sleep(IDLE)

    async def write_one(self) -> bool:
        """False = there was nothing to do."""
        heard = await self.look_around()
        found, claimed = await self.claim()
        if claimed is not None:
            await self.write(claimed)
        return found or heard

    async def look_around(self) -> bool:
        """Whether anything was over, or has become a message by waiting."""
        now = self.clock()
        async with self.begin() as work:
            dropped = await writing.drop_expired(now, work)
            gathered = await hearing.tell_gathered(now, work)
            asked = await freshness.ask_to_look(now, work)
        return gathered or asked or dropped > 0

    async def claim(self, busy: Collection[UUID] = ()) -> tuple[bool, Claimed | None]:
        async with self.begin() as work:
            found, claimed = await writing.claim(self.clock(), work, busy)
            if claimed is not None:
                await translating.bring_up_to_date(claimed.message.council, self.press, work)
                claimed = await media.with_recordings(claimed, self.press, work)
        return found, claimed

    async def write(self, claimed: Claimed) -> None:
        now = self.clock()
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
