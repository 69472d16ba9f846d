"""Who may act beside a person: only as far, and as long, as the person said."""
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

LONGEST = timedelta(days=366)  # twelve months, also over a leap day: then the person is asked again


class SupporterNotFound(LookupError):
    """There is no such supporter here."""


class NotLetIn(PermissionError):
    """The person has not let you in to do this, or has taken you off."""


class NotToldYet(PermissionError):
    """The person has not been told about this list yet. They see it first."""


class TooLong(ValueError):
    """A supporter can be let in for up to 12 months. Then the person is asked again."""


class NothingToDo(ValueError):
    """Say at least one thing the supporter may do."""


class Scope(StrEnum):
    SEE_SHORTLIST = "see_shortlist"
    ASK_TO_MEET = "ask_to_meet"
    EDIT_PLAN = "edit_plan"


@dataclass(frozen=True, slots=True)
class Delegation:
    """One named worker beside one person."""

    council: str
    delegation_id: UUID
    person_id: UUID
    supporter_id: UUID
    worker: str | None
    """The worker's name as the person knows it: never told on a topic."""
    organisation: str | None
    scopes: frozenset[Scope]
    start: date
    until: date
    """The last day."""
    evidence: str
    """How the person let them in: `in the portal`, `on paper, seen by the council`…"""
    revision: int
    revoked_at: datetime | None = None

    def holds(self, today: date) -> bool:
        return self.revoked_at is None and self.start <= today <= self.until

    def allows(self, scope: Scope, today: date) -> bool:
        return self.holds(today) and scope in self.scopes

    def ended(self, now: datetime) -> "Delegation":
        """Taken off. Ending what has ended is no news."""
        return self if self.revoked_at else replace(self, revoked_at=now, revision=self.revision + 1)
