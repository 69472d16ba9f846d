"""What the matcher tells: who fits a plan and why not, how each introduction stands, and where too few fit."""
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts import Code, Event, Part, WeekBits

MOST_TOLD = 100
"""How many of each group a list's event names: ten pages. Whoever wants more asks the matcher, with their right to see it."""


class Placing(Part):
    """One PA's place on one list. Reasons are asked of the matcher's API: they are long, and for few eyes."""

    profile_id: UUID
    profile_revision: int
    score: int
    """Millionths."""
    unmet: tuple[Code, ...] = ()
    """The musts that are not met: none = fits, one or two = near-miss."""


class Cause(StrEnum):
    """Why there is a new list."""

    PLAN = "plan"
    PROFILES = "profiles"
    RULES = "rules"


class ShortlistChanged(Event):
    """One plan's list as it now stands. `fitting_count + near_count + others = in_scope`, always."""

    topic: ClassVar[str] = "matcher.shortlist.v1"

    plan_id: UUID
    person_id: UUID
    plan_revision: int
    rules_version: int
    day: date
    cause: Cause
    fitting: tuple[Placing, ...]
    """The best of those who fit, best first, at most `MOST_TOLD`: an event must stay smaller than the broker takes.
    Everybody is reachable, page by page, through the matcher's API."""
    near: tuple[Placing, ...]
    """The best of those who nearly fit, at most `MOST_TOLD`."""
    fitting_count: int
    near_count: int
    others: int
    in_scope: int
    added: int = 0
    lost: int = 0
    open: bool = True
    """False: the plan is paused or closed, and the list is put away."""
    lore_version: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    """Which tables of related languages, like interests and rates were used, by the beginning of their SHA-256."""
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """SHA-256 of the whole list as it is written down: with it the list can be made again later and compared."""

    @property
    def key(self) -> str:
        return str(self.plan_id)


class IntroductionState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class IntroductionChanged(Event):
    """How one 'I would like to meet you' stands."""

    topic: ClassVar[str] = "matcher.introduction.v1"

    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    state: IntroductionState
    asked_at: datetime
    answer_by: datetime
    quarters: int
    """Hours a week asked about, in quarter-hours."""
    route: Code | None = None
    """How the answer came: page, link, text, phone, slip."""

    @property
    def key(self) -> str:
        return str(self.introduction_id)


class MeetingState(StrEnum):
    ARRANGED = "arranged"
    UNSUITABLE = "unsuitable"
    """One of them said that it does not suit them; it waits for another time."""
    CALLED_OFF = "called_off"


class Meeting(Part):
    """When a person and a PA meet. Where is under a number at the notifier, and never here."""

    number: Annotated[int, Field(ge=1)]
    moved: Annotated[int, Field(ge=0)]
    """How often it was given another time or place."""
    state: MeetingState
    at: datetime
    place_id: UUID | None = None
    by: Code
    """Who said the last thing of it: person, pa, supporter, staff."""
    suits: tuple[Code, ...] = ()
    """Who said that it suits them as it is."""


class OfferState(StrEnum):
    MADE = "made"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"
    """No answer came in time."""
    ENDED = "ended"
    """They had agreed, and the work has a last day."""


class Going(Part):
    """One answer to *is it going well?*"""

    after: Annotated[int, Field(ge=1)]
    """Days after the start on which it was asked."""
    by: Code
    well: bool
    to_team: bool = False
    """Somebody of the team heard it, and could ask more at once."""


class Offer(Part):
    """The work that a person offers a PA, and what becomes of it."""

    number: Annotated[int, Field(ge=1)]
    state: OfferState
    starts_on: date
    trial_until: date | None = None
    """The last day of the trial; none: there is no trial."""
    quarters: Annotated[int, Field(ge=1)]
    """Hours a week, in quarter-hours."""
    rate: Annotated[int, Field(ge=0)]
    """Pence an hour."""
    times: WeekBits | None = None
    """When in the week, as far as that is fixed."""
    by: Code
    """Who said the last thing of it: person, pa, staff."""
    answer_by: datetime
    goes_on: tuple[Code, ...] = ()
    """Who would like to go on after the trial."""
    trial_over: bool = False
    """Both would, or its last day has passed and nobody said no."""
    ended_on: date | None = None
    """The last day of work."""
    going: tuple[Going, ...] = ()


class JourneyChanged(Event):
    """What follows when a PA said yes to meeting somebody, as it stands."""

    topic: ClassVar[str] = "matcher.journey.v1"

    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    meeting: Meeting | None = None
    offer: Offer | None = None

    @property
    def key(self) -> str:
        return str(self.introduction_id)


class GapFacet(StrEnum):
    """What gaps are told apart by."""

    LANGUAGE = "language"
    AREA = "area"
    BAND = "band"
    PRACTICE = "practice"
    SKILL = "skill"


class GapBound(Part):
    """Which people a gap is of, by one facet. A facet without a bound may be anything."""

    facet: GapFacet
    among: bool
    """True: it is the value named. False: it is none of the values named."""
    values: Annotated[tuple[Annotated[str, Field(max_length=61)], ...], Field(min_length=1)]
    """Language tags, outward codes, parts of the week, or codes; an empty text is 'not asked for'."""


class GapChanged(Event):
    """Where help is wanted and too few can give it, as published for one week. Never of fewer than five people.

    Told when a figure is new, is another, or is there no longer.
    """

    topic: ClassVar[str] = "matcher.gap.v1"

    gap_id: UUID
    """The same for the same bounds in every week."""
    week: date
    """The Monday of the week it was published for."""
    rules_version: int
    bounds: tuple[GapBound, ...]
    open: bool
    """False: no longer a gap that may be told of; `people` and `hours` are nought."""
    people: Annotated[int, Field(ge=0)]
    hours: Annotated[int, Field(ge=0)]
    """At least so many hours a week are wanted, together."""

    @property
    def key(self) -> str:
        return str(self.gap_id)
