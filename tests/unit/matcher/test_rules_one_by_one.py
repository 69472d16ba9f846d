"""Each row of the published table of rules, by example."""
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.matcher.domain.finding import Met
from services.matcher.domain.placing import Group, Placement, place_one
from services.matcher.domain.plan import Criterion, LawfulReason, Strength, Wish
from services.matcher.domain.profile import (
    AgeBand,
    Claim,
    Employment,
    LanguageSkill,
    Level,
    Looking,
    Mode,
    Point,
    Travel,
)
from services.matcher.domain.ranking import rank
from shared.vocabulary.reasons import english
from tests.unit.matcher.a_match import DAY, LORE, MILE, a_pa, a_plan, hours, must, nice


def placed(wish: Wish | None = None, *, plan: dict[str, Any] | None = None, **profile: Any) -> Placement:
    return place_one(a_plan(*([wish] if wish else []), **(plan or {})), a_pa(**profile), DAY, LORE)


def said(placement: Placement) -> str:
    (reason,) = placement.reasons
    return english(reason.code, dict(reason.params))


LEVELS = [
    (Level.MOTHER_TONGUE, Level.FLUENT, 1_000_000, Met.YES),
    (Level.FLUENT, Level.FLUENT, 1_000_000, Met.YES),
    (Level.GETS_BY, Level.FLUENT, 600_000, Met.NO),
    (Level.SOME, Level.FLUENT, 300_000, Met.NO),
    (Level.SOME, Level.MOTHER_TONGUE, 200_000, Met.NO),
    (None, Level.FLUENT, None, Met.UNKNOWN),
]


@pytest.mark.parametrize(("had", "asked", "fit", "met"), LEVELS)
def test_a_language_fits_less_with_each_level_below(had: Level | None, asked: Level, fit: int | None, met: Met) -> None:
    placement = placed(must(Criterion.LANGUAGE, "so", level=asked), languages=(LanguageSkill("so", spoken=had),))

    assert (placement.reasons[0].fit, placement.reasons[0].met) == (fit, met)
    assert placement.group is (Group.FITTING if met is Met.YES else Group.NEAR)


def test_a_related_language_is_said_to_be_one_and_never_meets_a_must() -> None:
    placement = placed(must(Criterion.LANGUAGE, "phr"), languages=(LanguageSkill("pnb", Level.MOTHER_TONGUE),))

    assert placement.reasons[0].fit == 200_000
    assert placement.codes == ("language_related",)
    assert "a related language" in said(placement) and "please ask" in said(placement)


@pytest.mark.parametrize("had", ["bn", "syl"])
def test_sylheti_is_not_bengali(had: str) -> None:
    asked = {"bn": "syl", "syl": "bn"}[had]

    placement = placed(must(Criterion.LANGUAGE, asked), languages=(LanguageSkill(had, Level.MOTHER_TONGUE),))

    assert placement.codes == ("language_not_listed",)
    assert placement.score == 0


def test_of_several_languages_the_first_counts_most_and_any_meets_the_must() -> None:
    wish = must(Criterion.LANGUAGE, "so", "ar", "en")

    assert placed(wish, languages=(LanguageSkill("so", Level.FLUENT),)).score == 1_000_000
    assert placed(wish, languages=(LanguageSkill("ar", Level.FLUENT),)).score == 900_000
    assert placed(wish, languages=(LanguageSkill("en", Level.FLUENT),)).score == 800_000
    assert not placed(wish, languages=(LanguageSkill("en", Level.FLUENT), LanguageSkill("so", Level.SOME))).unmet


def test_reading_and_signing_are_not_speaking() -> None:
    speaks = (LanguageSkill("so", spoken=Level.FLUENT, read=Level.SOME),)

    assert placed(must(Criterion.LANGUAGE, "so", mode=Mode.READ), languages=speaks).codes == ("language_less",)
    signs = (LanguageSkill("bfi", signed=Level.FLUENT),)
    assert not placed(must(Criterion.LANGUAGE, "bfi", mode=Mode.SIGNED), languages=signs).unmet


def test_nobody_who_listed_no_language_is_taken_to_have_none() -> None:
    assert placed(must(Criterion.LANGUAGE, "so"), languages=()).reasons[0].met is Met.UNKNOWN


HAVING = [
    (Claim("first_aid"), 1_000_000, Met.YES),
    (Claim("first_aid", until=DAY), 1_000_000, Met.YES),
    (Claim("first_aid", until=DAY - timedelta(days=1)), 500_000, Met.NO),
    (Claim("first_aid", has=False), 0, Met.NO),
    (Claim("first_aid", confirmed=False), None, Met.UNKNOWN),
    (Claim("dementia"), None, Met.UNKNOWN),
]


