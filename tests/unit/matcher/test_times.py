"""How much of the wanted time a PA covers: fixed, flexible in pieces, nights, days away, midnight and the week's end."""
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain import week
from services.matcher.domain.finding import Met
from services.matcher.domain.placing import place_one
from services.matcher.domain.plan import Criterion, Flexible
from services.matcher.domain.profile import Profile, Span
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.times import Coverage, coverage, fill
from shared.vocabulary import week as shared_week
from tests.unit.matcher.a_match import DAY, LORE, WEEKDAY_MORNINGS, a_pa, a_plan, hours, must, plans, profiles, weeks

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


def covered(profile: dict[str, Any], **plan: Any) -> tuple[int, int]:
    found = coverage(a_plan(**plan), a_pa(**profile), DAY, CURRENT)
    return found.covered, found.wanted


def test_fixed_times_count_quarter_by_quarter() -> None:
    assert covered({"week": WEEKDAY_MORNINGS}) == (40, 40)
    assert covered({"week": WEEKDAY_MORNINGS & ~hours(2, 9, 10)}) == (36, 40)


def test_a_slot_runs_past_midnight_and_past_the_end_of_the_week() -> None:
    sunday_night = week.span(6 * 96 + 22 * 4, 8 * 4)  # Sunday 10pm to Monday 6am

    assert covered({"week": hours(6, 20, 24) | hours(0, 0, 2)}, fixed=sunday_night) == (16, 32)
    assert sunday_night == shared_week.slot(6, 88, 24)


@pytest.mark.parametrize("sunday", [date(2027, 3, 28), date(2027, 10, 31)])
def test_the_nights_on_which_the_clocks_change_add_and_drop_no_hour(sunday: date) -> None:
    """Weeks are of the clock on the wall: 10pm to 6am is eight hours of it, also where seven or nine go by."""
    saturday_night = week.span(5 * 96 + 22 * 4, 8 * 4)
    plan, one = a_plan(fixed=saturday_night, sleep_ins=(5,)), a_pa(week=saturday_night, sleep_ins=True)
    on_holiday = a_pa(week=saturday_night, sleep_ins=True, away=(Span(sunday - timedelta(days=1), sunday + timedelta(days=27)),))

    for start in (sunday + timedelta(days=nth) for nth in range(-29, 3)):
        assert coverage(plan, one, start, CURRENT) == Coverage(32 + 36, 32 + 36, 0)
    assert coverage(plan, on_holiday, sunday - timedelta(days=1), CURRENT) == Coverage(32 + 36, 0, 0)


def test_flexible_hours_count_by_what_fits_the_window_in_pieces_long_enough() -> None:
    afternoons = hours(0, 13, 17) | hours(1, 13, 17)
    ask = Flexible(quarters=16, window=afternoons, at_least=8)

    assert covered({"week": hours(0, 13, 15)}, fixed=0, flexible=(ask,)) == (8, 16)
    assert covered({"week": hours(0, 13, 14)}, fixed=0, flexible=(ask,)) == (0, 16)
    assert covered({"week": week.ALL}, fixed=0, flexible=(ask,)) == (16, 16)


def test_no_time_is_counted_twice() -> None:
    window = hours(0, 8, 10)

    assert covered({"week": window}, fixed=window, flexible=(Flexible(8, window),)) == (8, 16)
    assert covered({"week": window}, fixed=0, flexible=(Flexible(8, window), Flexible(8, window))) == (8, 16)


def test_a_wide_window_does_not_take_the_only_time_of_a_narrow_one() -> None:
    narrow, wide = hours(0, 8, 10), hours(0, 8, 10) | hours(3, 8, 9)

    assert covered({"week": wide}, fixed=0, flexible=(Flexible(4, wide), Flexible(8, narrow))) == (12, 12)


def test_sleep_ins_count_only_where_the_pa_does_them() -> None:
    assert covered({"sleep_ins": True, "week": 0}, fixed=0, sleep_ins=(0, 3)) == (72, 72)
    assert covered({"sleep_ins": False}, fixed=0, sleep_ins=(0, 3)) == (0, 72)


def test_not_having_said_about_sleep_ins_is_unknown_not_no() -> None:
    plan = a_plan(must(Criterion.TIMES), sleep_ins=(0,))

    (reason,) = place_one(plan, a_pa(sleep_ins=None), DAY, LORE).unmet

    assert (reason.code, reason.met) == ("times_sleep_ins_unknown", Met.UNKNOWN)
    assert reason.fit == (40 + 18) * 1_000_000 // 76


