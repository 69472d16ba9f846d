"""The contact ledger: one row per message handed to the world, so that nobody is told twice."""
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import Method

PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=2))
"""Before each further attempt when the channel says *not now*."""

LEASE = timedelta(minutes=3)
"""How long a sender may take with one contact: longer than any channel's call timeout plus a minute."""


class Stage(StrEnum):
    """planned -> permitted -> sending -> sent | failed | unknown."""

    PLANNED = "planned"
    PERMITTED = "permitted"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One contact with one party. `business_key` never expires; `attempt_ref` is what the channel knows it by."""

    council: str
    message_id: UUID
    business_key: str
    position: int
    """Which of the recorded ways."""
    method: Method
    due_at: datetime
    stage: Stage = Stage.PLANNED
    attempt_ref: UUID | None = None
    attempts: int = 0
    leased_until: datetime | None = None

    def permitted(self, attempt_ref: UUID, now: datetime) -> "Delivery":
        """Claimed. A reference once given is kept: a resend is the same attempt to the channel."""
        return replace(
            self, stage=Stage.PERMITTED, attempt_ref=self.attempt_ref or attempt_ref, leased_until=now + LEASE
        )

    def sending(self) -> "Delivery":
        return replace(self, stage=Stage.SENDING, attempts=self.attempts + 1)

    def sent(self) -> "Delivery":
        return replace(self, stage=Stage.SENT, leased_until=None)

    def failed(self) -> "Delivery":
        return replace(self, stage=Stage.FAILED, leased_until=None)

    def unknown(self) -> "Delivery":
        return replace(self, stage=Stage.UNKNOWN, leased_until=None)

    def waits_until(self, due_at: datetime) -> "Delivery":
        return replace(self, stage=Stage.PLANNED, due_at=due_at, leased_until=None)

    def again(self, now: datetime) -> "Delivery | None":
        """Less and less often; None = the channel has kept failing."""
        return self.waits_until(now + PAUSES[self.attempts - 1]) if self.attempts <= len(PAUSES) else None
