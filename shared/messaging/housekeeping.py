"""Forgets delivered events, the inbox's memory and what was left out once they are old enough to be of no use."""
import asyncio
from datetime import timedelta

from shared.messaging.statements import sql
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Database

EVERY = 3600.0  # seconds
OUTBOX_KEPT = timedelta(days=30)  # at least the longest broker outage we promise to survive
INBOX_KEPT = timedelta(days=45)  # longer than the outbox: nothing older can come back
UPKEEP = (sql.sweep_upkeep, sql.sweep_upkeep_heard, sql.sweep_askings, sql.sweep_listings)
UPKEEP_KEPT = timedelta(days=2)  # longer than its topics keep it; doing it once more would do no harm
SKIPPED_KEPT = timedelta(days=90)  # what two people left out can be looked at, and sent again, so long
AT_ONCE = 10_000  # rows in one statement, so that none runs into its time limit and all is undone


async def sweep(database: Database) -> None:
    while True:
        await asyncio.sleep(EVERY)
        await forget_old(database)


async def forget_old(database: Database, at_once: int = AT_ONCE) -> None:
    for statement, *kept in (
        (sql.sweep_outbox, OUTBOX_KEPT), (sql.sweep_inbox, INBOX_KEPT), (sql.sweep_attempts, INBOX_KEPT),
        (sql.sweep_skipped, SKIPPED_KEPT),
        *((statement, UPKEEP_KEPT) for statement in UPKEEP), (sql.sweep_upkeep_keys,),
    ):
        swept = at_once
        while swept == at_once:
            async with database.transaction() as connection:
                done = await connection.execute(statement, *kept, at_once, timeout=LONG_ANSWER_WITHIN)
                swept = int(done.split()[-1])
