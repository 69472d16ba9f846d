"""The work itself, told to both in their way: offered, reminded of, agreed, begun, on trial, asked after, and ended."""
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.notifier.domain.hours import LONDON
from services.notifier.domain.offer import Going, Offer, Standing
from services.notifier.usecases.offering import hear_offer
from tests.integration.notifier.test_introductions import link_code
from tests.integration.notifier.test_meetings import ADDRESS, LETTER, TEXT, abouts

PHONES = iter(f"07700 900{number}" for number in range(500, 600))


async def offered(notifier: Any, *, days: int = 20, trial: int | None = None) -> Offer:
    pa = await notifier.record(kind="pa", address_as="Harpreet", shown_as="Harpreet K", phone=next(PHONES), preferences=TEXT)
    person = await notifier.record(shown_as="Amina W", postal_address=ADDRESS, preferences=LETTER)
    starts = notifier.clock.now.astimezone(LONDON).date() + timedelta(days=days)
    return Offer(
        notifier.council, uuid4(), uuid4(), person, pa, 1, Standing.MADE, starts,
        starts + timedelta(days=trial) if trial else None, 40, 1350, notifier.clock.now + timedelta(days=7),
    )


async def hear(notifier: Any, offer: Offer) -> Offer:
    async with notifier.store.begin() as work:
        await hear_offer(offer, notifier.clock.now, work)
    await notifier.work_through()
    notifier.clock.forward(minutes=1)
    return offer


async def until(notifier: Any, day: Any) -> None:
    """Ten o'clock here on that day."""
    at = datetime.combine(day, datetime.min.time(), LONDON) + timedelta(hours=10)
    notifier.clock.forward(days=(at - notifier.clock.now) / timedelta(days=1))
    await notifier.work_through()


async def newest(notifier: Any, party_id: Any, about: str) -> dict[str, Any]:
    found = next(one for one in await notifier.messages(party_id) if (one["about"], one["state"]) == (about, "handed_over"))
    return dict(await notifier.whole(found["message_id"]))


async def test_the_pa_is_offered_the_work_and_a_text_message_says_when_and_the_pay_and_no_name(notifier: Any) -> None:
    offer = await hear(notifier, replace(await offered(notifier), times="0" * 8 + "ff" + "0" * 158))
    await hear(notifier, offer)

    message = await newest(notifier, offer.profile_id, "offer")
    words = message["artefacts"][0]["words"]
    assert "10 hours a week" in words and "Reply YES or NO" in words and "£13.50" in words
    assert "Monday 8am to 10am" in str(message["page"]) and "Amina" not in words
    assert await abouts(notifier, offer.profile_id) == ["offer"] and await abouts(notifier, offer.person_id) == []
    told = json.dumps(await notifier.told())
    assert not any(secret in told for secret in ("Amina", "Harpreet", "7700900"))


async def test_a_yes_by_text_is_a_reply_about_this_offer_and_both_hear_of_the_start(notifier: Any) -> None:
    offer = await hear(notifier, await offered(notifier))
    code = await link_code(notifier, (await newest(notifier, offer.profile_id, "offer"))["message_id"])

    answer = await notifier.http.post(f"/replies/{code}", json={"answer": "yes"})
    await hear(notifier, replace(offer, standing=Standing.AGREED))

    assert answer.json()["answered"] == "yes"
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["to"], reply["occurrence"], reply["answer"], reply["route"]) == ("offer", "1", "yes", "link")
    letter = (await newest(notifier, offer.person_id, "start"))["artefacts"][0]["words"]
    assert "£13.50" in letter and "Harpreet K" in letter and "insurance" in letter
    assert await abouts(notifier, offer.profile_id) == ["offer", "start"]


async def test_who_does_not_answer_is_reminded_once_and_both_hear_that_it_is_over(notifier: Any) -> None:
    offer = await hear(notifier, await offered(notifier))
    for days, reminders in ((4, 0), (1, 1), (1, 1)):
        notifier.clock.forward(days=days)
        await hear(notifier, offer)
        assert (await abouts(notifier, offer.profile_id)).count("offer_waits") == reminders
    notifier.clock.forward(days=1)
    await hear(notifier, replace(offer, standing=Standing.LAPSED))

    assert sorted(await abouts(notifier, offer.profile_id)) == ["offer", "offer_no_answer", "offer_waits"]
    assert await abouts(notifier, offer.person_id) == ["offer_no_answer"]


async def test_an_offer_that_is_changed_ends_the_codes_of_the_one_before(notifier: Any) -> None:
    offer = await hear(notifier, await offered(notifier))
    old = await link_code(notifier, (await newest(notifier, offer.profile_id, "offer"))["message_id"])
    await hear(notifier, replace(offer, number=2, pay=1400))
    new = await link_code(notifier, (await newest(notifier, offer.profile_id, "offer"))["message_id"])

    assert (await notifier.http.post(f"/replies/{old}", json={"answer": "yes"})).status_code == 410
    assert (await notifier.http.post(f"/replies/{new}", json={"answer": "no"})).json()["answered"] == "no"
    await hear(notifier, replace(offer, number=2, standing=Standing.DECLINED))
    assert await abouts(notifier, offer.person_id) == ["offer_declined"]


