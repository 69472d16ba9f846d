"""Forgets delivered events and the inbox's memory once they are old enough to be of no use."""
import asyncio
from datetime import timedelta

from shared.messaging.statements import sql
from shared.runtime.postgres import Database

EVERY = 3600.0  # seconds
OUTBOX_KEPT = timedelta(days=30)  # at least the longest broker outage we promise to survive
INBOX_KEPT = timedelta(days=45)  # longer than the outbox: nothing older can come back


async def sweep(database: Database) -> None:
    while True:
        await asyncio.sleep(EVERY)
        async with database.transaction() as connection:
            await connection.execute(sql.sweep_outbox, OUTBOX_KEPT)
            await connection.execute(sql.sweep_inbox, INBOX_KEPT)
