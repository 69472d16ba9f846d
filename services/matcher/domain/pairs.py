"""Two lists of one plan laid side by side: who was where, and whether it still means the same."""
from functools import cached_property

import numpy as np

from services.matcher.domain.kernel.columns import Array, Bools, Ints, Rows, high_and_low, ids_in
from services.matcher.domain.places import Places

ODD = np.uint64(0x9E37_79B9_7F4A_7C15)


def found(there: Array, asked: Array) -> Rows:
    """In which row of `there` each of `asked` is; -1: in none. Nobody is in `there` twice."""
    if there.tobytes() == asked.tobytes():
        return np.arange(len(asked))
    if not len(there):
        return np.full(len(asked), -1)
    ours, theirs = high_and_low(there), high_and_low(asked)
    keys = folded(ours)
    order = np.argsort(keys)
    keys = keys[order]
    if (keys[1:] == keys[:-1]).any():  # nobody may ever see it, yet then each is looked up by name
        rows = {name: row for row, name in enumerate(ids_in(there))}
        return np.fromiter((rows.get(name, -1) for name in ids_in(asked)), np.int64, len(asked))
    at: Rows = order[np.minimum(np.searchsorted(keys, folded(theirs)), len(keys) - 1)]
    return np.where((ours[at] == theirs).all(axis=1), at, -1)


def folded(both: Array) -> Array:
    """One number for each sixteen bytes: hardly ever the same for two."""
    return both[:, 0] * ODD ^ both[:, 1]


class Pairs:
    """Two lists of one plan laid side by side."""

    def __init__(self, was: Places, now: Places) -> None:
        self.was, self.now = was, now
        self.at: Rows = found(was.ids, now.ids)
        """Where each of now was then; -1: nowhere."""
        known: dict[tuple[str, ...], int] = {}
        self.codes = now.numbered(known)
        self.codes_then = self._then(was.numbered(known))
        self.fits: Bools = np.arange(len(now)) < now.fitting
        self.fitted: Bools = (self.at >= 0) & (self.at < was.fitting)

    @cached_property
    def gone(self) -> Rows:
        """Who was on the list and is not now."""
        stayed = np.zeros(len(self.was), np.bool_)
        stayed[self.at[self.at >= 0]] = True
        return np.flatnonzero(~stayed)

    def _then(self, column: Array) -> Ints:
        """Of each of now, as it was then. Of no meaning for whoever was nowhere."""
        return column[self.at] if len(column) else np.zeros(len(self.at), np.int64)

    @cached_property
    def same_standing(self) -> Bools:
        now, then = self.now, self.was
        same: Bools = (self.at >= 0) & (self._then(then.unmet) == now.unmet) & (self._then(then.ranks) == now.ranks)
        return same

    @cached_property
    def same(self) -> Bools:
        """Who stands as they stood and lacks the same."""
        same: Bools = self.same_standing & (self.codes == self.codes_then)
        return same

    @cached_property
    def revised(self) -> Bools:
        """Of meaning for whoever was there then."""
        revised: Bools = self._then(self.was.revisions) != self.now.revisions
        return revised

    def lacked_then(self, rows: Rows) -> list[tuple[str, ...]]:
        """Of those rows of now. Of no meaning for whoever was nowhere."""
        return self.was.some(self.at[rows]).lacked if len(self.was) else [()] * len(rows)

    def added(self) -> tuple[Rows, Rows]:
        """Who fits and did not: rows of now, and of those who were there then and are not now, of whom there are none."""
        return np.flatnonzero(self.fits & ~self.fitted), self.gone[:0]

    def lost(self) -> tuple[Rows, Rows]:
        return np.flatnonzero(self.fitted & ~self.fits), self.gone[self.gone < self.was.fitting]

    def moved(self) -> tuple[Rows, Rows]:
        """Who is shown, now or then, and stands otherwise, lacks something else, or came past somebody. Whoever was not there
        stands otherwise."""
        moved = ~self.same
        moved[self._took_turns(self.same_standing)] = True
        shown = (np.arange(len(self.now)) < self.now.shown) | ((self.at >= 0) & (self.at < self.was.shown))
        gone = self.gone[(self.gone >= self.was.fitting) & (self.gone < self.was.shown)]
        return np.flatnonzero((self.fits == self.fitted) & shown & moved), gone

    def _took_turns(self, stood: Bools) -> Rows:
        """Those who stand as they stood, and are not where they were among those of whom the same is true."""
        rows = np.flatnonzero(stood)
        then = self.at[rows]
        found: Rows = rows[then != np.sort(then)]
        return found

    def same_places(self) -> bool:
        """Everybody is where they were, in the same group."""
        was, now = self.was, self.now
        return was.ids.tobytes() == now.ids.tobytes() and (was.fitting, was.shown) == (now.fitting, now.shown)

    def same_meaning(self) -> bool:
        """Nobody came or went, nobody lacks anything else, and nobody passed anybody but by taking turns."""
        shown = self.now.shown
        if (len(self.was), self.was.shown) != (len(self.now), shown):
            return False
        at = self.at[:shown]
        if (at < 0).any() or (at >= shown).any() or (self.codes[:shown] != self.codes_then[:shown]).any():
            return False
        as_it_was: Bools = at == np.arange(shown)
        return bool(as_it_was.all() or (_steps(self.now)[:shown] == _steps(self.was)[at]).all())


def _steps(places: Places) -> Ints:
    """How many different standings come before each one's own."""
    apart = (places.unmet[1:] != places.unmet[:-1]) | (places.ranks[1:] != places.ranks[:-1])
    return np.concatenate([np.zeros(min(1, len(places)), np.int64), np.cumsum(apart)])
