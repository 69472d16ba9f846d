"""PAs who asked for it hear where PAs are wanted near them: once a week at most, as they like it, and of nobody in it."""
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.calls import GATHERED_FOR, STANDS_FOR
from services.notifier.subscribers import HEARS
from services.notifier.usecases import calling
from shared.contracts import Event
from shared.contracts.matcher import GapChanged
from shared.contracts.registry import ProfileChanged
from shared.vocabulary.geography import outcodes
from tests.integration.messaging.four import example

EMAIL = {"method": "email", "format": "plain", "language": "en"}
TEXT = {"method": "text", "format": "plain", "language": "en"}
LETTER = {"method": "letter", "format": "large_print", "language": "en", "point_size": 24}
BRAILLE = {"method": "letter", "format": "braille", "language": "en"}
WELSH = {"method": "email", "format": "plain", "language": "cy"}
WEEK = date(2026, 11, 23)
HALAL = {"facet": "practice", "among": True, "values": ["cooks_halal"]}


def gap(
    notifier: Any, language: str = "syl", area: str = "LE5", *more: dict[str, Any], week: date = WEEK, **changes: Any
) -> GapChanged:
    bounds = [{"facet": name, "among": True, "values": [said]} for name, said in (("language", language), ("area", area))]
    return example(GapChanged, notifier.council, **{
        "gap_id": uuid4(), "week": week, "bounds": [*bounds, *more], "people": 7, "hours": 40, **changes,
    })


def ended(one: GapChanged) -> GapChanged:
    return one.model_copy(update={"revision": one.revision + 1, "open": False, "people": 0, "hours": 0})


async def hear(notifier: Any, *events: Event) -> None:
    """As the service hears them, at the time of the test's clock."""
    for event in events:
        async with notifier.store.begin() as work:
            await HEARS[type(event)](event, work)


async def profile(notifier: Any, profile_id: UUID, **changes: Any) -> None:
    east, north = outcodes()["LE5"]
    await hear(notifier, example(ProfileChanged, notifier.council, **{
        "profile_id": profile_id, "place": {"outcode": "LE5", "east_m": east, "north_m": north}, "travel": "bus",
        "furthest_m": 4_000, "languages": [{"tag": "syl", "spoken": "fluent"}], **changes,
    }))


async def pa(notifier: Any, *preferences: dict[str, Any], hears: bool | None = True, **changes: Any) -> UUID:
    said = {} if hears is None else {"hear_of_gaps": hears}
    party: UUID = await notifier.record(
        kind="pa", preferences=list(preferences) or [EMAIL], email="pa@example.org", phone="07700900123",
        postal_address=["Sam Sample", "1 Example Street", "Leicester", "LE5 3AA"], **said, **changes,
    )
    await profile(notifier, party)
    return party


async def after_a_moment(notifier: Any) -> None:
    notifier.clock.forward(seconds=GATHERED_FOR.total_seconds() + 1)
    await notifier.work_through()


async def calls(notifier: Any, party: UUID) -> list[str]:
    return [one["state"] for one in await notifier.messages(party) if one["about"] == "a_gap_near_you"]


async def words(notifier: Any, party: UUID) -> str:
    (message,) = await notifier.messages(party)
    return str((await notifier.whole(message["message_id"]))["artefacts"][0]["words"])


