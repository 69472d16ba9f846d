"""How a PA stands: now, over time, and which plans would fit; never whose they are."""
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from services.matcher.app import Calendar
from services.matcher.subscribers import today
from services.matcher.usecases.standing import count_week
from shared.contracts.registry import ProfileChanged
from tests.integration.matcher.conftest import MORNINGS, Matcher, plan, profile

PUNJABI = {"languages": [{"tag": "pa", "spoken": "mother_tongue"}]}


def polish(council: str) -> Any:
    return plan(council, wishes=[{"criterion": "language", "strength": "must", "values": ["pl"]}])


async def test_plans_that_fit_are_shown_without_whose_they_are(matcher: Matcher, council: str) -> None:
    pa, fits, nearly = profile(council), plan(council, tasks=["cooking"]), polish(council)
    await matcher.hear(pa, fits, nearly, plan(council, state="paused"), plan(council, blocked=[pa.profile_id]), plan("elsewhere"))

    found = await matcher.get(f"/councils/{council}/profiles/{pa.profile_id}/opportunities")

    assert (found["total"], found["pages"]) == (2, 1)
    best, second = found["items"]
    assert (best["group"], best["quarters"], best["miles"], best["tasks"]) == ("fitting", 16, 1, ["cooking"])
    assert best["away"] == "about 1 mile"
    assert [one["to_you"] for one in best["speaks_for"]] == ["You have a language they need", "You are free at their times"]
    assert [one["to_you"] for one in second["unmet"]] == ["The language they need is not on your profile"]
    for one in (fits, nearly):
        assert not {str(one.plan_id), str(one.person_id)} & set(str(found).replace("'", " ").split())
    assert MORNINGS not in str(found) and "LE5" not in str(found) and "1500" not in str(found)


async def test_opportunities_come_in_pages(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    await matcher.hear(pa, *(plan(council) for _ in range(5)))
    path = f"/councils/{council}/profiles/{pa.profile_id}/opportunities"

    pages = [await matcher.get(path, page=n, size=2) for n in (1, 2, 3)]

    assert len({one["ref"] for page in pages for one in page["items"]}) == 5
    assert [page["pages"] for page in pages] == [3, 3, 3]
    await matcher.get(f"/councils/{council}/profiles/{uuid4()}/opportunities", status=404)


async def test_weeks_are_counted_and_the_last_count_of_a_week_stays(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    await matcher.hear(pa, plan(council), polish(council))
    await matcher.rank()
    monday = today() - timedelta(days=today().weekday())
    path = f"/councils/{council}/profiles/{pa.profile_id}/standing/over-time"
    async with matcher.store.begin() as work:
        await count_week(council, monday - timedelta(days=7), work=work)
        await count_week(council, monday, work=work)
    await matcher.hear(polish(council))
    await matcher.rank()
    async with matcher.store.begin() as work:
        await count_week(council, monday + timedelta(days=1), work=work)

    found = await matcher.get(path)

    assert [(one["begins"], one["in_lists"], one["fitting"], one["near"]) for one in found["weeks"]] == [
        (monday.isoformat(), 3, 1, 2), ((monday - timedelta(days=7)).isoformat(), 2, 1, 1),
    ]
    assert found["weeks"][0]["kept_out_by"] == [{
        "code": "language_not_listed", "text": "The language asked for is not on the profile",
        "to_you": "The language they need is not on your profile", "change": "languages", "times": 2,
    }]
    assert found["months"][0]["in_lists"] == 3
    assert found["months"][0]["begins"] == (monday + timedelta(days=1)).replace(day=1).isoformat()


async def test_lists_of_plans_whose_hours_are_all_shared_are_not_counted(matcher: Matcher, council: str) -> None:
    """The PA is asked for in the job that several share; counted there once, and not in each one's own plan as well."""
    pa, mine, theirs = profile(council), plan(council), plan(council)
    shares = [
        {"plan_id": str(one.plan_id), "person_id": str(one.person_id), "quarters": one.quarters, "funding": "direct_payment"}
        for one in (mine, theirs)
    ]
    await matcher.hear(pa, mine, theirs, plan(council, quarters=mine.quarters + theirs.quarters, shares=shares))
    await matcher.rank()
    async with matcher.store.begin() as work:
        await count_week(council, today(), work=work)
    path = f"/councils/{council}/profiles/{pa.profile_id}"

    assert (await matcher.get(f"{path}/standing"))["in_lists"] == 1
    assert [week["in_lists"] for week in (await matcher.get(f"{path}/standing/over-time"))["weeks"]] == [1]


async def test_a_new_day_counts(matcher: Matcher, council: str) -> None:
    pa = profile(council, **PUNJABI)
    await matcher.hear(pa, plan(council))
    await matcher.rank()

    await Calendar(matcher.store).look(datetime.now(UTC))

    found = await matcher.get(f"/councils/{council}/profiles/{pa.profile_id}/standing/over-time")
    assert [(one["in_lists"], one["near"]) for one in found["weeks"]] == [(1, 1)]


async def test_nothing_of_this_is_kept_of_somebody_who_left(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    await matcher.hear(pa, plan(council))
    await matcher.rank()
    async with matcher.store.begin() as work:
        assert await count_week(council, today(), work=work) >= 1

    await matcher.hear(ProfileChanged.model_validate(pa.model_dump() | {"state": "gone", "revision": 2}))
    async with matcher.store.begin() as work:  # the list still has them, until it is ranked again
        await count_week(council, today(), work=work)

    async with matcher.database.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM standing_week WHERE council = $1", council) == 0
