"""A message to one party, from the moment it is asked for until somebody has it, or it is no longer true."""
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import Format, Method, PartyId, PartyKind, Preference
from services.notifier.domain.planning import Cannot, Way
from services.notifier.domain.wording import Given


class State(StrEnum):
    WAITING = "waiting"
    """Asked for; not yet made into anything."""
    WRITTEN = "written"
    HANDED_OVER = "handed_over"
    TASK = "task"
    DONE_BY_TASK = "done_by_task"
    DROPPED = "dropped"


CAN_STILL_BE_DROPPED = (State.WAITING, State.WRITTEN, State.TASK)


class Dropped(StrEnum):
    """Why a message was never sent."""

    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    STOPPED = "stopped"
    NO_LONGER_TRUE = "no_longer_true"
    TAKEN_OFF = "taken_off"
    NOT_REACHED = "not_reached"
    """Somebody of a team tried, and no way was left."""
    NOT_WANTED = "not_wanted"
    """They said that they do not want to be told this."""
    NO_WAY = "no_way"
    """A code could not go where it was asked to. Nothing stands in for it: they ask again."""


@dataclass(frozen=True, slots=True)
class BusinessKey:
    """One message per party, purpose, subject and occurrence, for ever: hearing a thing twice tells it once."""

    party_id: PartyId
    purpose: str
    subject: UUID
    occurrence: str


@dataclass(frozen=True, slots=True)
class About:
    """What a message belongs to, so that it can be dropped when that ends."""

    plan_id: UUID | None = None
    plan_revision: int | None = None
    introduction_id: UUID | None = None
    delegation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Message:
    council: str
    message_id: UUID
    key: BusinessKey
    about: str
    audience: PartyKind
    given: Given
    belongs: About
    asked_at: datetime
    expires_at: datetime | None = None
    """After this it is dropped, not sent late."""
    state: State = State.WAITING
    revision: int = 0
    """How many times its state was told; 0 = never yet."""
    not_before: datetime | None = None
    tries: int = 0
    spent: dict[int, Cannot] = field(default_factory=dict)
    """Recorded ways tried in vain, by their place in the record."""
    method: Method | None = None
    format: Format | None = None
    language: str | None = None
    point_size: int | None = None
    title: str | None = None
    dropped_why: Dropped | None = None
    written_at: datetime | None = None
    handed_over_at: datetime | None = None
    no_longer: Dropped | None = None
    """Why it must not be made or sent again should it come back from the channel that has it."""

    @property
    def party_id(self) -> PartyId:
        return self.key.party_id

    def expired(self, now: datetime) -> bool:
        return self.expires_at is not None and now >= self.expires_at

    def written(self, way: Way, title: str, now: datetime) -> "Message":
        p = way.preference
        return replace(
            self, state=State.WRITTEN, revision=self.revision + 1, method=p.method, format=p.format, language=p.language,
            point_size=p.point_size, title=title, written_at=now,
        )

    def left_to_a_person(self, way: Way | None, title: str, now: datetime) -> "Message":
        """The team reaches them: by the recorded way that needs a human, or because no recorded way is open."""
        p = way.preference if way else None
        return replace(
            self, state=State.TASK, revision=self.revision + 1, title=title, point_size=None, written_at=now,
            method=p.method if p else None, format=p.format if p else None, language=p.language if p else None,
        )

    @property
    def made_for(self) -> Preference:
        assert self.method and self.format and self.language
        return Preference(self.method, self.format, self.language, self.point_size)

    def back(self, recorded: Sequence[Preference], why: Cannot) -> "Message":
        """To be made again by the next way of those recorded now, whatever their order was when this one was made."""
        spent = {place: why for place, preference in enumerate(recorded) if preference == self.made_for}
        return replace(
            self, state=State.WAITING, spent={**self.spent, **spent}, not_before=None, tries=0, handed_over_at=None
        )

    def later(self, now: datetime) -> "Message":
        return replace(self, tries=self.tries + 1, not_before=now + timedelta(seconds=1 + self.tries))

    def handed_over(self, now: datetime) -> "Message":
        return replace(self, state=State.HANDED_OVER, revision=self.revision + 1, handed_over_at=now)

    def done_by_task(self, now: datetime) -> "Message":
        return replace(self, state=State.DONE_BY_TASK, revision=self.revision + 1, handed_over_at=now)

    def drop(self, why: Dropped) -> "Message":
        return replace(self, state=State.DROPPED, revision=self.revision + 1, dropped_why=why)


@dataclass(frozen=True, slots=True)
class Artefact:
    """A thing somebody can read, see or hear, with its words in plain text beside it."""

    name: str
    media_type: str
    body: bytes
    words: str
