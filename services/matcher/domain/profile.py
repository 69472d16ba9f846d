"""A personal assistant as the matcher knows one: facets and a random id, never a name."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import NewType
from uuid import UUID

ProfileId = NewType("ProfileId", UUID)
Code = str


class Looking(StrEnum):
    LOOKING = "looking"
    SOON = "soon"
    PAUSED = "paused"
    GONE = "gone"


SHOWN_WHILE = frozenset({Looking.LOOKING, Looking.SOON})


class Travel(StrEnum):
    WALK = "walk"
    BUS = "bus"
    CYCLE = "cycle"
    CAR = "car"


class AgeBand(StrEnum):
    UNDER_18 = "under_18"
    FROM_18_TO_20 = "18_to_20"
    FROM_21 = "21_and_over"


class Employment(StrEnum):
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    EITHER = "either"


class Mode(StrEnum):
    SPOKEN = "spoken"
    READ = "read"
    SIGNED = "signed"


class Level(IntEnum):
    """Each is one more than the level below it: the rules count the steps between."""

    SOME = 1
    GETS_BY = 2
    FLUENT = 3
    MOTHER_TONGUE = 4


@dataclass(frozen=True)
class Point:
    """Metres east and north; the middle of an area, never a home."""

    east_m: int
    north_m: int


@dataclass(frozen=True)
class LanguageSkill:
    tag: str
    spoken: Level | None = None
    read: Level | None = None
    signed: Level | None = None

    def level(self, mode: Mode) -> Level | None:
        return {Mode.SPOKEN: self.spoken, Mode.READ: self.read, Mode.SIGNED: self.signed}[mode]


@dataclass(frozen=True)
class Claim:
    """Something a PA said of themselves. What is in no claim was not said: unknown, not no."""

    code: Code
    has: bool = True
    until: date | None = None
    """The last day the training counts."""
    confirmed: bool = True


@dataclass(frozen=True)
class Span:
    """Days away, both ends included."""

    first: date
    last: date


@dataclass(frozen=True)
class Profile:
    """One PA as of one revision. `week` is a whole number of 672 bits: see `week`."""

    council: str
    profile_id: ProfileId
    revision: int
    state: Looking
    place: Point
    travel: Travel
    week: int
    confirmed_on: date
    free_from: date | None = None
    furthest_m: int | None = None
    languages: tuple[LanguageSkill, ...] = ()
    practices: tuple[Claim, ...] = ()
    skills: tuple[Claim, ...] = ()
    tasks: tuple[Claim, ...] = ()
    interests: tuple[Claim, ...] = ()
    limits: tuple[Claim, ...] = ()
    faith: Code | None = None
    culture: Code | None = None
    sex: Code | None = None
    sleep_ins: bool | None = None
    short_notice: bool | None = None
    away: tuple[Span, ...] = ()
    least: int | None = None
    most: int | None = None
    few_people: bool | None = None
    least_rate: int | None = None
    age_band: AgeBand | None = None
    employment: Employment | None = None

    @property
    def shown(self) -> bool:
        """A PA who paused or left stepped out of the box themselves: on no list, in no count."""
        return self.state in SHOWN_WHILE

    @cached_property
    def practice_claims(self) -> Mapping[Code, Claim]:
        return {claim.code: claim for claim in self.practices}

    @cached_property
    def skill_claims(self) -> Mapping[Code, Claim]:
        return {claim.code: claim for claim in self.skills}

    @cached_property
    def task_claims(self) -> Mapping[Code, Claim]:
        return {claim.code: claim for claim in self.tasks}

    @cached_property
    def interest_claims(self) -> Mapping[Code, Claim]:
        return {claim.code: claim for claim in self.interests}

    @cached_property
    def limit_claims(self) -> Mapping[Code, Claim]:
        return {claim.code: claim for claim in self.limits}

    @cached_property
    def known_languages(self) -> Mapping[str, LanguageSkill]:
        return {skill.tag.lower(): skill for skill in self.languages}
