"""Flexible hours of many weeks at once: how much of each ask fits the free time, in pieces of at least so much."""
from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from services.matcher.domain import times as plain
from services.matcher.domain import week
from services.matcher.domain.kernel import weeks
from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.plan import Flexible


class Filling:
    """Asks whose windows do not meet are counted by words. The rest goes by the plain rules, once for each different week:
    where windows meet, who chooses first matters; and where there are more stretches than pieces, which are the longest."""

    def __init__(self, asks: tuple[Flexible, ...], fixed: int) -> None:
        self.asks = asks
        self.windows = [ask.window & ~fixed for ask in asks]
        self.apart = not any(one & other for one, other in combinations(self.windows, 2))
        self.anywhere = 0
        for window in self.windows:
            self.anywhere |= window

    def of(self, free: Sequence[Array]) -> Ints:
        """Quarter-hours filled; `free` may hold the plan's fixed times."""
        total = np.zeros(len(free[0]), np.int64)
        if not self.apart:
            return one_by_one(weeks.masked(free, self.anywhere), lambda bits: plain.flexible(self.asks, bits))
        for ask, window in zip(self.asks, self.windows, strict=True):
            total += _filled(ask, weeks.masked(free, window))
        return total


def _filled(ask: Flexible, free: list[Array]) -> Ints:
    pieces = ask.quarters // ask.at_least
    if not pieces or ask.at_least > week.QUARTERS_A_WEEK:
        return np.zeros(len(free[0]), np.int64)
    found, together = weeks.stretches(free, ask.at_least)
    filled = np.minimum(together, ask.quarters)
    if ask.quarters % ask.at_least:
        longest: Bools = found > pieces
        if longest.any():
            some = [part[longest] for part in free]
            filled[longest] = one_by_one(some, lambda bits: sum(length for _, length in plain.fill(ask, bits)))
    return filled


def one_by_one(free: Sequence[Array], count: Callable[[int], int]) -> Ints:
    """Many PAs have the same hours, so each different week is looked at once."""
    rows = np.stack(free, axis=1)
    kinds, which = np.unique(rows, axis=0, return_inverse=True)
    counts = [count(weeks.whole(kind)) for kind in kinds.tolist()]
    return np.array(counts, np.int64).reshape(-1)[which.reshape(-1)]
