"""Contact tasks: taken by one worker, handed on, escalated when late, and closed with what came of them; and the proof of it."""
import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.usecases.introducing import Turn
from tests.integration.notifier.test_introductions import pa_by_text, short_code

PHONE = [{"method": "phone", "format": "verbal", "language": "en"}]
SOMALI = [{"method": "phone", "format": "verbal", "language": "so"}]


async def pa_by_phone(notifier: Any, preferences: Any = SOMALI, **more: Any) -> UUID:
    pa: UUID = await notifier.record(kind="pa", phone="07700 900120", preferences=preferences, **more)
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    return pa


async def task_of(notifier: Any, party_id: UUID) -> dict[str, Any]:
    [task] = [one for one in await notifier.tasks() if one["party_id"] == str(party_id)]
    return dict(task)


async def post(notifier: Any, task: dict[str, Any], act: str, **said: Any) -> Any:
    return await notifier.http.post(f"/councils/{notifier.council}/tasks/{task['task_id']}/{act}", json=said)


async def proof(notifier: Any, party_id: UUID) -> dict[str, Any]:
    [message] = [one for one in await notifier.messages(party_id) if one["about"] != "we_did_not_understand"]
    answer = await notifier.http.get(f"/councils/{notifier.council}/messages/{message['message_id']}/proof")
    return dict(answer.json())


async def replies(notifier: Any) -> list[tuple[str, str]]:
    return [(event["answer"], event["route"]) for event in await notifier.told() if "reply_id" in event]


async def test_the_second_worker_to_take_a_task_is_told_and_may_take_it_over_knowingly(notifier: Any) -> None:
    task = await task_of(notifier, await pa_by_phone(notifier))
    first, second = str(uuid4()), str(uuid4())

    answers = await asyncio.gather(*(post(notifier, task, "take", worker_id=one) for one in (first, second)))
    holder = (await notifier.tasks())[0]["taken_by"]
    other = second if holder == first else first
    outcome = await post(notifier, task, "outcome", outcome="reached", worker_id=other)
    over = await post(notifier, task, "take", worker_id=other, instead_of=holder)
    back = await post(notifier, task, "put-back", worker_id=other)

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert outcome.status_code == 409 and "Somebody else has taken this task" in outcome.json()["title"]
    assert over.json()["taken_by"] == other
    assert back.json()["taken_by"] is None


async def test_a_late_task_goes_from_team_to_team_and_is_shown_late(notifier: Any) -> None:
    pa = await pa_by_phone(notifier)
    await post(notifier, await task_of(notifier, pa), "take", worker_id=str(uuid4()))
    seen = []

    for _ in range(4):
        notifier.clock.forward(hours=25)
        while await notifier.escalator.escalate_one():
            pass
        task = await task_of(notifier, pa)
        seen.append((task["team"], task["late"], task["taken_by"]))
    teams = (await notifier.http.get(f"/councils/{notifier.council}/teams")).json()
    steps = [(step["what"], step["team"]) for step in (await proof(notifier, pa))["steps"]]

    assert seen == [("duty team", True, None), *[("managers", True, None)] * 3]
    assert {"team": "managers", "open": 1, "late": 1} in teams and {"team": "Somali speakers", "open": 0, "late": 0} in teams
    assert [step for step in steps if step[0] == "late"] == [("late", "duty team"), ("late", "managers")]


async def test_each_kind_of_task_has_its_own_time(notifier: Any) -> None:
    person = {"phone": "07700 900121", "postal_address": ["1 Example Street", "LE5 3AA"]}
    ways = {
        "ring": {"method": "phone", "format": "verbal", "language": "en"},
        "ring_in_their_language": {"method": "phone", "format": "verbal", "language": "so"},
        "visit": {"method": "visit", "format": "verbal", "language": "en"},
        "have_it_made": {"method": "letter", "format": "braille", "language": "cy"},
        "find_a_way": {"method": "email", "format": "plain", "language": "en"},
    }
    hours = {}

    for kind, way in ways.items():
        pa = await notifier.record(kind="pa", preferences=PHONE, phone="07700 900122")
        introduction = await notifier.introduce(await notifier.record(preferences=[way], **person), pa)
        await notifier.hear(introduction, Turn.ACCEPTED)
        await notifier.work_through()
        task = next(one for one in await notifier.tasks() if one["party_id"] == str(introduction.person_id))
        assert task["kind"] == kind
        hours[kind] = (datetime.fromisoformat(task["due_at"]) - notifier.clock.now) / timedelta(hours=1)

    assert hours == {"ring": 24, "ring_in_their_language": 48, "visit": 72, "have_it_made": 120, "find_a_way": 24}


