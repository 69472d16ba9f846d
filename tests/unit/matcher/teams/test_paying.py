"""What a team's hours cost in the search is what the working says, line by line, and no team costs more than the budget."""
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.matcher.domain.cost import Job, cost
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.plan import Funding, Plan
from services.matcher.domain.profile import AgeBand, Profile
from services.matcher.domain.teams.paying import Purse, costs, steps, terms_of
from services.matcher.usecases.teaming import Proposed, proposed
from services.matcher.usecases.wondering import Question
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan, hours

bands = st.none() | st.sampled_from(AgeBand)
rates = st.integers(800, 3_000)
days = st.dates(date(2025, 4, 6), date(2027, 3, 31))


TRIGGER, LOWER, UPPER = 1_000_000, 624_000, 5_027_000
"""Pence a year: from when on everybody is enrolled, and between which pay a pension is paid."""


@given(rates, bands, st.integers(0, 672), days, st.booleans())
@settings(deadline=None, max_examples=200)
def test_it_is_the_cost_all_in_before_anything_is_rounded(
    rate: int, band: AgeBand | None, quarters: int, on: date, own_boss: bool
) -> None:
    """But for the pension of those who earn too little to be enrolled, or so much that it does not rise any more."""
    terms = terms_of(LORE.rates, on, claims=False)
    price, beyond = terms.price(rate, self_employed=own_boss), terms.beyond(rate, band, self_employed=own_boss)

    a_year = int(costs(price, beyond, Purse(0))[quarters]) * 52 / terms.unit

    lines = cost(Job(quarters, rate, on, age_band=band, self_employed=own_boss), LORE.rates).lines
    more, pay = a_year - sum(line.pence for line in lines), 13 * rate * quarters
    asked_for = max(0, pay - LOWER) if pay <= TRIGGER else max(0, pay - UPPER)
    pensioned = not own_boss and band not in (AgeBand.UNDER_18, AgeBand.FROM_18_TO_20)
    assert abs(more - (asked_for * 0.03 if pensioned else 0)) <= len(lines) / 2


@given(rates, bands, st.integers(0, 300), st.integers(1, 300), st.sampled_from([0, 1]))
@settings(deadline=None, max_examples=60)
def test_no_quarter_hour_is_cheaper_than_the_last(rate: int, band: AgeBand | None, first: int, more: int, ni: int) -> None:
    terms, purse = terms_of(LORE.rates, DAY, claims=True), Purse(0, ni=ni)
    table = costs(terms.price(rate, self_employed=False), terms.beyond(rate, band, self_employed=False), purse)

    made = steps(table, first, first + more)

    assert list(made.price) == sorted(made.price) and made.end[-1] == first + more
    ends = [first, *made.end]
    assert sum(price * (end - begin) for price, begin, end in zip(made.price, ends[:-1], made.end, strict=True)) == (
        table[first + more] - table[first]
    )


LONG_DAYS = sum(hours(day, 7, 20) for day in range(7))


def teams_for(plan: Plan, *profiles: Profile) -> Proposed:
    return proposed(Question(plan, profiles, Index("leicester", LORE, profiles).now()), DAY, LORE, largest=3, count=3)


@pytest.mark.parametrize("funding", [Funding.DIRECT_PAYMENT, Funding.ISF])
def test_no_team_costs_more_than_the_budget_and_an_hour_more_would(funding: Funding) -> None:
    """91 hours: what an organisation pays in National Insurance is not taken off, so its budget buys fewer of them."""
    plan = a_plan(fixed=LONG_DAYS, quarters=364, most_rate=1500, budget=125_000, funding=funding)
    people = [a_pa(week=LONG_DAYS, most=160, least=None, least_rate=rate) for rate in (1280, 1320, 1400)]

    found = teams_for(plan, *people)

    assert found.all_in and all(price is not None and price.over == 0 for price in found.all_in)
    assert found.all_in[0] is not None and found.all_in[0].a_week > 125_000 - 1500
    covered = found.teams.teams[0].covered
    assert {Funding.DIRECT_PAYMENT: covered > 320, Funding.ISF: covered < 320}[funding], covered


def test_a_pa_who_works_for_themselves_has_no_thresholds() -> None:
    terms = terms_of(LORE.rates, DAY, claims=False)

    assert terms.beyond(1500, None, self_employed=True) is None
    assert terms_of(LORE.rates, date(2024, 4, 1), claims=False).beyond(1500, None, self_employed=False) is None
