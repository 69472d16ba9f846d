"""What supporters asked, as rows."""
from datetime import datetime
from typing import Any
from uuid import UUID

from services.portal.domain.support_request import Relation, State, SupportRequest
from services.portal.domain.supporting import Scope
from services.portal.store.statements import sql
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a


class PostgresSupportRequests:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def alone(self, council: str, supporter_id: UUID) -> None:
        await self.connection.execute(sql.hold_supporter_who_asks, council, supporter_id)

    async def save(self, request: SupportRequest) -> None:
        r = request
        await self.connection.execute(
            sql.save_support_request, r.council, r.request_id, r.supporter_id, r.person_id, r.named_hash, r.named_as,
            r.relation, sorted(r.scopes), r.until, r.asked_at, r.answer_by, r.state, r.revision, r.said_no,
        )

    async def hold(self, council: str, request_id: UUID) -> SupportRequest | None:
        row = await self.connection.fetchrow(sql.hold_support_request, council, request_id)
        return to_request(row) if row else None

    async def of_supporter(self, council: str, supporter_id: UUID) -> list[SupportRequest]:
        return [to_request(row) for row in await self.connection.fetch(sql.support_requests_of, council, supporter_id)]

    async def between(self, council: str, supporter_id: UUID, person_id: UUID) -> list[SupportRequest]:
        rows = await self.connection.fetch(sql.support_requests_between, council, supporter_id, person_id)
        return [to_request(row) for row in rows]

    async def open_to(self, council: str, person_id: UUID) -> list[SupportRequest]:
        return [to_request(row) for row in await self.connection.fetch(sql.support_requests_open_to, council, person_id)]

    async def next_over(self, now: datetime) -> SupportRequest | None:
        row = await self.connection.fetchrow(sql.next_support_request_over, now)
        return to_request(row) if row else None

    async def forget(self, before: datetime) -> int:
        return int((await self.connection.execute(sql.forget_support_requests, before)).split()[-1])

    async def person_of_ref(self, council: str, ref: str) -> UUID | None:
        found = await self.connection.fetch(sql.people_of_ref, council, ref)
        return found[0]["person_id"] if len(found) == 1 else None


def to_request(row: Any) -> SupportRequest:
    return as_a(
        SupportRequest, row, scopes=frozenset(map(Scope, row["scopes"])), relation=Relation(row["relation"]),
        state=State(row["state"]),
    )
