"""What-ifs over columns: who lacks only what a step touches is known from the ranking, and only they are looked at again."""
from itertools import combinations

import numpy as np

from services.matcher.domain.kernel.columns import Array, Bools, Ints, Rows
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.kernel.views import View
from services.matcher.domain.plan import Criterion, Plan, Strength
from services.matcher.domain.relaxing import Kind, Step, compatible, relaxed, steps, touched
from services.matcher.domain.what_if import Outcome, WhatIf

ONLY_LOOSER = frozenset({Kind.CONFIRMED, Kind.FURTHER, Kind.HOUR_UNCOVERED, Kind.SOFTER, Kind.SOFTER_LAWFUL})
"""After these whoever fits still fits, so those are not looked at."""

HOLD_ALWAYS = frozenset({Criterion.LOOKING, Criterion.TASK, Criterion.AGE, Criterion.PLACE, Criterion.PAY, Criterion.LIMIT})
"""Some must about these holds whatever is wished."""


def what_if(ranked: Ranked) -> WhatIf:
    """What the plain `what_if` counts of the same plan, people and day."""
    compiled = ranked.compiled
    asking = Asking(ranked)
    singles = tuple(
        asking.outcome((step,)) for step in steps(compiled.plan, compiled.day, compiled.rules, compiled.lore)
    )
    offered = [single for single in singles if single.steps[0].kind is not Kind.SOFTER_LAWFUL]
    best = max((single for single in offered if single.gain > 0), key=lambda single: single.gain, default=None)
    pair = best_pair(asking, [single.steps[0] for single in offered], best.gain if best else 0)
    return WhatIf(ranked.fitting, ranked.in_scope, singles, best, pair)


def best_pair(asking: "Asking", offered: list[Step], least: int) -> Outcome | None:
    """The first of those that gain most, if it is more than `least`. A pair gains at most whoever lacks nothing but what it
    touches: so those who could gain most are asked first, and once none could gain more there is an end."""
    pairs = [(asking.lacking_only(touched(one) | touched(other)), one, other) for one, other in combinations(offered, 2)]
    found, first = None, 0
    for nth in sorted(range(len(pairs)), key=lambda nth: -pairs[nth][0]):
        at_most, one, other = pairs[nth]
        if at_most <= least and (found is None or at_most < least):
            break
        if compatible(one, other):
            both = asking.outcome((one, other))
            if both.gain > least or (found is not None and both.gain == least and nth < first):
                found, least, first = both, both.gain, nth
    return found


class Asking:
    """One ranking, asked again and again who lacks only some things."""

    def __init__(self, ranked: Ranked) -> None:
        self.ranked, self.compiled = ranked, ranked.compiled
        self.rows: Rows = np.flatnonzero((ranked.lacking != ranked.out) & (ranked.lacking != 0))
        self.masks: Array = ranked.masks[self.rows]
        self.kinds, self.of_each = kinds_of(self.masks)
        self.fitting: Rows | None = None
        self.criteria = [must.criterion for must in self.compiled.musts]
        self.counted: dict[int, int] = {}

    def outcome(self, taken: tuple[Step, ...]) -> Outcome:
        after, reached = self.compiled.plan, frozenset[Criterion]()
        for step in taken:
            after, reached = relaxed(after, step, self.compiled.rules), reached | touched(step)
        fewer = 0
        if not all(step.kind in ONLY_LOOSER for step in taken):
            fewer = self.ranked.fitting - self._fit(after, reached, self._fitting())
        if not self._remaining(after, reached):
            return Outcome(taken, self.lacking_only(reached), fewer)
        return Outcome(taken, self._fit(after, reached, self.rows[self._only(self.masks, reached)]), fewer)

    def lacking_only(self, reached: frozenset[Criterion]) -> int:
        """How many do not fit, and lack nothing but these."""
        allowed = self._allowed(reached)
        if allowed not in self.counted:
            self.counted[allowed] = int(self.of_each[self._only(self.kinds, reached)].sum())
        return self.counted[allowed]

    def _only(self, masks: Array, reached: frozenset[Criterion]) -> Bools:
        others = ((1 << len(self.criteria)) - 1) & ~self._allowed(reached)
        found: Bools = (masks & masks.dtype.type(others)) == 0
        return found

    def _allowed(self, reached: frozenset[Criterion]) -> int:
        return sum(1 << nth for nth, criterion in enumerate(self.criteria) if criterion in reached)

    def _fitting(self) -> Rows:
        if self.fitting is None:
            self.fitting = np.flatnonzero(self.ranked.lacking == 0)
        return self.fitting

    def _remaining(self, after: Plan, reached: frozenset[Criterion]) -> bool:
        """Whether anything of what is touched must still hold."""
        on = self.compiled.question.on
        musts = {wish.criterion for wish in after.wishes if after.strength_of(wish, on) is Strength.MUST}
        return bool(reached & (HOLD_ALWAYS | musts))

    def _fit(self, after: Plan, reached: frozenset[Criterion], rows: Rows) -> int:
        """How many of them meet every must that is touched; all others they meet already, and those stay as they are."""
        if not len(rows):
            return 0
        compiled = self.compiled.relaxed(after, reached)
        for must in compiled.musts:
            if not must.idle and len(rows):
                view = View(self.ranked.held, rows, self.ranked.everybody.shared)
                rows = rows[~must.unmet(view)]
        return len(rows)


def kinds_of(masks: Array) -> tuple[Array, Ints]:
    """The few that there are, and how many rows have each."""
    if masks.dtype not in (np.uint8, np.uint16):
        return np.unique(masks, return_counts=True)
    counts = np.bincount(masks)
    there = counts.nonzero()[0]
    return there.astype(masks.dtype), counts[there]
