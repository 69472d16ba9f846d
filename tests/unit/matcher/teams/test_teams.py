"""Teams as a person is shown them: who may be in one, whose hours are kept, who does what, and what nobody covers."""
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from services.matcher.domain import week
from services.matcher.domain.plan import Criterion, Flexible, LawfulReason, Plan
from services.matcher.domain.profile import AgeBand, Claim, Employment, Profile, Span
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.teams.asked import TEAMS_1
from services.matcher.domain.teams.proposing import Team, Teams, propose
from services.matcher.domain.teams.rest import short_rests
from services.matcher.domain.teams.rota import Share, Shift, rota
from services.matcher.domain.teams.sharing import shared_out
from tests.unit.matcher.a_match import DAY, LORE, WEEKDAY_MORNINGS, a_pa, a_plan, hours, must, nice
from tests.unit.matcher.teams.by_trying_all import paid
from tests.unit.matcher.teams.test_search_is_exact import questions

UNHURRIED = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
EVENINGS = hours(0, 17, 19) | hours(2, 17, 19)
BOTH = WEEKDAY_MORNINGS | EVENINGS


def pa(time: int, **changes: Any) -> Profile:
    return a_pa(**{"week": time, "least": None, "most": None, **changes})


def teams(plan: Plan, *profiles: Profile, size: int = 5, count: int = 3) -> Teams:
    return propose(plan, profiles, DAY, LORE, CURRENT, largest=size, count=count)


def first(plan: Plan, *profiles: Profile, **more: int) -> Team:
    return teams(plan, *profiles, **more).teams[0]


def people(team: Team) -> set[Any]:
    return {member.candidate.placement.profile_id for member in team.members}


def test_two_who_cover_half_each_cover_the_week_together() -> None:
    morning, evening = pa(WEEKDAY_MORNINGS), pa(EVENINGS)

    team = first(a_plan(must(Criterion.TIMES), fixed=BOTH), morning, evening)

    assert people(team) == {morning.profile_id, evening.profile_id}
    assert (team.covered, team.enough, team.uncovered.quarters) == (56, True, 0)
    assert sorted(member.share.quarters for member in team.members) == [16, 40]


def test_fewer_people_go_before_a_better_score_and_that_before_overlap() -> None:
    plan = a_plan(nice(Criterion.PRACTICE, "cooks_halal"), fixed=BOTH)
    pair = pa(WEEKDAY_MORNINGS), pa(EVENINGS)
    halal = {"practices": (Claim("cooks_halal"),)}
    monday, wednesday = hours(0, 8, 10) | hours(0, 17, 19), hours(2, 8, 10) | hours(2, 17, 19)
    others = BOTH & ~monday & ~wednesday
    three = pa(monday, **halal), pa(wednesday, **halal), pa(others, **halal)

    assert people(first(plan, *three, *pair)) == {one.profile_id for one in pair}


def test_every_member_meets_every_must_about_themselves() -> None:
    plan = a_plan(must(Criterion.TIMES), must(Criterion.LANGUAGE, "so"), fixed=BOTH)
    no_somali = pa(EVENINGS, languages=())

    assert not teams(plan, pa(WEEKDAY_MORNINGS), no_somali).teams
    assert teams(plan, pa(WEEKDAY_MORNINGS), pa(EVENINGS)).eligible == 2


def test_hours_nobody_could_keep_alone_are_kept_together() -> None:
    plan = a_plan(must(Criterion.TIMES), must(Criterion.HOURS), fixed=BOTH, quarters=56)

    team = first(plan, pa(BOTH, most=30), pa(BOTH, least=20, most=40))

    assert team.covered == 56
    assert all(member.candidate.least <= member.share.quarters <= member.candidate.most for member in team.members)


def test_somebody_who_wants_more_hours_than_there_are_left_is_in_no_team() -> None:
    plan = a_plan(must(Criterion.TIMES), fixed=BOTH)

    assert not teams(plan, pa(WEEKDAY_MORNINGS, least=30), pa(BOTH, least=30)).teams