@pytest.mark.parametrize(("claim", "fit", "met"), HAVING)
def test_a_skill_is_had_in_date_out_of_date_not_had_or_not_known(claim: Claim, fit: int | None, met: Met) -> None:
    placement = placed(must(Criterion.SKILL, "first_aid"), skills=(claim,))

    assert (placement.reasons[0].fit, placement.reasons[0].met) == (fit, met)
    assert placement.score == (500_000 if fit is None else fit)


def test_training_must_still_count_on_the_day_the_work_starts() -> None:
    runs_out = (Claim("first_aid", until=DAY + timedelta(days=10)),)
    starts = {"start_on": DAY + timedelta(days=30)}

    assert placed(must(Criterion.SKILL, "first_aid"), skills=runs_out).group is Group.FITTING
    assert placed(must(Criterion.SKILL, "first_aid"), plan=starts, skills=runs_out).codes == ("skill_out_of_date",)


def test_an_allotment_counts_as_gardening_and_says_so() -> None:
    gardener, other = a_pa(interests=(Claim("allotment"),)), a_pa(interests=(Claim("football"),))

    ranking = rank(a_plan(nice(Criterion.INTEREST, "gardening")), [other, gardener], DAY, LORE)

    assert ranking.placements[0].profile_id == gardener.profile_id
    assert "Allotment" in english(ranking.placements[0].reasons[0].code, dict(ranking.placements[0].reasons[0].params))


LAWFUL = LawfulReason(("personal_care",), DAY)


@pytest.mark.parametrize(("told", "fit", "met"), [("woman", 1_000_000, Met.YES), ("man", 0, Met.NO), (None, None, Met.UNKNOWN)])
def test_sex_is_what_a_pa_told_with_consent(told: str | None, fit: int | None, met: Met) -> None:
    placement = placed(must(Criterion.SEX, "woman", reason=LAWFUL), sex=told)

    assert (placement.reasons[0].fit, placement.reasons[0].met) == (fit, met)
    assert (placement.group is Group.FITTING) is (met is Met.YES)
    assert "man" not in dict(placement.reasons[0].params).values()


@pytest.mark.parametrize(
    "reason", [None, replace(LAWFUL, until=DAY - timedelta(days=1)), replace(LAWFUL, tasks=("shopping",))],
    ids=["none", "over", "for another task"],
)
def test_without_a_lawful_reason_for_a_task_of_the_plan_sex_is_no_must(reason: LawfulReason | None) -> None:
    placement = placed(must(Criterion.SEX, "woman", reason=reason), sex="man")

    assert placement.group is Group.FITTING
    assert placement.reasons[0].strength is Strength.IMPORTANT


WOMAN_FOR_CARE = must(Criterion.SEX, "woman", reason=LAWFUL)
TWO_JOBS = {"tasks": ("personal_care", "cooking")}


def test_a_must_on_sex_says_which_tasks_it_is_for_and_what_else_a_pa_can_be_asked_for() -> None:
    other, silent = placed(WOMAN_FOR_CARE, plan=TWO_JOBS, sex="man"), placed(WOMAN_FOR_CARE, plan=TWO_JOBS)

    assert (other.group, other.codes, silent.codes) == (Group.NEAR, ("sex_different_for_tasks",), ("sex_not_told_for_tasks",))
    said = english(other.codes[0], dict(other.unmet[0].params))
    assert said == "Is not who you asked for with this: personal care. You can ask them for: cooking"
    assert placed(WOMAN_FOR_CARE, plan=TWO_JOBS, sex="woman").group is Group.FITTING


def test_a_must_on_sex_is_not_held_against_a_pa_who_does_none_of_its_tasks_anyway() -> None:
    refuses: dict[str, Any] = {"tasks": (Claim("personal_care", has=False),)}

    other, same = (placed(WOMAN_FOR_CARE, plan=TWO_JOBS, sex=sex, **refuses) for sex in ("man", "woman"))

    assert other.codes == same.codes == ("will_not_do",)
    assert other.reasons[0].strength is same.reasons[0].strength is Strength.IMPORTANT


def test_where_a_pa_would_do_nothing_else_nothing_else_is_offered() -> None:
    only_this = placed(WOMAN_FOR_CARE, plan=TWO_JOBS, sex="man", tasks=(Claim("cooking", has=False),))

    assert only_this.codes == ("sex_different", "will_not_do")


def test_a_wish_we_are_not_sure_of_keeps_everybody_out_until_it_is_confirmed() -> None:
    unsure = must(Criterion.LANGUAGE, "so", confirmed=False)

    assert placed(unsure).codes == ("wish_unconfirmed",)
    assert not placed(replace(unsure, strength=Strength.IMPORTANT)).unmet


