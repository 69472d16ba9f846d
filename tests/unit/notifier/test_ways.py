"""Nothing leaves but by a way that was recorded, and never in quiet hours."""
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.braille import HERE as BRAILLE
from services.notifier.domain.contact import BY_A_PERSON, Contact, Format, Method, PartyId, PartyKind, Preference
from services.notifier.domain.hours import LONDON, is_quiet, may_hand_over_from
from services.notifier.domain.message import About, BusinessKey, Message
from services.notifier.domain.planning import Cannot, choose
from services.notifier.renderers import catalogue
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import MADE, Presses
from services.notifier.renderers.voice import Voice
from tests.unit.notifier.told import NOW, PLACES

PRESS = Presses(catalogue.read(), PLACES, "https://portal.example", Letters(), Voice(Path(".")), Braille(BRAILLE))
ABOUTS = [(about, audience) for about, audience, tag in PRESS.catalogue.copies if tag == "en"]

preferences = st.builds(
    Preference, st.sampled_from(Method), st.sampled_from(Format), st.sampled_from(["en", "en-GB", "cy", "so", "pa", "ur", "bfi"]),
    st.none(),
).map(lambda p: Preference(p.method, p.format, p.language, 24 if p.format is Format.LARGE_PRINT else None))
contacts = st.builds(
    Contact, council=st.just("leicester"), party_id=st.builds(uuid4).map(PartyId), kind=st.sampled_from(PartyKind),
    address_as=st.just("Amina"), preferences=st.lists(preferences, max_size=6).map(tuple),
    phone=st.sampled_from([None, "+447700900123"]), email=st.sampled_from([None, "a@example.org"]),
    postal_address=st.sampled_from([(), ("1 Road", "Leicester", "LE5 6AA")]), never=st.frozensets(st.sampled_from(Method)),
)


def message(about: str, audience: PartyKind) -> Message:
    key = BusinessKey(PartyId(uuid4()), about, uuid4(), "once")
    return Message("leicester", uuid4(), key, about, audience, {}, About(), NOW)


@settings(max_examples=500, deadline=None)
@given(contacts, st.sampled_from(ABOUTS), st.dictionaries(st.integers(0, 5), st.sampled_from(Cannot)))
def test_whatever_is_recorded_nothing_leaves_outside_it(
    contact: Contact, asked: tuple[str, PartyKind], spent: dict[int, Cannot]
) -> None:
    told = message(*asked)

    way, passed = choose(contact, lambda preference: PRESS.obstacle(told, preference), spent)

    reached = way.position if way else len(contact.preferences)
    assert [p.position for p in passed] == list(range(reached))  # each earlier way has its reason
    if way is None:
        return
    p = way.preference
    assert contact.preferences[way.position] == p
    assert way.position not in spent
    assert p.method not in contact.never
    assert contact.point(p.method)
    if p.method not in BY_A_PERSON:
        assert (p.method, p.format) in MADE
        assert p.language.split("-")[0] == "en"  # the only language a native speaker has signed off


def test_a_draft_is_passed_over_for_the_next_recorded_language() -> None:
    contact = Contact(
        "leicester", PartyId(UUID(int=1)), PartyKind.PERSON, "Amina",
        (Preference(Method.EMAIL, Format.PLAIN, "cy"), Preference(Method.EMAIL, Format.PLAIN, "en")), email="a@example.org",
    )
    told = message("people_to_look_at", PartyKind.PERSON)

    way, passed = choose(contact, lambda preference: PRESS.obstacle(told, preference), {})

    assert way is not None and way.preference.language == "en"
    assert [p.why for p in passed] == [Cannot.NO_COPY]


@pytest.mark.parametrize(
    ("clock", "quiet"), [("07:59", True), ("08:00", False), ("19:59", False), ("20:00", True), ("00:00", True), ("12:00", False)]
)
def test_evenings_and_nights_are_quiet(clock: str, quiet: bool) -> None:
    assert is_quiet(time.fromisoformat(clock), time(20), time(8)) is quiet


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.times(), st.times(), st.sampled_from(Method)
)
def test_the_window_opens_within_a_day_and_never_in_quiet_hours(
    at: datetime, quiet_from: time, quiet_to: time, method: Method
) -> None:
    now = at.replace(tzinfo=UTC)
    contact = Contact(
        "leicester", PartyId(UUID(int=1)), PartyKind.PA, "Harpreet", (), phone="+447700900123", quiet_from=quiet_from,
        quiet_to=quiet_to, confirmed_on=date(2026, 1, 1),
    )

    first = may_hand_over_from(contact, method, now)

    assert now <= first <= now + timedelta(hours=25)
    if method in (Method.TEXT, Method.PHONE) and first > now:
        assert is_quiet(now.astimezone(LONDON).time(), quiet_from, quiet_to)
    if method in (Method.EMAIL, Method.LETTER, Method.VISIT):
        assert first == now


def test_a_text_at_ten_at_night_waits_for_eight_by_londons_clock_in_summer_and_winter() -> None:
    contact = Contact("leicester", PartyId(UUID(int=1)), PartyKind.PA, "Harpreet", (), phone="+447700900123")

    winter = may_hand_over_from(contact, Method.TEXT, datetime(2026, 11, 24, 22, 0, tzinfo=UTC))
    summer = may_hand_over_from(contact, Method.TEXT, datetime(2026, 7, 1, 21, 0, tzinfo=UTC))
    springing = may_hand_over_from(contact, Method.TEXT, datetime(2026, 3, 28, 22, 0, tzinfo=UTC))

    assert winter == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert summer == datetime(2026, 7, 2, 7, 0, tzinfo=UTC)
    assert springing == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)
