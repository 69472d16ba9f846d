"""Which of several channels that carry the same thing is asked first: GOV.UK Notify's own rule for its providers.

Sources: notifications-api, `switch_current_sms_provider_on_slow_delivery` and `dao_reduce_sms_provider_priority`.
"""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notifier.domain.contact import Method
from services.notifier.domain.waits import Waits

TOO_SLOW = 0.15  # share


@dataclass(frozen=True, slots=True)
class Pace:
    """Of what a channel was first called for lately: how much there was, and how much was not accepted in good time."""

    called: int
    slow: int

    @property
    def too_slow(self) -> bool:
        return self.slow > 0 and self.slow >= TOO_SLOW * self.called


@dataclass(frozen=True, slots=True)
class Turn:
    """The channel that is asked first for a method, other than the one named first, and since when."""

    method: Method
    channel: str
    since: datetime


def first(carriers: Sequence[str], turn: Turn | None, now: datetime, waits: Waits) -> str:
    """`carriers`: those that carry it, in the order they are named in. A turn ends by itself."""
    if turn and turn.channel in carriers and now - turn.since < waits.first_again_after:
        return turn.channel
    return carriers[0]


def switched(
    method: Method, carriers: Sequence[str], turn: Turn | None, *, said_not_now: str, may_have_left: bool,
    paces: Mapping[str, Pace], now: datetime, waits: Waits,
) -> Turn | None:
    """The new turn after a channel said *not now*; None = no change. What may have been accepted never changes channels."""
    if may_have_left or first(carriers, turn, now, waits) != said_not_now:
        return None
    if turn and now - turn.since < waits.rest_after_switch:
        return None
    if said_not_now not in paces or not paces[said_not_now].too_slow:
        return None
    healthy = [one for one in carriers if one != said_not_now and not (one in paces and paces[one].too_slow)]
    return Turn(method, healthy[0], now) if healthy else None