def test_not_knowing_their_hours_nobody_says_they_are_kept() -> None:
    plan = a_plan(must(Criterion.HOURS), fixed=BOTH, quarters=56)

    assert teams(plan, pa(WEEKDAY_MORNINGS), pa(EVENINGS)).eligible == 0
    assert teams(a_plan(fixed=BOTH), pa(WEEKDAY_MORNINGS), pa(EVENINGS)).eligible == 2


def test_nobody_under_18_is_given_a_night() -> None:
    late = hours(0, 20, 23)
    young = pa(late, age_band=AgeBand.UNDER_18, sleep_ins=True)
    plan = a_plan(must(Criterion.TIMES), fixed=late | WEEKDAY_MORNINGS, sleep_ins=(0,), most_rate=2000)

    team = first(plan, young, pa(WEEKDAY_MORNINGS))

    (mine,) = [member.share for member in team.members if member.candidate.placement.profile_id == young.profile_id]
    assert mine.nights == () and mine.quarters == 8
    assert [(shift.start, shift.length) for shift in team.uncovered.shifts] == [(22 * 4, 4)]
    assert team.uncovered.nights == (0,)


def test_sleep_ins_are_shared_among_those_who_do_them() -> None:
    plan = a_plan(fixed=WEEKDAY_MORNINGS, sleep_ins=(0, 1, 2, 3))

    team = first(plan, pa(WEEKDAY_MORNINGS, sleep_ins=True), pa(0, sleep_ins=True))

    assert team.covered == 40 + 4 * 36
    assert sorted(len(member.share.nights) for member in team.members) == [2, 2]


def test_the_budget_is_kept_at_what_each_member_asks_and_what_covers_their_leave() -> None:
    plan = a_plan(fixed=WEEKDAY_MORNINGS, most_rate=2000, budget=12_000)
    dear, cheap = pa(WEEKDAY_MORNINGS, least_rate=2000), pa(hours(0, 8, 10) | hours(1, 8, 10), least_rate=1300)

    team = first(plan, dear, cheap)

    hours_of = {member.candidate.rate: member.share.quarters for member in team.members}
    assert hours_of == {1300: 16, 2000: 11}
    a_year = sum(rate * quarters for rate, quarters in hours_of.items()) / 4 * (52 + 5.6)
    assert a_year <= 12_000 * 52 < a_year + 2000 / 4 * (52 + 5.6)


def test_who_works_for_themselves_has_no_leave_to_cover() -> None:
    plan = a_plan(fixed=WEEKDAY_MORNINGS, most_rate=2000, budget=12_000)
    both = {"employment": Employment.SELF_EMPLOYED}
    dear, cheap = pa(WEEKDAY_MORNINGS, least_rate=2000, **both), pa(hours(0, 8, 10) | hours(1, 8, 10), least_rate=1300, **both)

    team = first(plan, dear, cheap)

    assert {member.candidate.rate: member.share.quarters for member in team.members} == {1300: 16, 2000: 13}


A_WOMAN = must(Criterion.SEX, "woman", reason=LawfulReason(("personal_care",), DAY + timedelta(days=365)))
TWO_TASKS = {"tasks": ("personal_care", "cooking"), "fixed": BOTH}


def test_a_lawful_must_holds_for_its_tasks_so_others_of_the_team_do_the_rest() -> None:
    woman, man = pa(WEEKDAY_MORNINGS, sex="woman"), pa(EVENINGS, sex="man")
    silent, another_man = pa(EVENINGS), pa(WEEKDAY_MORNINGS, sex="man")
    plan = a_plan(must(Criterion.TIMES), A_WOMAN, **TWO_TASKS)

    found = teams(plan, woman, man, silent, another_man)

    assert found.eligible == 4
    assert [woman.profile_id in people(team) for team in found.teams] == [True] * len(found.teams)
    not_for = {one.candidate.placement.profile_id: one.not_for for team in found.teams for one in team.members}
    assert not_for[woman.profile_id] == ()
    assert not_for[man.profile_id] == ("personal_care",)
    assert not teams(plan, man, silent, another_man).teams