async def test_no_answer_is_tried_again_when_the_worker_says_but_not_in_quiet_hours(notifier: Any) -> None:
    pa = await pa_by_phone(notifier)
    task = await task_of(notifier, pa)
    nobody = {"outcome": "not_reached"}

    at_night = await post(notifier, task, "outcome", **nobody, try_again_at="2026-11-24T22:00:00Z")
    gone = await post(notifier, task, "outcome", **nobody, try_again_at="2026-11-24T09:00:00Z")
    too_late = await post(notifier, task, "outcome", **nobody, try_again_at="2026-11-29T10:00:00Z")
    fine = await post(notifier, task, "outcome", **nobody, try_again_at="2026-11-25T10:00:00Z", note="Rings out.\nTry Asha")
    step = (await proof(notifier, pa))["steps"][-1]

    assert [answer.status_code for answer in (at_night, gone, too_late)] == [422] * 3
    assert "quiet hours" in at_night.json()["title"]
    assert (fine.json()["tries"], fine.json()["due_at"][:16], fine.json()["late"]) == (1, "2026-11-25T10:00", False)
    assert (step["what"], step["note"], step["until"][:16]) == ("no_answer", "Rings out. Try Asha", "2026-11-25T10:00")


async def test_a_key_pressed_on_the_telephone_is_an_answer_and_another_key_is_none(notifier: Any) -> None:
    pa = await pa_by_phone(notifier)
    task = await task_of(notifier, pa)

    unclear = await post(notifier, task, "outcome", outcome="reached", key="5")
    clear = await post(notifier, task, "outcome", outcome="reached", key="2")
    again = await post(notifier, task, "outcome", outcome="reached", key="1")

    assert unclear.status_code == 422 and "ask them again" in unclear.text
    assert clear.json()["state"] == "done" and again.status_code == 409
    assert await replies(notifier) == [("no", "phone")]
    assert [step["what"] for step in (await proof(notifier, pa))["steps"]] == ["asked", "told", "answered"]


async def test_what_does_not_belong_together_is_refused_with_the_field(notifier: Any) -> None:
    task = await task_of(notifier, await pa_by_phone(notifier))

    for said in (
        {"outcome": "could_not"}, {"outcome": "reached", "why": "wrong"}, {"outcome": "not_reached", "answer": "yes"},
        {"outcome": "reached", "code": "K7P4M2QX"}, {"outcome": "reached", "try_again_at": "2026-11-25T10:00:00Z"},
        {"outcome": "reached", "answer": "yes", "key": "2"},
    ):
        assert (await post(notifier, task, "outcome", **said)).status_code == 422, said
    assert (await task_of(notifier, UUID(task["party_id"])))["state"] == "open"


async def test_a_wrong_number_closes_it_and_the_next_recorded_way_is_taken(notifier: Any) -> None:
    pa = await pa_by_phone(notifier, [*SOMALI, {"method": "email", "format": "plain", "language": "en"}], email="a@example.org")

    done = await post(notifier, await task_of(notifier, pa), "outcome", outcome="could_not", why="wrong")
    await notifier.work_through()

    [message] = await notifier.messages(pa)
    contact = (await notifier.http.get(f"/councils/{notifier.council}/parties/{pa}/contact")).json()
    steps = [(step["what"], step["method"], step["why"]) for step in (await proof(notifier, pa))["steps"]]
    assert done.json()["state"] == "could_not"
    assert (message["state"], message["method"]) == ("handed_over", "email")
    assert contact["closed"] == ["phone"]
    assert steps == [
        ("asked", "phone", "ring_in_their_language"), ("could_not", None, "wrong"), ("passed_over", "phone", "could_not"),
        ("accepted", "email", None),
    ]  # fmt: skip


async def test_with_no_way_left_the_team_finds_one_and_at_last_the_message_ends_untold(notifier: Any) -> None:
    pa = await pa_by_phone(notifier)

    await post(notifier, await task_of(notifier, pa), "outcome", outcome="could_not", why="not_this_way")
    await notifier.work_through()
    second = await task_of(notifier, pa)
    await post(notifier, second, "outcome", outcome="could_not", why="not_this_way")
    await notifier.work_through()

    [message] = await notifier.messages(pa)
    assert second["kind"] == "find_a_way" and "could not reach them this way" in second["why"]
    assert (message["state"], message["dropped_why"]) == ("dropped", "not_reached")


