"""The best teams among the candidates, exactly: whatever could not be one of them is cut off by what it could cover at most.

Size by size, teams grow by candidates in their order. A growing team's bound is what it and the best still to come could cover
if time were all that counted, or hours, or money; adding to a larger team never gains more than adding to a smaller one, so no
team is better than its bound. Only teams whose bound is as good as the last of the best are looked at closely.
"""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.columns import Columns, Floats, Ints, ceilings, columns, covered_with, overlaps
from services.matcher.domain.teams.sharing import Sharing, shared_out
from services.matcher.domain.teams.team import Found, found

BEAM = 48
"""How many growing teams the first look keeps. It finds good teams early, which only makes the second, whole look quicker."""
ALMOST = 1e-6
"""Added before rounding down what was worked out in fractions: a bound is never too low."""
ROWS = 4_096
"""Growing teams looked at in one go."""


def best_teams(candidates: Sequence[Candidate], asked: Asked, *, largest: int, count: int) -> list[Found]:
    """The `count` best teams of two up to `largest`. A team of which a part of two or more covers as much is none."""
    if len(candidates) < 2 or not asked.total:
        return []
    search = Search(candidates, asked, count)
    sizes = range(2, min(largest, len(candidates)) + 1)
    for size in sizes:
        search.grow(search.singles(), size, width=BEAM)
    for size in sizes:
        search.grow(search.singles(), size, width=None)
    return [search.settled(one) for one in search.best]


@dataclass(frozen=True, eq=False)
class Growing:
    """Teams of one size, a row each: the places of their members, rising, and the bound."""

    members: Ints
    bound: Ints


