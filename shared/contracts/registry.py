"""What the registry tells: PA profiles, pseudonymous, with only the facets consented to."""
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts import Code, Event, LanguageTag, Level, Part, Pence, Place, Quarters, Span, WeekBits


class Looking(StrEnum):
    LOOKING = "looking"
    SOON = "soon"
    PAUSED = "paused"
    GONE = "gone"


class Travel(StrEnum):
    WALK = "walk"
    BUS = "bus"
    CYCLE = "cycle"
    CAR = "car"


class AgeBand(StrEnum):
    """Only what the minimum wage asks: never a date of birth."""

    UNDER_18 = "under_18"
    FROM_18_TO_20 = "18_to_20"
    FROM_21 = "21_and_over"


class Employment(StrEnum):
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    EITHER = "either"


class LanguageSkill(Part):
    """One language, with a level per way of using it. None = not said."""

    tag: LanguageTag
    spoken: Level | None = None
    read: Level | None = None
    signed: Level | None = None


class Claim(Part):
    """Something a PA said of themselves. What is in no claim was not said: unknown, not no."""

    code: Code
    has: bool = True
    until: date | None = None
    """The last day the training counts, where it runs out."""
    confirmed: bool = True
    """False: understood from typed words by likeness and not yet confirmed; never meets a must."""


class ProfileChanged(Event):
    """A personal assistant's profile, whole, as of one revision. No name, no address."""

    topic: ClassVar[str] = "registry.profile.v1"

    profile_id: UUID
    state: Looking
    free_from: date | None = None
    place: Place
    travel: Travel
    furthest_m: Annotated[int, Field(ge=0)] | None = None
    """How far they will go, in metres; None = as far as the published table says for the way they travel."""
    languages: tuple[LanguageSkill, ...] = ()
    practices: tuple[Claim, ...] = ()
    skills: tuple[Claim, ...] = ()
    tasks: tuple[Claim, ...] = ()
    """`has=False`: will not do it."""
    interests: tuple[Claim, ...] = ()
    limits: tuple[Claim, ...] = ()
    """`has=True`: fine with it (dogs, stairs…); `has=False`: cannot. Own habits too: `smokes`."""
    faith: Code | None = None
    """Told only with the PA's explicit consent, as are `culture` and `sex`."""
    culture: Code | None = None
    sex: Code | None = None
    week: WeekBits
    sleep_ins: bool | None = None
    away: tuple[Span, ...] = ()
    least: Quarters | None = None
    most: Quarters | None = None
    short_notice: bool | None = None
    few_people: bool | None = None
    """True: few people, for the long term; False: flexible; None: not said."""
    least_rate: Pence | None = None
    """Pence an hour."""
    age_band: AgeBand | None = None
    employment: Employment | None = None
    confirmed_on: date
    """The last day the PA said that this profile is true."""
    pauses_on: date | None = None
    """It pauses by itself on this day, or later, unless the PA says before that it is true."""
    paused_itself_on: date | None = None
    """It is paused because nobody said that it is true. None: it is not, or the PA paused it."""

    @property
    def key(self) -> str:
        return str(self.profile_id)
