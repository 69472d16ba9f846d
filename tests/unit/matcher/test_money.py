"""What a PA costs all in: the golden values of the design to the penny, and what must hold of any cost."""
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.budget import quarters_bought, who_pays
from services.matcher.domain.cost import Cost, Job, Pattern, cost
from services.matcher.domain.employer import all_in, may_claim
from services.matcher.domain.plan import Funding
from services.matcher.domain.profile import AgeBand
from services.matcher.domain.rates import Item, NotInForce
from tests.unit.matcher.a_match import LORE

RATES = LORE.rates
ON = date(2026, 11, 23)
NLW = 1271
OF_21 = AgeBand.FROM_21

jobs = st.builds(
    Job, st.integers(0, 672), st.integers(0, 6000), st.just(ON), st.sampled_from(Pattern), st.none() | st.sampled_from(AgeBand),
    st.booleans(),
)  # fmt: skip


def a_job(hours: float, pattern: Pattern = Pattern.FIXED, **changes: object) -> Job:
    return replace(Job(int(hours * 4), NLW, ON, pattern, OF_21), **changes)  # type: ignore[arg-type]


def amounts(found: Cost) -> dict[str, int]:
    return {line.code: line.pence for line in found.lines}


def gross(found: Cost) -> int:
    of = amounts(found)
    return of["cost_base"] + of.get("cost_holiday_rolled_up", 0)


def test_twenty_irregular_hours_to_the_penny() -> None:
    found = cost(a_job(20, Pattern.IRREGULAR), RATES)

    assert amounts(found) == {
        "cost_base": 13_218_40, "cost_holiday_rolled_up": 1_595_46, "cost_ni": 1_472_08, "cost_pension": 257_22,
    }  # fmt: skip
    assert gross(found) == 14_813_86


def test_twenty_fixed_hours_to_the_penny() -> None:
    found = cost(a_job(20), RATES)

    assert amounts(found) == {
        "cost_base": 13_218_40, "cost_holiday_inside": 0, "cost_ni": 1_232_76, "cost_pension": 209_35, "cost_cover": 1_423_52,
    }  # fmt: skip


def test_twelve_fixed_hours_are_below_the_pension_trigger() -> None:
    found = cost(a_job(12), RATES)

    assert amounts(found)["cost_base"] == 7_931_04
    assert amounts(found)["cost_ni"] == 439_66
    assert amounts(found)["cost_pension_below"] == 0


def test_the_allowance_takes_national_insurance_off_and_nothing_else() -> None:
    found = cost(a_job(20), RATES)

    whole = all_in([found], ON, RATES, may_claim=True)

    assert whole.allowance == 1_232_76
    assert whole.a_year_with_allowance == 13_218_40 + 209_35 + 1_423_52
    assert (whole.a_week, whole.a_week_with_allowance) == (309_31, 285_60)


def test_the_allowance_is_once_for_an_employer_not_for_each_pa() -> None:
    ten = [cost(a_job(40), RATES)] * 10

    whole = all_in(ten, ON, RATES, may_claim=True)

    assert sum(one.ni for one in ten) > 10_500_00
    assert whole.allowance == 10_500_00


@pytest.mark.parametrize(("funding", "may"), [
    (Funding.DIRECT_PAYMENT, True), (Funding.SELF_FUNDED, True), (Funding.ISF, False), (Funding.MANAGED, False), (None, False),
])  # fmt: skip
def test_only_whoever_employs_themselves_is_told_of_the_allowance(funding: Funding | None, may: bool) -> None:
    assert may_claim(funding) is may


def test_somebody_who_works_for_themselves_costs_what_they_charge() -> None:
    found = cost(a_job(20, self_employed=True), RATES)

    assert amounts(found) == {"cost_self_employed": 13_218_40}
    assert found.ni == 0


