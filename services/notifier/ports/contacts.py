"""What is needed of the records of how parties are reached."""
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.notifier.domain.contact import Contact, PartyId


class PartyUnknown(Exception):
    """There is no record of how to reach this party."""


class PartyErased(Exception):
    """They asked to be forgotten, and were. If they want to come back, begin with a new number for them."""


class RecordChanged(Exception):
    """Somebody changed this record meanwhile. Read it again, then make your change."""


class Contacts(Protocol):
    async def of(self, council: str, party_id: PartyId) -> Contact | None: ...

    async def hold(self, council: str, party_id: PartyId) -> Contact | None:
        """Locked until the work ends, so that a stop and a send cannot pass each other."""

    async def save(self, contact: Contact, now: datetime) -> None:
        """Also as one more version of their wishes."""

    async def versions(self, council: str, party_id: PartyId) -> Sequence[tuple[int, datetime, Mapping[str, object]]]:
        """(version, since when, their wishes), newest first."""

    async def forget_old_versions(self, before: datetime, most: int) -> int:
        """Versions in whose place another came before then: how many were forgotten. The newest is never."""

    async def erase(self, council: str, party_id: PartyId) -> None:
        """The record and all its versions, codes that answer for them, where they were to meet, what is known of their plans and
        profile, and the words of what was sent, said or noted about them, to others too.
        That there were messages, when and how they ended stays: ids and times."""

    async def sent_to(self, council: str, party_id: PartyId) -> Sequence[UUID]:
        """Messages to them, and to others about them by name, of which a channel may have a copy."""

    async def page(self, council: str, page: int, size: int) -> tuple[Sequence[Contact], int]:
        """By number, and how many there are in all. Pages count from 1."""

    async def to_ask(self, council: str, on: date, most: int) -> Sequence[Contact]:
        """Those to be asked again by this day."""

    async def not_yet_asked(self, on: date, about: str, most: int) -> Sequence[Contact]:
        """Those whose day to be asked again has come, of every council, and whom no message asks for that day yet."""

    async def by_phone(self, council: str, phone: str) -> Sequence[Contact]:
        """Two parties may share a phone."""

    async def by_email(self, council: str, email: str) -> Sequence[Contact]: ...
