"""What the portal tells of supporters who ask a person to let them in."""
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.contracts import Code, Event


class SupportRequestState(StrEnum):
    OPEN = "open"
    """The person is asked whether to let the supporter in."""
    CLOSED = "closed"
    """It has its answer, so it is no longer a question."""
    OVER = "over"
    """Its time has passed, and the supporter was not let in: they are told that, and nothing of why."""


class SupportRequestChanged(Event):
    """A supporter asks a person to be let in. Who they are is not here: the notifier has it from the portal by its API."""

    topic: ClassVar[str] = "portal.support_request.v1"

    request_id: UUID
    supporter_id: UUID
    person_id: UUID | None = None
    """None: nobody was asked by it."""
    state: SupportRequestState
    relation: Code
    """Who they say they are to the person, for example `family`."""
    scopes: tuple[Code, ...]
    until: date
    asked_at: datetime
    answer_by: datetime

    @property
    def key(self) -> str:
        return str(self.request_id)