def test_a_profile_without_any_times_is_unknown_not_no() -> None:
    (reason,) = place_one(a_plan(must(Criterion.TIMES)), a_pa(week=0), DAY, LORE).reasons

    assert (reason.code, reason.met, reason.fit) == ("times_unknown", Met.UNKNOWN, None)


def test_a_share_of_the_times_can_be_enough() -> None:
    half = {"week": hours(0, 8, 10) | hours(1, 8, 10) | hours(2, 8, 9)}
    most = a_plan(must(Criterion.TIMES, share=500_000))

    assert not place_one(most, a_pa(**half), DAY, LORE).unmet
    assert place_one(a_plan(must(Criterion.TIMES)), a_pa(**half), DAY, LORE).codes == ("times_some",)
    assert place_one(most, a_pa(week=hours(0, 8, 10)), DAY, LORE).codes == ("times_some",)


def test_a_holiday_is_not_the_end_of_an_arrangement_but_a_month_away_is() -> None:
    fortnight, months = Span(DAY, DAY + timedelta(days=13)), Span(DAY, DAY + timedelta(days=90))

    assert covered({"away": (fortnight,)}) == (40, 40)
    assert covered({"away": (months,)}) == (0, 40)
    assert covered({"away": (Span(DAY, DAY + timedelta(days=21)),)}) == (32, 40)  # back on the fourth Tuesday


def test_days_away_before_the_start_or_long_after_it_do_not_count() -> None:
    before = Span(DAY - timedelta(days=30), DAY - timedelta(days=1))
    after = Span(DAY + timedelta(days=28), DAY + timedelta(days=90))

    assert covered({"away": (before, after)}) == (40, 40)


@given(plans, profiles)
@UNHURRIED
def test_coverage_is_never_more_than_wanted(plan: Any, profile: Profile) -> None:
    found: Coverage = coverage(plan, profile, DAY, CURRENT)

    assert 0 <= found.covered <= found.covered + found.not_known <= found.wanted


@given(weeks(), weeks(), plans)
@UNHURRIED
def test_more_free_time_never_covers_fewer_fixed_times(one: int, other: int, plan: Any) -> None:
    fixed_only = a_plan(fixed=plan.fixed)

    less = coverage(fixed_only, a_pa(week=one), DAY, CURRENT)
    more = coverage(fixed_only, a_pa(week=one | other), DAY, CURRENT)

    assert less.covered <= more.covered


@given(weeks())
@UNHURRIED
def test_stretches_of_a_week_put_together_are_the_week(bits: int) -> None:
    again = 0
    for start, length in week.runs(bits):
        assert again & week.span(start, length) == 0
        again |= week.span(start, length)

    assert again == bits
    starts = [start for start, _ in week.runs(bits)]
    assert len(starts) == len(set(starts))


def brute_force(lengths: list[int], quarters: int, at_least: int) -> int:
    """Every choice of stretches and every total that can be made of it."""
    best = 0
    for k in range(len(lengths) + 1):
        for chosen in combinations([length for length in lengths if length >= at_least], k):
            lowest, highest = k * at_least, sum(chosen)
            if lowest <= quarters:
                best = max(best, min(highest, quarters))
    return best


@given(st.lists(st.integers(1, 20), max_size=6), st.integers(0, 60), st.integers(1, 16))
@settings(max_examples=200, deadline=None)
def test_filling_a_window_is_exact(lengths: list[int], quarters: int, at_least: int) -> None:
    free, at = 0, 0
    for length in lengths:
        free |= week.span(at, length)
        at += length + 1

    pieces = fill(Flexible(quarters, free, at_least), free)

    assert sum(length for _, length in pieces) == brute_force(lengths, quarters, at_least)
    assert all(length >= at_least for _, length in pieces)
    assert all(week.span(*piece) & free == week.span(*piece) for piece in pieces)


def test_the_matchers_week_and_the_shared_week_are_the_same_bits() -> None:
    for day in range(7):
        assert week.day_mask(day) == shared_week.day_mask(day)
        assert week.span(day * 96 + 8, 12) == shared_week.slot(day, 8, 20)
