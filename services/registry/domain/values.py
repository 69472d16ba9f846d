"""The pieces a profile is made of. Each keeps the words that were typed beside what was understood of them."""
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    LOOKING = "looking"
    SOON = "soon"
    """Not now, but from a known day."""
    PAUSED = "paused"
    GONE = "gone"


class Travel(StrEnum):
    WALK = "walk"
    BUS = "bus"
    CYCLE = "cycle"
    CAR = "car"


class Level(StrEnum):
    SOME = "some"
    GETS_BY = "gets_by"
    FLUENT = "fluent"
    MOTHER_TONGUE = "mother_tongue"


class AgeBand(StrEnum):
    """Only what the minimum wage asks: never a date of birth."""

    UNDER_18 = "under_18"
    FROM_18_TO_20 = "18_to_20"
    FROM_21 = "21_and_over"


class Employment(StrEnum):
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Area:
    shown: str
    """What is kept of the postcode: 'LE5 3' or 'LE5', never the whole of it."""
    outcode: str
    east_m: int
    north_m: int


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """One language and how it is used. None: not said."""

    tag: str
    spoken: Level | None = None
    read: Level | None = None
    signed: Level | None = None
    confirmed: bool = True
    """False: understood by likeness. It is kept, and not told until the PA said yes."""
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a PA said of themselves. What is in no claim was not said: unknown, not no."""

    code: str
    has: bool = True
    until: date | None = None
    """The last day the training counts, where it runs out."""
    confirmed: bool = True
    typed: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that must be put right first, in words for whoever typed it."""

    field: str
    problem: str
    remedy: str
    typed: str = ""
