"""Accounts, sign-ins, supporters and looks, as rows."""
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.portal.domain.accounts import Account, Role, Session
from services.portal.domain.copies import Look, Looked, NamedLook
from services.portal.domain.supporting import Delegation, Scope
from services.portal.store.statements import sql, touched
from shared.runtime.postgres import Connection
from shared.runtime.rows import as_a


class PostgresAccounts:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def put(self, account: Account) -> bool:
        return touched(
            await self.connection.execute(
                sql.put_account, account.council, account.account_id, account.role, account.chosen_name, account.organisation
            )
        )

    async def find(self, council: str, account_id: UUID) -> Account | None:
        row = await self.connection.fetchrow(sql.find_account, council, account_id)
        return to_account(row) if row else None

    async def named(self, council: str, account_ids: Sequence[UUID]) -> dict[UUID, Account]:
        rows = await self.connection.fetch(sql.named_accounts, council, list(account_ids))
        return {row["account_id"]: to_account(row) for row in rows}

    async def page(self, council: str, role: Role | None, *, after: int = 0, most: int = 100, called: str = "") -> list[Account]:
        rows = await self.connection.fetch(sql.page_accounts, council, role, after, most, called)
        return [to_account(row) for row in rows]

    async def councils(self) -> list[str]:
        return [row["council"] for row in await self.connection.fetch(sql.councils)]

    async def put_team(self, council: str, account_id: UUID, team: str) -> None:
        await self.connection.execute(sql.put_team, council, account_id, team)

    async def team_of(self, council: str, account_id: UUID) -> str | None:
        found: str | None = await self.connection.fetchval(sql.team_of, council, account_id)
        return found

    async def person_for(self, council: str, source: str, ref: str, fresh: UUID) -> UUID:
        # waits for another's insert of the same ref, so the two of us always read the same number after it
        await self.connection.execute(sql.first_ref, council, source, ref, fresh)
        found: UUID = await self.connection.fetchval(sql.find_ref, council, source, ref)
        return found

    async def refs_of(self, council: str, person_id: UUID) -> list[tuple[str, str]]:
        return [(row["source"], row["ref"]) for row in await self.connection.fetch(sql.refs_of, council, person_id)]


class PostgresSessions:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, session: Session) -> None:
        await self.connection.execute(
            sql.add_session,
            session.council,
            session.token_hash,
            session.form_token,
            session.account_id,
            session.role,
            session.created_at,
            session.last_used_at,
            session.expires_at,
        )

    async def find(self, council: str, token_hash: bytes) -> Session | None:
        row = await self.connection.fetchrow(sql.find_session, council, token_hash)
        return as_a(Session, row, role=Role(row["role"])) if row else None

    async def used(self, council: str, token_hash: bytes, now: datetime) -> None:
        await self.connection.execute(sql.used_session, council, token_hash, now)

    async def end(self, council: str, token_hash: bytes) -> None:
        await self.connection.execute(sql.end_session, council, token_hash)

    async def sweep(self, now: datetime) -> int:
        return int((await self.connection.execute(sql.sweep_sessions, now)).split()[-1])


class PostgresSupporters:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, delegation: Delegation) -> None:
        await self.connection.execute(
            sql.add_delegation,
            delegation.council,
            delegation.delegation_id,
            delegation.person_id,
            delegation.supporter_id,
            delegation.worker,
            delegation.organisation,
            sorted(delegation.scopes),
            delegation.start,
            delegation.until,
            delegation.evidence,
            delegation.revision,
            delegation.revoked_at,
        )

    async def hold(self, council: str, delegation_id: UUID) -> Delegation | None:
        row = await self.connection.fetchrow(sql.hold_delegation, council, delegation_id)
        return to_delegation(row) if row else None

    async def save(self, delegation: Delegation) -> None:
        await self.connection.execute(
            sql.save_delegation, delegation.council, delegation.delegation_id, delegation.revision, delegation.revoked_at
        )

    async def standing(self, council: str, supporter_id: UUID, person_id: UUID) -> list[Delegation]:
        rows = await self.connection.fetch(sql.standing_delegations, council, supporter_id, person_id)
        return [to_delegation(row) for row in rows]

    async def of_person(self, council: str, person_id: UUID) -> list[Delegation]:
        return [to_delegation(row) for row in await self.connection.fetch(sql.delegations_of_person, council, person_id)]

    async def of_supporter(self, council: str, supporter_id: UUID) -> list[Delegation]:
        return [to_delegation(row) for row in await self.connection.fetch(sql.delegations_of_supporter, council, supporter_id)]


class PostgresLooks:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def add(self, look: Look) -> None:
        await self.connection.execute(
            sql.add_look, look.council, look.person_id, look.by, look.by_role, look.what, look.at, look.plan_id, look.reason
        )

    async def of_person(self, council: str, person_id: UUID, *, most: int = 200) -> list[NamedLook]:
        return [to_look(row) for row in await self.connection.fetch(sql.looks_at_person, council, person_id, most)]


def to_account(row: Any) -> Account:
    return as_a(Account, row, role=Role(row["role"]))


def to_delegation(row: Any) -> Delegation:
    return as_a(Delegation, row, scopes=frozenset(map(Scope, row["scopes"])))


def to_look(row: Any) -> NamedLook:
    look = Look(
        row["council"], row["person_id"], row["by"], row["by_role"], Looked(row["what"]), row["at"],
        plan_id=row["plan_id"], reason=row["reason"],
    )
    return NamedLook(look, row["chosen_name"], row["organisation"])