@pytest.mark.parametrize(
    ("miles", "travel", "furthest", "code", "fit"),
    [
        (1, Travel.WALK, None, "some_way", 994_375),
        (3, Travel.WALK, None, "out_of_reach", 0),
        (3, Travel.BUS, None, "near", 1_000_000),
        (6, Travel.BUS, None, "some_way", 499_384),
        (3, Travel.BUS, 2 * MILE, "out_of_reach", 0),
        (20, Travel.CAR, 25 * MILE, "some_way", 294_419),
    ],
)
def test_reach_is_by_how_a_pa_travels_and_their_own_word(
    miles: int, travel: Travel, furthest: int | None, code: str, fit: int
) -> None:
    placement = placed(must(Criterion.PLACE), place=Point(miles * MILE, 0), travel=travel, furthest_m=furthest)

    assert (placement.reasons[0].code, placement.reasons[0].fit) == (code, fit)
    assert placement.distance_m == miles * MILE


def test_a_distance_asked_for_is_a_must_of_its_own() -> None:
    placement = placed(must(Criterion.PLACE, within_m=MILE), place=Point(2 * MILE, 0))

    assert placement.codes == ("beyond_asked",)
    assert said(placement) == "Lives about 2 miles away. You asked for about 1 mile at most"


@pytest.mark.parametrize(
    ("asks", "fit", "met"),
    [(1500, 1_000_000, Met.YES), (1501, 996_666, Met.NO), (1650, 500_000, Met.NO), (1800, 0, Met.NO), (None, None, Met.UNKNOWN)],
)
def test_pay_falls_to_nothing_at_a_fifth_above(asks: int | None, fit: int | None, met: Met) -> None:
    placement = placed(must(Criterion.PAY), least_rate=asks)

    assert (placement.reasons[0].fit, placement.reasons[0].met) == (fit, met)


def test_a_weekly_budget_says_what_can_be_paid_an_hour() -> None:
    plan = {"most_rate": None, "budget": 15_000, "quarters": 40}

    assert placed(must(Criterion.PAY), plan=plan, least_rate=1500).group is Group.FITTING
    assert placed(must(Criterion.PAY), plan=plan, least_rate=1501).codes == ("pay_above",)


def test_nobody_is_offered_work_below_the_minimum_wage_for_their_age() -> None:
    low = {"most_rate": 1100}

    assert placed(plan=low, age_band=AgeBand.FROM_21).codes == ("pay_below_lawful",)
    assert placed(plan=low, age_band=AgeBand.FROM_18_TO_20).group is Group.FITTING
    assert placed(plan=low, age_band=None).unmet[0].met is Met.UNKNOWN
    assert placed(plan=low, employment=Employment.SELF_EMPLOYED).group is Group.FITTING


def test_the_minimum_wage_is_that_of_the_day() -> None:
    plan = a_plan(most_rate=1221)

    assert not place_one(plan, a_pa(), date(2026, 3, 31), LORE).unmet
    assert place_one(plan, a_pa(), date(2026, 4, 1), LORE).codes == ("pay_below_lawful",)


def test_their_own_cannot_keeps_a_pa_out_of_a_home_and_silence_does_not() -> None:
    with_dogs = {"home": ("dogs",)}

    assert placed(plan=with_dogs, limits=(Claim("dogs", has=False),)).codes == ("limits_conflict",)
    assert placed(plan=with_dogs, limits=()).group is Group.FITTING


@pytest.mark.parametrize(
    ("limits", "code", "fit"),
    [
        ((Claim("dogs"),), "limits_fine", 1_000_000),
        ((Claim("dogs", has=False),), "limits_conflict", 0),
        ((), "limits_unknown", None),
    ],
)
def test_a_must_about_the_home_asks_for_a_yes(limits: tuple[Claim, ...], code: str, fit: int | None) -> None:
    placement = placed(must(Criterion.LIMIT), plan={"home": ("dogs",)}, limits=limits)

    assert (placement.reasons[0].code, placement.reasons[0].fit) == (code, fit)
    assert len(placement.unmet) == (0 if fit else 1)


def test_words_for_what_is_not_known_say_please_ask() -> None:
    placement = placed(nice(Criterion.LIMIT), plan={"home": ("dogs",)})

    assert said(placement) == "We do not know if they are fine with dogs. Please ask"


def test_a_person_may_wish_for_somebody_who_does_not_smoke() -> None:
    no_smoker = must(Criterion.LIMIT, "smokes")

    assert placed(no_smoker, limits=(Claim("smokes"),)).codes == ("limits_conflict",)
    assert placed(no_smoker, limits=(Claim("smokes", has=False),)).group is Group.FITTING
    assert placed(no_smoker, limits=()).unmet[0].met is Met.UNKNOWN


