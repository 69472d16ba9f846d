"""What a person was last told of their list, and the small copies of other services' facts that messages need."""
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID


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
    """What the person knows of one plan's list. Changes after the day's message are gathered for the next day."""

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

    def heard(self, standing: Standing, revision: int) -> bool:
        """It comes again because something of ours was damaged, and must not count twice."""
        return (self.standing, self.revision) == (standing, revision)

    def gather(self, standing: Standing, added: int, lost: int, revision: int) -> "Told":
        """An older one is told again after the matcher was restored from a backup: how the list stands is true, but not news."""
        if revision <= self.revision:
            return replace(self, standing=standing)
        return replace(self, standing=standing, added=self.added + added, lost=self.lost + lost, revision=revision)

    def due(self, today: date) -> bool:
        """Something to tell, and nothing about changes told today."""
        return bool(self.added or self.lost) and (self.told_on is None or self.told_on < today)

    def tell(self, today: date) -> "Told":
        return replace(self, told_on=today, added=0, lost=0)