async def test_who_never_heard_of_an_offer_is_not_told_that_it_is_taken_back(notifier: Any) -> None:
    heard, unheard = await hear(notifier, await offered(notifier)), await offered(notifier)
    await notifier.http.post(f"/councils/{notifier.council}/parties/{unheard.profile_id}/stop", json={})
    await hear(notifier, unheard)
    await notifier.http.post(f"/councils/{notifier.council}/parties/{unheard.profile_id}/start", json={})
    for one in (heard, unheard):
        await hear(notifier, replace(one, standing=Standing.TAKEN_BACK))

    assert await abouts(notifier, heard.profile_id) == ["offer", "offer_taken_back"]
    assert await abouts(notifier, unheard.profile_id) == []


async def test_both_are_reminded_of_the_start_and_asked_how_it_goes_until_they_said_so(notifier: Any) -> None:
    offer = await hear(notifier, replace(await offered(notifier), standing=Standing.AGREED))

    await until(notifier, offer.starts_on - timedelta(days=1))
    for party_id in (offer.profile_id, offer.person_id):
        assert sorted(await abouts(notifier, party_id)) == ["start", "start_soon"]
    await until(notifier, offer.starts_on + timedelta(days=1))
    for party_id in (offer.profile_id, offer.person_id):
        assert sorted(await abouts(notifier, party_id)) == ["how_is_it_going", "start", "start_soon"]
    await hear(notifier, replace(offer, going=(Going(14, "pa", True, False),)))  # said on their page, before they were asked
    await until(notifier, offer.starts_on + timedelta(days=14))
    await until(notifier, offer.starts_on + timedelta(days=84))

    assert (await abouts(notifier, offer.profile_id)).count("how_is_it_going") == 2
    assert (await abouts(notifier, offer.person_id)).count("how_is_it_going") == 3


async def test_a_no_to_how_it_goes_is_told_and_a_person_talks_with_them(notifier: Any) -> None:
    offer = await hear(notifier, replace(await offered(notifier), standing=Standing.AGREED))
    await until(notifier, offer.starts_on + timedelta(days=1))
    code = await link_code(notifier, (await newest(notifier, offer.profile_id, "how_is_it_going"))["message_id"])

    await notifier.http.post(f"/replies/{code}", json={"answer": "no"})
    await hear(notifier, replace(offer, going=(Going(1, "pa", False, False), Going(1, "person", False, True))))

    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["to"], reply["occurrence"], reply["answer"]) == ("going", "1.1", "no")
    [task] = await notifier.tasks()
    assert task["party_id"] == str(offer.profile_id)
    assert "does not go well" in task["why"] and "what would help" in task["what_to_say"]
    assert "it_is_not_going_well" not in await abouts(notifier, offer.person_id, sent=False)


async def test_a_trial_asks_both_a_week_before_its_end_and_they_hear_that_it_goes_on(notifier: Any) -> None:
    offer = await hear(notifier, replace(await offered(notifier, trial=28), standing=Standing.AGREED))
    assert offer.trial_until is not None
    await until(notifier, offer.trial_until - timedelta(days=8))
    asked_by_letter, not_by_text = await abouts(notifier, offer.person_id), await abouts(notifier, offer.profile_id)
    await until(notifier, offer.trial_until - timedelta(days=6))
    code = await link_code(notifier, (await newest(notifier, offer.profile_id, "trial_ends"))["message_id"])
    await notifier.http.post(f"/replies/{code}", json={"answer": "yes"})
    await hear(notifier, replace(offer, goes_on=("pa", "person"), trial_over=True))

    assert "trial_ends" in asked_by_letter and "trial_ends" not in not_by_text
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["to"], reply["occurrence"], reply["answer"]) == ("trial", "1", "yes")
    for party_id in (offer.profile_id, offer.person_id):
        assert (await abouts(notifier, party_id))[-1] == "it_goes_on"


@pytest.mark.parametrize("trial", [3, 28])
async def test_what_waits_for_later_is_dropped_when_the_work_ends(notifier: Any, trial: int) -> None:
    offer = await hear(notifier, replace(await offered(notifier, trial=trial), standing=Standing.AGREED))
    await hear(notifier, replace(offer, standing=Standing.ENDED, ended_on=offer.starts_on))
    for days in (1, 40, 90):
        await until(notifier, offer.starts_on + timedelta(days=days))

    assert await abouts(notifier, offer.profile_id) == await abouts(notifier, offer.person_id) == ["start", "work_ends"]
    assert "First day" not in (await newest(notifier, offer.person_id, "work_ends"))["artefacts"][0]["words"]


async def test_an_answer_that_is_not_clear_goes_to_a_person_at_once(notifier: Any) -> None:
    offer = await hear(notifier, await offered(notifier))
    path = f"/councils/{notifier.council}"
    contact = (await notifier.http.get(f"{path}/parties/{offer.profile_id}/contact")).json()

    await notifier.http.post(f"{path}/texts", json={"from": contact["phone"], "words": "could it be 12 hours?"})
    [task] = await notifier.tasks()
    await notifier.http.post(f"{path}/tasks/{task['task_id']}/outcome", json={"outcome": "reached", "key": "1"})

    assert task["kind"] == "ask_them" and "£13.50" in task["what_to_say"]
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["to"], reply["answer"], reply["route"]) == ("offer", "yes", "phone")


async def test_what_waits_for_its_day_is_no_message_yet(notifier: Any) -> None:
    offer = await hear(notifier, replace(await offered(notifier, trial=28), standing=Standing.AGREED))
    before = await abouts(notifier, offer.profile_id, sent=False)
    await until(notifier, offer.starts_on + timedelta(days=1))

    assert before == ["start"]
    assert sorted(await abouts(notifier, offer.profile_id, sent=False)) == ["how_is_it_going", "start"]
