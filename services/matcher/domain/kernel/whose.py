"""Whose row is which: a table of row numbers, found by the id that stands in the row itself. Six to nine bytes a PA."""
import numpy as np

from services.matcher.domain.kernel.columns import Array, Columns

NOBODY = -1
"""In place of a row: nobody has this place."""
FULLEST = 0.7
"""Of the places, how many may be taken: from there on, looking takes long."""


class Whose:
    """Each id has a place it belongs to; where that is taken, the next free one. An id is two words, as the columns hold it."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.count = 0
        self._spread(np.zeros(0, np.int64))

    def find(self, one: int, other: int) -> int:
        """The row, or NOBODY."""
        return self.rows[self._place(one, other)]

    def put(self, one: int, other: int, row: int) -> None:
        """The row holds this id by now."""
        place = self._place(one, other)
        if self.rows[place] == NOBODY:
            self.count += 1
        self.rows[place] = row
        if self.count > FULLEST * len(self.rows):
            self.fill(self.table[self.table != NOBODY].astype(np.int64))

    def drop(self, one: int, other: int) -> None:
        """Whoever stands after it only because its place was taken moves up."""
        rows, ids, size = self.rows, self.columns.ids, len(self.rows)
        place = self._place(one, other)
        if rows[place] == NOBODY:
            return
        self.count -= 1
        after = place
        while True:
            after = (after + 1) % size
            row = rows[after]
            if row == NOBODY:
                break
            home = (ids[2 * row] ^ ids[2 * row + 1]) % size
            if (after - home) % size >= (after - place) % size:
                rows[place] = row
                place = after
        rows[place] = NOBODY

    def fill(self, rows: Array) -> None:
        """These are all there are."""
        self.count = len(rows)
        self._spread(rows)

    def _place(self, one: int, other: int) -> int:
        rows, ids, size = self.rows, self.columns.ids, len(self.rows)
        place: int = (one ^ other) % size
        while (row := rows[place]) != NOBODY and (ids[2 * row] != one or ids[2 * row + 1] != other):
            place += 1
            if place == size:
                place = 0
        return place

    def _spread(self, rows: Array) -> None:
        """All at once, sorted by where they belong: each stands at its own place or right after the one before it."""
        size = max(1024, int(len(rows) / FULLEST * 1.5)) | 1
        words = self.columns.plain["profile_id"].view(np.uint64).reshape(-1, 2)[rows]
        homes = ((words[:, 0] ^ words[:, 1]) % np.uint64(size)).astype(np.int64)
        order = np.argsort(homes, kind="stable")
        nth = np.arange(len(rows))
        places = nth + np.maximum.accumulate(homes[order] - nth) if len(rows) else nth
        self.table: Array = np.full(size, NOBODY, np.int32)
        inside = places < size
        self.table[places[inside]] = rows[order][inside]
        self.rows = self.table.data
        for row in rows[order][~inside].tolist():  # past the end: from the beginning again
            ids = self.columns.ids
            self.rows[self._place(ids[2 * row], ids[2 * row + 1])] = row
