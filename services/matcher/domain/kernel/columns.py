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
FIRST = ("shown", "profile_id")
WHERE = ("east_m", "north_m", "beyond")
PlaneName = tuple[str, int]
"""A family of bits and which 64 of them: ("has", 1) are claims 64 to 127."""
Cells = tuple[memoryview, ...]
"""The same memory as arrays have, for writing one value: in three quarters of the time NumPy takes for it."""


def ids_in(column: Array) -> list[bytes]:
    """Sixteen bytes each."""
    together = column.tobytes()
    return [together[at : at + 16] for at in range(0, len(together), 16)]


def high_and_low(column: Array) -> Array:
    """Of sixteen bytes each: two whole numbers, the higher first."""
    return np.ascontiguousarray(column).view(">u8").astype(np.uint64).reshape(-1, 2)


class Columns:
    """Arrays of one length. Growing makes new ones, so whoever reads keeps what they took."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.plain: dict[str, Array] = {name: np.zeros(room, kind) for name, kind in PLAIN.items()}
        self.words: Array = np.zeros((WEEK_WORDS, room), np.uint64)
        """The week, its last word first, and after it the planes: so all of a row is one whole number, the lowest word first."""
        self.names: tuple[PlaneName, ...] = ()
        """Of the planes: only those in which anybody has a bit, and those of the same family before them."""
        self.until: dict[int, Array] = {}
        """By claim: the last day it counts, as an ordinal; only claims that ever had one."""
        self.open()

    def open(self) -> None:
        """Looks at the arrays as they are now."""
        self.week: Array = self.words[WEEK_WORDS - 1 :: -1]
        """The 672 bits of a week, Monday 00:00 the highest of the first word; the last word holds 32, in its upper half."""
        self.planes: dict[PlaneName, Array] = dict(zip(self.names, self.words[WEEK_WORDS:], strict=True))
        self.shown: memoryview = self.plain["shown"].data
        self.ids: memoryview = self.plain["profile_id"].view(np.uint64).data
        """Two words for each row."""
        self.facets: Cells = tuple(array.data for name, array in self.plain.items() if name not in FIRST)
        self.where: Cells = tuple(self.plain[name].data for name in WHERE)
        self.until_cells: dict[int, memoryview] = {claim: days.data for claim, days in self.until.items()}

    def last_days(self, claim: int) -> memoryview:
        if claim not in self.until:
            self.until[claim] = np.full(self.room, NEVER, np.int32)
            self.open()
        return self.until_cells[claim]

    def first_bit(self, family: str) -> int:
        """Of a row's whole number: where the family begins."""
        return WORD * (WEEK_WORDS + sum(name < (family, 0) for name in self.names))

    def make_planes(self, family: str, words: int) -> None:
        """So that this family has so many. Others move: families stand in the order of their names."""
        names = tuple(sorted({*self.names, *((family, word) for word in range(words))}))
        if names != self.names:
            made = np.zeros((WEEK_WORDS + len(names), self.room), np.uint64)
            made[:WEEK_WORDS] = self.words[:WEEK_WORDS]
            for nth, name in enumerate(names, start=WEEK_WORDS):
                if name in self.planes:
                    made[nth] = self.planes[name]
            self.names, self.words = names, made
            self.open()

    def part(self) -> None:
        """Whoever reads keeps the column of who is shown; from now on it is another."""
        self.plain["shown"] = self.plain["shown"].copy()
        self.shown = self.plain["shown"].data

    def grow(self, room: int) -> None:
        more = room - self.room
        self.room = room
        self.plain = {name: np.concatenate([old, np.zeros(more, old.dtype)]) for name, old in self.plain.items()}
        self.words = np.concatenate([self.words, np.zeros((len(self.words), more), np.uint64)], axis=1)
        self.until = {name: np.concatenate([old, np.full(more, NEVER, old.dtype)]) for name, old in self.until.items()}
        self.open()

    def take(self, rows: Rows) -> None:
        """Those rows in that order come first; what is left behind them is nobody's."""
        for array in (*self.plain.values(), *self.words, *self.until.values()):
            array[: len(rows)] = array[rows]
        self.plain["shown"][len(rows) :] = False

    @property
    def bytes_a_row(self) -> int:
        arrays = [*self.plain.values(), *self.words, *self.until.values()]
        return sum(array.dtype.itemsize for array in arrays)
