"""What plans ask about a PA alone: each different question once, however many plans have it, answered by the plain rules."""
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from services.matcher.domain.declared import declared
from services.matcher.domain.finding import Finding, Met
from services.matcher.domain.having import having
from services.matcher.domain.kernel.codes import CLAIMED
from services.matcher.domain.kernel.writing import all_claims
from services.matcher.domain.languages import language
from services.matcher.domain.lawful import for_its_tasks, strength_for
from services.matcher.domain.limits import OWN_HABITS, limits, willing
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PROTECTED, Criterion, Plan, Strength, Wish
from services.matcher.domain.profile import Claim, LanguageSkill, Looking, Point, Profile, ProfileId, Travel
from services.matcher.domain.rules import Rules

NOTHING = 0
"""The number of no question: met by everybody, worth nothing."""
HAVING = frozenset({Criterion.PRACTICE, Criterion.SKILL, Criterion.TASK, Criterion.INTEREST})
ABOUT_A_PA = HAVING | PROTECTED | {Criterion.LANGUAGE, Criterion.LIMIT}
"""Wishes whose answer depends on the plan only by what they ask; the others are worked out over columns."""
REFUSED, CONFLICT = "refused", "conflict"
Word = tuple[str, str]
"""Something a PA can say of themselves: of which kind, and what. A language stands for all of its family."""


SILENT = Profile("", ProfileId(UUID(int=0)), 0, Looking.LOOKING, Point(0, 0), Travel.WALK, 0, date.min)
UNHEARD_OF = "\0"
STRANGER = replace(
    SILENT, languages=(LanguageSkill(UNHEARD_OF),), faith=UNHEARD_OF, culture=UNHEARD_OF, sex=UNHEARD_OF
)  # fmt: skip
"""Who says something of each thing, and never what was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`code`: what is said where it is a must and not met; None: it is met. `softer`: as a must it is one for this PA at all
    only where they do any of its tasks; for others it weighs as important. `sure`: the same on whatever day."""

    fit: int
    code: str | None
    softer: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Ask:
    """A wish of some plan, or, where that is None, what always must hold of the plan."""

    plan: Plan
    wish: Wish | None
    about: Criterion

    def words(self, lore: Lore) -> Iterator[Word]:
        """Who says none of these answers as somebody who says nothing, or something that has nothing to do with it."""
        if self.wish is None:
            return
        values = self.wish.values
        if self.about is Criterion.LANGUAGE:
            yield from ((self.about, lore.family(tag)) for tag in values)
        elif self.about is Criterion.LIMIT:
            # without a conflict only who said all of them meets it: whoever is silent on any one is as good as silent
            yield from ((self.about, code) for code in (*self.plan.home, *values)[-1:])
        elif self.about in PROTECTED:
            yield from ((REFUSED, code) for code in self.plan.tasks)
        else:
            for code in values:
                yield self.about, code
                if self.about is Criterion.INTEREST:
                    yield from ((self.about, other) for other in lore.same_interests.get(code, ()))

    def settled_by(self) -> Iterator[Word]:
        """Who says any of these answers as somebody who says all of them."""
        values = self.wish.values if self.wish is not None else ()
        if self.about is Criterion.LIMIT:
            yield from ((CONFLICT, code) for code in (*self.plan.home, *values))
        elif self.about in PROTECTED:
            yield from ((self.about, value) for value in values)
        elif self.wish is None:
            yield from ((REFUSED, code) for code in _tasks_left(self.plan))

    def settled(self, rules: Rules, lore: Lore) -> Answer:
        said = {kind: [code for of, code in self.settled_by() if of == kind] for kind in (REFUSED, CONFLICT, self.about)}
        told = said[self.about][0] if said[self.about] else None
        who = replace(
            SILENT, tasks=tuple(Claim(code, has=False) for code in said[REFUSED]),
            limits=tuple(Claim(code, has=code in OWN_HABITS) for code in said[CONFLICT]), faith=told, culture=told, sex=told,
        )  # fmt: skip
        return Asking(who, date.min, rules, lore).answer(self)


def words_of(profile: Profile, lore: Lore) -> Iterator[Word]:
    for kind, claims in zip(CLAIMED, all_claims(profile), strict=True):
        yield from ((kind, claim.code) for claim in claims)
    yield from ((REFUSED, claim.code) for claim in profile.tasks if not claim.has)
    yield from ((Criterion.LANGUAGE, lore.family(skill.tag)) for skill in profile.languages)


