"""A plan and a profile that fit in everything, to change one thing of; and random ones."""
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st

from services.matcher.domain import week
from services.matcher.domain.plan import Criterion, Flexible, LawfulReason, PersonId, Plan, PlanId, PlanState, Strength, Wish
from services.matcher.domain.profile import (
    AgeBand,
    Claim,
    Employment,
    LanguageSkill,
    Level,
    Looking,
    Mode,
    Point,
    Profile,
    ProfileId,
    Span,
    Travel,
)
from services.matcher.subscribers import known

DAY = date(2026, 11, 23)  # a Monday
LORE = known()
MILE = 1609


def hours(day: int, start: int, end: int) -> int:
    """Whole hours of one day, 0 = Monday."""
    return week.span(day * 96 + start * 4, (end - start) * 4)


WEEKDAY_MORNINGS = hours(0, 8, 10) | hours(1, 8, 10) | hours(2, 8, 10) | hours(3, 8, 10) | hours(4, 8, 10)


def a_plan(*wishes: Wish, **changes: Any) -> Plan:
    plan = Plan(
        council="leicester", plan_id=PlanId(UUID(int=1)), person_id=PersonId(UUID(int=2)), revision=1, state=PlanState.OPEN,
        place=Point(0, 0), fixed=WEEKDAY_MORNINGS, quarters=40, most_rate=1500, tasks=("personal_care",), home=(), wishes=wishes,
    )
    return replace(plan, **changes)


def a_pa(**changes: Any) -> Profile:
    profile = Profile(
        council="leicester", profile_id=ProfileId(uuid4()), revision=1, state=Looking.LOOKING, place=Point(2 * MILE, 0),
        travel=Travel.BUS, week=WEEKDAY_MORNINGS, confirmed_on=DAY, languages=(LanguageSkill("so", Level.MOTHER_TONGUE),),
        sleep_ins=False, least=20, most=60, few_people=True, least_rate=1300, age_band=AgeBand.FROM_21,
        employment=Employment.EMPLOYED,
    )
    return replace(profile, **changes)


def must(criterion: Criterion, *values: str, **more: Any) -> Wish:
    return Wish(criterion, Strength.MUST, values, **more)


def nice(criterion: Criterion, *values: str, **more: Any) -> Wish:
    return Wish(criterion, Strength.NICE, values, **more)


LANGUAGES = ("so", "en", "pa", "pnb", "ar", "arz", "bfi", "bn", "syl")
WORDS = {
    Criterion.PRACTICE: ("cooks_halal", "knows_prayer_times", "removes_shoes"),
    Criterion.SKILL: ("personal_care", "autism_communication", "first_aid"),
    Criterion.TASK: ("personal_care", "cooking", "going_out"),
    Criterion.INTEREST: ("gardening", "allotment", "football", "choir"),
    Criterion.FAITH: ("muslim", "sikh", "christian"),
    Criterion.CULTURE: ("somali", "punjabi"),
    Criterion.SEX: ("woman", "man"),
    Criterion.LIMIT: ("dogs", "stairs", "smoke"),
}
days = st.integers(-400, 400).map(lambda n: DAY + timedelta(days=n))
levels = st.none() | st.sampled_from(Level)
points = st.builds(Point, st.integers(-40_000, 40_000), st.integers(-40_000, 40_000))
stretches = st.lists(st.tuples(st.integers(0, 671), st.integers(1, 60)), max_size=6)


@st.composite
def weeks(draw: st.DrawFn) -> int:
    bits = 0
    for start, length in draw(stretches):
        bits |= week.span(start, length)
    return bits


def claims(kind: Criterion) -> st.SearchStrategy[tuple[Claim, ...]]:
    one = st.builds(Claim, st.sampled_from(WORDS[kind]), st.booleans(), st.none() | days, st.booleans())
    return st.lists(one, max_size=3, unique_by=lambda claim: claim.code).map(tuple)


