"""Events waiting to be told, committed together with the facts they tell."""
from typing import Protocol
from uuid import uuid4

from shared.contracts import Event
from shared.messaging.envelope import headers_for
from shared.messaging.statements import sql
from shared.runtime.clock import utc
from shared.runtime.postgres import Connection


class Outbox(Protocol):
    async def append(self, event: Event) -> None:
        """Tell this when, and only if, the present work is committed.

        Must be called while the row of the event's key is locked: that is what keeps a key's events in order.
        """


class PostgresOutbox:
    def __init__(self, connection: Connection, source: str = "alongside") -> None:
        self.connection = connection
        self.source = source

    async def append(self, event: Event) -> None:
        event_id = uuid4()
        await self.connection.execute(
            sql.append_event,
            event_id,
            event.topic,
            event.key,
            event.council,
            event.revision,
            event.carries == "occurrence",
            headers_for(event, event_id, told_at=utc()),
            event.model_dump_json().encode(),
        )
