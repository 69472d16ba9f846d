"""A support plan as the matcher knows one: what is wished for and how much each wish matters."""
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from services.matcher.domain.profile import Code, Level, Mode, Point, ProfileId

PlanId = NewType("PlanId", UUID)
PersonId = NewType("PersonId", UUID)


class PlanState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Funding(StrEnum):
    DIRECT_PAYMENT = "direct_payment"
    ISF = "isf"
    MANAGED = "managed"
    SELF_FUNDED = "self_funded"


class Strength(StrEnum):
    MUST = "must"
    IMPORTANT = "important"
    NICE = "nice"


class Criterion(StrEnum):
    LANGUAGE = "language"
    PRACTICE = "practice"
    SKILL = "skill"
    TASK = "task"
    INTEREST = "interest"
    FAITH = "faith"
    CULTURE = "culture"
    SEX = "sex"
    TIMES = "times"
    PLACE = "place"
    PAY = "pay"
    LIMIT = "limit"
    HOURS = "hours"
    LOOKING = "looking"
    """Never wished for; one of the musts that always hold."""
    AGE = "age"
    """Never wished for; one of the musts that always hold."""


PROTECTED = frozenset({Criterion.FAITH, Criterion.CULTURE, Criterion.SEX})


@dataclass(frozen=True)
class LawfulReason:
    """Why faith, culture or sex may be a must: for these tasks only, until this day (Equality Act 2010, Sch 9 para 1)."""

    tasks: tuple[Code, ...]
    until: date


@dataclass(frozen=True)
class Wish:
    criterion: Criterion
    strength: Strength
    values: tuple[str, ...] = ()
    mode: Mode = Mode.SPOKEN
    level: Level = Level.FLUENT
    share: int = 1_000_000
    """Times only: the share of the wanted time that must be covered, in millionths."""
    within_m: int | None = None
    reason: LawfulReason | None = None
    confirmed: bool = True
    """False: we are not sure what was meant, so as a must it is met by nobody until somebody confirms it."""


@dataclass(frozen=True)
class Flexible:
    """So many quarter-hours within a window, in pieces of at least so many."""

    quarters: int
    window: int
    at_least: int = 1


@dataclass(frozen=True)
class Share:
    """One person's part of a job that several share."""

    plan_id: PlanId
    person_id: PersonId
    quarters: int
    funding: Funding
    budget: int | None = None
    contribution: int | None = None


@dataclass(frozen=True)
class Plan:
    council: str
    plan_id: PlanId
    person_id: PersonId
    revision: int
    state: PlanState
    place: Point
    fixed: int
    quarters: int
    start_on: date | None = None
    flexible: tuple[Flexible, ...] = ()
    sleep_ins: tuple[int, ...] = ()
    budget: int | None = None
    most_rate: int | None = None
    funding: Funding | None = None
    """Decides who employs, so what is said of it; None: not told."""
    contribution: int | None = None
    """What the person was assessed to pay towards their budget, in pence a week."""
    tasks: tuple[Code, ...] = ()
    home: tuple[Code, ...] = ()
    wishes: tuple[Wish, ...] = ()
    few_people: bool | None = None
    blocked: frozenset[ProfileId] = frozenset()
    shares: tuple[Share, ...] = ()
    """Where several people share one job. They add up to `quarters`."""
    outcode: str | None = None
    """The area by name, for counting only: how far is told by `place`. None: kept before areas were."""

    def emptied(self) -> "Plan":
        """Of somebody who was erased: closed, and nothing of what they wished for is left."""
        return Plan(self.council, self.plan_id, self.person_id, self.revision, PlanState.CLOSED, Point(0, 0), 0, 0)

    def begins(self, day: date) -> date:
        """The day the work would start: what must be true of a PA must be true then."""
        return max(day, self.start_on) if self.start_on else day

    def strength_of(self, wish: Wish, day: date) -> Strength:
        """As asked, but a must on faith, culture or sex without a lawful reason in force for one of the plan's tasks is
        important, not a must: the portal refuses such a plan, and the matcher never acts on one that came through."""
        if wish.strength is not Strength.MUST or wish.criterion not in PROTECTED:
            return wish.strength
        in_force = wish.reason is not None and wish.reason.until >= day
        return Strength.MUST if in_force and self.tasks_limited_by(wish) else Strength.IMPORTANT

    def tasks_limited_by(self, wish: Wish) -> tuple[Code, ...]:
        """Those of the plan's tasks that the wish's lawful reason names: a must on faith, culture or sex is about these only."""
        return tuple(code for code in self.tasks if wish.reason is not None and code in wish.reason.tasks)