def test_under_21_there_is_no_national_insurance_and_no_pension() -> None:
    found = cost(a_job(40, age_band=AgeBand.FROM_18_TO_20), RATES)

    assert amounts(found)["cost_ni_young"] == amounts(found)["cost_pension_young"] == 0


def test_a_year_before_has_its_own_figures() -> None:
    found = cost(a_job(20, on=date(2025, 4, 5)), RATES)

    assert amounts(found)["cost_ni"] == 568_34  # 13.8% of what is above £9,100
    with pytest.raises(NotInForce):
        cost(a_job(20, on=date(2024, 4, 5)), RATES)


def test_every_line_names_the_dated_figures_it_used() -> None:
    for found in (cost(a_job(20), RATES), cost(a_job(20, Pattern.IRREGULAR), RATES)):
        for line in found.lines:
            assert line.by or line.code == "cost_base"
            assert all(one.source and one.from_day <= ON for one in line.by)


@given(jobs)
def test_the_lines_add_up(job: Job) -> None:
    found = cost(job, RATES)

    assert found.a_year == sum(line.pence for line in found.lines)
    assert all(line.pence >= 0 for line in found.lines)
    assert abs(found.a_week * 52 - found.a_year) <= 26


@given(jobs, st.integers(0, 200), st.integers(0, 200))
def test_more_hours_or_a_higher_rate_never_cost_less(job: Job, hours: int, rate: int) -> None:
    more = replace(job, quarters=job.quarters + hours, rate=job.rate + rate)

    for claim in (True, False):
        less, dearer = (all_in([cost(one, RATES)], ON, RATES, may_claim=claim) for one in (job, more))
        assert dearer.a_year >= less.a_year
        assert (dearer.a_week_with_allowance or dearer.a_week) >= (less.a_week_with_allowance or less.a_week)


@given(st.lists(jobs, max_size=5))
def test_what_an_employer_pays_is_the_sum_less_at_most_the_allowance(team: list[Job]) -> None:
    costs = [cost(job, RATES) for job in team]

    whole = all_in(costs, ON, RATES, may_claim=True)

    assert whole.a_year == sum(one.a_year for one in costs)
    assert whole.allowance == min(sum(one.ni for one in costs), 10_500_00)


@given(jobs, st.integers(0, 300_000))
def test_a_budget_buys_the_most_that_it_can(job: Job, budget: int) -> None:
    bought = quarters_bought(budget, job, RATES, may_claim=False)

    assert cost(replace(job, quarters=bought), RATES).a_week <= budget
    assert bought == 672 or cost(replace(job, quarters=bought + 1), RATES).a_week > budget


def test_the_hours_that_210_pounds_buy() -> None:
    assert quarters_bought(210_00, a_job(0), RATES, may_claim=False) == 56  # 14 hours
    assert quarters_bought(210_00, a_job(0), RATES, may_claim=True) == 59  # 14.75 hours: without National Insurance


@given(
    st.integers(0, 200_000), st.none() | st.integers(0, 200_000), st.none() | st.integers(0, 50_000),
    st.none() | st.sampled_from(Funding),
)  # fmt: skip
def test_what_each_pays_adds_up_to_what_it_costs(
    a_week: int, budget: int | None, own: int | None, funding: Funding | None
) -> None:
    paid = who_pays(a_week, budget=budget, contribution=own, funding=funding)

    assert paid.over >= 0
    if paid.person is not None and paid.council is not None:
        assert paid.person + paid.council + paid.over == a_week
        assert paid.person >= 0 <= paid.council


def test_the_person_pays_what_they_were_assessed_to_and_the_council_the_rest() -> None:
    paid = who_pays(300_00, budget=280_00, contribution=45_00, funding=Funding.DIRECT_PAYMENT)

    assert (paid.person, paid.council, paid.over) == (45_00, 235_00, 20_00)


def test_every_figure_of_the_table_is_known_today() -> None:
    assert all(RATES.in_force(item, ON).source for item in Item)
