"""Notices that an event's predecessor has not come for a minute, and asks its owner to tell it again."""
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from shared.messaging import republish
from shared.messaging.statements import sql

if TYPE_CHECKING:
    from shared.messaging.hearing import Hearing

OPEN_FOR = timedelta(seconds=60)  # until then it may only be late
LISTENED_WITHIN = 10.0  # seconds since we last looked at the broker: else it is we who are away
STUCK_AFTER = timedelta(seconds=10)  # what we told and nobody took: then the broker is away, and asking it is no use


async def ask_about_missing(hearing: "Hearing", reason: str) -> int:
    """How many keys were asked about, of those set aside for this reason. Each once in ten minutes, until it came."""
    if time.monotonic() - hearing.beat > LISTENED_WITHIN:
        return 0
    async with hearing.database.transaction() as connection:
        gaps = await connection.fetch(sql.open_gaps, reason, OPEN_FOR, republish.NOT_AGAIN_WITHIN, STUCK_AFTER)
        for gap in gaps:
            await republish.ask(
                connection, council=gap["council"], topic=gap["topic"], key=gap["key"], timeline=gap["timeline"],
                from_version=gap["from_version"],
            )
    return len(gaps)
