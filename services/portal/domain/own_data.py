"""What somebody asks about their own data: a copy, that it be put right, or that it be erased; and by when it must be done."""
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.portal.domain.accounts import Role
from services.portal.domain.days import day_of

LONGEST_WORDS = 4000
KEPT_DAYS = 14
"""So long the copy can be taken. After that it is asked for anew: a copy that lies about is one more place to look in."""
TOLD_WITHIN = timedelta(days=7)
"""So long we wait that the last message reaches somebody who is to be erased. A letter has all of it."""
ASKED_AGAIN, SOON = timedelta(seconds=30), timedelta(seconds=3)
"""A service that is away is asked again after this; one that is erasing just now, soon."""
MAY_ASK = (Role.PERSON, Role.PA, Role.BROKER)


class DataRequestNotFound(LookupError):
    """There is no such question about anybody's data here."""


class NoCopyNow(LookupError):
    """This copy is not ready yet, or it was kept for fourteen days and has gone. Ask for a new one."""


class DecidedAlready(RuntimeError):
    """Somebody else decided this meanwhile."""


class DoneAlready(RuntimeError):
    """This is done, or being done just now, so it can no longer be taken back."""


class NeedsAReason(ValueError):
    """Whoever is told no is told why: choose one of the reasons for it."""


class Kind(StrEnum):
    COPY = "copy"
    CORRECT = "correct"
    ERASE = "erase"


class State(StrEnum):
    ASKED = "asked"
    READY = "ready"
    """The copy can be taken."""
    OVER = "over"
    """It could, and its time is over."""
    CORRECTED = "corrected"
    NOT_CHANGED = "not_changed"
    HELD = "held"
    """It must be kept for now, for a reason the person can read."""
    AGREED = "agreed"
    """They are told, and then it is erased."""
    ERASING = "erasing"
    ERASED = "erased"
    TAKEN_BACK = "taken_back"
    """They no longer want it."""


class Reason(StrEnum):
    """Why it was not done, as it is told in any form and language."""

    RIGHT = "right"
    RECORD = "record"
    """It says what was said or done at the time."""
    NOT_SHOWN = "not_shown"
    ELSEWHERE = "elsewhere"
    LAW = "law"
    PUBLIC_HEALTH = "public_health"
    COURT = "court"


class About(StrEnum):
    """What they said is wrong, as far as it is told."""

    NAME = "name"
    CONTACT = "contact"
    PLAN = "plan"
    PROFILE = "profile"
    SUPPORTERS = "supporters"
    MEETINGS = "meetings"
    MESSAGES = "messages"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Why:
    """Why it was not done: a code, and the worker's own words, which only a page shows."""

    reason: Reason
    words: str
    about: About | None = None


REASONS = {
    State.NOT_CHANGED: frozenset({Reason.RIGHT, Reason.RECORD, Reason.NOT_SHOWN, Reason.ELSEWHERE}),
    State.HELD: frozenset({Reason.LAW, Reason.PUBLIC_HEALTH, Reason.COURT}),  # UK GDPR Art 17(3)
}

MAY_DECIDE = {
    (Kind.CORRECT, State.ASKED): frozenset({State.CORRECTED, State.NOT_CHANGED}),
    (Kind.ERASE, State.ASKED): frozenset({State.HELD, State.AGREED}),
    (Kind.ERASE, State.HELD): frozenset({State.AGREED}),
}
OPEN = frozenset({State.ASKED, State.HELD, State.AGREED, State.ERASING})
CAN_BE_TAKEN_BACK = OPEN - {State.ERASING}


@dataclass(frozen=True, slots=True)
class DataRequest:
    council: str
    request_id: UUID
    party_id: UUID
    role: Role
    kind: Kind
    state: State
    revision: int
    asked_at: datetime
    asked_by: UUID
    """The party, or the council worker whom they asked."""
    due_on: date
    words: str | None = None
    """What they say is wrong, as they said it."""
    answer: str | None = None
    """Why it was not changed, or why it must be kept."""
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    ready_at: datetime | None = None
    kept_until: date | None = None
    look_at: datetime | None = None
    """When the courier looks at it next. None: it waits for a person, or is over."""
    reason: Reason | None = None
    about: About | None = None
    taken_back_by: UUID | None = None
    """The party, or the council worker whom they told."""
    taken_back_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def can_be_taken_back(self) -> bool:
        return self.state in CAN_BE_TAKEN_BACK

    @property
    def can_be_taken(self) -> bool:
        return self.kind is Kind.COPY and self.state is State.READY

    def later(self, now: datetime) -> "DataRequest":
        return replace(self, look_at=now + (SOON if self.state is State.ERASING else ASKED_AGAIN))

    def ready(self, now: datetime) -> "DataRequest":
        last = day_of(now) + timedelta(days=KEPT_DAYS)
        over = now + timedelta(days=KEPT_DAYS + 1)
        return self.moved(State.READY, ready_at=now, kept_until=last, look_at=over)

    def over(self) -> "DataRequest":
        return self.moved(State.OVER, look_at=None)

    def decided(self, state: State, by: UUID, now: datetime, why: Why | None = None) -> "DataRequest":
        """Raises DecidedAlready, NeedsAReason."""
        if (self.kind, self.state) not in MAY_DECIDE or state not in MAY_DECIDE[self.kind, self.state]:
            raise DecidedAlready
        if state in REASONS and (why is None or why.reason not in REASONS[state]):
            raise NeedsAReason
        said = why if state in REASONS else None
        return self.moved(
            state, decided_by=by, decided_at=now, look_at=now + TOLD_WITHIN if state is State.AGREED else None,
            answer=said.words if said else None, reason=said.reason if said else None, about=said.about if said else None,
        )

    def taken_back(self, by: UUID, now: datetime) -> "DataRequest":
        """What they wrote goes; who decided what before, stays. Raises DoneAlready."""
        if self.state is State.TAKEN_BACK:
            return self
        if not self.can_be_taken_back:
            raise DoneAlready
        return self.moved(State.TAKEN_BACK, **WORDLESS, look_at=None, taken_back_by=by, taken_back_at=now)

    def erasing(self, now: datetime) -> "DataRequest":
        """What they wrote goes with all else."""
        return self.moved(State.ERASING, **WORDLESS, look_at=now)

    def due(self, now: datetime) -> "DataRequest":
        return replace(self, look_at=now)

    def done(self) -> "DataRequest":
        return self.moved(State.ERASED, look_at=None)

    def without_words(self) -> "DataRequest":
        return replace(self, words=None, answer=None, reason=None, about=None)

    def forgotten(self) -> "DataRequest":
        """It was asked by somebody who is erased: that it was, stays."""
        over = State.OVER if self.is_open or self.can_be_taken else self.state
        return self.moved(over, **WORDLESS, look_at=None)

    def moved(self, state: State, **changes: object) -> "DataRequest":
        return replace(self, state=state, revision=self.revision + 1, **changes)  # type: ignore[arg-type]


WORDLESS: Mapping[str, None] = {"words": None, "answer": None, "reason": None, "about": None}


def asked(
    council: str, request_id: UUID, party_id: UUID, role: Role, kind: Kind, by: UUID, words: str | None, now: datetime
) -> DataRequest:
    return DataRequest(
        council, request_id, party_id, role, kind, State.ASKED, 1, now, by, a_month_after(day_of(now)), words,
        look_at=now if kind is Kind.COPY else None,
    )


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last where it has no such day: as the Information Commissioner counts a month."""
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
