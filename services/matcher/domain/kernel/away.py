"""Days away as three columns: whose, from, to. Few have any, fewer still in the weeks a plan looks at."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from services.matcher.domain.kernel.columns import Array, Rows
from services.matcher.domain.profile import Span

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Away:
    """As of one moment."""

    row: Array
    first: Array
    last: Array

    def days(self, start: int, weeks: int) -> tuple[Rows, Array]:
        """Rows with a day away within so many weeks of `start` (an ordinal), in order, and which days those are, as bits
        (the first day the lowest)."""
        touching = (self.row >= 0) & (self.first < start + 7 * weeks) & (self.last >= start)
        if not touching.any():
            return np.zeros(0, np.int64), np.zeros(0, np.uint64)
        row = self.row[touching].astype(np.int64)
        first = np.maximum(self.first[touching] - start, 0)
        last = np.minimum(self.last[touching] - start, 7 * weeks - 1)
        length = np.maximum(last - first + 1, 0).astype(np.uint64)
        bits = ((np.uint64(1) << length) - np.uint64(1)) << first.astype(np.uint64)
        rows, where = np.unique(row, return_inverse=True)
        days = np.zeros(len(rows), np.uint64)
        np.bitwise_or.at(days, where, bits)
        return rows, days


class AwayTable:
    """Kept as people come and go. A span's place is used again once its row is free."""

    def __init__(self) -> None:
        self.row = np.full(16, NOBODY, np.int32)
        self.first = np.zeros(16, np.int32)
        self.last = np.zeros(16, np.int32)
        self.places: dict[int, list[int]] = {}
        self.free: list[int] = []
        self.used = 0

    def put(self, row: int, spans: Iterable[Span]) -> None:
        for span in spans:
            place = self.free.pop() if self.free else self._next()
            self.first[place], self.last[place] = span.first.toordinal(), span.last.toordinal()
            self.row[place] = row
            self.places.setdefault(row, []).append(place)

    def move(self, to: Mapping[int, int]) -> None:
        """Each row's spans to another."""
        self.places = {to[row]: places for row, places in self.places.items()}
        for row, places in self.places.items():
            self.row[places] = row

    def drop(self, row: int) -> None:
        for place in self.places.pop(row, ()):
            self.row[place] = NOBODY
            self.free.append(place)

    def fill(self, rows: Array, first: Array, last: Array) -> None:
        """These are all there are."""
        self.row, self.first, self.last = (np.resize(one, max(16, len(one))).astype(np.int32) for one in (rows, first, last))
        self.used = len(rows)
        for place, row in enumerate(rows.tolist()):
            self.places.setdefault(row, []).append(place)

    def _next(self) -> int:
        if self.used == len(self.row):
            self.row = np.concatenate([self.row, np.full(self.used, NOBODY, np.int32)])
            self.first = np.concatenate([self.first, np.zeros(self.used, np.int32)])
            self.last = np.concatenate([self.last, np.zeros(self.used, np.int32)])
        self.used += 1
        return self.used - 1

    def held(self) -> Away:
        return Away(self.row[: self.used], self.first[: self.used], self.last[: self.used])
