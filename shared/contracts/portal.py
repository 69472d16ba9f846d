"""What the portal tells of support plans (wishes and facets, not the words), of shared jobs, and of who supports whom."""
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts import Code, Event, Level, Part, Pence, Place, Quarters, WeekBits


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
    """What a wish can be about. Ethnicity is not here, and never will be."""

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


class LawfulReason(Part):
    """Why sex, faith or culture may be a must: for these tasks only, until this day (Equality Act 2010, Sch 9 para 1)."""

    tasks: Annotated[tuple[Code, ...], Field(min_length=1)]
    until: date


class Wish(Part):
    """One thing that matters, and how much.

    `values`: language tags in order of preference, or one code; empty for times, place, pay, limit and hours,
    which read the plan's own fields.
    """

    criterion: Criterion
    strength: Strength
    values: tuple[str, ...] = ()
    mode: Mode | None = None
    level: Level | None = None
    """Languages only: how it is used, and the least level asked for (default: spoken, fluent)."""
    share: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    """Times only: the share of the wanted time that must be covered, in millionths (default: all of it)."""
    within_m: Annotated[int, Field(ge=0)] | None = None
    """Place only: the furthest a PA may live, in metres."""
    reason: LawfulReason | None = None
    confirmed: bool = True


class Flexible(Part):
    """So much time somewhere within a window, in pieces of at least so much."""

    quarters: Quarters
    window: WeekBits
    at_least: Annotated[int, Field(ge=1)] = 1


class Share(Part):
    """One person's part of a job that several share: their own plan, and how much of the time is theirs."""

    plan_id: UUID
    person_id: UUID
    quarters: Quarters
    funding: Funding
    budget: Pence | None = None
    """Pence a week: the part of their own budget that goes with these hours, and of what they pay towards it."""
    contribution: Pence | None = None


class SupportPlanChanged(Event):
    """A support plan, whole, as of one revision: what is wished for, never the words it was said in."""

    topic: ClassVar[str] = "portal.support_plan.v1"

    plan_id: UUID
    person_id: UUID
    state: PlanState
    place: Place
    start_on: date | None = None
    """A PA who is free by this day is free in time."""
    fixed: WeekBits
    flexible: tuple[Flexible, ...] = ()
    sleep_ins: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()
    """Nights wanted, 0 = the night that begins on Monday."""
    quarters: Quarters
    budget: Pence | None = None
    """Pence a week."""
    most_rate: Pence | None = None
    """Pence an hour."""
    funding: Funding
    contribution: Pence | None = None
    """Pence a week that the person was assessed to pay towards their budget (Care Act 2014, s. 26)."""
    tasks: tuple[Code, ...] = ()
    home: tuple[Code, ...] = ()
    """What a PA would meet there (dogs, smoke, stairs…), in the codes of `ProfileChanged.limits`."""
    wishes: tuple[Wish, ...] = ()
    few_people: bool | None = None
    blocked: tuple[UUID, ...] = ()
    """Profiles that never meet this plan, in either direction."""
    confirmed_on: date
    shares: tuple[Share, ...] = ()
    """Where several people share one job: whose it is, hour by hour; they add up to `quarters`. Empty: one person's plan."""

    @property
    def key(self) -> str:
        return str(self.plan_id)


class PoolState(StrEnum):
    GATHERING = "gathering"
    """Not yet two people, so there is no job yet."""
    OPEN = "open"
    ENDED = "ended"


class PoolMember(Part):
    plan_id: UUID
    person_id: UUID
    quarters: Quarters


class PoolChanged(Event):
    """Who shares one job, each by their own consent. Whoever left is no longer here."""

    topic: ClassVar[str] = "portal.pool.v1"

    pool_id: UUID
    plan_id: UUID
    """The pool's own plan. There is none on the topic of plans before the pool was first open."""
    state: PoolState
    members: tuple[PoolMember, ...] = ()

    @property
    def key(self) -> str:
        return str(self.pool_id)


class SupporterState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class SupporterChanged(Event):
    """Somebody may, or may no longer, act beside a person, within these scopes."""

    topic: ClassVar[str] = "portal.supporter.v1"

    delegation_id: UUID
    person_id: UUID
    supporter_id: UUID
    state: SupporterState
    scopes: tuple[Code, ...]
    until: date

    @property
    def key(self) -> str:
        return str(self.delegation_id)
