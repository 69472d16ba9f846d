"""All that somebody records of how they are reached: kept in versions, obeyed, and refused by field where it cannot be."""
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.lists import Supporting
from services.notifier.domain.message import About
from services.notifier.usecases import asking, hearing

EMAIL = {"method": "email", "format": "plain", "language": "en"}
LETTER = {"method": "letter", "format": "large_print", "language": "en", "point_size": 24}
ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]
INTERPRETER, LIP_READS = "204331000000107", "441092009"
MORNINGS = {"days": ["tuesday", "thursday"], "begins": "10:00", "ends": "12:00"}


async def put(notifier: Any, party: UUID, **said: Any) -> Any:
    body = {
        "kind": "person", "address_as": "Amina", "email": "a@example.org", "preferences": [EMAIL], "confirmed_on": "2026-11-01",
        **said,
    }
    return await notifier.http.put(f"/councils/{notifier.council}/parties/{party}/contact", json=body)


async def read(notifier: Any, party: UUID) -> dict[str, Any]:
    return dict((await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact")).json())


async def tell(notifier: Any, party: UUID, about: str = "they_said_no") -> UUID:
    subject = uuid4()
    given = {"asked_on": "2026-11-19", "hours": 42}
    async with notifier.store.begin() as work:
        await asking.ask(
            notifier.council, party, PartyKind.PERSON, about, subject=subject, occurrence="once", given=given, belongs=About(),
            now=notifier.clock.now, work=work,
        )
    return subject


async def let_in(notifier: Any, person: UUID, supporter: UUID, *, active: bool = True, revision: int = 1) -> UUID:
    delegation = UUID(int=person.int ^ supporter.int)
    async with notifier.store.begin() as work:
        await hearing.hear_supporter(
            Supporting(notifier.council, delegation, person, supporter, active, ("see_shortlist",), date(2027, 5, 31), revision),
            notifier.clock.now, work,
        )
    return delegation


async def news_for(notifier: Any, supporter: UUID) -> list[str]:
    return [m["state"] for m in await notifier.messages(supporter) if m["about"] == "news_for_a_supporter"]


@pytest.mark.parametrize("kind", ["person", "pa", "supporter"])
async def test_everything_recorded_is_read_back_with_the_standards_labels(notifier: Any, kind: str) -> None:
    party, supporter = uuid4(), str(uuid4())
    copies = [{"supporter_id": supporter, "topics": ["lists", "meetings"]}] if kind == "person" else []
    answer = await put(
        notifier, party, kind=kind, preferences=[EMAIL, LETTER], postal_address=ADDRESS, safe_times=[MORNINGS], shared_post=True,
        needs=["British Sign Language interpreter needed", LIP_READS], copies=copies, confirmed_on="2026-11-01",
    )

    said = answer.json()
    assert answer.status_code == 200, answer.text
    assert said == await read(notifier, party)
    assert (said["needs"], said["shared_post"], said["copies"]) == ([INTERPRETER, LIP_READS], True, copies)
    assert said["safe_times"] == [{"days": ["tuesday", "thursday"], "begins": "10:00:00", "ends": "12:00:00"}]
    assert said["ask_again_on"] == "2027-11-01"
    assert [one["label"] for one in said["standard"]] == [
        "Requires contact by email", "Requires contact by letter", "Requires information by email",
        "Requires written information in at least 24 point sans serif font", "British Sign Language interpreter needed",
        "Does lip read",
    ]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"needs": ["204331000000108"]}, "needs.0", "check digit"),
        ({"needs": ["73618009", LIP_READS]}, "needs.0", "check digit"),
        ({"needs": [LIP_READS, "BSL"]}, "needs.1", "word for word"),
        ({"needs": ["936721000000107"]}, "needs.0", "record it as a preference"),
        ({"needs": ["404684003"]}, "needs.0", "not in the Accessible Information Standard"),
        ({"safe_times": [{"days": ["tuesday"], "begins": "12:00", "ends": "10:00"}]}, "safe_times.0", "later than begins"),
        ({"safe_times": [{"days": [], "begins": "10:00", "ends": "12:00"}]}, "safe_times.0.days", ""),
        ({"safe_times": [{"days": ["funday"], "begins": "10:00", "ends": "12:00"}]}, "safe_times.0.days.0", ""),
        ({"safe_times": [{"days": ["monday"], "begins": "21:00", "ends": "23:00"}]}, "safe_times", "quiet hours"),
        ({"kind": "pa", "copies": [{"supporter_id": str(uuid4()), "topics": ["lists"]}]}, "body", "copies are for people"),
        ({"copies": [{"supporter_id": str(uuid4()), "topics": []}]}, "copies.0.topics", ""),
        ({"confirmed_on": "2026-11-01", "ask_again_on": "2026-10-01"}, "body", "ask_again_on must be later"),
        ({"preferences": [{**LETTER, "point_size": 40}]}, "preferences.0.point_size", ""),
    ],
)
async def test_what_cannot_be_recorded_is_named_by_field(notifier: Any, said: dict[str, Any], field: str, words: str) -> None:
    party = uuid4()
    answer = await put(notifier, party, **said)

    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert words in answer.json()["errors"][0]["problem"]
    assert (await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact")).status_code == 404


async def test_a_caller_who_does_not_know_of_safety_does_not_undo_it(notifier: Any) -> None:
    party = uuid4()
    await put(notifier, party, safe_times=[MORNINGS], shared_post=True, needs=[LIP_READS], confirmed_on="2026-11-01",
              ask_again_on="2027-02-01")

    await put(notifier, party, address_as="Mrs Warsame", confirmed_on="2026-11-01")
    kept = await read(notifier, party)
    await put(notifier, party, safe_times=[], shared_post=False, needs=[], confirmed_on="2026-11-20")
    undone = await read(notifier, party)

    assert (kept["shared_post"], len(kept["safe_times"]), kept["needs"], kept["ask_again_on"]) == (
        True, 1, [LIP_READS], "2027-02-01"
    )
    assert (undone["shared_post"], undone["safe_times"], undone["needs"], undone["ask_again_on"]) == (False, [], [], "2027-11-20")


async def test_each_version_is_kept_without_numbers_and_addresses(notifier: Any) -> None:
    party = uuid4()
    await put(notifier, party, phone="07700 900123", postal_address=ADDRESS)
    await put(notifier, party, phone="07700 900123", postal_address=ADDRESS)  # the same again is no version
    await put(notifier, party, phone="07700 900123", postal_address=ADDRESS, never=["phone"])

    answer = await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact/versions")

    assert [(one["version"], one["wishes"]["never"]) for one in answer.json()] == [(2, ["phone"]), (1, [])]
    assert not any(point in answer.text for point in ("7700900123", "a@example.org", "Allotment"))


async def test_two_who_change_one_record_do_not_overwrite_each_other(notifier: Any) -> None:
    party = uuid4()
    first = await put(notifier, party, version=0)
    second = await put(notifier, party, version=1, discreet=True)
    late = await put(notifier, party, version=1, never=["phone"])

    assert (first.json()["version"], second.json()["version"], late.status_code) == (1, 2, 409)
    assert (await read(notifier, party))["discreet"]


async def test_an_email_waits_for_a_safe_time(notifier: Any) -> None:
    party = uuid4()
    await put(notifier, party, safe_times=[MORNINGS])  # it is Tuesday noon: the next is Thursday at ten
    await tell(notifier, party)
    await notifier.work_through()
    waiting = (await notifier.messages(party))[0]["state"]

    notifier.clock.now = datetime(2026, 11, 26, 9, 59, tzinfo=UTC)
    await notifier.work_through()
    too_early = (await notifier.messages(party))[0]["state"]
    notifier.clock.now = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    await notifier.work_through()

    assert (waiting, too_early, (await notifier.messages(party))[0]["state"]) == ("written", "written", "handed_over")


async def test_a_letter_that_others_open_says_only_that_there_is_a_message(notifier: Any) -> None:
    party = uuid4()
    await put(notifier, party, preferences=[LETTER], postal_address=ADDRESS, shared_post=True)
    await tell(notifier, party)
    await notifier.work_through()

    [message] = await notifier.messages(party)
    words = (await notifier.whole(message["message_id"]))["artefacts"][0]["words"]

    assert (message["state"], message["title"]) == ("handed_over", "You have a message from Alongside")
    assert "https://portal.example" in words and "0116 496 0123" in words
    assert not any(fact in words for fact in ("said no", "19 November", "10.5 hours", "The facts"))


async def test_a_team_is_told_what_to_mind(notifier: Any) -> None:
    party = uuid4()
    await put(
        notifier, party, phone="07700 900123", preferences=[{"method": "phone", "format": "verbal", "language": "so"}],
        safe_times=[MORNINGS], shared_post=True, needs=[INTERPRETER], never=["letter"],
    )
    await tell(notifier, party)
    await notifier.work_through()

    [task] = await notifier.tasks()

    assert "Reach them only at these times: Tuesday, Thursday from 10:00 to 12:00." in task["why"]
    assert "What they need when they talk with somebody: British Sign Language interpreter needed." in task["why"]
    assert "Somebody else opens their post" in task["why"] and "Never use: letter." in task["why"]


async def test_a_supporter_hears_of_a_topic_once_the_person_was_told(notifier: Any) -> None:
    person, supporter = uuid4(), await notifier.record(kind="supporter", email="b@example.org", preferences=[EMAIL])
    await put(notifier, person, shown_as="Amina", copies=[{"supporter_id": str(supporter), "topics": ["meetings"]}])
    await let_in(notifier, person, supporter)
    await tell(notifier, person)
    await notifier.make_all()
    before = await news_for(notifier, supporter)
    await notifier.work_through()

    [news] = [m for m in await notifier.messages(supporter) if m["about"] == "news_for_a_supporter"]
    words = (await notifier.whole(news["message_id"]))["artefacts"][0]["words"]

    assert before == []
    assert news["state"] == "handed_over"
    assert "Who it is about: Amina" in words and "said no" not in words


async def test_a_supporter_hears_nothing_of_other_topics_or_without_being_let_in(notifier: Any) -> None:
    person, supporter, stranger = uuid4(), uuid4(), uuid4()
    await put(
        notifier, person,
        copies=[{"supporter_id": str(one), "topics": ["lists"]} for one in (supporter, stranger)],
    )
    await let_in(notifier, person, supporter)
    await tell(notifier, person)  # a meeting
    await notifier.work_through()

    assert await news_for(notifier, supporter) == [] == await news_for(notifier, stranger)


@pytest.mark.parametrize("how", ["taken off", "topic taken off"])
async def test_what_waits_for_a_supporter_is_dropped_when_the_person_says_so(notifier: Any, how: str) -> None:
    person = uuid4()
    supporter = await notifier.record(
        kind="supporter", phone="07700 900124", preferences=[{**EMAIL, "method": "text"}], safe_times=[MORNINGS]
    )
    await put(notifier, person, copies=[{"supporter_id": str(supporter), "topics": ["meetings"]}])
    await let_in(notifier, person, supporter)
    await tell(notifier, person)
    await notifier.work_through()
    assert await news_for(notifier, supporter) == ["written"]

    if how == "taken off":
        await let_in(notifier, person, supporter, active=False, revision=2)
    else:
        await put(notifier, person, copies=[])

    assert await news_for(notifier, supporter) == ["dropped"]


async def test_all_records_can_be_taken_away_and_put_back(notifier: Any) -> None:
    people = [await notifier.record(email=f"p{n}@example.org", preferences=[EMAIL], shared_post=n == 1) for n in range(3)]
    first = (await notifier.http.get(f"/councils/{notifier.council}/contacts", params={"size": 2})).json()
    second = (await notifier.http.get(f"/councils/{notifier.council}/contacts", params={"size": 2, "page": 2})).json()
    items = [*first["items"], *second["items"]]

    other = f"{notifier.council}-b"[:40]
    put_back = await notifier.http.post(f"/councils/{other}/contacts/bulk", json=items)
    there = (await notifier.http.get(f"/councils/{other}/contacts")).json()

    assert {item["party_id"] for item in items} == {str(one) for one in people}
    assert put_back.json() == {"recorded": 3}
    assert there["items"] == items


async def test_whose_record_grows_old_is_listed_longest_ago_first(notifier: Any) -> None:
    old = await notifier.record(confirmed_on="2025-06-01")
    older = await notifier.record(confirmed_on="2025-01-01")
    await notifier.record(confirmed_on="2026-11-01")

    listed = (await notifier.http.get(f"/councils/{notifier.council}/contacts/to-ask")).json()

    assert [one["party_id"] for one in listed] == [str(older), str(old)]
