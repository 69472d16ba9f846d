"""What a PA is told of plans that fit: enough to wonder, nothing of whose they are."""
from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain.opportunities import Opportunity, opportunities
from services.matcher.domain.placing import Group
from services.matcher.domain.plan import PROTECTED, Criterion, LawfulReason, Plan, PlanId
from services.matcher.domain.profile import LanguageSkill, Level, Profile
from services.matcher.domain.ranking import rank
from shared.vocabulary.pa_words import FOR_THE_PA, TO_THE_PA
from tests.unit.matcher.a_match import DAY, LORE, MILE, a_pa, a_plan, must, nice, plans, profiles

SOMALI = must(Criterion.LANGUAGE, "so")


def seen(profile: Profile, *some: Plan) -> list[Opportunity]:
    return opportunities(profile, some, DAY, LORE)


def test_a_plan_that_fits_says_what_the_work_is_and_what_speaks_for_the_pa() -> None:
    (one,) = seen(a_pa(), a_plan(SOMALI, must(Criterion.TIMES), nice(Criterion.INTEREST, "choir")))

    assert (one.group, one.quarters, one.miles, one.coverage) == (Group.FITTING, 40, 2, 1_000_000)
    assert one.tasks == ("personal_care",)
    assert one.speaks_for == (Criterion.LANGUAGE, Criterion.TIMES)


def test_one_that_nearly_fits_says_what_is_lacking_and_the_rest_are_left_out() -> None:
    firm = a_plan(SOMALI, must(Criterion.SKILL, "first_aid"), must(Criterion.SKILL, "autism_communication"))
    polish = a_pa(languages=(LanguageSkill("pl", Level.FLUENT),))

    (one,) = seen(polish, a_plan(SOMALI), firm)

    assert (one.group, one.unmet) == (Group.NEAR, ("language_not_listed",))


def test_nobody_learns_that_a_faith_a_culture_or_a_sex_was_asked_for() -> None:
    reason = LawfulReason(("personal_care",), DAY + timedelta(days=30))
    women, muslim = a_plan(must(Criterion.SEX, "woman", reason=reason)), a_plan(nice(Criterion.FAITH, "muslim"))

    assert seen(a_pa(sex="man"), women) == []
    assert seen(a_pa(faith="muslim"), muslim)[0].speaks_for == ()


def test_two_pas_cannot_find_out_that_they_look_at_the_same_plan() -> None:
    plan = a_plan()

    (mine,), (theirs,) = seen(a_pa(), plan), seen(a_pa(), plan)

    assert mine.ref != theirs.ref
    assert str(plan.plan_id) not in repr(mine) and str(plan.person_id) not in repr(mine)


def test_blocks_hide_a_plan_from_the_pa_too() -> None:
    pa = a_pa()

    assert seen(pa, a_plan(blocked=frozenset({pa.profile_id}))) == []


def test_only_so_much_is_told() -> None:
    assert {one.name for one in fields(Opportunity)} == {
        "ref", "group", "quarters", "miles", "coverage", "tasks", "begins", "speaks_for", "unmet",
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(plans, max_size=5, unique_by=lambda plan: plan.plan_id), profiles)
def test_a_pa_sees_the_plans_whose_lists_show_them(some: list[Plan], profile: Profile) -> None:
    found = opportunities(profile, some, DAY, LORE)

    shown = [one for plan in some for one in rank(plan, [profile], DAY, LORE).placements if one.group is not Group.OTHERS]
    open_to_tell = [one for one in shown if not any(reason.criterion in PROTECTED for reason in one.unmet)]
    assert len(found) == len(open_to_tell)
    assert sorted(one.group for one in found) == sorted(one.group for one in open_to_tell)
    for one in found:
        assert not set(one.speaks_for) & PROTECTED
        assert {criterion.value for criterion in one.speaks_for} <= FOR_THE_PA.keys() and set(one.unmet) <= TO_THE_PA.keys()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans, profiles)
def test_moving_a_little_within_the_mile_tells_nothing_new(plan: Plan, profile: Profile) -> None:
    for one in seen(profile, plan):
        assert one.miles == round(rank(plan, [profile], DAY, LORE).placements[0].distance_m / MILE)
    assert [one.ref for one in seen(profile, replace(plan, plan_id=PlanId(UUID(int=5))))] != [
        one.ref for one in seen(profile, plan)
    ] or not seen(profile, plan)
