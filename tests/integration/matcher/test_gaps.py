"""Gaps on a real database: drawn up from the lists, published once a week, told where they are news, shown in words."""
from datetime import date, timedelta
from typing import Any

import pytest

from services.matcher.subscribers import today
from services.matcher.usecases import counting
from shared.contracts.portal import PlanState, SupportPlanChanged
from shared.contracts.registry import Looking
from shared.vocabulary.week import slot, to_hex
from tests.integration.matcher.conftest import Matcher, plan, profile

WEEKEND_EVENINGS = to_hex(slot(5, 68, 80) | slot(6, 68, 80))


def wanting(council: str, tag: str, outcode: str = "LE5", **changes: Any) -> SupportPlanChanged:
    return plan(
        council, fixed=WEEKEND_EVENINGS, quarters=24, place={"outcode": outcode, "east_m": 0, "north_m": 0},
        wishes=[{"criterion": "language", "strength": "must", "values": [tag]}, {"criterion": "times", "strength": "must"}],
        **changes,
    )


async def publish(matcher: Matcher, council: str, day: date) -> None:
    async with matcher.store.begin() as work:
        await counting.publish(council, day, work=work)


async def test_a_gap_is_seven_people_who_speak_sylheti_on_weekend_evenings_near_le5(matcher: Matcher, council: str) -> None:
    await matcher.hear(profile(council, languages=[{"tag": "so", "spoken": "fluent"}]))
    await matcher.hear(*[wanting(council, "syl") for _ in range(7)], *[wanting(council, "gu", "LE4") for _ in range(4)])
    await matcher.rank()

    told = await matcher.post(f"/councils/{council}/gaps/weeks", {})

    (figure,) = told["figures"]
    assert (figure["people"], figure["hours"]) == (7, 40)
    assert figure["title"] == "Personal assistants who speak Sylheti, in LE5, for weekend evenings"
    assert figure["cells"]["language"] == "Sylheti"
    assert told["by"]["language"] == [{"value": "syl", "words": "Sylheti", "people": 7, "hours": 40}]
    assert "'gu'" not in str(told) and "Gujarati" not in str(told), "four people are nobody's business"
    assert await matcher.get(f"/councils/{council}/gaps") == told
    (event,) = await matcher.told("matcher.gap.v1")
    assert (event["gap_id"], event["people"], event["open"]) == (figure["gap_id"], 7, True)


async def test_a_plan_with_people_enough_to_choose_from_is_in_no_gap(matcher: Matcher, council: str) -> None:
    free = {"week": WEEKEND_EVENINGS, "languages": [{"tag": "syl", "spoken": "fluent"}]}
    await matcher.hear(*[profile(council, **free) for _ in range(3)], *[wanting(council, "syl") for _ in range(7)])
    await matcher.rank()

    assert (await matcher.post(f"/councils/{council}/gaps/weeks", {}))["figures"] == []


async def test_a_week_is_published_once_and_only_news_is_told(matcher: Matcher, council: str) -> None:
    plans = [wanting(council, "syl") for _ in range(7)]
    await matcher.hear(*plans)
    await matcher.rank()
    day = today()
    await publish(matcher, council, day)

    await matcher.hear(*[wanting(council, "syl") for _ in range(9)])
    await matcher.rank()
    await publish(matcher, council, day)
    same_week = await matcher.get(f"/councils/{council}/gaps")
    await publish(matcher, council, day + timedelta(7))
    await matcher.hear(wanting(council, "syl"))
    await matcher.rank()
    await publish(matcher, council, day + timedelta(14))

    assert [figure["people"] for figure in same_week["figures"]] == [7]
    told = await matcher.told("matcher.gap.v1")
    assert [event["people"] for event in told] == [7, 16]
    assert [event["revision"] for event in told] == [told[0]["revision"], told[0]["revision"] + 1]
    newest = await matcher.get(f"/councils/{council}/gaps")
    assert [figure["people"] for figure in newest["figures"]] == [16]
    assert len(newest["weeks"]) == 3


async def test_a_gap_that_closed_is_told_of_as_closed(matcher: Matcher, council: str) -> None:
    plans = [wanting(council, "syl") for _ in range(7)]
    await matcher.hear(*plans)
    await matcher.rank()
    await publish(matcher, council, today())

    await matcher.hear(*[one.model_copy(update={"revision": 2, "state": PlanState.CLOSED}) for one in plans[:5]])
    await matcher.hear(*[wanting(council, "gu", "LE4") for _ in range(3)])
    await matcher.rank()
    await publish(matcher, council, today() + timedelta(7))

    assert [(event["people"], event["open"]) for event in await matcher.told("matcher.gap.v1")] == [(7, True), (0, False)]


async def test_councils_are_published_when_their_lists_have_settled(matcher: Matcher, council: str) -> None:
    await matcher.hear(*[wanting(council, "syl") for _ in range(7)])
    await matcher.rank()

    async def published() -> list[str]:
        async with matcher.store.begin() as work:
            return list(await counting.new_week(today(), work=work))

    assert await published() == [], "lists came a moment ago"
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE list_count SET counted_at = now() - interval '1 hour'")
    assert await published() == [council]
    assert await published() == []


async def test_there_are_no_gaps_before_the_first_week_is_published(matcher: Matcher, council: str) -> None:
    await matcher.get(f"/councils/{council}/gaps", status=404)


@pytest.mark.parametrize("weeks", [0, 53])
async def test_fairness_is_of_one_week_to_a_year(matcher: Matcher, council: str, weeks: int) -> None:
    await matcher.get(f"/councils/{council}/fairness", status=422, weeks=weeks)


async def test_whose_turn_it_was_is_counted_once_a_day_for_each_plan(matcher: Matcher, council: str) -> None:
    pas = [profile(council, most=60) for _ in range(20)]
    asked = plan(council)
    await matcher.hear(*pas, asked)
    await matcher.rank()
    await matcher.post(f"/councils/{council}/plans/{asked.plan_id}/introductions", {"profile_id": str(pas[0].profile_id),
                                                                                     "asked_by": "person"}, 201)
    await matcher.hear(pas[0].model_copy(update={"revision": 2, "least_rate": 1250}))
    await matcher.rank()

    async with matcher.store.begin() as work:
        first, until, rows = await counting.fairness(council, today() + timedelta(7), 1, work=work)
    everybody, new, settled, *_ = rows
    assert until - first == timedelta(7)
    assert (everybody.pas, everybody.shown, everybody.seen, everybody.shown_of_due) == (20, 10, 10, 1_000_000)
    assert everybody.asked is None, "one is too few to tell"
    assert (new.pas, settled.pas) == (20, 0)


async def test_a_pa_who_leaves_takes_their_turns_along(matcher: Matcher, council: str) -> None:
    leaves = profile(council)
    await matcher.hear(leaves, plan(council))
    await matcher.rank()

    async def kept() -> int:
        async with matcher.database.transaction() as connection:
            return int(await connection.fetchval("SELECT count(*) FROM turn"))

    assert await kept() == 1
    await matcher.hear(leaves.model_copy(update={"revision": 2, "state": Looking.GONE}))
    assert await kept() == 0


async def test_turns_of_more_than_a_year_ago_are_forgotten(matcher: Matcher, council: str) -> None:
    await matcher.hear(profile(council), plan(council))
    await matcher.rank()
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE turn SET week = week - 372")
        await connection.execute("UPDATE list_count SET counted_at = now() - interval '1 hour'")

    async with matcher.store.begin() as work:
        await counting.new_week(today(), work=work)

    async with matcher.database.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM turn") == 0
