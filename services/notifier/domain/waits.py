"""How long the sender waits for what. One place, so that a test can run all of it faster and nothing by accident."""
from dataclasses import dataclass, fields, replace
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Waits:
    call: timedelta = timedelta(seconds=20)
    """For each answer of a provider."""
    hand_over: timedelta = timedelta(minutes=1)
    """For the whole of it; then it is in doubt."""
    lease: timedelta = timedelta(minutes=3)
    """How long a sender may take with one contact, and how long a doubt is left alone before the channel is asked: longer than
    any call plus a minute, so that whatever was on its way has arrived or never will."""
    not_now: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=2))
    """Before each further attempt when the channel says *not now*."""
    ask_again: timedelta = timedelta(minutes=1)
    """Doubled each time that a channel cannot be asked about a doubt…"""
    ask_again_at_most: timedelta = timedelta(minutes=30)
    leave_doubt: timedelta = timedelta(hours=4)
    """…and after this a person finds out. GOV.UK Notify gives up its own sending after as long."""
    look_after: timedelta = timedelta(hours=1)
    """A receipt that has not come by then is asked for, again and again."""
    fail_after: timedelta = timedelta(hours=72)
    """Notify says that networks try for so long."""
    fail_letter_after: timedelta = timedelta(days=7)
    """Bank holidays are longer than 72 hours; after a week Notify has forgotten the letter."""
    slow: timedelta = timedelta(minutes=5)
    """From the first call to being accepted."""
    slow_window: timedelta = timedelta(minutes=15)
    rest_after_switch: timedelta = timedelta(minutes=5)
    first_again_after: timedelta = timedelta(hours=1)
    """Then the channel that is named first is tried first again."""

    def at(self, pace: float) -> "Waits":
        """All of them, `pace` times as long."""
        spans = {one.name: getattr(self, one.name) * pace for one in fields(self) if one.name != "not_now"}
        return replace(self, **spans, not_now=tuple(wait * pace for wait in self.not_now))


USUAL = Waits()
