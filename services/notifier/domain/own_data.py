"""What somebody asked about their own data, as far as they are told of it."""
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import PartyKind

READY = "your_data_is_ready"


class Stage(StrEnum):
    """Of all the stages, those that somebody is told of, or that end what they were told."""

    READY = "ready"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class DataRequest:
    council: str
    request_id: UUID
    party_id: UUID
    audience: PartyKind
    stage: Stage
    until: date | None = None
    """The last day on which a copy can be taken."""
