"""Who could stand in while a PA is away: by day, within their hours, and at short notice only who comes at short notice."""
from datetime import date, timedelta
from typing import Any

from services.matcher.domain.finding import Met
from services.matcher.domain.plan import Criterion, Flexible, LawfulReason, Plan
from services.matcher.domain.profile import Profile, Span
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.teams.asked import TEAMS_1
from services.matcher.domain.teams.stand_ins import StandIns, stand_ins
from tests.unit.matcher.a_match import DAY, LORE, WEEKDAY_MORNINGS, a_pa, a_plan, hours, must

NEXT_MONTH = DAY + timedelta(days=28)  # a Monday
AWAY = a_pa()


def standing_in(plan: Plan, *profiles: Profile, first: date = NEXT_MONTH, days: int = 14) -> StandIns:
    last = first + timedelta(days=days - 1)
    return stand_ins(plan, AWAY, first, last, [AWAY, *profiles], DAY, LORE, CURRENT, TEAMS_1)


def test_a_fortnight_is_ten_weekday_mornings() -> None:
    found = standing_in(a_plan(), a_pa())

    assert (len(found.needed), found.quarters) == (10, 80)
    assert [(one.quarters, one.notice) for one in found.found] == [(80, Met.YES)]
    assert not found.nobody


def test_the_one_who_is_away_does_not_stand_in_for_themselves() -> None:
    assert not standing_in(a_plan()).found


def test_days_away_count_to_the_day() -> None:
    away = Span(NEXT_MONTH, NEXT_MONTH + timedelta(days=1))

    found = standing_in(a_plan(), a_pa(away=(away,)), days=5)

    assert [day.on.weekday() for day in found.found[0].days] == [2, 3, 4]
    assert [day.on.weekday() for day in found.nobody] == [0, 1]


def test_the_most_hours_of_a_week_are_kept_and_a_new_week_begins_on_monday() -> None:
    assert [one.quarters for one in standing_in(a_plan(), a_pa(least=0, most=12)).found] == [24]


def test_least_hours_are_for_lasting_work() -> None:
    assert standing_in(a_plan(must(Criterion.HOURS)), a_pa(least=60), days=1).found


def test_musts_about_a_person_hold_and_the_times_are_shared_by_day() -> None:
    plan = a_plan(must(Criterion.TIMES), must(Criterion.LANGUAGE, "so"))

    assert not standing_in(plan, a_pa(languages=())).found
    assert standing_in(plan, a_pa(week=hours(0, 8, 10))).found[0].quarters == 16


def test_at_short_notice_a_no_stays_away_and_a_yes_goes_before_not_known() -> None:
    no, unknown, yes = (a_pa(short_notice=said) for said in (False, None, True))

    soon = standing_in(a_plan(), no, unknown, yes, first=DAY, days=1)

    assert [one.placement.profile_id for one in soon.found] == [yes.profile_id, unknown.profile_id]
    assert [one.notice for one in soon.found] == [Met.YES, Met.UNKNOWN]
    assert len(standing_in(a_plan(), no, unknown, yes).found) == 3


def test_nights_go_to_those_who_sleep_in() -> None:
    def night(**said: Any) -> StandIns:
        sleeper = a_pa(sleep_ins=True)
        plan = a_plan(sleep_ins=(0,))
        return stand_ins(
            plan, sleeper, NEXT_MONTH, NEXT_MONTH, [a_pa(week=WEEKDAY_MORNINGS, **said)], DAY, LORE, CURRENT, TEAMS_1
        )

    assert night(sleep_ins=True).found[0].quarters == 8 + 36
    assert night(sleep_ins=None).nobody[0].night


AFTERNOONS = sum(hours(day, 13, 17) for day in range(5))
SIX_HOURS = a_plan(fixed=0, flexible=(Flexible(24, AFTERNOONS, 4),))


def flexible_away(*profiles: Profile, days: int, plan: Plan = SIX_HOURS, week: int = AFTERNOONS) -> StandIns:
    last = NEXT_MONTH + timedelta(days=days - 1)
    gone = a_pa(week=week, most=None)
    return stand_ins(plan, gone, NEXT_MONTH, last, [gone, *profiles], DAY, LORE, CURRENT, TEAMS_1)


def test_flexible_hours_wait_for_the_other_days_of_the_week() -> None:
    other = a_pa(week=AFTERNOONS)

    assert flexible_away(other, days=2).quarters == 0
    four_days = flexible_away(other, days=4)  # Friday's four hours are left, so two cannot wait
    assert (four_days.quarters, four_days.flexible, four_days.nobody_flexible) == (8, 8, 0)
    assert four_days.found[0].quarters == 8


def test_flexible_hours_of_a_whole_week_away_are_done_in_pieces_long_enough_by_whoever_is_free() -> None:
    some = a_pa(week=hours(1, 13, 15) | hours(2, 16, 17), most=None)
    too_short = a_pa(week=sum(hours(day, 13, 13) for day in range(5)) | hours(5, 9, 12))

    found = flexible_away(some, too_short, days=7)

    (one,) = found.found
    assert (found.flexible, one.quarters, found.nobody_flexible) == (24, 12, 12)
    assert [(day.on.weekday(), day.quarters(36)) for day in one.days] == [(1, 8), (2, 4)]


def test_two_do_not_count_the_same_flexible_time_twice() -> None:
    tuesday = [a_pa(week=hours(1, 13, 15)) for _ in range(2)]

    assert flexible_away(*tuesday, days=7).nobody_flexible == 16
    assert flexible_away(*tuesday, a_pa(week=hours(3, 13, 17)), days=7).nobody_flexible == 0


def test_set_times_and_flexible_hours_of_a_stand_in_are_within_their_most() -> None:
    plan = a_plan(flexible=(Flexible(24, AFTERNOONS, 4),))

    both = WEEKDAY_MORNINGS | AFTERNOONS

    found = flexible_away(a_pa(week=both, most=50), days=14, plan=plan, week=both)

    assert (found.quarters, found.found[0].quarters, found.nobody_flexible) == (2 * 64, 2 * 50, 2 * 14)


def test_a_day_away_of_the_stand_in_is_no_day_for_flexible_hours() -> None:
    away = Span(NEXT_MONTH, NEXT_MONTH + timedelta(days=3))

    assert flexible_away(a_pa(week=AFTERNOONS, away=(away,)), days=7).found[0].quarters == 16


def test_who_stands_in_is_held_to_a_lawful_must_for_the_tasks_the_other_does() -> None:
    reason = LawfulReason(("personal_care",), NEXT_MONTH + timedelta(days=365))
    plan = a_plan(must(Criterion.SEX, "woman", reason=reason), tasks=("personal_care", "cooking"))
    woman, man = a_pa(sex="woman"), a_pa(sex="man")

    def who(away: Profile) -> set[Any]:
        found = stand_ins(plan, away, NEXT_MONTH, NEXT_MONTH, [woman, man], DAY, LORE, CURRENT, TEAMS_1)
        return {one.placement.profile_id for one in found.found}

    assert who(a_pa(sex="woman")) == {woman.profile_id}
    assert who(a_pa(sex="man")) == {woman.profile_id, man.profile_id}
