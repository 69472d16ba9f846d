"""How much of a plan's wanted time each PA is free for, days away taken out."""
from collections.abc import Sequence

import numpy as np

from services.matcher.domain import times as plain
from services.matcher.domain.kernel import weeks
from services.matcher.domain.kernel.columns import WEEK_WORDS, Array, Bools, Ints, Rows
from services.matcher.domain.kernel.parts.filling import Filling
from services.matcher.domain.kernel.parts.part import Question
from services.matcher.domain.kernel.views import View
from services.matcher.domain.plan import Plan
from services.matcher.domain.rules import Rules

UNSAID, NO, YES = range(3)
"""Of sleep-ins, as their column has it."""
TOGETHER = 3
"""Words whose bits a byte can count."""
Coverage = tuple[Ints, Ints]
"""Covered, and wanted but not known: quarter-hours."""


class Covering:
    """One plan's coverage, worked out once for each view whichever wishes ask."""

    def __init__(self, question: Question) -> None:
        plan, rules = question.plan, question.rules
        self.plan, self.weeks, self.start = plan, rules.weeks_looked_at, question.on.toordinal()
        self.weekday = question.on.weekday()
        self.wanted = plain.wanted_quarters(plan, rules)
        self.daytime = self.wanted - len(plan.sleep_ins) * rules.sleep_in_quarters
        self.nights = _nights(plan, rules) if plan.sleep_ins else np.zeros(128, np.int64)
        """By which days of a week somebody is there, Monday the lowest bit."""
        self.filling = Filling(plan.flexible, plan.fixed) if plan.flexible else None
        self.fixed = weeks.touched(plan.fixed)
        self.words = list(range(WEEK_WORDS)) if self.filling else [word for word, _ in self.fixed]
        self.masks = [mask for _, mask in self.fixed]

    def of(self, view: View) -> Coverage:
        return view.kept("coverage", self._of)

    def _of(self, view: View) -> Coverage:
        parts, sleep_ins, empty = view.week(self.words), view.column("sleep_ins"), view.column("no_week")
        covered, not_known = self._one_week(parts, sleep_ins, self.nights[127], empty)
        where, days = self.away(view)
        if len(where):
            here = [part[where] for part in parts]
            covered[where], not_known[where] = self._fullest(here, sleep_ins[where], empty[where], days)
        return covered, not_known

    def away(self, view: View) -> tuple[Rows, Array]:
        """Where in the view somebody is away in the weeks looked at, and on which of the days."""
        if "away" not in view.shared:
            view.shared["away"] = view.held.away.days(self.start, self.weeks)
        rows, days = view.shared["away"]
        if not len(rows):
            return rows, days
        if isinstance(view.rows, slice):
            first, last = np.searchsorted(rows, (view.rows.start, view.rows.stop))
            return rows[first:last] - view.rows.start, days[first:last]
        at = np.minimum(np.searchsorted(rows, view.rows), len(rows) - 1)
        where = np.flatnonzero(rows[at] == view.rows)
        return where, days[at[where]]

    def _fullest(self, parts: list[Array], sleep_ins: Array, empty: Bools, days: Array) -> Coverage:
        covered = np.full(len(days), -1, np.int64)
        not_known = np.zeros(len(days), np.int64)
        for nth in range(self.weeks):
            gone = (days >> np.uint64(7 * nth)).astype(np.int64) & 127
            there = ~(gone << self.weekday | gone >> (7 - self.weekday)) & 127
            kept = weeks.days_there()
            free = [part & kept[word, there] for word, part in zip(self.words, parts, strict=True)]
            more, unsure = self._one_week(free, sleep_ins, self.nights[there], empty)
            fuller = (more > covered) | ((more == covered) & (unsure > not_known))
            covered, not_known = np.where(fuller, more, covered), np.where(fuller, unsure, not_known)
        return covered, not_known

    def _one_week(self, free: Sequence[Array], sleep_ins: Array, nights: Ints, empty: Bools) -> Coverage:
        """`empty`: whose usual week says nothing at all."""
        covered = self._fixed(free, len(empty))
        not_known = empty * np.int64(self.daytime)
        if self.plan.sleep_ins:
            covered += np.where(sleep_ins == YES, nights, 0)
            not_known += np.where(sleep_ins == UNSAID, nights, 0)
        if self.filling:
            covered += self.filling.of(free)
        return covered, not_known

    def _fixed(self, free: Sequence[Array], size: int) -> Ints:
        total, at = np.zeros(size, np.int64), self.words.index
        for first in range(0, len(self.fixed), TOGETHER):
            some = [np.bitwise_count(free[at(word)] & mask) for word, mask in self.fixed[first : first + TOGETHER]]
            for more in some[1:]:
                some[0] += more
            total += some[0]
        return total


def _nights(plan: Plan, rules: Rules) -> Ints:
    there = [sum(days >> night & 1 for night in plan.sleep_ins) for days in range(128)]
    return np.array(there, np.int64) * rules.sleep_in_quarters
