"""What the portal tells of what somebody asks about their own data."""
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts import Event


class DataParty(StrEnum):
    PERSON = "person"
    PA = "pa"
    SUPPORTER = "supporter"


class DataAsk(StrEnum):
    """What somebody asks about their own data."""

    COPY = "copy"
    CORRECT = "correct"
    ERASE = "erase"


class DataState(StrEnum):
    ASKED = "asked"
    READY = "ready"
    """The copy can be taken, on a page, by whoever is signed in as them."""
    OVER = "over"
    """The copy is no longer kept."""
    CORRECTED = "corrected"
    NOT_CHANGED = "not_changed"
    """What they said was looked at, and stays; the reason is on the page."""
    HELD = "held"
    """It is not erased for now; the reason is on the page."""
    AGREED = "agreed"
    """They are to be told that it will be erased: the last they hear."""
    ERASING = "erasing"
    """Whoever hears this erases what it has of them, and remembers that nothing of them is to come again."""
    ERASED = "erased"
    """Every service has. Whoever holds something all the same erases it."""
    TAKEN_BACK = "taken_back"
    """They no longer want what they asked for."""


class DataReason(StrEnum):
    """Why what somebody asked about their data was not done."""

    RIGHT = "right"
    """It was looked at, and is right."""
    RECORD = "record"
    """It says what was said or done at the time."""
    NOT_SHOWN = "not_shown"
    """It could not be found out what is right."""
    ELSEWHERE = "elsewhere"
    """Somebody else holds it."""
    LAW = "law"
    """Another law says that it is kept (UK GDPR Art 17(3)(b))."""
    PUBLIC_HEALTH = "public_health"
    """Art 17(3)(c)."""
    COURT = "court"
    """It is needed for a claim in court (Art 17(3)(e))."""


class DataAbout(StrEnum):
    """What was not changed."""

    NAME = "name"
    CONTACT = "contact"
    PLAN = "plan"
    PROFILE = "profile"
    SUPPORTERS = "supporters"
    MEETINGS = "meetings"
    MESSAGES = "messages"
    OTHER = "other"


class DataRequestChanged(Event):
    """What somebody asks about their own data, and how far it is. Never what they said, nor the words of an answer."""

    topic: ClassVar[str] = "portal.data_request.v1"

    request_id: UUID
    party_id: UUID
    party: DataParty
    kind: DataAsk
    state: DataState
    until: date | None = None
    """A copy: the last day on which it can be taken."""
    reason: DataReason | None = None
    """Not changed, or held: why."""
    about: DataAbout | None = None
    """Not changed: what."""

    @property
    def key(self) -> str:
        return str(self.request_id)
