"""Proof of delivery: each thing done to get one message to somebody, in order, and never its words."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import Preference
from services.notifier.domain.receipt import Effect, Word


class What(StrEnum):
    """What was done, or came of it."""

    PASSED_OVER = "passed_over"
    """A recorded way was not open; `why` says what stood in it."""
    ACCEPTED = "accepted"
    """The channel took it. What became of it, its receipts say."""
    REFUSED = "refused"
    NOT_NOW = "not_now"
    DOUBT = "doubt"
    NOT_THERE = "not_there"
    NOT_ANSWERED = "not_answered"
    NO_WORD = "no_word"
    """Its end was waited for in vain."""
    DROPPED = "dropped"
    ASKED = "asked"
    """A team was asked to reach them."""
    TAKEN = "taken"
    PUT_BACK = "put_back"
    HANDED_ON = "handed_on"
    LATE = "late"
    """It was late, so the next team was asked."""
    NO_ANSWER = "no_answer"
    TOLD = "told"
    COULD_NOT = "could_not"
    NOT_NEEDED = "not_needed"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Step:
    council: str
    message_id: UUID
    at: datetime
    what: What
    way: Preference | None = None
    channel: str | None = None
    attempt_ref: UUID | None = None
    why: str | None = None
    """A code, never a sentence."""
    team: str | None = None
    worker_id: UUID | None = None
    until: datetime | None = None
    """By when a team is asked to, or when they try again."""
    answer: str | None = None
    route: str | None = None
    note: str | None = None
    """From one worker for the next. The party may read it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider said of one attempt, and what that changed."""

    word: Word
    effect: Effect
    heard_at: datetime


def told_once(steps: Sequence[Step]) -> list[Step]:
    """A message that was made again passed over the same ways again: each is shown the first time."""
    shown: list[Step] = []
    for step in steps:
        again = step.what is What.PASSED_OVER and any(
            (one.what, one.way, one.why) == (step.what, step.way, step.why) for one in shown
        )
        if not again:
            shown.append(step)
    return shown
