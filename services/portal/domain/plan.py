"""A support plan: what is wished for, in codes, and the person's own words beside it."""
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class PlanNotFound(LookupError):
    """There is no such plan here."""


class PlanChangedMeanwhile(RuntimeError):
    """Somebody changed this plan while you were looking at it."""


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


class Mode(StrEnum):
    SPOKEN = "spoken"
    READ = "read"
    SIGNED = "signed"


class Level(StrEnum):
    SOME = "some"
    GETS_BY = "gets_by"
    FLUENT = "fluent"
    MOTHER_TONGUE = "mother_tongue"


PROTECTED = frozenset({Criterion.FAITH, Criterion.CULTURE, Criterion.SEX})
FROM_THE_PLAN = frozenset({Criterion.TIMES, Criterion.PLACE, Criterion.PAY, Criterion.LIMIT, Criterion.HOURS})
"""Wishes that read the plan's own fields, so they carry no value."""


@dataclass(frozen=True, slots=True)
class LawfulReason:
    """Why this must may be a must, for which tasks, until when (Equality Act 2010, Schedule 9, paragraph 1)."""

    why: str
    """Free text: stays in the portal."""
    tasks: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Wish:
    criterion: Criterion
    strength: Strength
    values: tuple[str, ...] = ()
    mode: Mode | None = None
    level: Level | None = None
    share: int | None = None
    """Millionths of the wanted times."""
    within_m: int | None = None
    reason: LawfulReason | None = None
    confirmed: bool = True
    """False: understood by likeness, so it never counts as a must until the person said yes."""


@dataclass(frozen=True, slots=True)
class Flexible:
    quarters: int
    window: str
    """168 hexadecimal digits, see `shared.vocabulary.week`."""
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    outcode: str
    east_m: int
    north_m: int
    shown: str
    """What we keep of the postcode: 'LE5 3' or 'LE5', never the whole of it."""


NOWHERE, ERASED = Place("ZZ99", 0, 0, ""), "{}"


@dataclass(frozen=True, slots=True)
class Share:
    """One person's part of a job that several share; `budget` and `contribution` are what goes with these hours."""

    plan_id: UUID
    person_id: UUID
    quarters: int
    funding: Funding
    budget: int | None = None
    contribution: int | None = None


@dataclass(frozen=True, slots=True)
class Wants:
    """Everything of a plan that others are told, so two equal `Wants` are no news."""

    state: PlanState
    place: Place
    fixed: str
    quarters: int
    funding: Funding
    confirmed_on: date
    start_on: date | None = None
    flexible: tuple[Flexible, ...] = ()
    sleep_ins: tuple[int, ...] = ()
    budget: int | None = None
    contribution: int | None = None
    """What the person was assessed to pay towards the budget, in pence a week (Care Act 2014, s. 26)."""
    most_rate: int | None = None
    tasks: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    few_people: bool | None = None
    blocked: tuple[UUID, ...] = ()
    shares: tuple[Share, ...] = ()
    """Of a pool's plan: whose job it is, hour by hour."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A word we did not know, or only think we know: asked, never guessed."""

    field: str
    """Where it was, as a path into what was sent: `wishes[2].value`, `times`, `tasks[0]`."""
    typed: str
    suggestions: tuple[Suggestion, ...] = ()
    likely: bool = False
    """True: it is in the plan, marked as not yet confirmed. False: it is left out until answered."""
    kind: str | None = None
    """Which list of `shared.vocabulary` the answer comes from; None: words about times, answered by changing the plan."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a typed word means on this plan, as somebody said when asked. `code` None: leave it out."""

    kind: str
    typed: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Understood:
    """How one typed word was read."""

    field: str
    typed: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that must be put right before the plan can be taken in. Holds nothing that was typed, but for `problem`."""

    field: str
    code: str
    """Safe to write in a log: `unknown_area`, `no_lawful_reason`…"""
    problem: str
    remedy: str


class PlanRefused(ValueError):
    """The plan cannot be used as it stands. What to put right is listed."""

    def __init__(self, errors: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(sorted({error.code for error in errors})))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Source:
    """Where a plan came from. `version` only grows."""

    source: str
    source_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Plan:
    council: str
    plan_id: UUID
    person_id: UUID
    revision: int
    """Grows by one each time others are told; own words and titles do not move it."""
    source: Source
    wants: Wants
    given: str
    """What was sent, as JSON in the shape of `shared.contracts.intake.PlanIn`, with the postcode cut down: so a form can show
    again what was typed, and a question can be answered."""
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    """Kept, so that the next version from the same source is not asked about again."""
    title: str | None = None
    own_words: str | None = None
    changed_at: datetime | None = None

    @property
    def is_erased(self) -> bool:
        return self.given == ERASED

    def erased(self) -> "Plan":
        """Closed, and nothing of it is left but that there was one. Its number in another system goes too."""
        nothing = Wants(PlanState.CLOSED, NOWHERE, "0" * 168, 0, Funding.SELF_FUNDED, self.wants.confirmed_on)
        source = replace(self.source, source_id=f"erased {self.plan_id}")
        return Plan(self.council, self.plan_id, self.person_id, self.revision + 1, source, nothing, ERASED)

    def revised(self, wants: Wants) -> "Plan":
        """The next revision, or this very plan if others would hear nothing new."""
        return self if wants == self.wants else replace(self, wants=wants, revision=self.revision + 1)