async def test_a_task_is_handed_to_another_team_with_a_note_and_to_no_team_that_is_not_there(notifier: Any) -> None:
    pa = await pa_by_phone(notifier)
    task = await task_of(notifier, pa)

    wrong = await post(notifier, task, "hand-on", team="nobody")
    right = await post(notifier, task, "hand-on", team="Somali speakers", note="Speaks Somali only")

    mine = await notifier.http.get(f"/councils/{notifier.council}/tasks", params={"team": "Somali speakers"})
    assert wrong.status_code == 422 and "list of teams" in wrong.json()["title"]
    assert [one["task_id"] for one in mine.json()] == [task["task_id"]] == [right.json()["task_id"]]


async def test_a_slip_is_entered_by_a_worker_and_an_unclear_one_is_asked_once_then_by_the_team(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900130")
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    code = await short_code(notifier, (await notifier.messages(pa))[0]["message_id"])
    slips = f"/councils/{notifier.council}/slips"

    unclear = await notifier.http.post(slips, json={"code": code, "answer": "unclear"})
    again = await notifier.http.post(slips, json={"code": code, "answer": "unclear"})
    await notifier.work_through()
    task = await task_of(notifier, pa)
    answered = await notifier.http.post(slips, json={"code": code.lower(), "answer": "yes"})
    changed = await notifier.http.post(slips, json={"code": code, "answer": "no"})
    nonsense = await notifier.http.post(slips, json={"code": "K7P4M2QX", "answer": "no"})
    elsewhere = await notifier.http.post("/councils/elsewhere/slips", json={"code": code, "answer": "yes"})

    assert [one.json()["came_of_it"] for one in (unclear, again, answered, changed)] == [
        "asked_again", "asked_again", "answered", "changed_mind",
    ]  # fmt: skip
    assert task["kind"] == "ask_them" and "not clear, twice" in task["why"]
    assert await replies(notifier) == [("yes", "slip")]
    assert nonsense.status_code == elsewhere.status_code == 404


async def test_the_code_of_somebody_elses_slip_leaves_the_task_as_it_was(notifier: Any) -> None:
    other = await pa_by_text(notifier, "07700 900131")
    await notifier.introduce(await notifier.record(), other)
    await notifier.work_through()
    code = await short_code(notifier, (await notifier.messages(other))[0]["message_id"])
    pa = await pa_by_phone(notifier)

    wrong = await post(notifier, await task_of(notifier, pa), "outcome", outcome="reached", answer="yes", code=code)

    assert wrong.status_code == 404
    assert (await task_of(notifier, pa))["state"] == "open"
    assert await replies(notifier) == []


async def test_an_answer_by_telephone_closes_the_link_and_the_code_too(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900132")
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()
    code = await short_code(notifier, (await notifier.messages(pa))[0]["message_id"])
    for _ in range(2):
        await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900132", "words": "who?"})

    await post(notifier, await task_of(notifier, pa), "outcome", outcome="reached", answer="yes")
    late = await notifier.http.post(f"/replies/{code}", json={"answer": "no"})

    assert late.status_code == 409
    assert await replies(notifier) == [("yes", "phone")]


@pytest.mark.parametrize(("words", "answer"), [("ਹਾਂ ਜੀ", "yes"), ("nahni", "no"), ("نہیں", "no")])
async def test_a_text_in_either_script_answers(notifier: Any, words: str, answer: str) -> None:
    pa = await pa_by_text(notifier, "07700 900133")
    await notifier.introduce(await notifier.record(), pa)
    await notifier.work_through()

    await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900133", "words": words})

    assert await replies(notifier) == [(answer, "text")]


async def test_the_proof_of_a_message_says_each_attempt_with_its_receipt_and_holds_no_words(notifier: Any, notify: Any) -> None:
    notify.behaviour.receipts = {}
    ways = [{"method": "text", "format": "plain", "language": "en"}, *PHONE]
    person = await notifier.record(phone="07700 900002", address_as="Zebedee", preferences=ways)
    introduction = await notifier.introduce(person, await pa_by_text(notifier, "07700 900135"))
    await notifier.hear(introduction, Turn.DECLINED)
    await notifier.work_through()
    for _ in range(100):
        if await notifier.tasks():
            break
        await asyncio.sleep(0.1)
        await notifier.work_through()

    said = await proof(notifier, person)

    sent = next(step for step in said["steps"] if step["what"] == "accepted")
    assert (sent["method"], sent["channel"]) == ("text", "notify")
    assert [(one["status"], one["counted"]) for one in sent["receipts"]] == [("permanent-failure", True)]
    assert [(step["what"], step["method"]) for step in said["steps"]] == [
        ("accepted", "text"), ("passed_over", "text"), ("asked", "phone"),
    ]  # fmt: skip
    assert "what_to_say" not in said and "Zebedee" not in str(said["steps"]) and "900002" not in str(said)


