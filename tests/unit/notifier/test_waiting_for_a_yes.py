"""How long a message waits for a new number to be said right: only without another way, and while it is still of use."""
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.notifier.domain.checking import waits_until
from services.notifier.domain.contact import Contact, Format, Method, PartyId, PartyKind, Preference
from services.notifier.domain.message import About, BusinessKey, Message

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHO = PartyId(UUID(int=1))
TEXT, EMAIL, PHONE = (Preference(method, Format.PLAIN, "en") for method in (Method.TEXT, Method.EMAIL, Method.PHONE))


def somebody(*ways: Preference, asked_at: datetime | None = NOW, **changes: object) -> Contact:
    said = {"phone": "+447700900123", "email": "a@example.org", "unchecked": {Method.TEXT: 2}, "check_asked_at": asked_at}
    return Contact("leicester", WHO, PartyKind.PERSON, "Amina", ways, **{**said, **changes})  # type: ignore[arg-type]


def message(lasts: timedelta | None = None) -> Message:
    key = BusinessKey(WHO, "list_changed", WHO, "once")
    return Message("leicester", UUID(int=2), key, "list_changed", PartyKind.PERSON, {}, About(), NOW, lasts and NOW + lasts)


@pytest.mark.parametrize(("contact", "lasts", "hours"), [
    (somebody(TEXT), None, 24), (somebody(TEXT), timedelta(days=2), 12), (somebody(TEXT), timedelta(days=30), 24),
    (somebody(TEXT, EMAIL), None, None), (somebody(TEXT, PHONE), None, None),
    (somebody(TEXT, EMAIL, never=frozenset({Method.EMAIL})), None, 24), (somebody(TEXT, EMAIL, email=None), None, 24),
    (somebody(TEXT, unchecked={}), None, None), (somebody(TEXT, asked_at=NOW - timedelta(hours=24)), None, None),
])
def test_it_waits_only_where_it_must(contact: Contact, lasts: timedelta | None, hours: int | None) -> None:
    assert waits_until(contact, message(lasts), NOW) == (hours and NOW + timedelta(hours=hours))