profiles = st.builds(
    Profile,
    council=st.just("leicester"),
    profile_id=st.uuids().map(ProfileId),
    revision=st.integers(1, 9),
    state=st.sampled_from(Looking),
    place=points,
    travel=st.sampled_from(Travel),
    week=weeks(),
    confirmed_on=days,
    free_from=st.none() | days,
    furthest_m=st.none() | st.integers(0, 40_000),
    languages=st.lists(
        st.builds(LanguageSkill, st.sampled_from(LANGUAGES), levels, levels, levels),
        max_size=4,
        unique_by=lambda skill: skill.tag,
    ).map(tuple),
    practices=claims(Criterion.PRACTICE),
    skills=claims(Criterion.SKILL),
    tasks=claims(Criterion.TASK),
    interests=claims(Criterion.INTEREST),
    limits=claims(Criterion.LIMIT),
    faith=st.none() | st.sampled_from(WORDS[Criterion.FAITH]),
    culture=st.none() | st.sampled_from(WORDS[Criterion.CULTURE]),
    sex=st.none() | st.sampled_from(WORDS[Criterion.SEX]),
    sleep_ins=st.none() | st.booleans(),
    short_notice=st.none() | st.booleans(),
    away=st.lists(
        st.builds(lambda first, n: Span(first, first + timedelta(days=n)), days, st.integers(0, 40)), max_size=2
    ).map(tuple),
    least=st.none() | st.integers(0, 100),
    most=st.none() | st.integers(0, 200),
    few_people=st.none() | st.booleans(),
    least_rate=st.none() | st.integers(900, 2000),
    age_band=st.none() | st.sampled_from(AgeBand),
    employment=st.none() | st.sampled_from(Employment),
)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    criterion = draw(st.sampled_from([one for one in Criterion if one not in (Criterion.LOOKING, Criterion.AGE)]))
    values: tuple[str, ...] = ()
    if criterion is Criterion.LANGUAGE:
        values = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)))
    elif criterion in WORDS and criterion is not Criterion.LIMIT:
        values = (draw(st.sampled_from(WORDS[criterion])),)
    return Wish(
        criterion,
        draw(st.sampled_from(Strength)),
        values,
        mode=draw(st.sampled_from(Mode)),
        level=draw(st.sampled_from(Level)),
        share=draw(st.sampled_from([0, 500_000, 800_000, 1_000_000])),
        within_m=draw(st.none() | st.integers(0, 30_000)),
        reason=draw(st.none() | st.builds(LawfulReason, st.just(("personal_care",)), days)),
        confirmed=draw(st.booleans()),
    )


plans = st.builds(
    Plan,
    council=st.just("leicester"),
    plan_id=st.uuids().map(PlanId),
    person_id=st.uuids().map(PersonId),
    revision=st.integers(1, 9),
    state=st.just(PlanState.OPEN),
    place=points,
    fixed=weeks(),
    quarters=st.integers(0, 160),
    start_on=st.none() | days,
    flexible=st.lists(st.builds(Flexible, st.integers(0, 40), weeks(), st.integers(1, 12)), max_size=3).map(tuple),
    sleep_ins=st.lists(st.integers(0, 6), max_size=3, unique=True).map(tuple),
    budget=st.none() | st.integers(0, 100_000),
    most_rate=st.none() | st.integers(0, 2000),
    tasks=st.lists(st.sampled_from(WORDS[Criterion.TASK]), max_size=2, unique=True).map(tuple),
    home=st.lists(st.sampled_from(WORDS[Criterion.LIMIT]), max_size=2, unique=True).map(tuple),
    wishes=st.lists(wishes(), max_size=6).map(tuple),
    few_people=st.none() | st.booleans(),
    blocked=st.just(frozenset()),
)
registers = st.lists(profiles, max_size=8, unique_by=lambda profile: profile.profile_id)
