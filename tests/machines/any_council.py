"""Registers and plans made up from one number: full of edges, of people who are alike, and of things left unsaid."""
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from services.matcher.domain import week
from services.matcher.domain.limits import OWN_HABITS
from services.matcher.domain.plan import (
    PROTECTED,
    Criterion,
    Flexible,
    LawfulReason,
    PersonId,
    Plan,
    PlanId,
    PlanState,
    Strength,
    Wish,
)
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
from services.matcher.domain.rules import CURRENT, RULES, WHOLE, Rules
from tests.unit.matcher.a_match import DAY

T = TypeVar("T")
TAGS = ("so", "SO", "en", "pa", "pa-Arab", "pa-arab", "pnb", "ar", "arz", "bfi", "bn", "syl")
WORDS = {
    Criterion.PRACTICE: ("cooks_halal", "knows_prayer_times", "removes_shoes"),
    Criterion.SKILL: ("personal_care", "autism_communication", "first_aid"),
    Criterion.TASK: ("personal_care", "cooking", "going_out"),
    Criterion.INTEREST: ("gardening", "allotment", "football", "choir", "singing"),
    Criterion.FAITH: ("muslim", "sikh", "christian"),
    Criterion.CULTURE: ("somali", "punjabi"),
    Criterion.SEX: ("woman", "man"),
    Criterion.LIMIT: ("dogs", "stairs", "smoke", *sorted(OWN_HABITS)),
}
WISHED = [one for one in Criterion if one not in (Criterion.LOOKING, Criterion.AGE)]
OTHER_RULES = replace(
    CURRENT,
    version=CURRENT.version + 1,
    weights=MappingProxyType({Strength.MUST: 5, Strength.IMPORTANT: 2, Strength.NICE: 1}),
    unknown=300_000,
    out_of_date=700_000,
    near_miss=1,
    score_step=50_000,
)


