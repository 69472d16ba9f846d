"""What a team is asked to cover in a usual week, and the published numbers that teams turn on."""
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain import week
from services.matcher.domain.cost import WEEKS
from services.matcher.domain.plan import Flexible, Plan
from services.matcher.domain.profile import Code
from services.matcher.domain.rules import Rules
from services.matcher.domain.teams.paying import PAY_ALONE, Purse, Terms

Whole = TypeVar("Whole", int, NDArray[np.int64])


@dataclass(frozen=True)
class TeamRules:
    version: int
    candidates: int
    """The best teams are found exactly among so many of the best PAs."""
    largest: int
    shift: int
    """Quarter-hours: longer stretches of fixed time are shared out in pieces, so that nobody is put down for 16 hours."""
    short_notice: int
    """Days: to stand in sooner than this is short notice."""
    rest: int
    """Quarter-hours of rest in a row in each day worked (Working Time Regulations 1998, reg. 10(1))."""
    rest_under_18: int
    """The same for a young worker (reg. 10(2))."""
    sleep_from: int
    """The quarter of the day at which a sleep-in is taken to begin, as plans do not say it."""


TEAMS_1 = TeamRules(
    version=1, candidates=60, largest=5, shift=32, short_notice=7, rest=44, rest_under_18=48, sleep_from=88
)


@dataclass(frozen=True)
class Asked:
    """One week. Nights are days of the week, 0 = Monday; a night counts `night` quarter-hours, whatever the time it begins."""

    fixed: int
    nights: tuple[int, ...]
    flexible: tuple[Flexible, ...]
    """Outside the fixed times, as for one PA alone; narrowest window first."""
    night: int
    money: int | None
    """For a week, in the unit of `terms`: what a quarter-hour costs is then whole."""
    terms: Terms = PAY_ALONE
    limited: tuple[Code, ...] = ()
    """Tasks that a must on faith, culture or sex is for: the team has somebody who can be asked for each."""

    @property
    def every(self) -> int:
        """A bit for each of `limited`."""
        return (1 << len(self.limited)) - 1

    @property
    def purses(self) -> tuple[Purse, ...]:
        """All of which must be enough: what is left of National Insurance after the allowance is never less than nothing. The
        second follows from the others, and bounds better than each of them."""
        if self.money is None:
            return ()
        if not self.terms.allowance:
            return (Purse(self.money),)
        allowance = self.terms.allowance * self.terms.unit // WEEKS
        return Purse(self.money, ni=0), Purse(2 * self.money + allowance, whole=2), Purse(self.money + allowance)

    @property
    def total(self) -> int:
        return week.count(self.fixed) + self.night * len(self.nights) + sum(ask.quarters for ask in self.flexible)

    def counted(self, covered: Whole) -> Whole:
        """By how much teams compare: quarter-hours; or, with a budget, hours, where anything missing of an hour is missing whole.

        What a budget buys differs by a quarter of an hour with every rate, and nobody is passed over for that.
        """
        grain = 1 if self.money is None else 4
        return (covered - self.total) // grain + -(-self.total // grain)

    @property
    def time(self) -> int:
        """All times somebody may be wanted."""
        wanted = self.fixed
        for ask in self.flexible:
            wanted |= ask.window
        return wanted


def asked_of_a_team(plan: Plan, rules: Rules, terms: Terms = PAY_ALONE, *, limited: tuple[Code, ...] = ()) -> Asked:
    flexible = [Flexible(ask.quarters, ask.window & ~plan.fixed, ask.at_least) for ask in plan.flexible]
    return Asked(
        fixed=plan.fixed,
        nights=tuple(sorted(plan.sleep_ins)),
        flexible=tuple(sorted(flexible, key=lambda ask: (week.count(ask.window), ask.window, ask.quarters, ask.at_least))),
        night=rules.sleep_in_quarters,
        money=None if plan.budget is None else plan.budget * terms.unit,
        terms=terms,
        limited=limited,
    )
