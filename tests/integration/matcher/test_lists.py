"""Lists follow plans and profiles: only those a change touches, told only when they mean something new."""
import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.matcher.app import Calendar, Ranker
from services.matcher.domain.plan import Criterion, PlanId, Strength, Wish
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.shortlist import Cause
from services.matcher.subscribers import HEARS, today
from shared.contracts.portal import SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from shared.messaging.hearing import NeverRight
from tests.integration.matcher.conftest import MORNINGS, Matcher, plan, profile

SOMALI, PUNJABI = ({"languages": [{"tag": tag, "spoken": "mother_tongue"}]} for tag in ("so", "pa"))


def revised(event: Any, **changes: Any) -> Any:
    return event.model_copy(update={"revision": event.revision + 1, **changes})


async def test_a_plan_gets_a_list_of_everybody_in_scope(matcher: Matcher, council: str) -> None:
    fits, near, paused = profile(council), profile(council, **PUNJABI), profile(council, state="paused")
    elsewhere, blocked = profile("another-council"), profile(council)
    wanted = plan(council, blocked=[blocked.profile_id])

    await matcher.hear(fits, near, paused, elsewhere, blocked, wanted)
    await matcher.rank()

    (told,) = await matcher.lists()
    assert (told["revision"], told["cause"], told["open"], told["added"]) == (1, "plan", True, 1)
    assert [one["profile_id"] for one in told["fitting"]] == [str(fits.profile_id)]
    assert [(one["profile_id"], one["unmet"]) for one in told["near"]] == [(str(near.profile_id), ["language_not_listed"])]
    assert (told["others"], told["in_scope"]) == (0, 2)


