"""The next release, as far as this one can tell: its events say more than this one knows, and its tables have more columns.

An upgrade makes the tables wider first, while this release works, and may be taken back: so this release must live with both.
"""
import asyncio
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg

from shared.contracts import Event
from shared.messaging.envelope import headers_for
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.statements import sql
from tests.faults.world import open_to

TABLES = """
SELECT c.oid::regclass::text FROM pg_class c
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'fault%' AND relname <> 'migration' ORDER BY 1
"""
WIDER = "ALTER TABLE {} ADD COLUMN IF NOT EXISTS of_the_next_release text NOT NULL DEFAULT 'more'"
MORE = {"of_the_next_release": {"more": ["than", "you", "know"]}}
TRIES = 20


def newer() -> None:
    """A switch, like those of `broken`: what this build tells has more in it, at every depth, and more headers."""

    async def append(self: PostgresOutbox, event: Event) -> None:
        event_id = uuid4()
        headers = headers_for(event, event_id, told_at=datetime.now(UTC)) | {"ce_ofthenextrelease": "more"}
        body = json.dumps(with_more(json.loads(event.model_dump_json()))).encode()
        await self.connection.execute(
            sql.append_event, event_id, event.topic, event.key, event.council, event.revision, event.carries == "occurrence",
            headers, body,
        )

    PostgresOutbox.append = append  # type: ignore[method-assign]


def with_more(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: with_more(one) for name, one in value.items()} | MORE
    return [with_more(one) for one in value] if isinstance(value, list) else value


async def widen(superuser: str) -> int:
    """Every table of a service gets a column, as a migration would do it: in short tries, so that nobody waits long."""
    async with open_to(superuser) as connection:
        await connection.execute("SET lock_timeout = '500ms'")
        tables = [row[0] for row in await connection.fetch(TABLES)]
        for table in tables:
            await widened(connection, table)
    return len(tables)


async def widened(connection: Any, table: str) -> None:
    for _ in range(TRIES):
        try:
            await connection.execute(WIDER.format(table))
            return
        except asyncpg.LockNotAvailableError:
            await asyncio.sleep(0.2)
    raise TimeoutError(f"{table} was never free")