def settling_words_of(profile: Profile) -> Iterator[Word]:
    """Of what was said twice the last word stands."""
    yield from ((REFUSED, code) for code, claim in profile.task_claims.items() if not claim.has)
    yield from ((CONFLICT, code) for code, claim in profile.limit_claims.items() if claim.has is (code in OWN_HABITS))
    yield from ((kind, told) for kind, told in told_by(profile) if told is not None)


def told_by(profile: Profile) -> tuple[tuple[Criterion, str | None], ...]:
    return (Criterion.FAITH, profile.faith), (Criterion.CULTURE, profile.culture), (Criterion.SEX, profile.sex)


def _tasks_left(plan: Plan) -> tuple[str, ...]:
    """Those that are not looked at apart, as a must of their own."""
    musts = [wish for wish in plan.wishes if wish.criterion is Criterion.TASK and wish.strength is Strength.MUST]
    apart = {code for wish in musts for code in wish.values}
    return tuple(code for code in plan.tasks if code not in apart)


class Asks:
    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}
        self.asked: list[Ask] = []

    def wish(self, plan: Plan, wish: Wish) -> int:
        key: tuple[object, ...] = (wish.criterion, wish.values, wish.confirmed)
        if wish.criterion is Criterion.LANGUAGE:
            key += (wish.mode, wish.level)
        elif wish.criterion is Criterion.LIMIT:
            key = (*key, plan.home)
        elif wish.criterion in PROTECTED and wish.strength is Strength.MUST:
            key += (plan.tasks, plan.tasks_limited_by(wish))
        return self._number(key, plan, wish, wish.criterion)

    def willing(self, plan: Plan) -> int:
        left = _tasks_left(plan)
        return self._number(("willing", left), plan, None, Criterion.TASK) if left else NOTHING

    def home(self, plan: Plan) -> int:
        return self._number(("home", plan.home), plan, None, Criterion.LIMIT) if plan.home else NOTHING

    def _number(self, key: object, plan: Plan, wish: Wish | None, about: Criterion) -> int:
        number = self.numbers.get(key)
        if number is None:
            self.asked.append(Ask(plan, wish, about))
            number = self.numbers[key] = len(self.asked)
        return number


@dataclass(frozen=True)
class Asking:
    """One PA, asked."""

    profile: Profile
    day: date
    rules: Rules
    lore: Lore

    @cached_property
    def dated(self) -> frozenset[Criterion]:
        """Kinds of claims of which one or another runs out some day."""
        return frozenset(
            kind for kind, claims in zip(CLAIMED, all_claims(self.profile), strict=True)
            if kind in HAVING and any(claim.until for claim in claims)
        )

    def answer(self, ask: Ask) -> Answer:
        plan, wish, about = ask.plan, ask.wish, ask.about
        if wish is None:
            return self._always(plan, about)
        finding, softer, sure = self._finding(plan, wish), False, True
        if about in PROTECTED and wish.strength is Strength.MUST:
            # whether it is in force on the day is asked apart
            softer = strength_for(wish, plan, self.profile, date.min) is not Strength.MUST
            finding = finding if softer else for_its_tasks(finding, wish, plan, self.profile)
        elif about in self.dated:
            sure = finding == having(wish, self.profile, date.max, self.rules, self.lore)
        code = finding.code if finding.met is not Met.YES else None if wish.confirmed else "wish_unconfirmed"
        return Answer(self.rules.unknown if finding.fit is None else finding.fit, code, softer, sure)

    def _finding(self, plan: Plan, wish: Wish) -> Finding:
        if wish.criterion is Criterion.LANGUAGE:
            return language(wish, self.profile, self.rules, self.lore)
        if wish.criterion is Criterion.LIMIT:
            return limits(plan, self.profile, wish.values)
        if wish.criterion in PROTECTED:
            return declared(wish, self.profile)
        return having(wish, self.profile, self.day, self.rules, self.lore)

    def _always(self, plan: Plan, about: Criterion) -> Answer:
        """Silence keeps nobody out here: only a refusal does."""
        finding = willing(plan, self.profile) if about is Criterion.TASK else limits(plan, self.profile)
        return Answer(0, finding.code if finding.met is Met.NO else None)
