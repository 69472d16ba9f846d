"""What holds of every what-if, whatever the plan and whoever the PAs."""
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID, uuid5

from hypothesis import HealthCheck, example, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from services.matcher.domain import week
from services.matcher.domain.pay import most
from services.matcher.domain.plan import Criterion, Plan, Strength
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.ranking import rank
from services.matcher.domain.relaxing import Kind, Step, compatible, relaxed, steps
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.what_if import what_if
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan, days, must, plans, profiles, registers, weeks

Register = list[Profile]
CHANGES: list[dict[str, Any]] = [
    {}, {"languages": ()}, {"week": week.span(36, 8)}, {"least": 44}, {"least_rate": 1550},
    {"least_rate": 1550, "languages": ()}, {"least_rate": 1650, "least": 44},
]
REGISTER = [a_pa(profile_id=ProfileId(UUID(int=nth)), **changes) for nth, changes in enumerate(CHANGES)]
FIRM = a_plan(must(Criterion.LANGUAGE, "so"), must(Criterion.TIMES), must(Criterion.PAY), must(Criterion.HOURS))


def given(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    unhurried = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    return lambda test: unhurried(given_any(*strategies)(test))


def fitting(plan: Plan, register: Register, day: date) -> set[ProfileId]:
    return {one.profile_id for one in rank(plan, register, day, LORE).fitting}


def by_ranking_again(plan: Plan, taken: tuple[Step, ...], register: Register, day: date) -> tuple[int, int]:
    after = plan
    for step in taken:
        after = relaxed(after, step, CURRENT)
    now, then = fitting(plan, register, day), fitting(after, register, day)
    return len(then - now), len(now - then)


@example(FIRM, REGISTER, DAY)
@given(plans, registers, days)
def test_each_count_is_that_of_ranking_the_changed_plan(plan: Plan, register: Register, day: date) -> None:
    found = what_if(plan, register, day, LORE)

    assert [single.steps for single in found.singles] == [(step,) for step in steps(plan, day, CURRENT, LORE)]
    for single in found.singles:
        assert (single.more, single.fewer) == by_ranking_again(plan, single.steps, register, day)


@example(FIRM, REGISTER, DAY)
@given(plans, registers, days)
def test_the_best_are_the_best_there_are(plan: Plan, register: Register, day: date) -> None:
    found = what_if(plan, register, day, LORE)

    offered = [step for step in steps(plan, day, CURRENT, LORE) if step.kind is not Kind.SOFTER_LAWFUL]
    gains = {}
    for size in (1, 2):
        for taken in combinations(offered, size):
            if size == 1 or compatible(*taken):
                more, fewer = by_ranking_again(plan, taken, register, day)
                gains[taken] = more - fewer
    best = max((gain for taken, gain in gains.items() if len(taken) == 1), default=0)
    pair = max((gain for taken, gain in gains.items() if len(taken) == 2), default=0)
    assert (found.best.gain if found.best else 0) == max(best, 0)
    assert (found.best_pair.gain if found.best_pair else max(best, 0)) == max(best, pair, 0)
    for outcome, size in ((found.best, 1), (found.best_pair, 2)):
        if outcome is not None:
            equals = [taken for taken, gain in gains.items() if len(taken) == size and gain == outcome.gain]
            assert outcome.steps == equals[0]


@given(plans, registers, days)
def test_further_and_better_paid_never_gain_fewer_and_lose_nobody(plan: Plan, register: Register, day: date) -> None:
    found = what_if(plan, register, day, LORE)

    for kind in (Kind.FURTHER, Kind.PAY):
        upwards = [single for single in found.singles if single.steps[0].kind is kind and single.steps[0].by > 0]
        assert [single.more for single in upwards] == sorted(single.more for single in upwards)
        assert not any(single.fewer for single in upwards)
    for single in found.singles:
        if single.steps[0].kind in (Kind.SOFTER, Kind.SOFTER_LAWFUL, Kind.CONFIRMED, Kind.HOUR_UNCOVERED):
            assert not single.fewer


@given(plans, registers, profiles, days)
def test_another_pa_counts_by_themselves_alone(plan: Plan, register: Register, one: Profile, day: date) -> None:
    register = [other for other in register if other.profile_id != one.profile_id]

    without, alone = what_if(plan, register, day, LORE), what_if(plan, [one], day, LORE)
    together = what_if(plan, [*register, one], day, LORE)

    assert together.fitting == without.fitting + alone.fitting
    for each, added, whole in zip(without.singles, alone.singles, together.singles, strict=True):
        assert (whole.more, whole.fewer) == (each.more + added.more, each.fewer + added.fewer)


@given(plans, registers, days)
def test_a_must_nobody_meets_leaves_only_itself_to_relax(plan: Plan, register: Register, day: date) -> None:
    impossible = replace(plan, wishes=(*plan.wishes, must(Criterion.SKILL, "juggles_fire")))

    found = what_if(impossible, register, day, LORE)

    for single in found.singles:
        if single.steps[0].wish != len(plan.wishes):
            assert (single.more, single.fewer) == (0, 0)
    (itself,) = [single for single in found.singles if single.steps[0].wish == len(plan.wishes)]
    assert itself.more == len(fitting(plan, register, day))


@given(plans, registers, days)
def test_names_and_order_do_not_matter(plan: Plan, register: Register, day: date) -> None:
    renamed = [replace(one, profile_id=ProfileId(uuid5(UUID(int=7), str(one.profile_id)))) for one in reversed(register)]

    assert what_if(plan, register, day, LORE) == what_if(plan, renamed, day, LORE)


@given(plans, registers, days)
def test_nothing_wished_for_firmly_leaves_nothing_to_give_up_but_pay_under_the_law(
    plan: Plan, register: Register, day: date
) -> None:
    soft = replace(plan, wishes=tuple(replace(wish, strength=Strength.NICE) for wish in plan.wishes))

    assert {step.kind for step in steps(soft, day, CURRENT, LORE)} <= {Kind.PAY}


@given(plans, days)
def test_no_step_takes_pay_under_the_law(plan: Plan, day: date) -> None:
    lowest = LORE.lowest_rate(plan.begins(day), None)

    for step in steps(plan, day, CURRENT, LORE):
        was, would_be = most(plan), most(relaxed(plan, step, CURRENT))
        assert would_be is None or would_be >= (lowest if was is None else min(was, lowest))


@given(weeks(), st.integers(-700, 700))
def test_a_shifted_week_shifts_back(bits: int, quarters: int) -> None:
    assert week.shifted(week.shifted(bits, quarters), -quarters) == bits
    assert week.count(week.shifted(bits, quarters)) == week.count(bits)
    for start, length in list(week.runs(bits))[:1]:
        assert week.span(start + quarters, length) & ~week.shifted(bits, quarters) == 0
        assert week.span(start - 4, length + 8) & ~week.widened(bits, 4) == 0