async def test_a_changed_profile_ranks_only_the_plans_it_touches(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    times = [{"criterion": "times", "strength": "must"}]
    asks_times, asks_language = plan(council, wishes=times), plan(council, wishes=plan(council).wishes[:1], fixed="0" * 168)
    await matcher.hear(pa, asks_times, asks_language)
    await matcher.rank()

    await matcher.hear(revised(pa, week="0" * 167 + "f"))

    assert await matcher.due() == {asks_times.plan_id}
    await matcher.rank()
    told = (await matcher.lists())[-1]
    assert (told["plan_id"], told["cause"], told["lost"]) == (str(asks_times.plan_id), "profiles", 1)
    assert told["near"][0]["unmet"] == ["times_none"]


async def test_a_profile_confirmed_again_touches_nothing(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    await matcher.hear(pa, plan(council))
    await matcher.rank()

    await matcher.hear(revised(pa, confirmed_on=pa.confirmed_on + timedelta(days=9)))

    assert await matcher.due() == set()


async def test_several_changes_before_a_ranking_are_one_ranking(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(wanted)
    await matcher.rank()

    await matcher.hear(*(profile(council) for _ in range(5)))

    assert await matcher.rank() == 1
    assert [len(told["fitting"]) for told in await matcher.lists()] == [0, 5]


async def test_a_list_that_means_the_same_is_kept_and_not_told(matcher: Matcher, council: str) -> None:
    pa, wanted = profile(council), plan(council)
    await matcher.hear(pa, wanted)
    await matcher.rank()

    await matcher.hear(revised(pa, place=pa.place.model_copy(update={"east_m": 1100})))

    assert await matcher.rank() == 1
    assert len(await matcher.lists()) == 1
    found = await matcher.get(f"/councils/{council}/plans/{wanted.plan_id}/matches", group="all")
    assert (found["shortlist_revision"], found["items"][0]["profile_revision"], found["items"][0]["distance_m"]) == (1, 2, 1100)


async def test_a_new_plan_revision_is_told_once_even_when_nobody_moved(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(profile(council), wanted)
    await matcher.rank()

    await matcher.hear(revised(wanted, quarters=20))
    await matcher.rank()

    assert [(told["revision"], told["plan_revision"]) for told in await matcher.lists()] == [(1, 1), (2, 2)]


@pytest.mark.parametrize("state", ["paused", "closed"])
async def test_a_plan_not_open_has_its_list_put_away_and_can_come_back(matcher: Matcher, council: str, state: str) -> None:
    wanted = plan(council)
    await matcher.hear(profile(council), wanted)
    await matcher.rank()

    away = SupportPlanChanged.model_validate(wanted.model_dump() | {"state": state, "revision": 2})
    await matcher.hear(away)
    await matcher.rank()
    await matcher.hear(profile(council))
    assert await matcher.due() == set()
    await matcher.hear(revised(away, state=wanted.state))
    await matcher.rank()

    told = await matcher.lists()
    assert [(one["open"], one["in_scope"]) for one in told] == [(True, 1), (False, 0), (True, 2)]
    assert [one["revision"] for one in told] == [1, 2, 3]


async def test_somebody_who_leaves_is_on_no_list_and_nothing_of_them_is_kept(matcher: Matcher, council: str) -> None:
    pa, wanted = profile(council), plan(council)
    await matcher.hear(pa, wanted)
    await matcher.rank()

    await matcher.hear(ProfileChanged.model_validate(pa.model_dump() | {"state": "gone", "revision": 2}))
    await matcher.rank()

    assert (await matcher.lists())[-1]["in_scope"] == 0
    async with matcher.database.transaction() as connection:
        kept = await connection.fetch("SELECT profile_id, revision, shown, facets FROM profile WHERE council = $1", council)
    assert [tuple(row) for row in kept] == [(pa.profile_id, 2, False, None)]  # the number, and that they have gone


async def test_a_profile_heard_while_its_plan_is_being_ranked_is_not_lost(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(wanted)

    async with matcher.store.begin() as ranking:
        due = await ranking.due.take()
        assert due is not None
        await ranking.profiles.shown(council)
        await matcher.hear(profile(council))  # commits after the index was read
        await ranking.due.done(due)

    assert await matcher.due() == {wanted.plan_id}


async def test_two_rankers_never_take_one_plan(matcher: Matcher, council: str) -> None:
    await matcher.hear(plan(council))

    async with matcher.store.begin() as one, matcher.store.begin() as other:
        assert await one.due.take() is not None
        assert await other.due.take() is None


async def test_a_new_day_ranks_again_and_tells_nothing_when_only_turns_changed(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(*(profile(council) for _ in range(4)), wanted)
    await matcher.rank()
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE shortlist SET day = day - 1")

    await Calendar(matcher.store).look(datetime.now(UTC))

    assert await matcher.rank() == 1
    assert len(await matcher.lists()) == 1
    assert (await matcher.get(f"/councils/{council}/plans/{wanted.plan_id}/shortlist"))["day"] == today().isoformat()


async def test_lists_made_by_rules_of_before_are_made_by_those_of_now(matcher: Matcher, council: str) -> None:
    wanted, other = plan(council), plan(council)
    await matcher.hear(*(profile(council) for _ in range(4)), wanted, other)
    await matcher.rank()
    async with matcher.database.transaction() as connection:
        await connection.execute("UPDATE shortlist SET rules_version = rules_version - 1 WHERE plan_id = $1", wanted.plan_id)

    await Calendar(matcher.store).look(datetime.now(UTC))

    async with matcher.database.transaction() as connection:
        due = await connection.fetch("SELECT plan_id, cause FROM due_ranking")
    assert [(row["plan_id"], row["cause"]) for row in due] == [(wanted.plan_id, "rules")]
    assert await matcher.rank() == 1
    assert (await matcher.get(f"/councils/{council}/plans/{wanted.plan_id}/shortlist"))["rules_version"] == CURRENT.version


async def test_the_ranker_wakes_when_something_is_due(matcher: Matcher, council: str) -> None:
    await matcher.hear(*(profile(council) for _ in range(20)))
    running = asyncio.create_task(Ranker(matcher.store).run())
    try:
        await asyncio.sleep(0.3)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await matcher.hear(plan(council))
        while not await matcher.lists():
            await asyncio.sleep(0.005)
            assert loop.time() - began < 1
    finally:
        running.cancel()


async def test_a_wish_without_a_value_is_set_aside_at_once(matcher: Matcher, council: str) -> None:
    nameless = plan(council, wishes=[{"criterion": "skill", "strength": "nice"}])

    with pytest.raises(NeverRight, match="does not say what for"):
        async with matcher.store.begin() as work:
            await HEARS[SupportPlanChanged](nameless, work)


async def test_a_plans_own_change_comes_before_settling_profiles(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(wanted)
    await matcher.rank()
    async with matcher.store.begin() as work:
        await work.due.mark(council, [PlanId(wanted.plan_id)], Cause.PROFILES)
        assert await work.due.take() is None
        await work.due.mark(council, [PlanId(wanted.plan_id)], Cause.PLAN)

        due = await work.due.take()

    assert due is not None and (due.cause, due.asked) == (Cause.PLAN, 2)


async def test_a_plan_that_cannot_be_ranked_keeps_no_other_waiting(matcher: Matcher, council: str) -> None:
    stuck, wanted = plan(council), plan(council)
    await matcher.hear(profile(council), stuck, wanted)
    async with matcher.store.begin() as work:
        held = await work.plans.hold(council, PlanId(stuck.plan_id))
        assert held is not None
        await work.plans.put(replace(held, wishes=(Wish(Criterion.AGE, Strength.NICE),)))  # nothing that was heard can hold this

    await matcher.rank()

    assert [told["plan_id"] for told in await matcher.lists()] == [str(wanted.plan_id)]
    assert await matcher.due() == {stuck.plan_id}


async def test_pages_hold_everybody_once_best_first_with_words(matcher: Matcher, council: str) -> None:
    wanted = plan(council)
    await matcher.hear(*(profile(council) for _ in range(4)), *(profile(council, **PUNJABI) for _ in range(3)), wanted)
    await matcher.rank()
    path = f"/councils/{council}/plans/{wanted.plan_id}/matches"

    pages = [await matcher.get(path, group="all", page=n, size=3) for n in (1, 2, 3)]

    items = [item for page in pages for item in page["items"]]
    assert [item["rank"] for item in items] == [1, 2, 3, 4, 5, 6, 7]
    assert len({item["profile_id"] for item in items}) == 7
    assert (pages[0]["pages"], pages[0]["total"]) == (3, 7)
    assert pages[0]["counts"] == {"fitting": 4, "near": 3, "others": 0, "in_scope": 7}
    assert items[0]["group"] == "fitting" and items[0]["unmet"] == []
    assert items[0]["reasons"][0]["text"] == "Speaks Somali as a mother tongue"
    assert items[0]["reasons"][1]["text"] == "Is free for all the time you asked for: 4 hours"
    assert items[-1]["unmet"] == [
        {"criterion": "language", "code": "language_not_listed", "params": {"language": "so"}, "text": "Has not listed Somali"}
    ]
    assert [item["group"] for item in (await matcher.get(path, group="near"))["items"]] == ["near"] * 3


async def test_the_rules_are_published(matcher: Matcher, council: str) -> None:
    rules = await matcher.get(f"/councils/{council}/rules")

    assert (rules["version"], rules["turning"]) == (2, "mixed")
    assert rules["weights"] == {"must": 3, "important": 3, "nice": 1}
    assert rules["reaches"]["walk"] == {"comfortable_m": 1600, "furthest_m": 3200}


async def test_no_list_yet_is_a_404_that_says_so(matcher: Matcher, council: str) -> None:
    problem = await matcher.get(f"/councils/{council}/plans/{uuid4()}/shortlist", status=404)

    assert problem["title"] == "There is no list for this plan yet."


async def test_a_pa_sees_how_they_stand_and_nothing_of_whose_plans(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    wanted = [plan(council), plan(council, wishes=[{"criterion": "language", "strength": "must", "values": ["pl"]}]),
              plan(council, blocked=[pa.profile_id])]
    await matcher.hear(pa, *wanted)

    standing = await matcher.get(f"/councils/{council}/profiles/{pa.profile_id}/standing")

    assert standing == {
        "in_lists": 2, "fitting": 1, "near": 1,
        "kept_out_by": [{
            "code": "language_not_listed", "text": "The language asked for is not on the profile",
            "to_you": "The language they need is not on your profile", "change": "languages", "times": 1,
        }],
    }
    assert MORNINGS not in str(standing)
