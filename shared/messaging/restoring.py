"""After a service's database was restored to an earlier moment: it counts anew, and tells everything it knows once more."""
import sys
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from shared.messaging.relay import KEPT_FOR, ONE_RELAY
from shared.messaging.statements import sql
from shared.runtime.clock import utc
from shared.runtime.postgres import Database

LONGEST = 3600.0  # seconds: it may be all that a large database has to tell, and it is all or nothing
FIRST = 1  # the timeline of a database that was never restored


class StillRunning(Exception):
    """The service runs: its relay would tell things in the middle of this."""


@dataclass(frozen=True, slots=True)
class Restored:
    timeline: int
    states: int
    occurrences: int


async def restored(url: str, now: datetime) -> Restored:
    """All or nothing. Whoever reads us then takes our states whatever version they hold, and hears recent occurrences again.

    The new timeline is the minute it is: also a backup restored twice never counts on a timeline that readers have seen.
    """
    connection = await asyncpg.connect(url, timeout=10, command_timeout=LONGEST)
    try:
        if not await connection.fetchval(sql.lead, ONE_RELAY):
            raise StillRunning
        async with connection.transaction():
            timeline: int = await connection.fetchval(sql.begin_timeline, int(now.timestamp()) // 60)
            states = await connection.execute(sql.tell_states_on_timeline, timeline)
            occurrences = await connection.execute(sql.tell_occurrences_again, KEPT_FOR)
    finally:
        connection.terminate()
    return Restored(timeline, int(states.split()[-1]), int(occurrences.split()[-1]))


async def begun_at(database: Database, epoch: str) -> str:
    """The name of our place in the broker's log: after a restore a new one, so that we hear again what we have forgotten."""
    async with database.transaction() as connection:
        timeline: int = await connection.fetchval(sql.timeline_now)
    return epoch if timeline == FIRST else f"{epoch}.{timeline}"


async def run(name: str, url: str) -> None:
    """`python -m services.X restored`."""
    try:
        done = await restored(url, utc())
    except StillRunning:
        print(f"The {name} is running. Stop it, then say this again.", file=sys.stderr)
        raise SystemExit(1) from None
    print(
        f"The {name} begins timeline {done.timeline}. When it starts it tells {done.states} states anew and "
        f"{done.occurrences} recent occurrences again, and hears again what others told."
    )
