"""Sending a leaflet to somebody in the way they are told everything else."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain.contact import Contact, PartyId
from services.notifier.domain.hours import london_day
from services.notifier.domain.leaflets import LEAFLETS, NoSuchLeaflet, StoppedAll
from services.notifier.domain.message import About
from services.notifier.ports import PartyUnknown, Work
from services.notifier.usecases.asking import ask


async def there_are(council: str, party_id: UUID, work: Work) -> list[str]:
    """Those written for this party. Raises PartyUnknown."""
    kind = (await known(council, party_id, work)).kind
    return [about for about, kinds in LEAFLETS.items() if kind in kinds]


async def send(council: str, party_id: UUID, about: str, now: datetime, work: Work) -> bool:
    """False: it was asked for earlier today, and is sent once. Raises PartyUnknown, NoSuchLeaflet or StoppedAll."""
    contact = await known(council, party_id, work)
    if contact.kind not in LEAFLETS.get(about, frozenset()):
        raise NoSuchLeaflet
    if contact.stopped_at:
        raise StoppedAll
    return await ask(
        council, party_id, contact.kind, about, subject=party_id, occurrence=london_day(now), given={}, belongs=About(), now=now,
        work=work,
    )


async def known(council: str, party_id: UUID, work: Work) -> Contact:
    contact = await work.contacts.of(council, PartyId(party_id))
    if contact is None:
        raise PartyUnknown
    return contact
