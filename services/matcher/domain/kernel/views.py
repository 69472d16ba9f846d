"""Some rows of an index as of one moment, and what several wishes need to know of them, worked out once."""
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from services.matcher.domain.kernel.away import Away
from services.matcher.domain.kernel.columns import WORD, Array, Bools, Ints, PlaneName, Rows
from services.matcher.domain.kernel.zones import Zones
from services.matcher.domain.profile import Point

T = TypeVar("T", bound=Array | tuple[Array, ...])


@dataclass(frozen=True, eq=False)
class Held:
    """An index as of one moment: nothing in it changes for as long as somebody reads it."""

    plain: Mapping[str, Array]
    week: Array
    """A row for each of its eleven words."""
    planes: Mapping[PlaneName, Array]
    until: Mapping[int, Array]
    away: Away
    zones: Zones
    count: int
    """How many rows there are, free ones among them."""
    ended: list[None]
    """Where it is noted that nobody reads this any more."""

    def __del__(self) -> None:
        self.ended.append(None)


@dataclass(eq=False)
class View:
    """`rows` a slice: a look at the columns themselves. An array of row numbers: a copy of those."""

    held: Held
    rows: slice | Rows
    shared: dict[str, Any] = field(default_factory=dict)
    """What was worked out already, of everybody."""
    known: dict[object, Any] = field(default_factory=dict)
    """What was worked out already, of these rows."""
    among: "View | None" = None
    """Of which these are some, so that what is known there need not be worked out again."""
    at: Rows | None = None
    """Which of them."""

    def __len__(self) -> int:
        return self.rows.stop - self.rows.start if isinstance(self.rows, slice) else len(self.rows)

    def some(self, at: Rows) -> "View":
        """Those of these, by their place among them."""
        return View(self.held, self.numbers()[at], self.shared, {}, self, at)

    def kept(self, what: object, work_out: Callable[["View"], T]) -> T:
        """Worked out once for each view, or taken from the one these are some of."""
        found: T | None = self.look(what)
        if found is None:
            found = self.known[what] = work_out(self)
        return found

    def look(self, what: object) -> Any:
        found = self.known.get(what)
        if found is None and self.among is not None:
            found = self.among.look(what)
            if found is not None:
                found = tuple(one[self.at] for one in found) if isinstance(found, tuple) else found[self.at]
                self.known[what] = found
        return found

    def column(self, name: str) -> Array:
        if isinstance(self.rows, slice):
            return self.held.plain[name][self.rows]
        found: Array | None = self.known.get(name)
        if found is None:
            found = self.known[name] = self.held.plain[name][self.rows]
        return found

    def plane(self, name: PlaneName) -> Array | None:
        """None: nobody has a bit there."""
        plane = self.held.planes.get(name)
        if plane is None or isinstance(self.rows, slice):
            return plane if plane is None else plane[self.rows]
        found: Array | None = self.known.get(name)
        if found is None:
            found = self.known[name] = plane[self.rows]
        return found

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
            plane = self.plane((family, word))
            if plane is not None:
                some = (plane & mask).astype(np.bool_)
                found = some if found is None else found | some
        return self.none() if found is None else found

    def whole(self, family: str, wanted: int) -> Bools:
        """Who has every bit of `wanted` in that family."""
        found = np.ones(len(self), np.bool_)
        for word, mask in masks(wanted):
            plane = self.plane((family, word))
            if plane is None:
                return self.none()
            found &= (plane & mask) == mask
        return found

    def any(self, family: str) -> bool:
        """Whether anybody has any bit of that family."""
        return (family, 0) in self.held.planes

    def last_days(self, claim: int) -> Array | None:
        days = self.held.until.get(claim)
        return None if days is None else days[self.rows]

    def squared_m(self, point: Point) -> Ints:
        """The square of the distance. Points are within 16,000 km of nought, so this is exact."""
        return self.kept("squared_m", lambda view: view._squared_m(point))

    def _squared_m(self, point: Point) -> Ints:
        east = self.column("east_m").astype(np.int64) - point.east_m
        north = self.column("north_m").astype(np.int64) - point.north_m
        found: Ints = east * east + north * north
        return found

    def away_m(self, point: Point) -> Ints:
        """Whole metres, rounded down: a double holds these squares exactly, and its root is never off by one."""
        return self.kept("away_m", lambda view: np.sqrt(view.squared_m(point).astype(np.float64)).astype(np.int64))


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