class Search:
    """A bound is what is covered, as counted, times `step`, plus the score: compared like the two one after the other."""

    def __init__(self, candidates: Sequence[Candidate], asked: Asked, count: int) -> None:
        self.candidates = candidates
        self.asked = asked
        self.count = count
        self.columns: Columns = columns(candidates, asked)
        self.step = 1 + 5 * int(self.columns.score.max())
        self.highest = self.columns.highest
        self.best: list[Found] = []
        self.seen: set[tuple[int, ...]] = set()
        self.sharings: dict[tuple[int, ...], Sharing | None] = {}

    def singles(self) -> Growing:
        count = self.columns.count
        return Growing(np.arange(count)[:, None], np.full(count, np.iinfo(np.int64).max))

    def floor(self, size: int) -> int:
        """The lowest bound of a team of this size that could still be among the best."""
        if len(self.best) < self.count:
            return 0
        last = self.best[-1]
        if len(last.members) == size:
            return last.counted * self.step + last.score
        return (last.counted + (len(last.members) < size)) * self.step

    def grow(self, teams: Growing, size: int, width: int | None) -> None:
        for first in range(0, len(teams.bound), ROWS):
            some = np.flatnonzero(teams.bound[first : first + ROWS] >= self.floor(size)) + first
            if len(some):
                self._grow(Growing(teams.members[some], teams.bound[some]), size, width)

    def _grow(self, teams: Growing, size: int, width: int | None) -> None:
        """By one member each, in every way that can still lead to one of the best."""
        made, more = self.columns, size - teams.members.shape[1] - 1
        may = np.arange(made.count) > teams.members[:, -1:]
        for nth in range(teams.members.shape[1]):
            may &= made.together[teams.members[:, nth]]
        done = np.bitwise_or.reduce(made.does[teams.members], axis=1)[:, None] | made.does
        next_ = may & ((done | made.still if more else done) == self.asked.every)  # others may yet join after the next
        now, then = covered_with(made, teams.members)
        highest = np.minimum(then + _highest(np.where(may, then - now, 0), more), self.highest).astype(np.int64)
        if self.asked.money is not None:
            np.minimum(highest, self.asked.money // max(1, int(made.price.min())), out=highest)
        for paid, adds in (one for purchase in made.purchases for one in purchase.relaxed):
            together = paid + adds[teams.members].sum(axis=1)[:, None] + adds + _most_to_come(adds, more)
            np.minimum(highest, np.floor(np.maximum(together, 0) + ALMOST).astype(np.int64), out=highest)
        least = self._of_all(made.least, teams) - _to_come(-made.least, more)
        bound = self.asked.counted(highest) * self.step + self._of_all(made.score, teams) + _to_come(made.score, more)
        rows, who = np.nonzero(next_ & (least <= highest) & (bound >= self.floor(size)))
        members, bound = np.column_stack([teams.members[rows], who]), bound[rows, who]
        if not more:
            self._look(members, bound)
            return
        order = np.argsort(-bound, kind="stable")[:width]
        self.grow(Growing(members[order], bound[order]), size, width)

    def _of_all(self, each: Ints, teams: Growing) -> Ints:
        """Of those in a team and of each who may join."""
        together: Ints = each[teams.members].sum(axis=1)[:, None] + each
        return together

    def _look(self, teams: Ints, bound: Ints) -> None:
        """Closely, the best bound first, at teams that are complete."""
        order = np.argsort(-bound, kind="stable")
        for first in range(0, len(order), ROWS):
            some = order[first : first + ROWS]
            self._look_at(teams[some[bound[some] >= self.floor(teams.shape[1])]])

    def _look_at(self, teams: Ints) -> None:
        highest = ceilings(self.columns, teams, self.asked.money)
        bound = self.asked.counted(highest) * self.step + self.columns.score[teams].sum(axis=1)
        worth = (bound >= self.floor(teams.shape[1])) & ~self._no_better_than_a_part(teams, highest)
        teams, bound = teams[worth], bound[worth]
        shared = overlaps(self.columns, teams)
        for row in np.lexsort((*teams.T[::-1], -shared, -bound)):
            members = tuple(int(one) for one in teams[row])
            if not self._could_be_better(int(bound[row]), int(shared[row]), members):
                break
            if members not in self.seen:
                self.seen.add(members)
                self._take(members)

    def _no_better_than_a_part(self, teams: Ints, highest: Ints) -> NDArray[np.bool_]:
        masks = (np.int64(1) << teams).sum(axis=1)
        worse = np.zeros(len(teams), dtype=np.bool_)
        for smaller in self.best:
            if len(smaller.members) < teams.shape[1]:
                part = sum(1 << nth for nth in smaller.members)
                worse |= ((masks & part) == part) & (self.asked.counted(highest) <= smaller.counted)
        return worse

    def _could_be_better(self, bound: int, shared: int, members: tuple[int, ...]) -> bool:
        floor = self.floor(len(members))
        if bound != floor or len(self.best) < self.count or len(self.best[-1].members) != len(members):
            return bound >= floor
        last = self.best[-1]
        return (-shared, members) < (-last.overlap, last.members)

    def _take(self, members: tuple[int, ...]) -> None:
        sharing = self._shared(members)
        if sharing is None or self._part_covers(members, self.asked.counted(sharing.covered)):
            return
        self.best.append(found(members, self.candidates, self.asked, sharing))
        self.best.sort(key=lambda one: one.order)
        del self.best[self.count :]

    def _part_covers(self, members: tuple[int, ...], counted: int) -> bool:
        for size in range(len(members) - 1, 1, -1):
            parts = np.array(list(combinations(members, size)))
            parts = parts[np.bitwise_or.reduce(self.columns.does[parts], axis=1) == self.asked.every]
            parts = parts[self.asked.counted(self.columns.most[parts].sum(axis=1).astype(np.int64)) >= counted]
            for part in parts[self.asked.counted(ceilings(self.columns, parts, self.asked.money)) >= counted]:
                sharing = self._shared(tuple(int(one) for one in part))
                if sharing is not None and self.asked.counted(sharing.covered) >= counted:
                    return True
        return False

    def settled(self, one: Found) -> Found:
        """With the most they cover to the quarter-hour: until here it was as exact as teams compare by."""
        sharing = shared_out([self.candidates[nth] for nth in one.members], self.asked)
        return one if sharing is None else replace(one, sharing=sharing)

    def _shared(self, members: tuple[int, ...]) -> Sharing | None:
        if members not in self.sharings:
            self.sharings[members] = shared_out([self.candidates[nth] for nth in members], self.asked, exactly=False)
        return self.sharings[members]


def _highest(each: Floats, more: int) -> Floats:
    """The sum of the `more` highest of each row."""
    if not more:
        return np.zeros((len(each), 1), dtype=np.float32)
    found: Floats = np.partition(each, -more, axis=1)[:, -more:].sum(axis=1, keepdims=True)
    return found


def _most_to_come(each: NDArray[np.float64], more: int) -> NDArray[np.float64]:
    """For each candidate, the sum of the `more` highest of those after it; nothing where they are too few."""
    sums = np.zeros(len(each))
    for nth in range(len(each) - more if more else 0):
        sums[nth] = np.sort(each[nth + 1 :])[-more:].sum()
    return sums


def _to_come(each: Ints, more: int) -> Ints:
    """For each candidate, the sum of the `more` highest of those after it; where they are too few, far too low."""
    sums = np.full(len(each), -(1 << 40), dtype=np.int64)
    for nth in range(len(each) - more):
        sums[nth] = np.sort(each[nth + 1 :])[len(each) - nth - 1 - more :].sum()
    return sums
