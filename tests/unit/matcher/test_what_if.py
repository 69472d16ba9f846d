"""What-ifs one by one: who would be gained, who lost, what is never put forward."""
from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.matcher.domain import week
from services.matcher.domain.plan import Criterion, Flexible, LawfulReason, Plan, Wish
from services.matcher.domain.profile import AgeBand, Claim, LanguageSkill, Level, Looking, Profile
from services.matcher.domain.relaxing import Kind, relaxed, steps
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.what_if import Outcome, WhatIf, what_if
from tests.unit.matcher.a_match import DAY, LORE, MILE, WEEKDAY_MORNINGS, a_pa, a_plan, hours, must, nice

SOMALI, TIMES, PAY, HOURS = must(Criterion.LANGUAGE, "so"), must(Criterion.TIMES), must(Criterion.PAY), must(Criterion.HOURS)
NEAR = must(Criterion.PLACE, within_m=3 * MILE)
POLISH: dict[str, Any] = {"languages": (LanguageSkill("pl", Level.FLUENT),)}


def asked(plan: Plan, *register: Profile) -> WhatIf:
    return what_if(plan, register, DAY, LORE)


def of(found: WhatIf, kind: Kind, criterion: Criterion | None = None, by: int = 0) -> Outcome:
    (one,) = [
        single for single in found.singles
        if single.steps[0].kind is kind and (criterion in (None, single.steps[0].criterion)) and by in (0, single.steps[0].by)
    ]
    return one


def kinds(plan: Plan) -> set[Kind]:
    return {step.kind for step in steps(plan, DAY, CURRENT, LORE)}


def test_each_must_is_counted_as_if_it_were_important() -> None:
    others = a_pa(**POLISH), a_pa(**POLISH), a_pa(week=hours(0, 8, 10)), a_pa(**POLISH, week=1)

    found = asked(a_plan(SOMALI, TIMES), a_pa(), *others)

    assert (found.fitting, found.in_scope) == (1, 5)
    assert of(found, Kind.SOFTER, Criterion.LANGUAGE).more == 2
    assert of(found, Kind.SOFTER, Criterion.TIMES).more == 1


def test_the_best_pair_gains_those_who_lack_both_as_well() -> None:
    found = asked(a_plan(SOMALI, TIMES), a_pa(**POLISH), a_pa(week=hours(0, 8, 10)), a_pa(**POLISH, week=hours(0, 8, 10)))

    assert found.best is not None and found.best.more == 1
    assert found.best_pair is not None and found.best_pair.more == 3
    assert [step.criterion for step in found.best_pair.steps] == [Criterion.LANGUAGE, Criterion.TIMES]


def test_no_pair_is_named_when_one_step_gains_as_many() -> None:
    found = asked(a_plan(SOMALI, TIMES), a_pa(**POLISH))

    assert found.best is not None and found.best.more == 1
    assert found.best_pair is None


def test_a_few_miles_more_reach_those_beyond_what_was_asked_but_nobody_beyond_their_own_reach() -> None:
    far, further, walks = (a_pa(place=replace(a_pa().place, east_m=n * MILE)) for n in (4, 7, 4))
    walks = replace(walks, furthest_m=3 * MILE)

    found = asked(a_plan(NEAR), far, further, walks)

    assert [of(found, Kind.FURTHER, by=metres).more for metres in (3_219, 8_047, 16_093)] == [1, 2, 2]
    assert of(found, Kind.SOFTER, Criterion.PLACE).more == 2


def test_distance_is_not_asked_about_where_the_person_set_none() -> None:
    assert Kind.FURTHER not in kinds(a_plan(must(Criterion.PLACE), TIMES))
    assert Kind.FURTHER not in kinds(a_plan(nice(Criterion.PLACE, within_m=100)))


def test_an_hour_later_gains_some_and_loses_others() -> None:
    hour_later = week.shifted(WEEKDAY_MORNINGS, 4)

    found = asked(a_plan(TIMES), a_pa(), a_pa(week=hour_later), a_pa(week=hour_later), a_pa(week=week.ALL))

    assert (of(found, Kind.LATER).more, of(found, Kind.LATER).fewer) == (2, 1)
    assert (of(found, Kind.EARLIER).more, of(found, Kind.EARLIER).fewer) == (0, 1)
    assert found.best is not None and (found.best.steps[0].kind, found.best.gain) == (Kind.SOFTER, 2)