class Council:
    """`dice` decides everything, so the same seed is the same council."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.rules: Rules = self.dice.choice([*RULES.values(), OTHER_RULES])
        self.day = DAY + timedelta(days=self.dice.randrange(7))
        self.weeks = [week.EMPTY, week.ALL, *(self.some_week() for _ in range(4))]

    def one(self, some: Sequence[T]) -> T:
        return self.dice.choice(some)

    def maybe(self, make: Callable[[], T], chance: float = 0.5) -> T | None:
        return make() if self.dice.random() < chance else None

    def some(self, make: Callable[[], T], most: int) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.dice.randint(0, most)))

    def id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128))

    def near(self) -> date:
        return self.day + timedelta(days=self.one([-40, -1, 0, 1, 3, 7, 20, 27, 28, 60]))

    def some_week(self) -> int:
        bits = week.EMPTY
        for _ in range(self.dice.randint(1, 5)):
            bits |= week.span(self.one([0, 32, 88, 96, 640, 664, 670, self.dice.randrange(672)]), self.one([1, 4, 8, 30, 100]))
        return bits

    def week(self) -> int:
        return self.one([*self.weeks, self.some_week()])

    def point(self) -> Point:
        """Often exactly 5, 10, 13 or 25 km from nought, or a metre more."""
        east, north = self.one([(0, 0), (3_000, 4_000), (6_000, 8_000), (5_000, 12_000), (15_000, 20_000), (30_000, 40_000)])
        return Point(east + self.one([0, 0, 1]), -north if self.dice.random() < 0.3 else north)

    def claim(self, kind: Criterion) -> Claim:
        return Claim(
            self.one(WORDS[kind]), self.dice.random() < 0.6, self.maybe(self.near, 0.3), self.dice.random() < 0.8
        )

    def language(self) -> LanguageSkill:
        return LanguageSkill(self.one(TAGS), self.level(), self.level(), self.level())

    def level(self) -> Level | None:
        return self.one([None, *Level])

    def away(self) -> Span:
        first = self.near()
        return Span(first, first + timedelta(days=self.one([-1, 0, 2, 13, 40])))

    def profile(self) -> Profile:
        dice = self.dice
        return Profile(
            council="leicester", profile_id=ProfileId(self.id()), revision=dice.randint(1, 9),
            state=self.one([Looking.LOOKING, Looking.LOOKING, Looking.LOOKING, Looking.SOON, Looking.PAUSED, Looking.GONE]),
            place=self.point(), travel=self.one(tuple(Travel)), week=self.week(), confirmed_on=self.day,
            free_from=self.maybe(self.near, 0.3), furthest_m=self.maybe(lambda: self.one([0, 5_000, 13_000, 25_000, 50_000])),
            languages=self.some(self.language, 3),
            practices=self.some(lambda: self.claim(Criterion.PRACTICE), 3),
            skills=self.some(lambda: self.claim(Criterion.SKILL), 3),
            tasks=self.some(lambda: self.claim(Criterion.TASK), 3),
            interests=self.some(lambda: self.claim(Criterion.INTEREST), 3),
            limits=self.some(lambda: self.claim(Criterion.LIMIT), 4),
            faith=self.maybe(lambda: self.one(WORDS[Criterion.FAITH])),
            culture=self.maybe(lambda: self.one(WORDS[Criterion.CULTURE])),
            sex=self.maybe(lambda: self.one(WORDS[Criterion.SEX])),
            sleep_ins=self.one([None, False, True]), away=self.some(self.away, 3) if dice.random() < 0.4 else (),
            least=self.maybe(lambda: dice.randint(0, 60)), most=self.maybe(lambda: dice.randint(20, 120)),
            few_people=self.one([None, False, True]), least_rate=self.maybe(lambda: dice.randint(900, 1700), 0.8),
            age_band=self.one([None, *AgeBand]), employment=self.one([None, *Employment]),
        )

    def register(self, most: int) -> list[Profile]:
        """With some who are the same but for who they are."""
        found = [self.profile() for _ in range(self.dice.randint(0, most))]
        twins = [replace(self.one(found), profile_id=ProfileId(self.id())) for _ in range(len(found) // 3)]
        return found + twins

    def wish(self) -> Wish:
        criterion, dice = self.one(WISHED), self.dice
        values: tuple[str, ...] = ()
        if criterion is Criterion.LANGUAGE:
            values = tuple(dice.sample(TAGS, dice.randint(1, 3)))
        elif criterion is Criterion.LIMIT:
            values = tuple(dice.sample(WORDS[criterion], dice.randint(0, 2)))
        elif criterion in WORDS:
            values = tuple(dice.sample(("never_said", *WORDS[criterion]), dice.randint(1, 2)))
        return Wish(
            criterion, self.one(tuple(Strength)), values, mode=self.one(tuple(Mode)), level=self.one(tuple(Level)),
            share=self.one([0, 1, 500_000, 800_000, 999_999, WHOLE]),
            within_m=self.maybe(lambda: self.one([0, 4_999, 5_000, 13_000, 25_000, 60_000])),
            reason=self.reason() if criterion in PROTECTED else None, confirmed=dice.random() < 0.9,
        )

    def reason(self) -> LawfulReason | None:
        tasks = tuple(self.dice.sample(WORDS[Criterion.TASK], self.dice.randint(1, 2)))
        return self.maybe(lambda: LawfulReason(tasks, self.near()), 0.8)

    def flexible(self) -> Flexible:
        return Flexible(self.dice.randint(0, 60), self.week(), self.one([1, 1, 2, 4, 8, 12, 33, 700]))

    def plan(self, register: Sequence[Profile] = ()) -> Plan:
        dice = self.dice
        return Plan(
            council="leicester", plan_id=PlanId(self.id()), person_id=PersonId(self.id()), revision=dice.randint(1, 9),
            state=PlanState.OPEN, place=self.one([Point(0, 0), self.point()]), fixed=self.week(), quarters=dice.randint(0, 120),
            start_on=self.maybe(self.near, 0.4), flexible=self.some(self.flexible, 3) if dice.random() < 0.4 else (),
            sleep_ins=self.some(lambda: dice.randrange(7), 3) if dice.random() < 0.4 else (),
            budget=self.maybe(lambda: dice.randint(0, 60_000)), most_rate=self.maybe(lambda: dice.randint(0, 1600), 0.6),
            tasks=self.some(lambda: self.one(WORDS[Criterion.TASK]), 3),
            home=self.some(lambda: self.one(WORDS[Criterion.LIMIT]), 2),
            wishes=self.some(self.wish, 7), few_people=self.one([None, False, True]),
            blocked=frozenset(self.one(register).profile_id for _ in range(dice.randint(0, 2)) if register),
        )
