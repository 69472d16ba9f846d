"""Reading what a broker gives us, whatever it is."""
from datetime import UTC, datetime
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.portal import SupporterChanged
from shared.messaging.envelope import Arrival, Letter, Unreadable, headers_for, identity, read
from shared.messaging.partitions import PARTITIONS, partition_of

HEARD = {SupporterChanged.topic: SupporterChanged}
EVENT = SupporterChanged.model_validate(
    {
        "council": "leicester", "revision": 3, "delegation_id": uuid4(), "person_id": uuid4(), "supporter_id": uuid4(),
        "state": "active", "scopes": ["see_shortlist"], "until": "2027-01-01",
    }
)


def arrival(body: bytes | None, headers: tuple[tuple[str, bytes | None], ...]) -> Arrival:
    return Arrival(SupporterChanged.topic, 1, 7, headers, body)


def sealed(event_id: UUID, **changes: str) -> tuple[tuple[str, bytes | None], ...]:
    headers = headers_for(EVENT, event_id, told_at=datetime(2026, 11, 22, tzinfo=UTC)) | changes
    return tuple((name, value.encode()) for name, value in headers.items())


def test_what_was_told_is_read_back_whole() -> None:
    event_id = uuid4()

    letter = read(arrival(EVENT.model_dump_json().encode(), sealed(event_id, ce_timeline="2")), HEARD)

    assert isinstance(letter, Letter)
    assert (letter.event, letter.event_id, letter.timeline) == (EVENT, event_id, 2)


def test_an_event_in_structured_mode_is_the_same_event() -> None:
    body = b'{"specversion":"1.0","id":"%s","type":"%s","source":"/there","data":%s}'
    body %= (str(uuid4()).encode(), SupporterChanged.type_name().encode(), EVENT.model_dump_json().encode())

    letter = read(arrival(body, (("content-type", b"application/cloudevents+json; charset=utf-8"),)), HEARD)

    assert isinstance(letter, Letter)
    assert letter.event == EVENT


def test_an_envelope_for_another_council_than_the_letter_is_set_aside() -> None:
    letter = read(arrival(EVENT.model_dump_json().encode(), sealed(uuid4(), ce_tenant="elsewhere")), HEARD)

    assert isinstance(letter, Unreadable)
    assert (letter.reason, letter.fields) == ("a header and the body disagree", ("ce_tenant",))


def test_the_reason_names_the_field_and_never_what_was_in_it() -> None:
    body = EVENT.model_dump_json().replace("active", "Mrs Canary, 1 High Street").encode()

    letter = read(arrival(body, sealed(uuid4())), HEARD)

    assert isinstance(letter, Unreadable)
    assert letter.fields == ("state",)
    assert "Canary" not in letter.reason


headers = st.lists(st.tuples(st.text(max_size=12), st.none() | st.binary(max_size=40)), max_size=5).map(tuple)
mangled = st.builds(
    lambda body, at, byte: body[:at] + bytes([byte]) + body[at + 1 :],
    st.just(EVENT.model_dump_json().encode()), st.integers(0, 300), st.integers(0, 255),
)


@given(st.none() | st.binary(max_size=300) | mangled, headers, st.booleans())
def test_reading_never_raises(body: bytes | None, some: tuple[tuple[str, bytes | None], ...], is_ours: bool) -> None:
    given_headers = (*sealed(uuid4()), *some) if is_ours else some

    assert isinstance(read(arrival(body, given_headers), HEARD), Letter | Unreadable)


@given(st.text(max_size=50), st.text(max_size=20))
def test_an_outside_id_always_becomes_the_same_id(ce_id: str, source: str) -> None:
    assert identity(ce_id, source) == identity(ce_id, source)


def test_ids_of_two_sources_are_two_ids() -> None:
    assert identity("1", "/casework") != identity("1", "/payroll")


def test_the_partition_of_a_council_is_frozen() -> None:
    assert PARTITIONS == 12
    assert {council: partition_of(council) for council in ("leicester", "powys", "tower-hamlets")} == {
        "leicester": 6, "powys": 7, "tower-hamlets": 4,
    }