def test_an_hour_later_on_sunday_night_is_monday_morning() -> None:
    later = relaxed(a_plan(TIMES, fixed=hours(6, 22, 24)), steps(a_plan(TIMES), DAY, CURRENT, LORE)[0], CURRENT)

    assert later.fixed == hours(6, 23, 24) | hours(0, 0, 1)


def test_one_hour_may_go_uncovered() -> None:
    all_but = [a_pa(week=WEEKDAY_MORNINGS & ~week.span(32, quarters)) for quarters in (3, 4, 5)]

    found = asked(a_plan(TIMES), *all_but)

    assert of(found, Kind.HOUR_UNCOVERED).more == 2


def test_a_wider_window_has_room_for_the_same_hours() -> None:
    plan = a_plan(TIMES, fixed=0, flexible=(Flexible(8, hours(0, 13, 15)),))

    found = asked(plan, a_pa(week=hours(0, 14, 16)), a_pa(week=hours(0, 15, 17)))

    assert of(found, Kind.WIDER).more == 1
    assert {Kind.LATER, Kind.EARLIER}.isdisjoint(kinds(plan))


def test_hours_a_week_more_and_fewer() -> None:
    found = asked(a_plan(HOURS), a_pa(least=44), a_pa(most=36), a_pa(least=48))

    assert (of(found, Kind.MORE_HOURS).more, of(found, Kind.FEWER_HOURS).more) == (1, 1)


def test_pay_in_steps_of_a_pound() -> None:
    found = asked(a_plan(PAY), a_pa(least_rate=1550), a_pa(least_rate=1700), a_pa(least_rate=1450))

    assert (of(found, Kind.PAY, by=100).more, of(found, Kind.PAY, by=200).more) == (1, 2)
    assert (of(found, Kind.PAY, by=-100).more, of(found, Kind.PAY, by=-100).fewer) == (0, 1)


def test_nobody_is_told_that_paying_under_the_law_would_help() -> None:
    lowest = LORE.lowest_rate(DAY, None)
    plan, budgeted = a_plan(PAY, most_rate=lowest + 50), a_plan(HOURS, most_rate=None, budget=lowest * 10, quarters=40)

    assert [step.by for step in steps(plan, DAY, CURRENT, LORE) if step.kind is Kind.PAY] == [100, 200]
    assert Kind.MORE_HOURS not in kinds(budgeted) and Kind.FEWER_HOURS in kinds(budgeted)


def test_pay_under_the_law_is_met_by_paying_more_and_by_nothing_else() -> None:
    found = asked(a_plan(SOMALI, most_rate=LORE.lowest_rate(DAY, None) - 50), a_pa())

    assert (found.fitting, of(found, Kind.PAY, by=100).more) == (0, 1)
    assert of(found, Kind.SOFTER).more == 0


def test_a_must_with_a_lawful_reason_is_counted_and_never_put_forward() -> None:
    reason = LawfulReason(("personal_care",), DAY + timedelta(days=90))
    found = asked(a_plan(must(Criterion.SEX, "woman", reason=reason), SOMALI), a_pa(sex="man"), a_pa(sex="man", **POLISH))

    assert of(found, Kind.SOFTER_LAWFUL).more == 1
    assert found.best is None and found.best_pair is None


def test_a_must_the_law_does_not_allow_is_no_must_and_not_asked_about() -> None:
    assert not kinds(a_plan(must(Criterion.SEX, "woman")))


def test_saying_what_was_meant_comes_first() -> None:
    unsure = Wish(Criterion.LANGUAGE, SOMALI.strength, ("so",), confirmed=False)

    found = asked(a_plan(unsure), a_pa(), a_pa(**POLISH))

    assert found.singles[0].steps[0].kind is Kind.CONFIRMED
    assert (found.singles[0].more, of(found, Kind.SOFTER).more) == (1, 2)


def test_what_always_holds_still_holds_when_a_must_is_softer() -> None:
    refuses = {"tasks": (Claim("personal_care", has=False),)}
    found = asked(
        a_plan(must(Criterion.TASK, "personal_care"), TIMES), a_pa(**refuses), a_pa(state=Looking.SOON, week=1),
    )

    assert all(single.more == 0 for single in found.singles)


def test_an_hour_later_brings_nobody_under_18_into_the_night() -> None:
    young = a_pa(age_band=AgeBand.UNDER_18, week=week.ALL)

    found = asked(a_plan(TIMES, fixed=hours(0, 20, 22)), young)

    assert (of(found, Kind.LATER).fewer, of(found, Kind.EARLIER).fewer) == (1, 0)
