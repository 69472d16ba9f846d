"""What a PA costs a plan, over HTTP: beside each PA of a list, and asked for by itself."""
from typing import Any
from uuid import uuid4

from tests.integration.matcher.conftest import Matcher, plan, profile

HOURS_20 = {"quarters": 80, "budget": 28_000, "contribution": 4_500}


async def asked(matcher: Matcher, wanted: Any, status: int = 200, **params: Any) -> Any:
    return await matcher.get(f"/councils/{wanted.council}/plans/{wanted.plan_id}/cost", status=status, **params)


async def test_each_pa_of_a_list_has_a_cost_with_its_working(matcher: Matcher, council: str) -> None:
    wanted = plan(council, **HOURS_20)
    await matcher.hear(profile(council, least_rate=1271), wanted)
    await matcher.rank()

    (match,) = (await matcher.get(f"/councils/{council}/plans/{wanted.plan_id}/matches"))["items"]

    cost = match["cost"]
    assert (cost["a_week"], cost["a_week_before_allowance"]) == (285_60, 309_31)
    assert sum(line["a_year"] for line in cost["lines"]) == cost["a_year_before_allowance"]
    assert cost["pays"] == {"person": 4_500, "council": 23_500, "over_budget": 5_60}
    ni = next(line for line in cost["lines"] if line["code"] == "cost_ni")
    assert ni["text"] == "Employer National Insurance: 15% of the part of £13,218.40 above £5,000 a year"
    assert {(one["item"], one["value"], one["since"]) for one in ni["figures"]} == {
        ("employer_ni/share", "15", "2025-04-06"), ("employer_ni/threshold", "5000", "2025-04-06"),
    }  # fmt: skip


async def test_a_cost_is_asked_for_one_pa_for_other_hours_and_with_holiday_rolled_up(matcher: Matcher, council: str) -> None:
    pa, wanted = profile(council, least_rate=1271), plan(council, **HOURS_20)
    await matcher.hear(pa, wanted)

    rolled_up = await asked(matcher, wanted, profile_id=pa.profile_id, hours="irregular")
    fewer = await asked(matcher, wanted, profile_id=pa.profile_id, quarters=48)

    assert {line["code"]: line["a_year"] for line in rolled_up["lines"]} == {
        "cost_base": 13_218_40, "cost_holiday_rolled_up": 1_595_46, "cost_ni": 1_472_08, "cost_pension": 257_22,
    }  # fmt: skip
    assert fewer["lines"][0]["a_year"] == 7_931_04


async def test_without_a_pa_it_is_at_the_highest_rate_of_the_plan_or_the_one_asked_about(matcher: Matcher, council: str) -> None:
    wanted = plan(council, **HOURS_20)
    await matcher.hear(wanted)

    assert (await asked(matcher, wanted))["rate"] == 1500
    assert (await asked(matcher, wanted, rate=1271))["budget_buys"] == 78


async def test_an_unlawful_rate_is_refused_and_nothing_to_go_by_is_said(matcher: Matcher, council: str) -> None:
    wanted, silent = plan(council), plan(council, most_rate=None)
    await matcher.hear(wanted, silent)

    await asked(matcher, wanted, 422, rate=799)
    await asked(matcher, silent, 409)
    await asked(matcher, wanted, 404, profile_id=uuid4())
    await asked(matcher, plan(council), 404)


async def test_a_blocked_pa_has_no_cost_either(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    wanted = plan(council, blocked=[pa.profile_id])
    await matcher.hear(pa, wanted)

    await asked(matcher, wanted, 404, profile_id=pa.profile_id)
