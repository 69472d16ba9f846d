"""How much of the wanted time each PA is free for, days away taken out."""
from collections.abc import Sequence

import numpy as np

from services.matcher.domain import times as plain
from services.matcher.domain.finding import Reason
from services.matcher.domain.kernel import weeks
from services.matcher.domain.kernel.columns import Array, Bools, Ints, Rows
from services.matcher.domain.kernel.parts.filling import Filling
from services.matcher.domain.kernel.parts.part import Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.plan import Criterion, Strength, Wish
from services.matcher.domain.rules import WHOLE

UNSAID, NO, YES = range(3)
"""Of sleep-ins, as their column has it."""


class Covering:
    """One plan's coverage, worked out once for each view whichever wishes ask."""

    def __init__(self, question: Question) -> None:
        plan, rules = question.plan, question.rules
        self.plan, self.weeks, self.start = plan, rules.weeks_looked_at, question.on.toordinal()
        self.weekday = question.on.weekday()
        self.wanted = plain.wanted_quarters(plan, rules)
        self.daytime = self.wanted - len(plan.sleep_ins) * rules.sleep_in_quarters
        self.nights = np.array(
            [sum(days >> night & 1 for night in plan.sleep_ins) * rules.sleep_in_quarters for days in range(128)], np.int64
        )
        """By which days of a week somebody is there, Monday the lowest bit."""
        self.filling = Filling(plan.flexible, plan.fixed)

    def of(self, view: View) -> tuple[Ints, Ints]:
        """Covered, and wanted but not known: quarter-hours."""
        if "coverage" not in view.known:
            parts, sleep_ins = view.week(), view.column("sleep_ins")
            covered, not_known = self._one_week(parts, sleep_ins, self.nights[127], weeks.nothing(parts))
            where, days = self._away(view)
            if len(where):
                here = [part[where] for part in parts]
                covered[where], not_known[where] = self._fullest(here, sleep_ins[where], days)
            view.known["coverage"] = covered, not_known
        found: tuple[Ints, Ints] = view.known["coverage"]
        return found

    def _away(self, view: View) -> tuple[Rows, Array]:
        """Where in the view somebody is away in the weeks looked at, and on which of the days."""
        if "away" not in view.shared:
            view.shared["away"] = view.held.away.days(self.start, self.weeks)
        rows, days = view.shared["away"]
        if isinstance(view.rows, slice):
            first, last = np.searchsorted(rows, (view.rows.start, view.rows.stop))
            return rows[first:last] - view.rows.start, days[first:last]
        if not len(rows):
            return rows, days
        at = np.minimum(np.searchsorted(rows, view.rows), len(rows) - 1)
        where = np.flatnonzero(rows[at] == view.rows)
        return where, days[at[where]]

    def _fullest(self, parts: list[Array], sleep_ins: Array, days: Array) -> tuple[Ints, Ints]:
        empty = weeks.nothing(parts)
        covered = np.full(len(days), -1, np.int64)
        not_known = np.zeros(len(days), np.int64)
        for nth in range(self.weeks):
            gone = (days >> np.uint64(7 * nth)).astype(np.int64) & 127
            there = ~(gone << self.weekday | gone >> (7 - self.weekday)) & 127
            free = [part & kept for part, kept in zip(parts, weeks.days_there()[:, there], strict=True)]
            more, unsure = self._one_week(free, sleep_ins, self.nights[there], empty)
            fuller = (more > covered) | ((more == covered) & (unsure > not_known))
            covered, not_known = np.where(fuller, more, covered), np.where(fuller, unsure, not_known)
        return covered, not_known

    def _one_week(self, free: Sequence[Array], sleep_ins: Array, nights: Ints, empty: Bools) -> tuple[Ints, Ints]:
        """`empty`: whose usual week says nothing at all."""
        covered = np.where(sleep_ins == YES, nights, 0) + weeks.counted(free, self.plan.fixed) + self.filling.of(free)
        not_known = np.where(sleep_ins == UNSAID, nights, 0) + empty * np.int64(self.daytime)
        return covered, not_known


class Times:
    def __init__(self, wish: Wish, strength: Strength, covering: Covering, question: Question) -> None:
        self.said, self.wish, self.covering = Said(Criterion.TIMES, strength), wish, covering
        self.wanted, self.unknown = covering.wanted, question.rules.unknown
        self.enough = -(-wish.share * covering.wanted // WHOLE)
        self.made: dict[tuple[int, int], Reason] = {}

    def unmet(self, view: View) -> Bools:
        if not self.wanted:
            return view.none()
        covered, not_known = self.covering.of(view)
        found: Bools = (covered < self.enough) | (not_known == self.wanted)
        return found

    def worth(self, view: View) -> Ints:
        if not self.wanted:
            return np.full(len(view), WHOLE, np.int64)
        covered, not_known = self.covering.of(view)
        fit = (2 * covered + not_known) * WHOLE // (2 * self.wanted)
        return np.where(not_known == self.wanted, self.unknown, fit)

    def told(self, view: View) -> list[Reason]:
        covered, not_known = self.covering.of(view)
        return [self._reason(*one) for one in zip(covered.tolist(), not_known.tolist(), strict=True)]

    def _reason(self, covered: int, not_known: int) -> Reason:
        if (covered, not_known) not in self.made:
            finding = plain.times(self.wish, plain.Coverage(self.wanted, covered, not_known))
            self.made[covered, not_known] = self.said.reason(finding)
        return self.made[covered, not_known]
