"""Work that is offered, agreed on, tried out and ended, as those who tell of it need it, and when each thing is told."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.hours import REMINDED_AT, at
from services.notifier.domain.message import About, Message

OFFER, WAITS, DECLINED, NO_ANSWER, TAKEN_BACK = (
    "offer", "offer_waits", "offer_declined", "offer_no_answer", "offer_taken_back",
)
START, START_SOON, TRIAL_ENDS, GOES_ON, ENDS = "start", "start_soon", "trial_ends", "it_goes_on", "work_ends"
GOING, NOT_WELL = "how_is_it_going", "it_is_not_going_well"
ABOUT_WORK = (OFFER, WAITS, DECLINED, NO_ANSWER, TAKEN_BACK, START, START_SOON, TRIAL_ENDS, GOES_ON, ENDS, GOING, NOT_WELL)

BEFORE_THE_TRIAL_ENDS, BEFORE_IT_ENDS_BY_POST = timedelta(days=7), timedelta(days=11)
ASKED_AFTER = (1, 14, 84)
"""Days after the start on which both are asked how it is going."""
ASKED_FOR = timedelta(days=14)


class Standing(StrEnum):
    MADE = "made"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"
    ENDED = "ended"


TOLD_WHILE = {
    Standing.MADE: (OFFER, WAITS), Standing.AGREED: (START, START_SOON, TRIAL_ENDS, GOES_ON, GOING, NOT_WELL),
    Standing.DECLINED: (DECLINED,), Standing.TAKEN_BACK: (TAKEN_BACK,), Standing.LAPSED: (NO_ANSWER,),
    Standing.ENDED: (ENDS, NOT_WELL),
}  # fmt: skip
"""What is still true of an offer that stands so."""


@dataclass(frozen=True, slots=True)
class Going:
    """What one of the two said to *is it going well?*, some days after the start."""

    after: int
    by: str
    well: bool
    to_team: bool


@dataclass(frozen=True, slots=True)
class Offer:
    council: str
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    number: int
    standing: Standing
    starts_on: date
    trial_until: date | None
    hours: int
    """A week, in quarter-hours."""
    pay: int
    """Pence an hour."""
    answer_by: datetime
    goes_on: tuple[str, ...] = ()
    trial_over: bool = False
    ended_on: date | None = None
    going: tuple[Going, ...] = ()
    times: str | None = None
    """When in the week, as far as that is fixed: hexadecimal digits."""

    @property
    def belongs(self) -> About:
        return About(plan_id=self.plan_id, introduction_id=self.introduction_id)

    def given(self, other: UUID) -> dict[str, int | str | list[str]]:
        days = {"starts_on": self.starts_on, "trial_until": self.trial_until, "ended_on": self.ended_on}
        return {
            "hours": self.hours, "pay": self.pay, "answer_by": self.answer_by.isoformat(), "of": str(other),
            **{name: day.isoformat() for name, day in days.items() if day is not None},
            **({"times": self.times} if self.times else {}),
        }

    @property
    def on_trial(self) -> bool:
        return self.standing is Standing.AGREED and self.trial_until is not None and not self.trial_over

    def is_true(self, message: Message) -> bool:
        """Whether a message about this work that nobody has yet may still go."""
        which = message.key.occurrence.split(" ")[0]
        number, _, after = which.partition(".")
        side = str(message.audience)
        if number != str(self.number) or message.about not in TOLD_WHILE[self.standing]:
            return False
        if message.about == TRIAL_ENDS:
            return self.on_trial and side not in self.goes_on
        answered = any((one.after, one.by) == (int(after or 0), side) for one in self.going)
        return not (message.about == GOING and answered)

    def asked_how(self) -> Iterator[tuple[str, datetime]]:
        """Which of several it is, and from when it is asked."""
        for after in ASKED_AFTER:
            yield f"{self.number}.{after}", at(REMINDED_AT, self.starts_on + timedelta(days=after))

    def not_well(self) -> Iterator[tuple[str, PartyKind]]:
        """Who said so, and nobody has talked with them about it."""
        for one in self.going:
            if not one.well and not one.to_team:
                yield f"{self.number}.{one.after}", PartyKind(one.by)
