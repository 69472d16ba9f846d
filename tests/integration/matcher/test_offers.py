"""After they met: the work is offered, answered, tried out, asked after and ended; told each time, once."""
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.matcher.store import Store
from services.matcher.usecases import offers
from shared.contracts.notifier import ReplyReceived
from shared.contracts.registry import ProfileChanged
from shared.messaging.hearing import NeverRight
from tests.integration.matcher.conftest import Matcher
from tests.integration.matcher.test_meetings import Met

TODAY = datetime.now(UTC).date()
STARTS = TODAY + timedelta(days=20)
TERMS: dict[str, Any] = {
    "starts_on": STARTS.isoformat(), "trial_until": (STARTS + timedelta(days=27)).isoformat(), "quarters": 40, "rate": 1400,
}  # fmt: skip


@pytest.fixture
async def met(matcher: Matcher, council: str) -> Met:
    met = Met(matcher, council)
    await met.ask()
    await met.say_yes()
    return met


async def offer(met: Met, status: int = 200, **other: Any) -> Any:
    answer = await met.matcher.http.put(f"{met.path}/offer", json={**TERMS, **other})
    assert answer.status_code == status, answer.text
    return answer.json()


async def told(met: Met) -> list[tuple[int, str]]:
    journeys = [one for one in await met.matcher.told("matcher.journey.v1") if one["introduction_id"] == met.introduction]
    return [(one["offer"]["number"], one["offer"]["state"]) for one in journeys]


def reply(met: Met, to: str, answer: str, occurrence: str, *, route: str = "text", person: bool = False) -> ReplyReceived:
    return ReplyReceived.model_validate({
        "council": met.council, "revision": 1, "reply_id": uuid4(), "introduction_id": met.introduction, "answer": answer,
        "party_id": met.plan.person_id if person else met.pa.profile_id, "route": route, "at": datetime.now(UTC), "to": to,
        "occurrence": occurrence,
    })


async def test_an_offer_is_made_changed_and_agreed_and_each_is_told_once(met: Met) -> None:
    await offer(met)
    await offer(met)
    made = await offer(met, rate=1450)
    await met.matcher.hear(reply(met, "offer", "yes", "1"))  # the first is over
    await met.matcher.hear(reply(met, "offer", "yes", "2"), reply(met, "offer", "no", "2"))

    assert (made["offer"]["rate"], made["offer"]["by"]) == (1450, "person")
    assert await told(met) == [(1, "made"), (2, "made"), (2, "agreed")]
    await offer(met, 409, rate=1500)


async def test_an_offer_says_in_which_hours_as_the_plan_has_them_or_as_it_was_said(met: Met) -> None:
    as_planned = await offer(met)
    none, other = await offer(met, times="0" * 168), await offer(met, times="f0" + "0" * 166)
    too_long = await offer(met, 422, quarters=3, times="f0" + "0" * 166)

    assert [one["offer"]["times"] for one in (as_planned, none, other)] == [met.plan.fixed, None, "f0" + "0" * 166]
    assert too_long["title"].startswith("These times are more than the hours a week")
    events = await met.matcher.told("matcher.journey.v1")
    assert [one["offer"].get("times") for one in events if one["offer"]] == [met.plan.fixed, None, "f0" + "0" * 166]


async def test_what_cannot_be_offered_says_what_to_do(met: Met) -> None:
    below = await offer(met, 422, rate=900)
    past = await offer(met, 422, starts_on=TODAY.isoformat())
    nobody = await met.matcher.http.put(f"/councils/{met.council}/introductions/{uuid4()}/offer", json=TERMS)

    assert below["title"] == "This is less than the law allows"
    [field] = below["errors"]
    assert field["field"] == "rate" and field["remedy"].startswith("Pay £1")
    assert past["title"] == "The first day of work is to be a day to come, and within a year."
    assert nobody.status_code == 404 and await told(met) == []


async def test_an_answer_by_somebody_else_is_never_right(met: Met) -> None:
    await offer(met)
    with pytest.raises(NeverRight):
        await met.matcher.hear(reply(met, "offer", "yes", "1", person=True))
    assert await told(met) == [(1, "made")]


