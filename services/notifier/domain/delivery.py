"""The contact ledger: one row per message handed to the world, so that nobody is told twice."""
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import Method
from services.notifier.domain.receipt import Fate
from services.notifier.domain.waits import Waits


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
    """By the notifier's clock. Two clocks that differ cannot give one contact to two senders: the lock of the one sender guards
    that. This only says when a contact left lying is taken up."""
    channel: str | None = None
    """Which channel was called."""
    called_at: datetime | None = None
    """When that channel was first called for this."""
    record_version: int | None = None
    """The party's record that the address came from."""
    doubted_at: datetime | None = None
    """Since when it may have been accepted without our knowing. From then on it never changes channels."""
    asked: int = 0
    """How often the channel could not be asked about the doubt."""
    provider_id: str | None = None
    sent_at: datetime | None = None
    look_at: datetime | None = None
    """When to ask what became of it; None = nothing more will be heard of it."""
    fate: Fate | None = None

    def permitted(self, attempt_ref: UUID, now: datetime, waits: Waits) -> "Delivery":
        """Claimed. A reference once given is kept: a resend is the same attempt to the channel."""
        return replace(
            self, stage=Stage.PERMITTED, attempt_ref=self.attempt_ref or attempt_ref, leased_until=now + waits.lease
        )

    def sending(self, channel: str, record_version: int, now: datetime) -> "Delivery":
        called_at = self.called_at if self.channel == channel else now
        return replace(
            self, stage=Stage.SENDING, attempts=self.attempts + 1, channel=channel, called_at=called_at,
            record_version=record_version, asked=0,
        )

    def sent(self, provider_id: str | None, look_at: datetime | None, now: datetime) -> "Delivery":
        return replace(
            self, stage=Stage.SENT, leased_until=None, provider_id=provider_id, look_at=look_at, sent_at=now
        )

    def failed(self) -> "Delivery":
        return replace(self, stage=Stage.FAILED, leased_until=None, look_at=None)

    def unknown(self) -> "Delivery":
        return replace(self, stage=Stage.UNKNOWN, leased_until=None, look_at=None)

    def waits_until(self, due_at: datetime) -> "Delivery":
        return replace(self, stage=Stage.PLANNED, due_at=due_at, leased_until=None)

    def again(self, now: datetime, waits: Waits) -> "Delivery | None":
        """Less and less often; None = the channel has kept failing."""
        return self.waits_until(now + waits.not_now[self.attempts - 1]) if self.attempts <= len(waits.not_now) else None

    def not_there(self, now: datetime, waits: Waits) -> "Delivery | None":
        """The channel says that it never came: it goes again, the first time at once, with the same reference."""
        return self.doubted(now).waits_until(now) if self.attempts == 1 else self.doubted(now).again(now, waits)

    def doubted(self, now: datetime) -> "Delivery":
        """It stays where it is until its lease is over."""
        return replace(self, doubted_at=self.doubted_at or now)

    def not_answered(self, now: datetime, waits: Waits) -> "Delivery | None":
        """The channel could not be asked; None = it was tried long enough."""
        doubted = self.doubted(now)
        assert doubted.doubted_at is not None
        if now - doubted.doubted_at >= waits.leave_doubt:
            return None
        pause = min(waits.ask_again * 2**min(self.asked, 10), waits.ask_again_at_most)
        return replace(doubted, asked=self.asked + 1, leased_until=now + pause)

    def settled(self, provider_id: str | None, fate: Fate) -> "Delivery":
        return replace(self, provider_id=self.provider_id or provider_id, fate=fate, look_at=None)

    def looked_at(self, now: datetime, waits: Waits) -> "Delivery":
        return replace(self, look_at=now + waits.look_after)

    def overdue(self, now: datetime, waits: Waits) -> bool:
        """Whether its end has been waited for long enough."""
        longest = waits.fail_letter_after if self.method is Method.LETTER else waits.fail_after
        return self.sent_at is not None and now - self.sent_at >= longest
