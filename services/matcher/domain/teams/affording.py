"""The most hours that money buys of a few people, where each pays more for the next hour the more hours they have.

National Insurance and pension begin at thresholds of each one's own year; buying the cheapest next hour is exact for one purse.
The allowance makes more than one of it, and then what each buys is a bound: mostly one of these is paid for by all.
"""
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.filling import Ints, Spending, spent
from services.matcher.domain.teams.paying import Purse, costs, steps
from services.matcher.domain.week import QUARTERS_A_WEEK

Members = Sequence[Candidate]
TRIED = 3
"""Of the best ways by each purse, how many are asked whether all purses pay for them."""


def steps_up(members: Members, asked: Asked) -> bool:
    """Whether anything but one price for each hour is paid."""
    return asked.money is not None and any(one.beyond is not None for one in members)


def affordable(members: Members, asked: Asked, hours: Sequence[int]) -> bool:
    """`hours`: quarter-hours a week of each."""
    return all(
        sum(int(costs(one.price, one.beyond, purse)[each]) for one, each in zip(members, hours, strict=True)) <= purse.money
        for purse in asked.purses
    )


@dataclass(frozen=True)
class Afforded:
    """`hours` of each beside what they had, in the `way` it is best; None: none was found. `most`: nobody finds more, what they
    had included; -1: there is no way at all."""

    way: int
    hours: tuple[int, ...] | None
    most: int


class Affording:
    """`reach`: of what is shared out, for each set of members. `had`: what each has before, a row for each way."""

    def __init__(self, members: Members, asked: Asked, reach: Sequence[int], had: Ints) -> None:
        self.members, self.asked, self.reach, self.had = members, asked, np.array(reach), had
        self.highest = np.array([min(one.most, QUARTERS_A_WEEK) for one in members])
        self.least = np.maximum(np.array([max(1, one.least) for one in members]) - had, 0)
        self.found: tuple[int, int, tuple[int, ...]] | None = None
        """How much, in which way, and the hours."""

    def bound(self) -> Ints:
        """For each way the most there could be, by the purse that buys least; -1: impossible. What all pay for is kept."""
        most = np.full(len(self.had), QUARTERS_A_WEEK * len(self.members))
        for purse in self.asked.purses:
            hours, possible = self._bought(purse)
            total = np.where(possible, (hours + self.had).sum(axis=1), -1)
            most = np.minimum(most, total)
            for way in np.argsort(-total, kind="stable")[:TRIED].tolist():
                if total[way] >= 0:
                    self._try(way, hours[way])
        return most

    def best(self) -> Afforded:
        bound = self.bound()
        most = int(bound.max())
        if most >= 0 and (self.found is None or self.found[0] < most):
            self._try_fewer(int(np.argmax(bound)))
        total, way, hours = self.found or (-1, 0, None)
        return Afforded(way, hours, max(total, most))

    def _bought(self, purse: Purse) -> tuple[Ints, NDArray[np.bool_]]:
        left = np.full(len(self.had), purse.money)
        who: list[int] = []
        price: list[int] = []
        end: list[int] = []
        for nth, one in enumerate(self.members):
            table = costs(one.price, one.beyond, purse)
            left = left - table[np.minimum(self.had[:, nth] + self.least[:, nth], QUARTERS_A_WEEK)]
            made = steps(table, 0, int(self.highest[nth]))
            who += [nth] * len(made.price)
            price += made.price
            end += made.end
        order = np.argsort(np.array(price), kind="stable")
        whose, shape = np.array(who)[order], (len(self.had), len(order))
        spending = Spending(
            left, np.broadcast_to(whose, shape), np.broadcast_to(np.array(price)[order], shape),
            np.array(end)[order] - self.had[:, whose],
        )  # fmt: skip
        return spent(self.reach, self.least, self.highest - self.had, spending)

    def _try(self, way: int, hours: Ints) -> bool:
        """Kept, where it is paid for and the most so far."""
        together = self.had[way] + hours
        total = int(together.sum())
        if self.found is not None and total <= self.found[0]:
            return True
        if not affordable(self.members, self.asked, together.tolist()):
            return False
        self.found = total, way, tuple(hours.tolist())
        return True

    def _try_fewer(self, way: int) -> None:
        """What the last purse buys, less the dearest quarter-hours, until all purses pay."""
        purse = self.asked.purses[-1]
        hours, tables = self._bought(purse)[0][way].copy(), [costs(one.price, one.beyond, purse) for one in self.members]
        while not self._try(way, hours):
            at = self.had[way] + hours
            saved = [
                int(table[now] - table[now - 1]) if mine > few else -1
                for table, now, mine, few in zip(tables, at.tolist(), hours.tolist(), self.least[way].tolist(), strict=True)
            ]
            if max(saved) < 0:
                return
            hours[int(np.argmax(saved))] -= 1
