"""Whose need counts as unmet, under which words, and for which hours."""
from uuid import UUID

from services.matcher.domain import week
from services.matcher.domain.gaps.need import BANDS, NOT_ASKED, need_of, needs_of
from services.matcher.domain.gaps.publishing import monday
from services.matcher.domain.gaps.rules import GAPS_1, Facet
from services.matcher.domain.plan import Criterion, Flexible, Funding, PersonId, Plan, PlanId, Share, Strength, Wish
from services.matcher.domain.shared_out import asked_for
from shared.vocabulary import gap_words
from tests.unit.matcher.a_match import DAY, a_plan, hours, must, nice


def value(plan: Plan, facet: Facet) -> str:
    return need_of(plan, DAY).value(facet)


def test_every_quarter_hour_is_in_one_part_of_the_week_and_each_part_has_words() -> None:
    whole = 0
    for bits in BANDS.values():
        assert not whole & bits
        whole |= bits

    assert whole == week.ALL
    assert set(BANDS) == set(gap_words.BANDS)
    assert [facet.value for facet in Facet] == list(gap_words.FACETS)


def test_a_must_counts_before_what_is_important_and_nice_to_have_counts_for_nothing() -> None:
    asked = a_plan(
        Wish(Criterion.SKILL, Strength.IMPORTANT, ("moving_and_handling",)), must(Criterion.SKILL, "epilepsy"),
        nice(Criterion.PRACTICE, "cooks_halal"), must(Criterion.LANGUAGE, "syl", "bn"),
    )

    assert value(asked, Facet.SKILL) == "epilepsy"
    assert value(asked, Facet.PRACTICE) == NOT_ASKED
    assert value(asked, Facet.LANGUAGE) == "syl"


def test_a_wish_nobody_is_sure_of_is_not_counted() -> None:
    assert value(a_plan(must(Criterion.LANGUAGE, "syl", confirmed=False)), Facet.LANGUAGE) == NOT_ASKED


def test_the_part_of_the_week_is_the_one_with_most_of_the_wanted_time() -> None:
    assert value(a_plan(fixed=hours(0, 8, 10) | hours(5, 17, 20)), Facet.BAND) == "weekend_evenings"
    assert value(a_plan(fixed=hours(0, 8, 10), sleep_ins=(4,)), Facet.BAND) == "nights"
    assert value(a_plan(fixed=0, flexible=(Flexible(40, hours(1, 12, 17), 4),)), Facet.BAND) == "weekday_afternoons"
    assert value(a_plan(fixed=0), Facet.BAND) == NOT_ASKED


def test_a_person_counts_once_and_only_where_too_few_fit() -> None:
    small, large = a_plan(plan_id=PlanId(UUID(int=11))), a_plan(plan_id=PlanId(UUID(int=12)), fixed=hours(6, 0, 24))
    well_served = a_plan(person_id=PersonId(UUID(int=9)))

    (need,) = needs_of([(small, 0), (large, 2), (well_served, GAPS_1.enough)], DAY, GAPS_1)

    assert (need.person_id, need.quarters) == (large.person_id, 96)


def a_share(plan: Plan, quarters: int) -> Share:
    return Share(plan.plan_id, plan.person_id, quarters, Funding.DIRECT_PAYMENT)


def own_plan(nth: int, quarters: int = 40) -> Plan:
    return a_plan(plan_id=PlanId(UUID(int=nth)), person_id=PersonId(UUID(int=100 + nth)), quarters=quarters)


def test_hours_that_people_share_are_counted_with_the_job_and_once() -> None:
    one, other = own_plan(1), own_plan(2)
    job = a_plan(plan_id=PlanId(UUID(int=3)), person_id=one.person_id, shares=(a_share(one, 40), a_share(other, 40)))

    needs = needs_of([(one, 0), (other, 0), (job, 0)], DAY, GAPS_1)

    assert [(need.person_id, need.quarters) for need in needs] == [(one.person_id, 40), (other.person_id, 40)]
    assert needs_of([(one, 0), (other, 0), (job, GAPS_1.enough)], DAY, GAPS_1) == []


def test_hours_that_are_left_to_ones_own_plan_are_counted_there() -> None:
    one, other = own_plan(1), own_plan(2)
    job = a_plan(plan_id=PlanId(UUID(int=3)), person_id=one.person_id, shares=(a_share(one, 12), a_share(other, 40)))

    needs = needs_of([(one, 0), (other, 0), (job, GAPS_1.enough)], DAY, GAPS_1)

    assert [(need.person_id, need.quarters) for need in needs] == [(one.person_id, 28)]


def test_a_plan_waits_only_while_an_open_job_has_all_its_hours() -> None:
    one, other = own_plan(1), own_plan(2)
    job = a_plan(plan_id=PlanId(UUID(int=3)), person_id=one.person_id, shares=(a_share(one, 12), a_share(other, 40)))

    assert asked_for([one, other, job]) == [one, job]
    assert asked_for([one, other]) == [one, other]


def test_a_week_begins_on_monday() -> None:
    assert monday(DAY) == DAY
    assert monday(DAY.replace(day=29)) == DAY
