"""A supporter asks a person to let them in: who that is, and whom an email address or number belongs to."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import Contact, Method, PartyKind

ASKS_TO_ACT = "supporter_asks_to_act"
STILL_ASKS = "supporter_still_asks"
BOTH_ASKS = (ASKS_TO_ACT, STILL_ASKS)
"""The ask and its reminder say the same of who asks."""
NOT_LET_IN = "supporter_not_let_in"
REMINDED_AFTER = timedelta(days=7)
"""Half of the time to answer. Once: whoever says nothing has said enough."""
KEPT_FOR = timedelta(days=60)
"""Who asks is forgotten with the end of the ask, or after this."""
NO_NAME = "A supporter"


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SupportRequest:
    council: str
    request_id: UUID
    supporter_id: UUID
    person_id: UUID | None
    state: State
    relation: str
    scopes: tuple[str, ...]
    until: date
    asked_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class Asker:
    """The supporter, as their own account has them."""

    council: str
    request_id: UUID
    name: str
    organisation: str | None
    forget_at: datetime


def whose(found: Sequence[Contact], method: Method) -> Contact | None:
    """The one person who is reached there. Not where nobody confirmed it, or it did not work: it may be a stranger's."""
    people = [one for one in found if one.kind is PartyKind.PERSON and method not in one.unchecked.keys() | one.closed]
    return people[0] if len(people) == 1 else None
