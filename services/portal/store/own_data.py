"""What people ask about their own data, as rows; and what the portal itself holds about one party."""
from datetime import datetime
from typing import Any
from uuid import UUID

from services.portal.domain.accounts import Role
from services.portal.domain.own_data import About, DataRequest, Kind, Reason, State
from services.portal.ports.own_data import Document
from services.portal.store.statements import sql, touched
from shared.messaging.own_data import Part
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a

OWN_DATA = {
    "account": Part(sql.own_account),
    "numbers_in_other_systems": Part(sql.own_refs),
    "sign_ins": Part(sql.own_sign_ins),
    "sign_in_codes": Part(sql.own_sign_in_codes),
    "plans": Part(sql.own_plans),
    "reasons_for_musts": Part(sql.own_reasons),
    "supporters": Part(sql.own_supporters),
    "asks_to_support": Part(sql.own_support_requests),
    "who_looked": Part(sql.own_looks),
    "when_you_looked": Part(sql.own_looking),
    "lists": Part(sql.own_lists),
    "introductions": Part(sql.own_introductions),
    "messages": Part(sql.own_messages),
    "shared_jobs": Part(sql.own_shared_jobs),
    "what_you_asked_about_your_data": Part(sql.own_data_asks),
}


class PostgresDataRequests:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, request: DataRequest) -> bool:
        r = request
        return touched(
            await self.connection.execute(
                sql.add_data_request, r.council, r.request_id, r.party_id, r.role, r.kind, r.state, r.revision, r.asked_at,
                r.asked_by, r.due_on, r.words, r.answer, r.decided_by, r.decided_at, r.ready_at, r.kept_until, r.look_at,
            )
        )

    async def save(self, request: DataRequest) -> None:
        r = request
        await self.connection.execute(
            sql.save_data_request, r.council, r.request_id, r.state, r.revision, r.words, r.answer, r.decided_by, r.decided_at,
            r.ready_at, r.kept_until, r.look_at, r.reason, r.about, r.taken_back_by, r.taken_back_at,
        )

    async def find(self, council: str, request_id: UUID) -> DataRequest | None:
        return to_request(await self.connection.fetchrow(sql.find_data_request, council, request_id))

    async def hold(self, council: str, request_id: UUID) -> DataRequest | None:
        return to_request(await self.connection.fetchrow(sql.hold_data_request, council, request_id))

    async def of_party(self, council: str, party_id: UUID) -> list[DataRequest]:
        return [read(row) for row in await self.connection.fetch(sql.data_requests_of, council, party_id)]

    async def open(self, council: str) -> list[DataRequest]:
        return [read(row) for row in await self.connection.fetch(sql.open_data_requests, council)]

    async def ready(self, council: str) -> list[DataRequest]:
        return [read(row) for row in await self.connection.fetch(sql.ready_data_requests, council)]

    async def taken_back_since(self, council: str, since: datetime) -> list[DataRequest]:
        return [read(row) for row in await self.connection.fetch(sql.data_requests_taken_back, council, since)]

    async def next_to_look_at(self, now: datetime) -> DataRequest | None:
        return to_request(await self.connection.fetchrow(sql.next_data_request, now))

    async def keep_part(self, request: DataRequest, service: str, document: Document) -> None:
        await self.connection.execute(sql.keep_data_part, request.council, request.request_id, service, document)

    async def parts(self, request: DataRequest) -> dict[str, Document]:
        rows = await self.connection.fetch(sql.data_parts, request.council, request.request_id)
        return {row["service"]: row["document"] for row in rows}

    async def keep_copy(self, request: DataRequest, body: bytes) -> None:
        await self.connection.execute(sql.keep_data_copy, request.council, request.request_id, body)
        await self.connection.execute(sql.forget_data_parts, request.council, request.request_id)

    async def copy(self, request: DataRequest) -> bytes | None:
        body: bytes | None = await self.connection.fetchval(sql.data_copy, request.council, request.request_id)
        return body

    async def to_be_erased(self, council: str, party_id: UUID) -> DataRequest | None:
        return to_request(await self.connection.fetchrow(sql.open_erasure, council, party_id))

    async def erase_words(self, council: str, party_id: UUID) -> None:
        for statement in (
            sql.erase_account, sql.erase_sessions, sql.end_codes_of_account, sql.erase_refs, sql.erase_delegations,
            sql.erase_look_reasons, sql.erase_lawful_reasons, sql.erase_pool_words, sql.erase_support_requests,
            sql.erase_data_parts, sql.erase_data_copies,
        ):
            await self.connection.execute(statement, council, party_id)

    async def forget_copy(self, request: DataRequest) -> None:
        for statement in (sql.forget_data_copy, sql.forget_data_parts):
            await self.connection.execute(statement, request.council, request.request_id)


def to_request(row: Any) -> DataRequest | None:
    return read(row) if row else None


def read(row: Any) -> DataRequest:
    return as_a(
        DataRequest, row, role=Role(row["role"]), kind=Kind(row["kind"]), state=State(row["state"]),
        reason=Reason(row["reason"]) if row["reason"] else None, about=About(row["about"]) if row["about"] else None,
    )
