"""How the notifier remembers how every party is reached."""
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from asyncpg import Record

from services.notifier.domain.contact import Contact, Format, Method, PartyId, PartyKind, Preference
from services.notifier.store.statements import sql
from shared.runtime.postgres import Connection


class PostgresContacts:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def of(self, council: str, party_id: PartyId) -> Contact | None:
        row = await self.connection.fetchrow(sql.contact_of, council, party_id)
        return to_contact(row) if row else None

    async def hold(self, council: str, party_id: PartyId) -> Contact | None:
        row = await self.connection.fetchrow(sql.hold_contact, council, party_id)
        return to_contact(row) if row else None

    async def save(self, contact: Contact, now: datetime) -> None:
        c = contact
        await self.connection.execute(
            sql.save_contact, c.council, c.party_id, c.version, c.kind, c.address_as, c.shown_as,
            [asdict(preference) for preference in c.preferences], c.phone, c.email, list(c.postal_address), c.quiet_from,
            c.quiet_to, sorted(c.never), c.discreet, c.stopped_at, c.confirmed_on, now, sorted(c.closed), c.hear_of_gaps,
        )

    async def by_phone(self, council: str, phone: str) -> Sequence[Contact]:
        return [to_contact(row) for row in await self.connection.fetch(sql.contacts_by_phone, council, phone)]

    async def by_email(self, council: str, email: str) -> Sequence[Contact]:
        return [to_contact(row) for row in await self.connection.fetch(sql.contacts_by_email, council, email)]


def to_contact(row: Record) -> Contact:
    return Contact(
        council=row["council"], party_id=PartyId(row["party_id"]), kind=PartyKind(row["kind"]), address_as=row["address_as"],
        preferences=tuple(
            Preference(Method(p["method"]), Format(p["format"]), p["language"], p["point_size"]) for p in row["preferences"]
        ),
        phone=row["phone"], email=row["email"], postal_address=tuple(row["postal_address"]), quiet_from=row["quiet_from"],
        quiet_to=row["quiet_to"], never=frozenset(Method(method) for method in row["never"]), discreet=row["discreet"],
        closed=frozenset(Method(method) for method in row["closed"]),
        stopped_at=row["stopped_at"], confirmed_on=row["confirmed_on"], shown_as=row["shown_as"],
        hear_of_gaps=row["hear_of_gaps"], version=row["version"],
    )
