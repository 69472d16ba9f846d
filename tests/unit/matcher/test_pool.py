"""What each of several people pays of one shared job: to the penny, whatever the hours."""
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.plan import Funding, PersonId, PlanId, Share
from services.matcher.domain.pool import NobodyShares, parts, split
from services.matcher.domain.quote import quote
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan

hours = st.lists(st.integers(0, 672), min_size=1, max_size=12).filter(any)


def a_share(quarters: int, **more: int | None) -> Share:
    return Share(PlanId(uuid4()), PersonId(uuid4()), quarters, Funding.ISF, **more)


@given(st.integers(0, 10**8), hours)
def test_the_parts_add_up_and_nobody_is_a_penny_from_their_own(whole: int, agreed: list[int]) -> None:
    found = split(whole, agreed)

    assert sum(found) == whole
    for part, own in zip(found, agreed, strict=True):
        assert abs(part - Fraction(whole * own, sum(agreed))) < 1
        assert own or not part


@given(st.integers(0, 10**8), hours)
def test_more_hours_never_pay_less(whole: int, agreed: list[int]) -> None:
    found = split(whole, agreed)

    assert all(found[a] <= found[b] for a in range(len(agreed)) for b in range(len(agreed)) if agreed[a] < agreed[b])


@given(hours, st.integers(0, 5000))
def test_a_week_and_a_year_are_each_shared_out_whole(agreed: list[int], rate: int) -> None:
    plan = a_plan(quarters=min(sum(agreed), 672), shares=tuple(a_share(one) for one in agreed))

    found = quote(plan, a_pa(least_rate=rate), DAY, LORE)

    assert found is not None
    assert sum(part.a_week for part in found.parts) == found.a_week
    assert sum(part.a_year for part in found.parts) == found.all_in.a_year


def test_the_pennies_left_over_go_to_those_who_lost_most() -> None:
    assert split(100, [1, 1, 1]) == (34, 33, 33)
    assert split(1001, [6, 3, 1]) == (601, 300, 100)
    assert split(10, [0, 4]) == (0, 10)


def test_nothing_can_be_shared_by_nobody() -> None:
    assert split(0, [0, 0]) == (0, 0)
    with pytest.raises(NobodyShares):
        split(1, [0])


def test_each_pays_of_their_own_budget() -> None:
    shares = (a_share(40, budget=15_000, contribution=2_000), a_share(20))

    ours, theirs = parts(shares, 30_000, 0)

    assert (ours.a_week, ours.paid_by.person, ours.paid_by.council, ours.paid_by.over) == (20_000, 2_000, 13_000, 5_000)
    assert (theirs.a_week, theirs.paid_by.person, theirs.paid_by.council) == (10_000, None, None)


@pytest.mark.parametrize("funding", Funding)
def test_nobody_who_shares_a_job_is_told_that_they_are_its_employer(funding: Funding) -> None:
    found = quote(a_plan(quarters=60, funding=funding, shares=(a_share(40), a_share(20))), a_pa(), DAY, LORE)

    assert found is not None
    assert found.all_in.allowance is None
    codes = {note.code for note in found.notes}
    assert "cost_pool_employs" in codes
    assert not codes & {"cost_you_employ", "cost_allowance"}


def test_a_plan_of_ones_own_has_no_parts() -> None:
    found = quote(a_plan(plan_id=PlanId(UUID(int=9))), a_pa(), DAY, LORE)

    assert found is not None and found.parts == ()