@pytest.fixture(autouse=True)
def now(notifier: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is heard is heard at the time of the test's clock."""
    monkeypatch.setattr("services.notifier.subscribers.utc", notifier.clock)


async def test_who_asked_for_it_hears_of_a_gap_near_them_and_nobody_else_does(notifier: Any) -> None:
    asked, said_no, did_not_say = await pa(notifier), await pa(notifier, hears=False), await pa(notifier, hears=None)
    far, other_tongue, paused = await pa(notifier), await pa(notifier), await pa(notifier)
    await profile(notifier, far, place={"outcode": "PL1", "east_m": 247_000, "north_m": 54_000}, revision=2)
    await profile(notifier, other_tongue, languages=[{"tag": "gu", "spoken": "fluent"}], revision=2)
    await profile(notifier, paused, state="paused", revision=2)

    await hear(notifier, gap(notifier))
    await after_a_moment(notifier)

    assert await calls(notifier, asked) == ["handed_over"]
    for nobody in (said_no, did_not_say, far, other_tongue, paused):
        assert await calls(notifier, nobody) == []


async def test_it_says_what_is_published_of_the_work_and_nothing_of_the_people(notifier: Any) -> None:
    asked = await pa(notifier)

    await hear(notifier, gap(notifier, "syl", "LE5", HALAL), gap(notifier, "syl", "LE4", people=8, hours=20))
    await after_a_moment(notifier)

    said = await words(notifier, asked)
    for fact in ("Language: Sylheti", "Area: LE5", "Way of living: Cooks halal", "40 hours a week", "near you: 1"):
        assert fact in said, said
    for contact_point in ("07700 900100", "0116 496 0123"):
        said = said.replace(contact_point, "")
    assert not {"7", "8", "9"} & set(said), "how many people want it"


async def test_a_text_leaves_out_what_could_speak_of_faith_or_health(notifier: Any) -> None:
    asked = await pa(notifier, TEXT)

    await hear(notifier, gap(notifier, "syl", "LE5", HALAL))
    await after_a_moment(notifier)

    said = await words(notifier, asked)
    assert "Sylheti" in said and "LE5" in said
    assert "halal" not in said.lower()


async def test_a_week_of_many_gaps_is_one_message_and_the_next_week_another(notifier: Any) -> None:
    asked = await pa(notifier)

    await hear(notifier, *[gap(notifier, "syl", area) for area in ("LE5", "LE4", "LE1")])
    await after_a_moment(notifier)
    await hear(notifier, gap(notifier, "syl", "LE2"))
    await after_a_moment(notifier)
    assert await calls(notifier, asked) == ["handed_over"]

    notifier.clock.forward(days=7)
    again = gap(notifier, week=WEEK + timedelta(7))
    await hear(notifier, again, again)
    await after_a_moment(notifier)
    assert await calls(notifier, asked) == ["handed_over", "handed_over"]


async def test_a_gap_that_ended_tells_nobody_even_where_the_message_was_made(notifier: Any) -> None:
    asked, by_text = await pa(notifier), await pa(notifier, TEXT, quiet_from="00:00", quiet_to="23:59")
    one = gap(notifier)
    await hear(notifier, one)
    notifier.clock.forward(seconds=GATHERED_FOR.total_seconds() + 1)
    await notifier.make_all()
    assert await calls(notifier, asked) == await calls(notifier, by_text) == ["written"]

    await hear(notifier, ended(one), ended(gap(notifier, area="LE4")))
    await notifier.work_through()

    assert await calls(notifier, asked) == await calls(notifier, by_text) == ["dropped"]


async def test_what_waits_is_made_again_without_the_gap_that_ended(notifier: Any) -> None:
    by_text, by_phone = await pa(notifier, TEXT), await pa(notifier, {**EMAIL, "method": "phone", "format": "verbal"})
    goes, stays = gap(notifier, hours=90), gap(notifier, area="LE4")
    await hear(notifier, goes, stays)
    notifier.clock.forward(seconds=GATHERED_FOR.total_seconds() + 1)
    await notifier.make_all()
    assert "LE5" in await words(notifier, by_text)

    await hear(notifier, ended(goes))
    await notifier.work_through()

    said = await words(notifier, by_text)
    assert "LE4" in said and "LE5" not in said
    (task,) = [one for one in await notifier.tasks() if one["party_id"] == str(by_phone)]
    assert "LE4" in task["what_to_say"] and "LE5" not in task["what_to_say"]


async def test_turning_it_off_or_stopping_holds_at_once(notifier: Any) -> None:
    turned_off, stopped, paused = await pa(notifier), await pa(notifier), await pa(notifier)
    await hear(notifier, gap(notifier))
    notifier.clock.forward(seconds=GATHERED_FOR.total_seconds() + 1)
    await notifier.make_all()

    await pa(notifier, hears=False, party_id=turned_off)
    await notifier.http.post(f"/councils/{notifier.council}/parties/{stopped}/stop")
    await profile(notifier, paused, state="paused", revision=2)
    await notifier.work_through()
    await hear(notifier, gap(notifier, week=WEEK + timedelta(7)))
    await after_a_moment(notifier)

    for one in (turned_off, stopped, paused):
        assert await calls(notifier, one) == ["dropped"]


async def test_who_asks_later_is_told_of_what_is_published_then_once(notifier: Any) -> None:
    late = await pa(notifier, hears=False)
    await hear(notifier, gap(notifier, week=WEEK - timedelta(7)), gap(notifier, area="LE4"))

    await pa(notifier, party_id=late)
    await after_a_moment(notifier)
    await pa(notifier, hears=False, party_id=late)
    await pa(notifier, hears=True, party_id=late)
    await after_a_moment(notifier)

    assert await calls(notifier, late) == ["handed_over"]


async def test_a_profile_that_comes_after_the_gap_is_told_all_the_same(notifier: Any) -> None:
    party = await notifier.record(kind="pa", preferences=[EMAIL], email="pa@example.org", hear_of_gaps=True)
    await hear(notifier, gap(notifier))
    await after_a_moment(notifier)
    assert await calls(notifier, party) == []

    await profile(notifier, party)
    await after_a_moment(notifier)

    assert await calls(notifier, party) == ["handed_over"]


async def test_keeping_a_record_without_saying_so_leaves_it_as_it_was(notifier: Any) -> None:
    party = await pa(notifier)

    await pa(notifier, hears=None, party_id=party, address_as="Sammy")
    kept = (await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact")).json()

    assert (kept["address_as"], kept["hear_of_gaps"]) == ("Sammy", True)
    fresh = await notifier.record(kind="pa")
    assert not (await notifier.http.get(f"/councils/{notifier.council}/parties/{fresh}/contact")).json()["hear_of_gaps"]


async def test_only_a_pa_can_ask_for_it_and_the_refusal_says_what_to_do(notifier: Any) -> None:
    body = {"kind": "person", "address_as": "Amina", "hear_of_gaps": True}

    answer = await notifier.http.put(f"/councils/{notifier.council}/parties/{uuid4()}/contact", json=body)

    assert answer.status_code == 422
    assert "hear_of_gaps is for PAs: leave it out, or say kind pa" in answer.text


@pytest.mark.parametrize(
    ("preference", "media"), [(LETTER, "application/pdf"), ({**EMAIL, "format": "audio"}, "audio/mpeg")],
    ids=["large print", "audio"],
)
async def test_it_comes_in_the_form_they_asked_for(notifier: Any, preference: dict[str, Any], media: str) -> None:
    asked = await pa(notifier, preference)

    await hear(notifier, gap(notifier))
    await after_a_moment(notifier)

    (message,) = await notifier.messages(asked)
    whole = await notifier.whole(message["message_id"])
    assert media in {one["media_type"] for one in whole["artefacts"]}
    assert whole["format"] == preference["format"]


@pytest.mark.parametrize("preference", [BRAILLE, WELSH], ids=["braille", "a draft in Welsh"])
async def test_what_cannot_be_made_is_a_persons_task_and_nothing_goes_in_its_place(
    notifier: Any, preference: dict[str, Any]
) -> None:
    asked = await pa(notifier, preference)

    await hear(notifier, gap(notifier))
    await after_a_moment(notifier)

    assert await calls(notifier, asked) == ["task"]
    (task,) = await notifier.tasks()
    assert "Sylheti" in task["what_to_say"]


async def test_an_old_call_is_not_sent_late(notifier: Any) -> None:
    asked = await pa(notifier)
    await hear(notifier, gap(notifier))

    notifier.clock.forward(seconds=STANDS_FOR.total_seconds())
    await notifier.work_through()

    assert await calls(notifier, asked) == ["dropped"]


async def test_a_pa_who_has_gone_leaves_a_row_with_nothing_in_it(notifier: Any) -> None:
    party = await pa(notifier)

    await profile(notifier, party, state="gone", revision=2)

    async with notifier.store.begin() as work:
        kept = await work.lists.pa(notifier.council, party)
        assert await work.lists.who_hear_of_gaps(notifier.council) == []
        assert not await calling.near(notifier.council, party, work)
    assert (kept.looking, kept.outcode, kept.reach_m, kept.languages, kept.revision) == (False, "", 0, (), 2)