def test_nobody_is_in_a_team_for_no_task_at_all() -> None:
    woman, man = pa(WEEKDAY_MORNINGS, sex="woman"), pa(EVENINGS, sex="man")

    assert teams(a_plan(A_WOMAN, fixed=BOTH), woman, man).eligible == 1


def test_a_must_without_a_reason_in_force_keeps_nobody_out() -> None:
    over = must(Criterion.SEX, "woman", reason=LawfulReason(("personal_care",), DAY - timedelta(days=1)))
    man, other = pa(WEEKDAY_MORNINGS, sex="man"), pa(EVENINGS, sex="man")

    (team,) = teams(a_plan(over, **TWO_TASKS), man, other).teams

    assert [member.not_for for member in team.members] == [(), ()]


def test_a_named_task_can_be_refused_where_others_of_the_team_do_it_and_no_other_task_can() -> None:
    woman = pa(WEEKDAY_MORNINGS, sex="woman")
    no_care, no_cooking = (pa(EVENINGS, sex="woman", tasks=(Claim(task, has=False),)) for task in ("personal_care", "cooking"))
    plan = a_plan(A_WOMAN, **TWO_TASKS)

    not_for = {one.candidate.placement.profile_id: one.not_for for one in first(plan, woman, no_care).members}
    assert not_for == {woman.profile_id: (), no_care.profile_id: ("personal_care",)}
    assert not teams(plan, woman, no_cooking).teams


def test_those_who_can_do_limited_tasks_have_places_among_the_candidates() -> None:
    men = [pa(BOTH, sex="man", practices=(Claim("cooks_halal"),)) for _ in range(70)]
    plan = a_plan(nice(Criterion.PRACTICE, "cooks_halal"), A_WOMAN, **TWO_TASKS)
    silent = [pa(BOTH) for _ in range(3)]
    women = [pa(WEEKDAY_MORNINGS, sex="woman", practices=(Claim("cooks_halal", has=False),)) for _ in range(2)]

    found = teams(plan, *men, *silent, *women)

    assert found.considered == 60
    assert {one.profile_id for one in women} & people(found.teams[0])


def test_too_little_rest_between_two_days_is_said_and_enough_is_not() -> None:
    late_and_early = hours(0, 14, 23) | hours(1, 8, 12)
    plan = a_plan(fixed=late_and_early | hours(3, 9, 12))

    team = first(plan, pa(late_and_early), pa(hours(3, 9, 12)))

    said = {member.share.quarters: member.short_rests for member in team.members}
    assert said[12] == ()
    (short,) = said[13 * 4]
    assert (short.start, short.longest, short.due) == (14 * 4, 9 * 4, 44)


@pytest.mark.parametrize(
    ("shifts", "nights", "under_18", "expected"),
    [
        ([(8, 10), (18, 20)], (), False, []),  # a long break is no trouble where the night is long enough
        ([(8, 20)], (), False, []),
        ([(8, 21)], (), False, []),  # eleven hours to the minute
        ([(8, 21.25)], (), False, [43] * 7),
        ([(8, 20.25)], (), True, [47] * 7),
        ([(0, 24)], (), False, [0]),
        ([(9, 11)], range(7), False, []),  # 11am to 10pm is eleven hours
        ([(9, 12)], range(7), False, [40] * 14),
    ],
)
def test_eleven_hours_of_rest_in_a_row_are_looked_for_in_each_day_worked(
    shifts: list[tuple[float, float]], nights: Any, under_18: bool, expected: list[int]
) -> None:
    done = sum(week.span(day * 96 + int(begin * 4), int((end - begin) * 4)) for day in range(7) for begin, end in shifts)
    share = Share(tuple(Shift(*run) for run in week.runs(done)), tuple(nights), 0)

    found = short_rests(share, 36, TEAMS_1, under_18=under_18)

    assert [one.longest for one in found] == expected


