"""A person is asked whether to let a supporter in: who asks, in every way to answer, and no longer than it is a question."""
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.support_request import State, SupportRequest
from services.notifier.usecases.support_requests import hear_request

TEXT = {"phone": "07700900123", "preferences": [{"method": "text", "format": "plain", "language": "en"}]}
EMAIL = {"email": "amina@example.org", "preferences": [{"method": "email", "format": "plain", "language": "en"}]}
ASKED, STILL_ASKED, NOT_LET_IN = "supporter_asks_to_act", "supporter_still_asks", "supporter_not_let_in"


async def finds(notifier: Any, request_id: UUID, **whom: Any) -> str | None:
    body = {"request_id": str(request_id), "name": "Jo Marsh", "organisation": "Leicester Hub", **whom}
    answer = await notifier.http.post(f"/councils/{notifier.council}/support-requests", json=body)
    assert answer.status_code == 202, answer.text
    found: str | None = answer.json()["person_id"]
    return found


async def hear(notifier: Any, request_id: UUID, person: Any, supporter: UUID, state: State = State.OPEN) -> None:
    now = notifier.clock.now
    request = SupportRequest(
        notifier.council, request_id, supporter, UUID(str(person)) if person else None, state, "hub_worker",
        ("see_shortlist",), date(2027, 5, 31), now, now + timedelta(days=14),
    )
    async with notifier.store.begin() as work:
        await hear_request(request, now, work)
    await notifier.work_through()


async def asked(notifier: Any, **ways: Any) -> tuple[UUID, UUID, UUID]:
    """(the ask, the person, the supporter)"""
    person, supporter, request_id = await notifier.record(**ways), uuid4(), uuid4()
    assert await finds(notifier, request_id, person_id=str(person)) == str(person)
    await hear(notifier, request_id, person, supporter)
    return request_id, person, supporter


async def words_of(notifier: Any, party: UUID) -> str:
    [one] = await notifier.messages(party)
    return str((await notifier.whole(one["message_id"]))["artefacts"][0]["words"])


async def texts(notifier: Any, words: str) -> Any:
    answer = await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900123", "words": words})
    return answer.json()


async def answers(notifier: Any) -> list[tuple[str, str, str]]:
    return [(one["about"], one["ask_id"], one["answer"]) for one in await notifier.told() if "answer_id" in one]


async def test_an_email_says_who_asks_from_where_for_what_and_until_when(notifier: Any) -> None:
    _, person, _ = await asked(notifier, **EMAIL)

    words = await words_of(notifier, person)

    facts = ("Jo Marsh", "Leicester Hub", "a worker of a hub or charity", "see your list of PAs", "31 May 2027", "8 December")
    assert [fact for fact in facts if fact not in words] == []


@pytest.mark.parametrize(("words", "answer"), [("AGREE", "yes"), ("let in, thanks", "yes"), ("Keep out", "no"), ("yes", "yes")])
async def test_a_word_of_its_own_answers_by_text_and_the_text_names_nobody(notifier: Any, words: str, answer: str) -> None:
    request_id, person, _ = await asked(notifier, **TEXT)
    sent = await words_of(notifier, person)
    understood = await texts(notifier, words)

    assert "Reply AGREE or REFUSE" in sent and "Jo" not in sent and "Hub" not in sent
    assert understood["answered"] and await answers(notifier) == [(ASKED, str(request_id), answer)]


async def test_the_link_says_who_asks_while_it_is_a_question(notifier: Any) -> None:
    request_id, person, supporter = await asked(notifier, **TEXT)
    code = (await words_of(notifier, person)).partition("/r/")[2].split(".")[0]
    looked = (await notifier.http.get(f"/replies/{code}")).json()
    await hear(notifier, request_id, person, supporter, State.CLOSED)
    after = (await notifier.http.get(f"/replies/{code}")).json()
    late = await notifier.http.post(f"/replies/{code}", json={"answer": "yes"})

    assert looked["asks"] == {
        "name": "Jo Marsh", "organisation": "Leicester Hub", "relation": "hub_worker", "scopes": ["see_shortlist"],
        "until": "2027-05-31",
    }
    assert (after["asks"], after["expired"], late.status_code) == (None, True, 410)
    assert await answers(notifier) == []


async def day_by_day(notifier: Any, days: int) -> None:
    for _ in range(days):
        notifier.clock.forward(days=1)
        await notifier.work_through()


async def states(notifier: Any, party: UUID) -> dict[str, str]:
    return {one["about"]: one["state"] for one in await notifier.messages(party)}


async def test_who_says_nothing_is_reminded_once_after_a_week_and_answers_the_same_ask_by_it(notifier: Any) -> None:
    request_id, person, supporter = await asked(notifier, **TEXT)
    await day_by_day(notifier, 6)
    assert await states(notifier, person) == {ASKED: "handed_over"}  # what waits for its day is no message yet
    await day_by_day(notifier, 6)
    for _ in "12":  # told anew, it reminds nobody again
        await hear(notifier, request_id, person, supporter)

    assert await states(notifier, person) == {ASKED: "handed_over", STILL_ASKED: "handed_over"}
    assert len(await notifier.messages(person)) == 2
    reminder = next(one for one in await notifier.messages(person) if one["about"] == STILL_ASKED)
    words = (await notifier.whole(reminder["message_id"]))["artefacts"][0]["words"]
    code = words.partition("/r/")[2].split(".")[0]
    looked = (await notifier.http.get(f"/replies/{code}")).json()
    assert "Reply AGREE or REFUSE" in words and "Jo" not in words
    assert (looked["about"], looked["asks"]["name"]) == (ASKED, "Jo Marsh")
    assert (await texts(notifier, "agree"))["answered"] and await answers(notifier) == [(ASKED, str(request_id), "yes")]


