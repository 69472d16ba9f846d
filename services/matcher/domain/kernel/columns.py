"""Everybody of one council as columns: one array for each thing that is known, a row for each PA."""
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Rows = NDArray[np.int64]

WORD = 64
WORD_BITS = (1 << WORD) - 1
WEEK_WORDS = 11
NEVER = 2**31 - 1
"""A day, an amount or a rate that nothing reaches: for what was not said."""

PLAIN: dict[str, Any] = {
    "shown": np.bool_,
    "profile_id": np.dtype("V16"),
    "revision": np.int32,
    "east_m": np.int32,
    "north_m": np.int32,
    "furthest_m": np.int32,
    "beyond": np.int32,
    "no_week": np.bool_,
    "travel": np.uint8,
    "free_from": np.int32,
    "faith": np.uint16,
    "culture": np.uint16,
    "sex": np.uint16,
    "sleep_ins": np.uint8,
    "few_people": np.uint8,
    "age_and_work": np.uint8,
    "least": np.int32,
    "most": np.int32,
    "least_rate": np.int32,
}
PlaneName = tuple[str, int]
"""A family of bits and which 64 of them: ("has", 1) are claims 64 to 127."""


class Columns:
    """Arrays of one length. Growing makes new ones, so whoever reads keeps what they took."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.plain: dict[str, Array] = {name: np.zeros(room, kind) for name, kind in PLAIN.items()}
        self.week: Array = np.zeros((WEEK_WORDS, room), np.uint64)
        """The 672 bits of a week, Monday 00:00 the highest of the first word; the last word holds 32, in its upper half."""
        self.planes: dict[PlaneName, Array] = {}
        """Only those in which anybody has a bit."""
        self.until: dict[int, Array] = {}
        """By claim: the last day it counts, as an ordinal; only claims that ever had one."""

    def plane(self, name: PlaneName) -> Array:
        if name not in self.planes:
            self.planes[name] = np.zeros(self.room, np.uint64)
        return self.planes[name]

    def last_days(self, claim: int) -> Array:
        if claim not in self.until:
            self.until[claim] = np.full(self.room, NEVER, np.int32)
        return self.until[claim]

    def grow(self, room: int) -> None:
        more = room - self.room
        self.room = room
        self.plain = {name: np.concatenate([old, np.zeros(more, old.dtype)]) for name, old in self.plain.items()}
        self.week = np.concatenate([self.week, np.zeros((WEEK_WORDS, more), np.uint64)], axis=1)
        self.planes = {name: np.concatenate([old, np.zeros(more, old.dtype)]) for name, old in self.planes.items()}
        self.until = {name: np.concatenate([old, np.full(more, NEVER, old.dtype)]) for name, old in self.until.items()}

    def take(self, rows: Rows) -> None:
        """Those rows in that order come first; what is left behind them is nobody's."""
        for array in (*self.plain.values(), *iter(self.week), *self.planes.values(), *self.until.values()):
            array[: len(rows)] = array[rows]
        self.plain["shown"][len(rows) :] = False

    @property
    def bytes_a_row(self) -> int:
        arrays = [*self.plain.values(), *iter(self.week), *self.planes.values(), *self.until.values()]
        return sum(array.dtype.itemsize for array in arrays)