def test_flexible_hours_are_done_in_pieces_long_enough_by_one_person_each() -> None:
    afternoon = hours(0, 13, 16)
    plan = a_plan(fixed=0, flexible=(Flexible(12, afternoon, 6),))

    team = first(plan, pa(hours(0, 13, 15)), pa(hours(0, 14, 16)))

    assert team.covered == 12
    assert [shift.length for member in team.members for shift in member.share.shifts] == [6, 6]


def test_somebody_away_for_good_part_of_the_start_counts_by_their_fullest_week() -> None:
    away = Span(DAY, DAY + timedelta(days=90))

    assert not teams(a_plan(fixed=BOTH), pa(WEEKDAY_MORNINGS, away=(away,)), pa(EVENINGS)).teams


def test_equal_people_take_turns() -> None:
    plan, everybody = a_plan(fixed=WEEKDAY_MORNINGS), [pa(WEEKDAY_MORNINGS) for _ in range(12)]

    chosen = [people(propose(plan, everybody, DAY + timedelta(days=n), LORE, CURRENT, largest=5, count=1).teams[0])
              for n in range(12)]

    assert len(set().union(*chosen)) > 6


def test_a_day_and_night_is_shared_in_shifts_of_eight_hours_at_most_where_there_is_a_choice() -> None:
    whole_day = sum(hours(day, 7, 23) for day in range(7))
    everybody = [pa(whole_day, most=160) for _ in range(4)]

    team = first(a_plan(fixed=whole_day), *everybody, size=4)

    assert team.covered == 448 and not team.uncovered.shifts
    assert max(shift.length for member in team.members for shift in member.share.shifts) <= 64
    assert max(member.share.quarters for member in team.members) - min(member.share.quarters for member in team.members) <= 32


def test_the_order_of_profiles_makes_no_difference() -> None:
    plan = a_plan(fixed=BOTH)
    everybody = [pa(WEEKDAY_MORNINGS), pa(EVENINGS), pa(BOTH, most=30), pa(hours(0, 8, 10) | EVENINGS)]

    assert teams(plan, *everybody) == teams(plan, *reversed(everybody))


def test_the_best_sixty_are_considered_and_how_many_could_be_is_said() -> None:
    found = teams(a_plan(fixed=BOTH), *(pa(WEEKDAY_MORNINGS) for _ in range(70)), pa(EVENINGS))

    assert (found.considered, found.eligible) == (60, 71)


@given(questions(most=4))
@UNHURRIED
def test_a_rota_gives_each_member_what_they_are_free_for_within_their_limits(question: Any) -> None:
    asked, members = question
    sharing = shared_out(members, asked) if members else None
    if sharing is None:
        return

    made = rota(members, asked, sharing, 3)

    used = 0
    for one, share in zip(members, made.shares, strict=True):
        for shift in share.shifts:
            time = week.span(shift.start, shift.length)
            assert used & time == 0
            used |= time
            assert shift.flexible or time & ~one.free == 0
        assert max(1, one.least) <= share.quarters <= one.most
        assert all(one.nights >> asked.nights.index(day) & 1 for day in share.nights)
    left = sum(week.span(shift.start, shift.length) for shift in made.uncovered.shifts)
    assert sum(share.quarters for share in made.shares) == sharing.covered
    assert left == asked.fixed & ~used
    short = sum(quarters for quarters, _ in made.uncovered.flexible)
    assert made.uncovered.quarters == asked.total - sharing.covered
    assert made.uncovered.quarters == week.count(left) + short + asked.night * len(made.uncovered.nights)
    if asked.money is not None:
        assert paid(tuple(share.quarters for share in made.shares), members, asked.terms) * asked.terms.unit <= asked.money
    assert rota(members, replace(asked), sharing, 3) == made
