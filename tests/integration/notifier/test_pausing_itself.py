"""PAs hear that their profile will pause, and that it has; they answer by link, by a word of its own, or through the team."""
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.notifier.domain.calls import PaCopy
from services.notifier.usecases.calling import hear_pa
from services.notifier.usecases.resting import ask_id

TEXT = {"phone": "07700900123", "preferences": [{"method": "text", "format": "plain", "language": "en"}]}
WILL_PAUSE, IS_PAUSED, MEET = "your_profile_will_pause", "your_profile_is_paused", "somebody_would_like_to_meet_you"


async def hear(notifier: Any, pa: Any, revision: int, **said: Any) -> None:
    on = notifier.clock.now.date() - timedelta(days=180)
    copy = PaCopy(
        notifier.council, UUID(str(pa)), not said.get("paused_itself_on"), "LE5", 460_100, 305_100, 6_000, ("en",), revision,
        said.pop("confirmed_on", on), **said,
    )
    async with notifier.store.begin() as work:
        await hear_pa(copy, notifier.clock.now, work)


async def told(notifier: Any, pa: Any) -> dict[str, str]:
    await notifier.work_through()
    return {one["about"]: one["state"] for one in await notifier.messages(pa)}


async def texts(notifier: Any, words: str) -> dict[str, Any]:
    answer = await notifier.http.post(f"/councils/{notifier.council}/texts", json={"from": "07700900123", "words": words})
    return dict(answer.json())


async def answers(notifier: Any, topic_field: str = "about") -> list[tuple[str, str]]:
    told = [one for one in await notifier.told() if one.get("council") == notifier.council and "answer_id" in one]
    return [(one[topic_field], one["answer"]) for one in told]


async def words_sent(notifier: Any, pa: Any, about: str) -> str:
    [one] = [one for one in await notifier.messages(pa) if one["about"] == about]
    return str((await notifier.whole(one["message_id"]))["artefacts"][0]["words"])


def in_a_month(notifier: Any) -> date:
    return date.fromordinal(notifier.clock.now.date().toordinal() + 30)


async def test_they_are_warned_with_the_day_and_one_word_says_it_is_true(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", **TEXT)
    await hear(notifier, pa, 2, pauses_on=in_a_month(notifier))
    state = await told(notifier, pa)
    words = await words_sent(notifier, pa, WILL_PAUSE)
    answer = await texts(notifier, "It is true, thanks")

    assert state == {WILL_PAUSE: "handed_over"}
    assert "Reply TRUE or PAUSE" in words and "24 December 2026" in words and "/r/" in words
    assert answer["answered"] and await answers(notifier) == [(WILL_PAUSE, "yes")]


async def test_the_link_says_what_it_is_for_and_answers_once(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", **TEXT)
    await hear(notifier, pa, 2, pauses_on=in_a_month(notifier))
    await told(notifier, pa)
    code = (await words_sent(notifier, pa, WILL_PAUSE)).partition("/r/")[2].split(".")[0]

    looked = (await notifier.http.get(f"/replies/{code}")).json()
    for _ in range(2):
        given = await notifier.http.post(f"/replies/{code}", json={"answer": "no"})
    other = await notifier.http.post(f"/replies/{code}", json={"answer": "yes"})

    assert looked["about"] == WILL_PAUSE
    assert (given.json()["answered"], other.status_code) == ("no", 409)
    assert await answers(notifier) == [(WILL_PAUSE, "no")]


async def test_what_they_did_meanwhile_takes_the_question_away(notifier: Any) -> None:
    waits, had = await notifier.record(kind="pa", **TEXT), await notifier.record(kind="pa", **{**TEXT, "phone": "07700900124"})
    day = in_a_month(notifier)
    await hear(notifier, had, 2, pauses_on=day)
    await told(notifier, had)
    notifier.clock.forward(hours=10)  # quiet hours
    await hear(notifier, waits, 2, pauses_on=day)
    await told(notifier, waits)
    for pa in (waits, had):
        await hear(notifier, pa, 3, confirmed_on=notifier.clock.now.date())

    assert await told(notifier, waits) == {WILL_PAUSE: "dropped"}
    async with notifier.store.begin() as work:
        assert await work.replies.open_for(notifier.council, [had], notifier.clock.now) == []


async def test_hearing_of_the_same_day_again_asks_nothing_twice(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", **TEXT)
    for revision in (2, 3):
        await hear(notifier, pa, revision, pauses_on=in_a_month(notifier))
        await told(notifier, pa)

    assert len(await notifier.messages(pa)) == 1


async def test_who_cannot_be_reached_has_a_task_and_the_team_passes_the_answer_on(notifier: Any) -> None:
    pa = uuid4()
    await hear(notifier, pa, 2, pauses_on=in_a_month(notifier))
    state = await told(notifier, pa)
    [task] = await notifier.tasks()
    whole = (await notifier.http.get(f"/councils/{notifier.council}/tasks/{task['task_id']}")).json()
    path = f"/councils/{notifier.council}/tasks/{task['task_id']}/outcome"
    done = await notifier.http.post(path, json={"outcome": "reached", "answer": "yes"})

    assert (state, whole["asks"], done.status_code) == ({WILL_PAUSE: "task"}, True, 200)
    assert await answers(notifier) == [(WILL_PAUSE, "yes")]


async def test_they_hear_that_it_paused_and_come_back_by_a_word(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", **TEXT)
    await hear(notifier, pa, 3, paused_itself_on=notifier.clock.now.date())
    state = await told(notifier, pa)
    answer = await texts(notifier, "back")

    assert state == {IS_PAUSED: "handed_over"} and answer["answered"]
    assert await answers(notifier) == [(IS_PAUSED, "yes")]


async def test_a_bare_yes_is_for_the_meeting_and_true_is_for_the_profile(notifier: Any) -> None:
    person, pa = uuid4(), await notifier.record(kind="pa", **TEXT)
    await hear(notifier, pa, 2, pauses_on=in_a_month(notifier))
    await notifier.introduce(person, pa)
    both = await told(notifier, pa)
    await texts(notifier, "yes")
    after_yes = await answers(notifier)
    await texts(notifier, "TRUE")

    assert both == {WILL_PAUSE: "handed_over", MEET: "handed_over"}
    assert after_yes == [] and await answers(notifier) == [(WILL_PAUSE, "yes")]
    assert len([one for one in await notifier.told() if "reply_id" in one]) == 1


async def test_a_bare_yes_is_taken_where_nothing_else_is_asked_and_what_is_unclear_is_asked_once_more(notifier: Any) -> None:
    pa = await notifier.record(kind="pa", **TEXT)
    await hear(notifier, pa, 2, pauses_on=in_a_month(notifier))
    await told(notifier, pa)
    await texts(notifier, "well some of it")
    await told(notifier, pa)
    twice = len(await notifier.messages(pa))
    await texts(notifier, "not the rate")
    task = await notifier.tasks()
    await texts(notifier, "yes")

    assert (twice, [one["kind"] for one in task]) == (2, ["ask_them"])
    assert await answers(notifier) == [(WILL_PAUSE, "yes")]


def test_each_asking_is_a_thing_of_its_own() -> None:
    profile = uuid4()
    days = (date(2026, 12, 24), date(2027, 12, 24))

    assert len({ask_id(profile, about, day) for about in (WILL_PAUSE, IS_PAUSED) for day in days}) == 4
