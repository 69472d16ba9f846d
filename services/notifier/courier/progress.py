"""Whether the sender gets on: what it has in hand is done, or doubtful and asked about, within minutes."""
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from shared.messaging.watching import LOOK_EVERY, Since

STILL_FOR = 600.0  # seconds; a hand-over has a minute, and its lease three


@dataclass
class Progress:
    leads: Callable[[], bool]
    oldest_in_hand: Callable[[], Awaitable[UUID | None]]
    since: Since = field(default_factory=lambda: Since(LOOK_EVERY * 1.5))

    async def look(self) -> str:
        oldest = await self.oldest_in_hand()
        idle = oldest is None or not self.leads()
        still = self.since.look(oldest, time.monotonic(), excused=idle) >= STILL_FOR
        return "the sender has had one message in hand for too long" if still else ""
