"""Some rows of an index as of one moment, and what several wishes need to know of them, worked out once."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from services.matcher.domain.kernel.away import Away
from services.matcher.domain.kernel.columns import WORD, Array, Bools, Ints, PlaneName, Rows
from services.matcher.domain.profile import Point


@dataclass(frozen=True, eq=False)
class Held:
    """An index as of one moment: nothing in it changes for as long as somebody reads it."""

    plain: Mapping[str, Array]
    week: Array
    """A row for each of its eleven words."""
    planes: Mapping[PlaneName, Array]
    until: Mapping[int, Array]
    away: Away
    count: int
    """How many rows there are, free ones among them."""


@dataclass(eq=False)
class View:
    """`rows` a slice: a look at the columns themselves. An array of row numbers: a copy of those."""

    held: Held
    rows: slice | Rows
    shared: dict[str, Any] = field(default_factory=dict)
    """What was worked out already, of everybody."""
    known: dict[str, Any] = field(default_factory=dict)
    """What was worked out already, of these rows."""

    def __len__(self) -> int:
        return self.rows.stop - self.rows.start if isinstance(self.rows, slice) else len(self.rows)

    def column(self, name: str) -> Array:
        return self.held.plain[name][self.rows]

    def week(self, wanted: Sequence[int]) -> list[Array]:
        """Those of the words of each week."""
        return [self.held.week[word][self.rows] for word in wanted]

    def numbers(self) -> Rows:
        """Which rows these are."""
        if isinstance(self.rows, slice):
            return np.arange(self.rows.start, self.rows.stop)
        return self.rows

    def none(self) -> Bools:
        return np.zeros(len(self), np.bool_)

    def bits(self, family: str, wanted: int) -> Bools:
        """Who has any bit of `wanted` in that family."""
        found: Bools | None = None
        for word, mask in masks(wanted):
            plane = self.held.planes.get((family, word))
            if plane is not None:
                some = (plane[self.rows] & mask) != 0
                found = some if found is None else found | some
        return self.none() if found is None else found

    def whole(self, family: str, wanted: int) -> Bools:
        """Who has every bit of `wanted` in that family."""
        found = np.ones(len(self), np.bool_)
        for word, mask in masks(wanted):
            plane = self.held.planes.get((family, word))
            if plane is None:
                return self.none()
            found &= (plane[self.rows] & mask) == mask
        return found

    def any(self, family: str) -> bool:
        """Whether anybody has any bit of that family."""
        return any(name == family for name, _ in self.held.planes)

    def last_days(self, claim: int) -> Array | None:
        days = self.held.until.get(claim)
        return None if days is None else days[self.rows]

    def squared_m(self, point: Point) -> Ints:
        """The square of the distance. Points are within 16,000 km of nought, so this is exact."""
        if "squared_m" not in self.known:
            east = self.column("east_m").astype(np.int64) - point.east_m
            north = self.column("north_m").astype(np.int64) - point.north_m
            self.known["squared_m"] = east * east + north * north
        found: Ints = self.known["squared_m"]
        return found

    def away_m(self, point: Point) -> Ints:
        """Whole metres, rounded down: a double holds these squares exactly, and its root is never off by one."""
        if "away_m" not in self.known:
            self.known["away_m"] = np.sqrt(self.squared_m(point).astype(np.float64)).astype(np.int64)
        found: Ints = self.known["away_m"]
        return found


@lru_cache(maxsize=10_000)
def masks(bits: int) -> list[tuple[int, np.uint64]]:
    return [(word, np.uint64(mask)) for word, mask in split(bits)]


def split(bits: int) -> list[tuple[int, int]]:
    """A whole number's 64-bit words that are not nought, with their place."""
    found, word = [], 0
    while bits:
        low = bits & ((1 << WORD) - 1)
        if low:
            found.append((word, low))
        bits >>= WORD
        word += 1
    return found
