"""What somebody asked about their own data, as far as they are told of it."""
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import PartyKind

READY, CORRECTED, STAYS, IS_ERASED = "your_data_is_ready", "your_data_is_corrected", "your_data_stays", "your_data_is_erased"
NOT_ERASED = "your_data_is_not_erased"
SAID_WITHIN = timedelta(days=30)
"""An answer that reached nobody by then is on the page of their data."""


class Stage(StrEnum):
    """Of all the stages, those that somebody is told of, or that end what they were told."""

    READY = "ready"
    OVER = "over"
    CORRECTED = "corrected"
    NOT_CHANGED = "not_changed"
    HELD = "held"
    AGREED = "agreed"
    ERASING = "erasing"
    ERASED = "erased"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class DataRequest:
    council: str
    request_id: UUID
    party_id: UUID
    audience: PartyKind
    stage: Stage
    until: date | None = None
    """The last day on which a copy can be taken."""
    kind: str = "copy"
    reason: str | None = None
    what: str | None = None
    """Why it was not done, and what was not changed: codes that have words in every language."""

    @property
    def told(self) -> dict[str, str]:
        """What a message says of a no. One from before there were codes has none."""
        said = {"asked": self.kind, "part": self.what, "reason": self.reason}
        return {name: code for name, code in said.items() if code}
