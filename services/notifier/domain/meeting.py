"""A meeting of a person and a PA as those who tell of it need it, and when they are reminded."""
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import Contact, first_by_post
from services.notifier.domain.hours import LONDON, REMINDED_AT, at
from services.notifier.domain.message import About

ARRANGED, MOVED, CALLED_OFF = "meeting_arranged", "meeting_moved", "meeting_called_off"
UNSUITABLE, SOON = "meeting_does_not_suit", "meeting_soon"
ABOUT_MEETINGS = (ARRANGED, MOVED, CALLED_OFF, UNSUITABLE, SOON)
TELL_WHEN = (ARRANGED, MOVED, SOON)

DAYS_BEFORE, DAYS_BEFORE_BY_POST = 1, 4
"""The post takes three days."""

PLACE_KEPT_UNHEARD = timedelta(days=14)
"""Words for a place that no meeting was heard to be at: time enough for a broker that is down."""
PLACE_KEPT_AFTER = timedelta(days=30)
"""After the meeting."""


class Standing(StrEnum):
    ARRANGED = "arranged"
    UNSUITABLE = "unsuitable"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Place:
    """Where two people meet, as somebody typed it. Named by its number everywhere else."""

    council: str
    place_id: UUID
    words: str
    forget_at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    council: str
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    number: int
    moved: int
    standing: Standing
    at: datetime
    place_id: UUID | None
    by: str
    """Who said the last thing of it."""

    @property
    def occurrence(self) -> str:
        return f"{self.number}.{self.moved}"

    @property
    def belongs(self) -> About:
        return About(plan_id=self.plan_id, introduction_id=self.introduction_id)

    def given(self, other: UUID) -> dict[str, int | str | list[str]]:
        place = {"place": str(self.place_id)} if self.place_id else {}
        return {"meet_at": self.at.isoformat(), "of": str(other), **place}


def reminded_at(meeting_at: datetime, contact: Contact | None) -> datetime:
    """Nine o'clock on the day before; some days earlier for somebody who is told by letter."""
    days = DAYS_BEFORE_BY_POST if first_by_post(contact) else DAYS_BEFORE
    day = meeting_at.astimezone(LONDON).date() - timedelta(days=days)
    return at(REMINDED_AT, day)
