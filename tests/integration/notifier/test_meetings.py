"""A meeting reaches both in their way, is answered like an ask, and what is no longer so is never sent."""
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from services.notifier.courier.old_wishes import OldWishes
from services.notifier.domain.meeting import Meeting, Standing
from services.notifier.usecases.meeting import hear_meeting
from tests.integration.notifier.test_introductions import link_code

TEXT = [{"method": "text", "format": "plain", "language": "en"}]
LETTER = [{"method": "letter", "format": "plain", "language": "en"}]
ADDRESS = ["Mrs A Warsame", "12 Allotment Lane", "Leicester", "LE5 6AA"]
CAFE = "The café in the library"
WHEN = "12pm on Monday 30 November 2026"


async def arranged(notifier: Any, *, days: int = 6, pa_phone: str = "07700 900181") -> Meeting:
    pa = await notifier.record(kind="pa", address_as="Harpreet", shown_as="Harpreet K", phone=pa_phone, preferences=TEXT)
    person = await notifier.record(shown_as="Amina W", postal_address=ADDRESS, preferences=LETTER)
    place = await notifier.http.post(f"/councils/{notifier.council}/places", json={"words": CAFE})
    at = notifier.clock.now + timedelta(days=days)
    return Meeting(
        notifier.council, uuid4(), uuid4(), person, pa, 1, 0, Standing.ARRANGED, at, UUID(place.json()["place_id"]), "person"
    )


async def hear(notifier: Any, meeting: Meeting) -> Meeting:
    async with notifier.store.begin() as work:
        await hear_meeting(meeting, notifier.clock.now, work)
    await notifier.work_through()
    notifier.clock.forward(minutes=1)
    return meeting


async def abouts(notifier: Any, party_id: UUID, *, sent: bool = True) -> list[str]:
    found = reversed(await notifier.messages(party_id))
    return [one["about"] for one in found if not sent or one["state"] == "handed_over"]


async def words_of(notifier: Any, party_id: UUID) -> str:
    [newest, *_] = await notifier.messages(party_id)
    return str((await notifier.whole(newest["message_id"]))["artefacts"][0]["words"])


async def test_both_are_told_and_only_the_text_message_keeps_the_place_to_itself(notifier: Any) -> None:
    meeting = await hear(notifier, await arranged(notifier))
    await hear(notifier, meeting)  # the same heard again tells nothing

    letter = next(one for one in await notifier.messages(meeting.person_id) if one["about"] == "meeting_arranged")
    letter_words = (await notifier.whole(letter["message_id"]))["artefacts"][0]["words"]
    text = next(one for one in await notifier.messages(meeting.profile_id) if one["about"] == "meeting_arranged")
    text_words = (await notifier.whole(text["message_id"]))["artefacts"][0]["words"]

    assert CAFE in letter_words and "Harpreet K" in letter_words and WHEN in letter_words
    assert WHEN in text_words and "Reply YES or NO" in text_words
    assert CAFE not in text_words and "Amina" not in text_words
    assert await abouts(notifier, meeting.profile_id) == ["meeting_arranged"]
    told = json.dumps(await notifier.told())
    assert not any(secret in told for secret in ("library", "Amina", "Harpreet", "900181"))


async def test_a_no_by_text_is_a_reply_about_this_time_and_the_other_side_hears_of_it(notifier: Any) -> None:
    meeting = await hear(notifier, await arranged(notifier, pa_phone="07700 900182"))

    said = await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900182", "words": "no"})
    await hear(notifier, replace(meeting, standing=Standing.UNSUITABLE, by="pa"))

    assert said.json()["answered"] is True
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["to"], reply["occurrence"], reply["answer"], reply["route"]) == ("meeting", "1.0", "no", "text")
    assert await abouts(notifier, meeting.person_id) == ["meeting_arranged", "meeting_does_not_suit"]
    assert await abouts(notifier, meeting.profile_id) == ["meeting_arranged"]


async def test_moving_it_tells_both_and_ends_the_codes_for_the_time_before(notifier: Any) -> None:
    meeting = await hear(notifier, await arranged(notifier))
    old = await link_code(notifier, (await notifier.messages(meeting.profile_id))[-1]["message_id"])

    await hear(notifier, replace(meeting, moved=1, at=meeting.at + timedelta(days=1)))
    new = next(one for one in await notifier.messages(meeting.profile_id) if one["about"] == "meeting_moved")
    answer = await notifier.http.post(f"/replies/{await link_code(notifier, new['message_id'])}", json={"answer": "yes"})

    assert await abouts(notifier, meeting.person_id) == ["meeting_arranged", "meeting_moved"]
    assert (await notifier.http.post(f"/replies/{old}", json={"answer": "no"})).status_code == 410
    assert answer.json()["answered"] == "yes"


async def test_one_reminder_goes_the_day_before_and_earlier_by_post_if_it_still_stands(notifier: Any) -> None:
    meeting = await hear(notifier, await arranged(notifier, days=6))

    for days, by_text, by_post in ((1, 0, 0), (1, 0, 1), (2, 0, 1), (1, 1, 1), (1, 1, 1)):
        notifier.clock.forward(days=days)
        await hear(notifier, meeting)
        assert (await abouts(notifier, meeting.profile_id)).count("meeting_soon") == by_text
        assert (await abouts(notifier, meeting.person_id)).count("meeting_soon") == by_post


async def test_a_meeting_that_is_called_off_is_not_reminded_of_and_who_never_knew_is_not_told(notifier: Any) -> None:
    meeting = await arranged(notifier, pa_phone="07700 900183")
    stopped = await notifier.http.post(f"/councils/{notifier.council}/parties/{meeting.profile_id}/stop", json={})
    await hear(notifier, meeting)

    await hear(notifier, replace(meeting, standing=Standing.CALLED_OFF))
    await notifier.http.post(f"/councils/{notifier.council}/parties/{meeting.profile_id}/start", json={})
    notifier.clock.forward(days=5)
    await notifier.work_through()

    assert stopped.status_code in (200, 204)
    assert await abouts(notifier, meeting.person_id) == ["meeting_arranged", "meeting_called_off"]
    assert await abouts(notifier, meeting.profile_id) == []


async def test_an_answer_that_is_not_clear_goes_to_a_person_at_once(notifier: Any) -> None:
    meeting = await hear(notifier, await arranged(notifier, pa_phone="07700 900184"))

    await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900184", "words": "could we make it 3?"})
    [task] = await notifier.tasks()
    done = await notifier.http.post(
        f"/councils/{notifier.council}/tasks/{task['task_id']}/outcome", json={"outcome": "reached", "key": "2"}
    )

    assert task["party_id"] == str(meeting.profile_id) and task["kind"] == "ask_them" and CAFE in task["what_to_say"]
    assert done.json()["state"] == "done"
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["to"], reply["answer"], reply["route"]) == ("meeting", "no", "phone")


async def test_where_they_met_is_forgotten_a_month_after_and_never_before(notifier: Any) -> None:
    meeting = await hear(notifier, await arranged(notifier))
    path, asked = f"/councils/{notifier.council}/places", {"place_id": str(meeting.place_id)}

    for days, left in ((35, 1), (2, 0)):
        notifier.clock.forward(days=days)
        await OldWishes(notifier.store.begin, notifier.clock).forget_some()
        assert len((await notifier.http.get(path, params=asked)).json()) == left