@pytest.mark.parametrize("how", ["answered", "closed", "never reached", "stopped", "by night"])
async def test_nobody_is_reminded_who_answered_was_not_reached_or_said_stop(notifier: Any, how: str) -> None:
    call = {"phone": "07700900123", "preferences": [{"method": "phone", "format": "verbal", "language": "en"}]}
    request_id, person, supporter = await asked(notifier, **(call if how == "never reached" else TEXT))
    await day_by_day(notifier, 6)
    match how:
        case "answered":  # the portal has not said yet what came of it
            await texts(notifier, "refuse")
        case "closed":
            await hear(notifier, request_id, person, supporter, State.CLOSED)
        case "stopped":
            await texts(notifier, "stop")
        case "by night":  # made, and not sent before the morning: by then it is over
            notifier.clock.forward(hours=34)
            await notifier.work_through()
            await hear(notifier, request_id, person, supporter, State.OVER)
    await day_by_day(notifier, 9)

    assert (await states(notifier, person)).get(STILL_ASKED, "dropped") == "dropped"


async def test_what_waits_for_the_morning_is_not_sent_once_it_has_its_answer(notifier: Any) -> None:
    notifier.clock.forward(hours=10)
    request_id, person, supporter = await asked(notifier, **TEXT)
    await hear(notifier, request_id, person, supporter, State.CLOSED)

    assert [(one["about"], one["state"]) for one in await notifier.messages(person)] == [(ASKED, "dropped")]


async def test_who_is_told_by_telephone_answers_through_the_team(notifier: Any) -> None:
    call = {"method": "phone", "format": "verbal", "language": "en"}
    request_id, _, _ = await asked(notifier, preferences=[call], phone="07700900123")
    [task] = await notifier.tasks()
    path = f"/councils/{notifier.council}/tasks/{task['task_id']}"
    script = (await notifier.http.get(path)).json()["what_to_say"]
    await notifier.http.post(f"{path}/outcome", json={"outcome": "reached", "answer": "no"})

    assert "Jo Marsh" in script and await answers(notifier) == [(ASKED, str(request_id), "no")]


@pytest.mark.parametrize("known", [True, False])
async def test_the_supporter_hears_the_same_words_whether_anybody_was_asked_or_not(notifier: Any, known: bool) -> None:
    request_id, supporter = uuid4(), await notifier.record(kind="supporter", **EMAIL)
    person = await notifier.record(**TEXT) if known else None
    if person:
        await finds(notifier, request_id, person_id=str(person))
        await hear(notifier, request_id, person, supporter)
    for _ in "12":  # heard again, it is told once
        await hear(notifier, request_id, person, supporter, State.OVER)

    words = await words_of(notifier, supporter)
    assert [one["about"] for one in await notifier.messages(supporter)] == [NOT_LET_IN]
    assert "They have not let you in" in words and "24 November 2026" in words and "Amina" not in words.partition("Dear Amina")[2]


async def test_a_person_is_found_by_the_number_or_address_that_is_theirs_alone(notifier: Any) -> None:
    amina = await notifier.record(**{**TEXT, **EMAIL})
    await notifier.record(kind="supporter", **TEXT)  # somebody of the family with the same telephone

    assert await finds(notifier, uuid4(), contact="07700 900123") == str(amina)
    assert await finds(notifier, uuid4(), contact="AMINA@example.org") == str(amina)
    assert await finds(notifier, uuid4(), contact="nobody@example.org") is None
    assert await finds(notifier, uuid4()) is None
    await notifier.record(**TEXT)
    assert await finds(notifier, uuid4(), contact="07700 900123") is None


async def test_nobody_is_found_by_a_number_that_nobody_confirmed(notifier: Any) -> None:
    person = await notifier.record(**TEXT)
    await notifier.record(party_id=person, **{**TEXT, "phone": "07700900999"})

    assert await finds(notifier, uuid4(), contact="07700 900999") is None


async def test_who_asks_is_forgotten_when_it_is_over(notifier: Any) -> None:
    request_id, person, supporter = await asked(notifier, **EMAIL)
    async with notifier.store.begin() as work:
        before = await work.askers.of(notifier.council, request_id)
    await hear(notifier, request_id, person, supporter, State.OVER)
    old = uuid4()
    await finds(notifier, old, person_id=str(person))
    async with notifier.store.begin() as work:
        assert before and await work.askers.of(notifier.council, request_id) is None
        assert await work.askers.forget_old(notifier.clock.now + timedelta(days=61)) == 1


@pytest.mark.parametrize("wrong", [{"contact": "not an address"}, {"name": ""}, {"organisation": "x" * 101}, {"more": 1}])
async def test_what_is_not_well_formed_is_refused(notifier: Any, wrong: dict[str, Any]) -> None:
    body = {"request_id": str(uuid4()), **wrong}

    answer = await notifier.http.post(f"/councils/{notifier.council}/support-requests", json=body)

    assert answer.status_code == 422
