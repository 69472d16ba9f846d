"""What the hours of a team cost all in, each member by their own thresholds: exactly, and before anything is rounded."""
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.cost import WEEKS
from services.matcher.domain.profile import AgeBand
from services.matcher.domain.rates import Item, NotInForce, Rates
from services.matcher.domain.week import QUARTERS_A_WEEK

Ints = NDArray[np.int64]
HOURS = np.arange(QUARTERS_A_WEEK + 1)
YOUNG = (AgeBand.UNDER_18, AgeBand.FROM_18_TO_20)


@dataclass(frozen=True)
class Thresholds:
    """Of employer National Insurance and pension; pence a year, and shares."""

    ni_share: Fraction
    ni_from: int
    ni_from_young: int
    """Under 21."""
    pension_share: Fraction
    pension_from: int
    """Who earns more than this, and less than what enrols everybody, may ask for a pension, and the employer must pay into it
    (Pensions Act 2008, s. 7). So it is reckoned with from here on, and without an upper end."""


@dataclass(frozen=True)
class Terms:
    """How much an employer pays for each pound of pay with whoever covers the leave, and what begins at thresholds.

    `thresholds` None: no figures are known for that day, and nothing but pay and cover is reckoned with.
    """

    leave: Fraction = Fraction(1)
    thresholds: Thresholds | None = None
    allowance: int | None = None
    """Pence a year that are taken off all their National Insurance together; None: not to be claimed."""

    @property
    def unit(self) -> int:
        """Of so many to a penny a week, all that a quarter-hour or a threshold costs is whole."""
        if self.thresholds is None:
            return 4 * self.leave.denominator
        shares = (self.thresholds.ni_share.denominator, self.thresholds.pension_share.denominator)
        return lcm(4 * self.leave.denominator, WEEKS, *(WEEKS * share for share in shares))

    def price(self, rate: int, *, self_employed: bool) -> int:
        """Of a quarter-hour with cover of leave, in the unit."""
        return int(rate * self.unit * (1 if self_employed else self.leave) / 4)

    def beyond(self, rate: int, age_band: AgeBand | None, *, self_employed: bool) -> "Beyond | None":
        """Each quarter-hour adds no less than the one before it: so the cheapest next hour is always the right one to buy."""
        at = self.thresholds
        if at is None or self_employed:
            return None
        pay = 13 * rate * HOURS  # a year of 52 weeks, in pence: a quarter of an hour a week is 13 hours
        young = age_band in YOUNG
        above = np.maximum(pay - (at.ni_from_young if young else at.ni_from), 0)
        enrolled = np.zeros_like(pay) if young else np.maximum(pay - at.pension_from, 0)
        return Beyond(above * int(at.ni_share * self.unit / WEEKS), enrolled * int(at.pension_share * self.unit / WEEKS))


PAY_ALONE = Terms()


@dataclass(frozen=True, eq=False, repr=False)
class Beyond:
    """National Insurance and pension of one PA for each number of quarter-hours a week, in the unit."""

    ni: Ints
    pension: Ints


def terms_of(rates: Rates, on: date, *, claims: bool) -> Terms:
    weeks = rates.known(Item.HOLIDAY_WEEKS, on)
    leave = Fraction(weeks.value + WEEKS) / WEEKS if weeks else Fraction(1)
    try:
        share, other = (Fraction(rates.value(item, on)) / 100 for item in (Item.NI_SHARE, Item.PENSION_SHARE))
        pence = [int(rates.value(item, on) * 100) for item in AT]
        allowance = int(rates.value(Item.EMPLOYMENT_ALLOWANCE, on) * 100) if claims else None
    except NotInForce:
        return Terms(leave)
    return Terms(leave, Thresholds(share, pence[0], pence[1], other, pence[2]), allowance)


AT = (Item.NI_THRESHOLD, Item.NI_THRESHOLD_UNDER_21, Item.PENSION_LOWER)


@dataclass(frozen=True)
class Purse:
    """Money that must be enough, in the unit: for all but National Insurance so many times, and for that so many times."""

    money: int
    whole: int = 1
    ni: int = 1


@dataclass(frozen=True)
class Steps:
    """Prices of one more quarter-hour, never falling: each up to so many quarter-hours a week."""

    price: tuple[int, ...]
    end: tuple[int, ...]


def costs(price: int, beyond: Beyond | None, purse: Purse) -> Ints:
    """By quarter-hours a week, as the purse counts them."""
    found: Ints = purse.whole * price * HOURS
    return found if beyond is None else found + purse.whole * beyond.pension + purse.ni * beyond.ni


def steps(table: Ints, first: int, most: int) -> Steps:
    """Of costs that rise by no less each time, from `first` quarter-hours on."""
    more = np.diff(table[first : most + 1])
    last = [*np.flatnonzero(np.diff(more)).tolist(), len(more) - 1] if len(more) else []
    return Steps(tuple(int(more[nth]) for nth in last), tuple(first + nth + 1 for nth in last))
