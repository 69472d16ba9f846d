"""What the portal remembers of what other services told it."""
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class IntroductionNotFound(LookupError):
    """There is no such introduction here."""


@dataclass(frozen=True, slots=True)
class ShortlistCopy:
    """How a plan's list stands, in numbers. The list itself is asked of the matcher."""

    council: str
    plan_id: UUID
    person_id: UUID
    revision: int
    plan_revision: int
    rules_version: int
    fitting: int
    near: int
    others: int
    in_scope: int
    open: bool
    heard_at: datetime
    told_at: datetime | None = None
    """When the person was first told of a list for this plan; None: not yet, so no supporter sees it."""


@dataclass(frozen=True, slots=True)
class IntroductionCopy:
    council: str
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    revision: int
    state: str
    """asked, accepted, declined, expired, withdrawn"""
    asked_at: datetime
    answer_by: datetime
    quarters: int
    route: str | None = None


@dataclass(frozen=True, slots=True)
class MessageCopy:
    council: str
    message_id: UUID
    party_id: UUID
    about: str
    state: str
    """written, handed_over, task, done_by_task, dropped"""
    at: datetime
    revision: int
    plan_id: UUID | None = None
    plan_revision: int | None = None
    introduction_id: UUID | None = None
    method: str | None = None
    format: str | None = None
    language: str | None = None

    def tells_of_a_list(self) -> bool:
        """True once somebody was really told: it left us, or a human reached them. Written is not told."""
        return self.plan_id is not None and self.introduction_id is None and self.state in ("handed_over", "done_by_task")


class Looked(StrEnum):
    """What somebody looked at."""

    PLAN = "plan"
    SHORTLIST = "shortlist"
    PROFILE = "profile"
    MESSAGES = "messages"
    MEETINGS = "meetings"
    DATA = "data"
    """A copy of all that is held about them was taken."""
    ASKED_FOR_LIST = "asked_for_list"
    """A supporter asked for a list for this person."""


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log that the person can read: who looked, at what, when, and why."""

    council: str
    person_id: UUID
    by: UUID
    by_role: str
    what: Looked
    at: datetime
    plan_id: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NamedLook:
    look: Look
    name: str | None
    organisation: str | None
