"""Sign-in codes and how often they were asked for, as rows."""
from datetime import datetime
from uuid import UUID

from services.portal.domain.sign_in_code import Asks, SignInCode
from services.portal.store.statements import sql
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a


class PostgresSignInCodes:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def alone(self, council: str) -> None:
        await self.connection.execute(sql.hold_asks, council)

    async def count(self, council: str, contact_hash: bytes, from_hash: bytes, lately: datetime, a_day_ago: datetime) -> Asks:
        row = await self.connection.fetchrow(sql.count_asks, council, contact_hash, from_hash, lately, a_day_ago)
        assert row is not None
        return as_a(Asks, row)

    async def note(self, council: str, contact_hash: bytes, from_hash: bytes, now: datetime) -> None:
        await self.connection.execute(sql.note_ask, council, contact_hash, from_hash, now)

    async def add(self, code: SignInCode) -> None:
        await self.connection.execute(
            sql.add_code, code.council, code.browser_hash, code.code_hash, code.account_id, code.expires_at, code.tries_left
        )

    async def hold(self, council: str, browser_hash: bytes) -> SignInCode | None:
        row = await self.connection.fetchrow(sql.hold_code, council, browser_hash)
        return as_a(SignInCode, row) if row else None

    async def save(self, code: SignInCode) -> None:
        await self.connection.execute(sql.save_code, code.council, code.browser_hash, code.tries_left)

    async def end(self, council: str, browser_hash: bytes) -> None:
        await self.connection.execute(sql.end_code, council, browser_hash)

    async def end_of_account(self, council: str, account_id: UUID) -> None:
        await self.connection.execute(sql.end_codes_of_account, council, account_id)

    async def sweep(self, now: datetime, asks_before: datetime) -> None:
        await self.connection.execute(sql.sweep_codes, now)
        await self.connection.execute(sql.sweep_asks, asks_before)