async def test_time_ends_an_offer_and_a_trial(met: Met) -> None:
    store = Store(met.matcher.database)
    for days, after in ((6, "made"), (8, "lapsed")):
        await offer(met) if days == 6 else None
        async with store.begin() as work:
            await offers.let_time_pass(datetime.now(UTC) + timedelta(days=days), work)
        assert (await told(met))[-1][1] == after
    await offer(met)
    await met.matcher.post(f"{met.path}/offer/answer", {"answer": "yes"})
    for _ in range(2):
        async with store.begin() as work:
            await offers.let_time_pass(datetime.now(UTC) + timedelta(days=60), work)

    last = [one["offer"] for one in await met.matcher.told("matcher.journey.v1")]
    assert await told(met) == [(1, "made"), (1, "lapsed"), (2, "made"), (2, "agreed"), (2, "agreed")]
    assert [one["trial_over"] for one in last] == [False, False, False, False, True]


async def test_both_say_how_they_would_go_on_and_one_no_ends_it(met: Met) -> None:
    await offer(met)
    await met.matcher.post(f"{met.path}/offer/answer", {"answer": "yes"})
    await met.matcher.hear(reply(met, "trial", "yes", "1", person=True))
    await met.matcher.post(f"{met.path}/work/after-trial", {"by": "pa", "goes_on": False})
    await met.matcher.post(f"{met.path}/work/after-trial", {"by": "pa", "goes_on": True}, 409)

    [journey] = await met.matcher.get(f"/councils/{met.council}/journeys", plan_id=str(met.plan.plan_id))
    assert (journey["offer"]["state"], journey["offer"]["ended_on"]) == ("ended", TERMS["trial_until"])
    assert journey["offer"]["goes_on"] == ["person"]


async def test_how_it_goes_is_heard_only_when_it_is_asked(met: Met) -> None:
    await offer(met)
    await met.matcher.post(f"{met.path}/offer/answer", {"answer": "yes"})
    early = reply(met, "going", "no", "1.1")
    later = early.model_copy(update={"reply_id": uuid4(), "at": datetime.now(UTC) + timedelta(days=22)})
    to_team = reply(met, "going", "no", "1.14", route="phone", person=True).model_copy(
        update={"at": datetime.now(UTC) + timedelta(days=35)}
    )

    await met.matcher.hear(early, later, to_team)

    last = (await met.matcher.told("matcher.journey.v1"))[-1]["offer"]
    assert last["going"] == [
        {"after": 1, "by": "pa", "well": False, "to_team": False},
        {"after": 14, "by": "person", "well": False, "to_team": True},
    ]


async def test_a_copy_of_ones_data_has_no_word_of_how_it_goes_for_the_other(met: Met) -> None:
    await offer(met)
    await met.matcher.post(f"{met.path}/offer/answer", {"answer": "yes"})
    then = {"at": datetime.now(UTC) + timedelta(days=22)}
    said = reply(met, "going", "no", "1.1"), reply(met, "going", "yes", "1.1", person=True)
    await met.matcher.hear(*(one.model_copy(update=then) for one in said))

    for party_id, by, well in ((met.pa.profile_id, "pa", False), (met.plan.person_id, "person", True)):
        own = await met.matcher.get(f"/councils/{met.council}/parties/{party_id}/data")
        [journey] = own["parts"]["journeys"]
        assert [(one["by"], one["well"]) for one in journey["stands"]["offer"]["going"]] == [(by, well)]


@pytest.mark.parametrize("agreed", [False, True])
async def test_a_pa_who_leaves_ends_an_offer_and_not_work_that_was_agreed(met: Met, agreed: bool) -> None:
    await offer(met)
    if agreed:
        await met.matcher.post(f"{met.path}/offer/answer", {"answer": "yes"})

    await met.matcher.hear(ProfileChanged.model_validate(met.pa.model_dump() | {"state": "gone", "revision": 2}))

    assert (await told(met))[-1] == (1, "agreed" if agreed else "declined")


async def test_the_work_has_a_last_day(met: Met) -> None:
    await met.matcher.post(f"{met.path}/work/end", {"by": "pa", "last_day": STARTS.isoformat()}, 409)
    await offer(met)
    await met.matcher.post(f"{met.path}/offer/answer", {"answer": "yes"})
    await met.matcher.post(f"{met.path}/work/end", {"by": "staff", "last_day": "2026-01-01"}, 422)
    ended = await met.matcher.post(f"{met.path}/work/end", {"by": "pa", "last_day": STARTS.isoformat()})

    assert (ended["offer"]["state"], ended["offer"]["by"], ended["offer"]["ended_on"]) == ("ended", "pa", STARTS.isoformat())
