"""Rows by the hundred: within which bounds they are and how far anybody of them comes, so that far zones need not be read."""
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.kernel.columns import NEVER, Array, Bools, Ints
from services.matcher.domain.profile import Point

ZONE = 256
"""Rows."""
ANYWHERE = 2**62
"""In place of the square of a distance: too far for a column, so nobody knows of this zone that it is out of reach."""


@dataclass
class Zones:
    """Bounds only ever widen while rows come and go, so they hold for whoever still reads what was there before."""

    west: Array
    east: Array
    south: Array
    north: Array
    beyond: Array
    """The square of the first distance that is too far for everybody there."""

    def __post_init__(self) -> None:
        self.cells = tuple(array.data for array in self.arrays())

    @classmethod
    def of(cls, room: int) -> "Zones":
        """With nobody in them: out of everybody's reach."""
        count = -(-room // ZONE)
        low, high = np.full(count, NEVER, np.int64), np.full(count, -NEVER, np.int64)
        return cls(low, high, low.copy(), high.copy(), np.zeros(count, np.int64))

    @classmethod
    def around(cls, room: int, east_m: Array, north_m: Array, beyond: Array) -> "Zones":
        """The first so many rows, as narrow as they are."""
        made = cls.of(room)
        if len(east_m):
            starts = np.arange(0, len(east_m), ZONE)
            zones = slice(0, len(starts))
            made.west[zones], made.east[zones] = np.minimum.reduceat(east_m, starts), np.maximum.reduceat(east_m, starts)
            made.south[zones], made.north[zones] = np.minimum.reduceat(north_m, starts), np.maximum.reduceat(north_m, starts)
            furthest = np.maximum.reduceat(beyond, starts).astype(np.int64)  # ANYWHERE is more than 32 bits hold
            made.beyond[zones] = np.where(furthest == NEVER, ANYWHERE, furthest)
        return made

    def grown(self, room: int) -> "Zones":
        more = Zones.of(room)
        for old, new in zip(self.arrays(), more.arrays(), strict=True):
            new[: len(old)] = old
        return more

    def arrays(self) -> tuple[Array, ...]:
        return self.west, self.east, self.south, self.north, self.beyond

    def widen(self, row: int, east_m: int, north_m: int, beyond: int) -> None:
        west, east, south, north, furthest = self.cells
        zone = row // ZONE
        if east_m < west[zone]:
            west[zone] = east_m
        if east_m > east[zone]:
            east[zone] = east_m
        if north_m < south[zone]:
            south[zone] = north_m
        if north_m > north[zone]:
            north[zone] = north_m
        if beyond > furthest[zone]:
            furthest[zone] = ANYWHERE if beyond == NEVER else beyond

    def out_of_reach(self, first: int, last: int, point: Point, within: int) -> Bools:
        """Of zones `first` to before `last`: whether everybody there is. `within`: the square of what is too far for the plan."""
        these = slice(first, last)
        aside = np.maximum(np.maximum(self.west[these] - point.east_m, point.east_m - self.east[these]), 0)
        along = np.maximum(np.maximum(self.south[these] - point.north_m, point.north_m - self.north[these]), 0)
        found: Bools = aside * aside + along * along >= np.minimum(self.beyond[these], within)
        return found


def by_place(east_m: Array, north_m: Array) -> Ints:
    """In which order rows lie close to those who live close by: along a curve that fills the plane (Morton 1966)."""
    key = np.zeros(len(east_m), np.uint64)
    east, north = ((metres.astype(np.int64) + 2**24 >> 8).astype(np.uint64) for metres in (east_m, north_m))
    for bit in range(18):
        nth = np.uint64(bit)
        key |= (east >> nth & np.uint64(1)) << np.uint64(2 * bit)
        key |= (north >> nth & np.uint64(1)) << np.uint64(2 * bit + 1)
    return np.argsort(key, kind="stable")
