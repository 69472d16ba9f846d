"""What a person was last told of their list, and the small copies of other services' facts that messages need."""
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.notifier.domain.hours import LONDON, morning_after

ABOUT_LISTS = ("people_to_look_at", "nobody_fits_yet", "list_changed")

GATHERED_FOR = timedelta(minutes=10)
"""What changes within so long is one message: ten edits of a plan, or a register read in."""

LISTS_A_DAY = 3
"""At most so many messages about lists are made for one person on one day, whatever number of plans they have or share."""


@dataclass(frozen=True, slots=True)
class PlanCopy:
    """Of a support plan only what a PA is told before anybody has met."""

    council: str
    plan_id: UUID
    person_id: UUID
    open: bool
    quarters: int
    outcode: str
    tasks: tuple[str, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Supporting:
    council: str
    delegation_id: UUID
    person_id: UUID
    supporter_id: UUID
    active: bool
    scopes: tuple[str, ...]
    until: date
    revision: int


@dataclass(frozen=True, slots=True)
class GapCopy:
    """Where too few PAs fit, as the matcher published it: for a call to PAs who asked to hear of it."""

    council: str
    gap_id: UUID
    week: date
    bounds: tuple[tuple[str, bool, tuple[str, ...]], ...]
    """(facet, among, values): the value is the one named, or, where `among` is False, none of those named."""
    open: bool
    people: int
    hours: int
    """At least so many a week, together."""
    revision: int


@dataclass(frozen=True, slots=True)
class PoolCopy:
    """Who shares one job, in the order they joined."""

    council: str
    pool_id: UUID
    plan_id: UUID
    people: tuple[UUID, ...]
    quarters: int
    revision: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A list in four numbers."""

    fitting: int
    near: int
    others: int
    plan_revision: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the person knows of one plan's list. What changes after the first is gathered, and told once a day at most."""

    council: str
    plan_id: UUID
    person_id: UUID
    standing: Standing
    told_on: date | None = None
    """The last day a message about changes went out."""
    added: int = 0
    lost: int = 0
    """Gathered since that message."""
    revision: int = 0
    """The newest of the list that was heard."""
    said_revision: int = 0
    """The plan's, that they were told of last."""
    due_at: datetime | None = None
    """When what was gathered is told. None: nothing was."""

    def heard(self, standing: Standing, revision: int) -> bool:
        """It comes again because something of ours was damaged, and must not count twice."""
        return (self.standing, self.revision) == (standing, revision)

    def gather(
        self, standing: Standing, added: int, lost: int, revision: int, now: datetime, *, at_once: bool = False
    ) -> "Told":
        """`at_once`: somebody who is told of it wants it so.

        An older one is told again after the matcher was restored from a backup: how the list stands is true, but not news.
        """
        if revision <= self.revision:
            return replace(self, standing=standing)
        more = replace(self, standing=standing, added=self.added + added, lost=self.lost + lost, revision=revision)
        return replace(more, due_at=self.due_at or more.soonest(now, at_once)) if more.news else more

    @property
    def news(self) -> bool:
        """Somebody came or went, or the plan is another."""
        return bool(self.added or self.lost or self.plan_is_new)

    @property
    def plan_is_new(self) -> bool:
        return self.said_revision != self.standing.plan_revision

    def soonest(self, now: datetime, at_once: bool) -> datetime:
        """The end of the time to gather, or the next morning where something about changes was told on that day."""
        at = now + GATHERED_FOR
        if at_once:
            return at
        told_today = self.told_on is not None and self.told_on >= at.astimezone(LONDON).date()
        return morning_after(at) if told_today else at

    def told(self, today: date | None = None) -> "Told":
        """All there is to tell was told. `today`: as that day's message about changes."""
        return replace(
            self, told_on=today or self.told_on, added=0, lost=0, said_revision=self.standing.plan_revision, due_at=None
        )