def test_a_task_refused_keeps_a_pa_out_and_one_not_spoken_of_does_not() -> None:
    assert placed(tasks=(Claim("personal_care", has=False),)).codes == ("will_not_do",)
    assert placed(tasks=()).group is Group.FITTING


def test_a_task_that_is_itself_a_must_is_counted_once() -> None:
    placement = placed(must(Criterion.TASK, "personal_care"), tasks=(Claim("personal_care", has=False),))

    assert placement.codes == ("task_no",)


HOURS = [
    ({}, {}, "hours_fit", 1_000_000, Met.YES),
    ({"few_people": True}, {"few_people": False}, "hours_fit_continuity_apart", 500_000, Met.YES),
    ({"few_people": True}, {"few_people": None}, "hours_fit_continuity_unknown", 750_000, Met.YES),
    ({}, {"least": 41}, "hours_wants_more", 500_000, Met.NO),
    ({}, {"most": 39}, "hours_wants_fewer", 500_000, Met.NO),
    ({"few_people": True}, {"most": 39, "few_people": False}, "hours_wants_fewer", 0, Met.NO),
    ({}, {"least": None, "most": None}, "hours_unknown", 750_000, Met.UNKNOWN),
    ({"few_people": True}, {"least": None, "most": None, "few_people": None}, "hours_unknown", None, Met.UNKNOWN),
]


@pytest.mark.parametrize(("plan", "profile", "code", "fit", "met"), HOURS)
def test_hours_and_continuity_are_half_each(
    plan: dict[str, Any], profile: dict[str, Any], code: str, fit: int | None, met: Met
) -> None:
    reason = placed(must(Criterion.HOURS), plan=plan, **profile).reasons[0]

    assert (reason.code, reason.fit, reason.met) == (code, fit, met)


def test_free_in_time_is_by_the_day_the_work_starts() -> None:
    soon: dict[str, Any] = {"state": Looking.SOON, "free_from": DAY + timedelta(days=7)}

    assert placed(**soon).codes == ("looking_later",)
    assert placed(plan={"start_on": DAY + timedelta(days=7)}, **soon).group is Group.FITTING
    assert placed(state=Looking.SOON).unmet[0].met is Met.UNKNOWN


@pytest.mark.parametrize("state", [Looking.PAUSED, Looking.GONE])
def test_a_pa_who_paused_or_left_is_on_no_list(state: Looking) -> None:
    assert rank(a_plan(), [a_pa(state=state)], DAY, LORE).placements == ()


def test_nobody_under_18_is_asked_to_work_at_night() -> None:
    night = {"fixed": hours(0, 21, 23), "quarters": 8, "most_rate": 1500}

    assert placed(plan=night, age_band=AgeBand.UNDER_18).codes == ("under_18_nights",)
    assert placed(plan={"sleep_ins": (0,)}, age_band=AgeBand.UNDER_18).codes == ("under_18_nights",)
    assert placed(age_band=AgeBand.UNDER_18).group is Group.FITTING


def test_a_must_and_an_important_wish_weigh_three_and_a_nice_one_weighs_one() -> None:
    has_not = (Claim("first_aid", has=False), Claim("dementia"))
    important = Wish(Criterion.SKILL, Strength.IMPORTANT, ("first_aid",))

    three_of_four = place_one(a_plan(important, nice(Criterion.SKILL, "dementia")), a_pa(skills=has_not), DAY, LORE)
    one_of_four = place_one(a_plan(must(Criterion.SKILL, "dementia"), replace(important, strength=Strength.NICE)),
                            a_pa(skills=has_not), DAY, LORE)

    assert three_of_four.score == 250_000
    assert one_of_four.score == 750_000


def test_one_or_two_musts_unmet_is_a_near_miss_and_three_is_not() -> None:
    skills = [must(Criterion.SKILL, code) for code in ("first_aid", "dementia", "autism_communication")]

    groups = [place_one(a_plan(*skills[:n]), a_pa(), DAY, LORE).group for n in range(4)]

    assert groups == [Group.FITTING, Group.NEAR, Group.NEAR, Group.OTHERS]


def test_a_better_score_never_outranks_a_must_met() -> None:
    liked = ("football", "choir", "cricket")
    plan = a_plan(must(Criterion.SKILL, "first_aid"), *[nice(Criterion.INTEREST, code) for code in liked])
    meets = a_pa(skills=(Claim("first_aid"),), interests=tuple(Claim(code, has=False) for code in liked))
    likes = a_pa(interests=tuple(Claim(code) for code in liked))

    ranking = rank(plan, [likes, meets], DAY, LORE)

    assert [one.profile_id for one in ranking.placements] == [meets.profile_id, likes.profile_id]
