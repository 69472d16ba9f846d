"""The work itself: offered, agreed, perhaps on trial, begun, and how it goes, until it ends."""
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.matcher.domain import week
from services.matcher.domain.days import begins, day_of
from services.matcher.domain.sides import BOTH, By

ANSWER_WITHIN = timedelta(days=7)
FURTHEST_START = timedelta(days=366)
LONGEST_TRIAL = timedelta(days=183)
MOST_QUARTERS = 7 * 24 * 4

ASKED_AFTER = (1, 14, 84)
"""Days after the start on which both are asked how it is going: one day, two weeks, twelve weeks."""
ASKED_FOR = timedelta(days=14)
"""So long an answer to that counts."""


class OfferState(StrEnum):
    MADE = "made"
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"
    """No answer came in time."""
    ENDED = "ended"
    """They had agreed, and the work has a last day."""


class StartNotToCome(Exception):
    """The first day of work is to be a day to come, and within a year."""


class TrialTooLong(Exception):
    """A trial ends after the first day of work, and within half a year of it."""


class HoursNotRight(Exception):
    """Write how many hours a week the work is, at least a quarter of an hour and at most the whole week."""


class TimesNotRight(Exception):
    """These times are more than the hours a week. Write more hours, or fewer times."""


class PayBelowTheLaw(Exception):
    """This is less an hour than the law allows for somebody of that age on that day."""

    def __init__(self, lowest: int) -> None:
        super().__init__("less than the law allows")
        self.lowest = lowest
        """Pence an hour."""


class AlreadyAgreed(Exception):
    """They have agreed on this work already. It can be ended, and then offered anew."""


class NoOffer(Exception):
    """There is no offer that waits for an answer."""


class NoWork(Exception):
    """They have not agreed on any work, or it has ended already."""


class NoTrial(Exception):
    """There is no trial to answer about, or it is over."""


class NotAsked(Exception):
    """This is not a time at which they are asked how it is going."""


class LastDayOver(Exception):
    """The last day of work is today or a day to come."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered."""

    starts_on: date
    trial_until: date | None
    """The last day of the trial; None: there is no trial."""
    quarters: int
    """Hours a week, in quarter-hours."""
    rate: int
    """Pence an hour."""
    times: str | None = None
    """When in the week, as far as that is fixed: 168 hexadecimal digits, as everywhere outside. None: it is not."""

    @property
    def fixed(self) -> int:
        return int(self.times, 16) if self.times else week.EMPTY

    def as_planned(self, fixed: int) -> "Terms":
        """Nothing was said of times: those that the plan has, where the hours have room for them. An empty week says that none
        are fixed."""
        if self.times is None and fixed and week.count(fixed) <= self.quarters:
            return replace(self, times=f"{fixed:0168x}")
        return self if self.fixed else replace(self, times=None)


@dataclass(frozen=True, slots=True)
class Going:
    """One answer to *is it going well?*"""

    after: int
    """Days after the start: one of ASKED_AFTER."""
    by: By
    well: bool
    to_team: bool = False
    """Somebody of the team heard it, and could ask more at once."""


@dataclass(frozen=True)
class Offer:
    number: int
    """After one that came to nothing, or was changed, the next has another."""
    terms: Terms
    by: By
    """Who said the last thing of it."""
    answer_by: datetime
    state: OfferState = OfferState.MADE
    goes_on: tuple[By, ...] = ()
    """Who would like to go on after the trial."""
    trial_over: bool = False
    """Both would, or its last day has passed and nobody said no."""
    ended_on: date | None = None
    """The last day of work."""
    going: tuple[Going, ...] = ()

    @property
    def due(self) -> datetime | None:
        """When time alone changes it; None: never."""
        if self.state is OfferState.MADE:
            return self.answer_by
        last = self.terms.trial_until
        if self.state is OfferState.AGREED and last is not None and not self.trial_over:
            return begins(last + timedelta(days=1))
        return None

    def answered(self, yes: bool, now: datetime) -> "Offer":
        """By the PA. The same answer twice is one answer. Raises NoOffer."""
        state = OfferState.AGREED if yes else OfferState.DECLINED
        if self.state is state:
            return self
        if self.state is not OfferState.MADE or now >= self.answer_by:
            raise NoOffer
        return replace(self, state=state, by=By.PA)

    def taken_back(self, by: By) -> "Offer":
        """Raises NoOffer."""
        if self.state is OfferState.TAKEN_BACK:
            return self
        if self.state is not OfferState.MADE:
            raise NoOffer
        return replace(self, state=OfferState.TAKEN_BACK, by=by)

    def after_trial(self, by: By, goes_on: bool) -> "Offer":
        """What one of the two would like. One no ends the work with the trial. Raises NoTrial."""
        last = self.terms.trial_until
        if self.state is not OfferState.AGREED or last is None or self.trial_over or by not in BOTH:
            raise NoTrial
        if not goes_on:
            return replace(self, state=OfferState.ENDED, ended_on=last, by=by)
        if by in self.goes_on:
            return self
        said = (*self.goes_on, by)
        return replace(self, goes_on=said, trial_over=set(said) >= BOTH, by=by)

    def ended(self, by: By, last_day: date, today: date) -> "Offer":
        """Raises NoWork, LastDayOver."""
        if self.state is OfferState.ENDED and self.ended_on == last_day:
            return self
        if self.state is not OfferState.AGREED:
            raise NoWork
        if last_day < today:
            raise LastDayOver
        return replace(self, state=OfferState.ENDED, ended_on=last_day, by=by)

    def said_how(self, by: By, after: int, well: bool, today: date, *, to_team: bool = False) -> "Offer":
        """The newest word of each counts. Raises NotAsked."""
        asked_on = self.terms.starts_on + timedelta(days=after)
        if self.state is not OfferState.AGREED or after not in ASKED_AFTER or by not in BOTH:
            raise NotAsked
        if not asked_on <= today <= asked_on + ASKED_FOR:
            raise NotAsked
        said = Going(after, by, well, to_team)
        others = tuple(one for one in self.going if (one.after, one.by) != (after, by))
        return self if said in self.going else replace(self, going=(*others, said))

    def at(self, now: datetime) -> "Offer":
        """As time alone leaves it."""
        if self.due is None or now < self.due:
            return self
        return replace(self, state=OfferState.LAPSED) if self.state is OfferState.MADE else replace(self, trial_over=True)


def offered(before: Offer | None, terms: Terms, by: By, lowest_rate: int, now: datetime) -> Offer:
    """`lowest_rate`: what the law allows for this PA on the first day. An offer that still waits is changed by a new one.

    Raises StartNotToCome, TrialTooLong, HoursNotRight, TimesNotRight, PayBelowTheLaw, AlreadyAgreed.
    """
    today = day_of(now)
    if not today < terms.starts_on <= today + FURTHEST_START:
        raise StartNotToCome
    if terms.trial_until is not None and not terms.starts_on < terms.trial_until <= terms.starts_on + LONGEST_TRIAL:
        raise TrialTooLong
    if not 1 <= terms.quarters <= MOST_QUARTERS:
        raise HoursNotRight
    if week.count(terms.fixed) > terms.quarters:
        raise TimesNotRight
    if terms.rate < lowest_rate:
        raise PayBelowTheLaw(lowest_rate)
    if before is not None and before.state is OfferState.AGREED:
        raise AlreadyAgreed
    if before is not None and before.state is OfferState.MADE and before.terms == terms:
        return before
    answer_by = min(now + ANSWER_WITHIN, begins(terms.starts_on))
    return Offer(before.number + 1 if before else 1, terms, by, answer_by)
