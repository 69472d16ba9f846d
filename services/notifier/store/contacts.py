"""How the notifier remembers how every party is reached."""
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from uuid import UUID

from asyncpg import Record

from services.notifier.domain.contact import (
    Contact,
    Format,
    HowOften,
    Method,
    PartyId,
    PartyKind,
    Preference,
    SafeTime,
    SupporterCopy,
    Topic,
)
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
        wishes = wishes_of(c)
        await self.connection.execute(
            sql.save_contact, c.council, c.party_id, c.version, c.kind, c.address_as, c.shown_as,
            [asdict(preference) for preference in c.preferences], c.phone, c.email, list(c.postal_address), c.quiet_from,
            c.quiet_to, sorted(c.never), c.discreet, c.stopped_at, c.confirmed_on, now, sorted(c.closed), c.hear_of_gaps,
            wishes["safe_times"], c.shared_post, list(c.needs), wishes["copies"], c.ask_again_on,
            dict(c.unchecked), c.check_asked_at, c.list_news,
        )
        await self.connection.execute(sql.keep_contact_version, c.council, c.party_id, c.version, wishes, now)

    async def versions(self, council: str, party_id: PartyId) -> Sequence[tuple[int, datetime, Mapping[str, object]]]:
        rows = await self.connection.fetch(sql.contact_versions, council, party_id)
        return [(row["version"], row["changed_at"], row["wishes"]) for row in rows]

    async def forget_old_versions(self, before: datetime, most: int) -> int:
        return int((await self.connection.execute(sql.forget_old_versions, before, most)).split()[-1])

    async def erase(self, council: str, party_id: PartyId) -> None:
        for statement in (
            sql.erase_versions, sql.erase_codes, sql.erase_artefacts, sql.erase_tasks, sql.erase_notes, sql.erase_places,
            sql.erase_sign_in_codes, sql.erase_facts, sql.erase_unclear_answers, sql.erase_told_lists, sql.erase_plan_copies,
            sql.erase_pa_copy, sql.erase_contact,
        ):
            await self.connection.execute(statement, council, party_id)

    async def sent_to(self, council: str, party_id: PartyId) -> Sequence[UUID]:
        return [row["message_id"] for row in await self.connection.fetch(sql.sent_to, council, party_id)]

    async def page(self, council: str, page: int, size: int) -> tuple[Sequence[Contact], int]:
        rows = await self.connection.fetch(sql.page_contacts, council, (page - 1) * size, size)
        return [to_contact(row) for row in rows], int(await self.connection.fetchval(sql.count_contacts, council))

    async def to_ask(self, council: str, on: date, most: int) -> Sequence[Contact]:
        return [to_contact(row) for row in await self.connection.fetch(sql.contacts_to_ask, council, on, most)]

    async def not_yet_asked(self, on: date, about: str, most: int) -> Sequence[Contact]:
        return [to_contact(row) for row in await self.connection.fetch(sql.contacts_not_yet_asked, on, about, most)]

    async def by_phone(self, council: str, phone: str) -> Sequence[Contact]:
        return [to_contact(row) for row in await self.connection.fetch(sql.contacts_by_phone, council, phone)]

    async def by_email(self, council: str, email: str) -> Sequence[Contact]:
        return [to_contact(row) for row in await self.connection.fetch(sql.contacts_by_email, council, email)]


def wishes_of(c: Contact) -> dict[str, object]:
    """All of a record but the points, in JSON's own types."""
    return {
        "preferences": [asdict(preference) for preference in c.preferences],
        "quiet_from": c.quiet_from.isoformat(), "quiet_to": c.quiet_to.isoformat(), "never": sorted(c.never),
        "closed": sorted(c.closed), "unchecked": sorted(c.unchecked),
        "discreet": c.discreet, "shared_post": c.shared_post, "needs": list(c.needs),
        "safe_times": [
            {"days": sorted(one.days), "from": one.begins.isoformat(), "to": one.ends.isoformat()} for one in c.safe_times
        ],
        "copies": [{"supporter_id": str(one.supporter_id), "topics": sorted(one.topics)} for one in c.copies],
        "hear_of_gaps": c.hear_of_gaps, "list_news": c.list_news, "stopped": c.stopped_at is not None,
        "confirmed_on": c.confirmed_on and c.confirmed_on.isoformat(),
        "ask_again_on": c.ask_again_on and c.ask_again_on.isoformat(),
    }


def to_contact(row: Record) -> Contact:
    return Contact(
        council=row["council"], party_id=PartyId(row["party_id"]), kind=PartyKind(row["kind"]), address_as=row["address_as"],
        preferences=tuple(
            Preference(Method(p["method"]), Format(p["format"]), p["language"], p["point_size"]) for p in row["preferences"]
        ),
        phone=row["phone"], email=row["email"], postal_address=tuple(row["postal_address"]), quiet_from=row["quiet_from"],
        quiet_to=row["quiet_to"], never=frozenset(Method(method) for method in row["never"]), discreet=row["discreet"],
        closed=frozenset(Method(method) for method in row["closed"]),
        unchecked={Method(method): version for method, version in row["unchecked"].items()}, check_asked_at=row["check_asked_at"],
        list_news=HowOften(row["list_news"]),
        stopped_at=row["stopped_at"], confirmed_on=row["confirmed_on"], shown_as=row["shown_as"],
        hear_of_gaps=row["hear_of_gaps"], version=row["version"], shared_post=row["shared_post"], needs=tuple(row["needs"]),
        safe_times=tuple(
            SafeTime(frozenset(one["days"]), time.fromisoformat(one["from"]), time.fromisoformat(one["to"]))
            for one in row["safe_times"]
        ),
        copies=tuple(
            SupporterCopy(UUID(one["supporter_id"]), frozenset(Topic(topic) for topic in one["topics"])) for one in row["copies"]
        ),
        ask_again_on=row["ask_again_on"],
    )
