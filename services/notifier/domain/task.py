"""Contact tasks: a named team is asked to reach somebody, with what to say and by when."""
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import PartyId

WITHIN = timedelta(hours=24)
NO_RECORD = "We have no record of how to reach them."


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Task:
    council: str
    task_id: UUID
    message_id: UUID
    party_id: PartyId
    why: str
    what_to_say: str
    team: str
    due_at: datetime
    state: TaskState = TaskState.OPEN
    tries: int = 0
    closed_at: datetime | None = None

    def reached(self, now: datetime) -> "Task":
        return replace(self, state=TaskState.DONE, closed_at=now)

    def not_reached(self, now: datetime) -> "Task":
        """It stays open for tomorrow: nobody is left because a phone was not picked up once."""
        return replace(self, tries=self.tries + 1, due_at=now + WITHIN)

    def not_needed(self, now: datetime) -> "Task":
        return replace(self, state=TaskState.NOT_NEEDED, closed_at=now)


def due(now: datetime, expires_at: datetime | None) -> datetime:
    """Within a day, and at the latest half-way to when it would no longer be of use."""
    if expires_at is None:
        return now + WITHIN
    return min(now + WITHIN, now + (expires_at - now) / 2)
