"""One reminder of an ask, near its end: only if it reached them, and no answer came."""
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.notifier.domain.lists import PlanCopy
from services.notifier.usecases.introducing import Introduction, Turn, hear_introduction
from tests.integration.notifier.test_introductions import link_code, pa_by_text

AGAIN = "asked_again"


async def asked(notifier: Any, pa: Any, *, days: int = 7) -> Introduction:
    now, person = notifier.clock.now, await notifier.record()
    one = Introduction(notifier.council, uuid4(), uuid4(), person, pa, now, now + timedelta(days=days), 40)
    async with notifier.store.begin() as work:
        await work.lists.save_plan(PlanCopy(one.council, one.plan_id, one.person_id, True, 40, "LE5", (), 1))
        await hear_introduction(one, Turn.ASKED, now, work)
    return one


async def day_by_day(notifier: Any, days: int) -> None:
    for _ in range(days):
        await notifier.work_through()
        notifier.clock.forward(days=1)


async def sent(notifier: Any, pa: Any) -> list[str]:
    return sorted(one["about"] for one in await notifier.messages(pa) if one["state"] == "handed_over")


async def test_who_was_reached_and_did_not_answer_is_reminded_once(notifier: Any) -> None:
    pa = await pa_by_text(notifier, "07700 900191")
    await asked(notifier, pa)

    await day_by_day(notifier, 5)
    assert await sent(notifier, pa) == ["somebody_would_like_to_meet_you"]
    await day_by_day(notifier, 1)
    [reminder] = [one for one in await notifier.messages(pa) if one["about"] == AGAIN]
    answer = await notifier.http.post(f"/replies/{await link_code(notifier, reminder['message_id'])}", json={"answer": "yes"})
    await day_by_day(notifier, 2)

    assert answer.json()["answered"] == "yes"
    assert await sent(notifier, pa) == [AGAIN, "somebody_would_like_to_meet_you"]
    [reply] = [event for event in await notifier.told() if "reply_id" in event]
    assert (reply["to"], reply["answer"]) == ("ask", "yes")


@pytest.mark.parametrize("turn", [None, Turn.WITHDRAWN])
async def test_who_answered_or_is_asked_no_more_is_not_reminded(notifier: Any, turn: Turn | None) -> None:
    pa = await pa_by_text(notifier, "07700 900192")
    introduction = await asked(notifier, pa)
    await day_by_day(notifier, 2)

    if turn is None:  # the answer has left; the matcher has not said yet what came of it
        texts = f"/councils/{notifier.council}/texts"
        assert (await notifier.http.post(texts, json={"from": "07700900192", "words": "no"})).json()["answered"] is True
    else:
        await notifier.hear(introduction, turn)
    await day_by_day(notifier, 5)

    assert AGAIN not in await sent(notifier, pa)


async def test_who_was_never_reached_is_not_reminded_of_what_they_never_heard(notifier: Any) -> None:
    pa = await notifier.record(
        kind="pa", phone="07700 900193", preferences=[{"method": "phone", "format": "verbal", "language": "so"}]
    )
    await asked(notifier, pa)

    await day_by_day(notifier, 7)

    assert [task["kind"] for task in await notifier.tasks()] == ["ring_in_their_language"] or not await notifier.tasks()
    assert AGAIN not in [one["about"] for one in await notifier.messages(pa)]


async def test_an_ask_that_was_told_late_is_not_followed_by_its_reminder_on_the_same_day(notifier: Any) -> None:
    pa = await notifier.record(
        kind="pa", phone="07700 900194", preferences=[{"method": "phone", "format": "verbal", "language": "en"}]
    )
    await asked(notifier, pa)
    await notifier.work_through()
    notifier.clock.forward(days=4, hours=20)
    [task] = await notifier.tasks()
    await notifier.http.post(f"/councils/{notifier.council}/tasks/{task['task_id']}/outcome", json={"outcome": "reached"})

    notifier.clock.forward(hours=12)
    await notifier.work_through()
    assert AGAIN not in [one["about"] for one in await notifier.messages(pa)]
    notifier.clock.forward(hours=13)
    await notifier.work_through()

    assert AGAIN in [one["about"] for one in await notifier.messages(pa)]
