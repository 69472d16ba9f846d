"""Ours: the matcher's own index of columns, asked for all that is answered."""
from collections.abc import Iterable
from datetime import date

import numpy as np

from benchmarks.ranking.answer import ALWAYS, TOP, Answer, Masks, as_important, musts, shown
from services.matcher.domain.always import COVERED
from services.matcher.domain.kernel.index import Index, halves
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Placement
from services.matcher.domain.plan import Criterion, Plan
from services.matcher.domain.profile import Profile

PARTLY = frozenset({Criterion.PLACE, Criterion.PAY, Criterion.LIMIT, Criterion.TASK})
"""Only important, a part of these still keeps people out; of all others nothing does."""


class Kernel:
    name = "ours"

    def __init__(self, council: str, profiles: Iterable[Profile], day: date, lore: Lore, order: Iterable[bytes] = ()) -> None:
        """`order`: the ids in the register's order, to put each PA's musts in it when answers are compared."""
        self.day, self.lore = day, lore
        self.index = Index(council, lore, profiles)
        self.rows = np.array([self.index.whose.find(*halves(one)) for one in order], np.int64)

    def rank(self, plan: Plan) -> tuple[Ranked, tuple[int, int, int], tuple[int, ...], tuple[Placement, ...]]:
        """All that is answered, as the index gives it."""
        ranked = self.index.rank(plan, self.day)
        counts = ranked.fitting, ranked.near, ranked.others
        return ranked, counts, self.what_if(ranked, plan), ranked.placements(0, TOP)

    def what_if(self, ranked: Ranked, plan: Plan) -> tuple[int, ...]:
        found = []
        for bit, nth in enumerate(musts(plan)):
            alone = (ranked.masks == 1 << bit) & (ranked.lacking != ranked.out)
            if plan.wishes[nth].criterion not in PARTLY:
                found.append(int(np.count_nonzero(alone)))
                continue
            view = ranked.view(np.flatnonzero(alone))
            kept_out = view.none()
            if len(view):
                for must in ranked.compiled.relaxed(as_important(plan, nth), frozenset({plan.wishes[nth].criterion})).musts:
                    kept_out |= must.part.unmet(view)
            found.append(len(view) - int(np.count_nonzero(kept_out)))
        return tuple(found)

    def answer(self, plan: Plan) -> Answer:
        ranked, counts, what_if, top = self.rank(plan)
        return Answer(*counts, what_if, tuple(shown(one) for one in top), self._masks(ranked, plan))

    def _masks(self, ranked: Ranked, plan: Plan) -> Masks:
        """In the register's order, each must that always holds at a place of its own."""
        own = musts(plan)
        wished = {plan.wishes[nth].criterion for nth in own} & COVERED
        always = [len(own) + nth for nth, criterion in enumerate(ALWAYS) if criterion not in wished]
        given, found = ranked.masks[self.rows].astype(np.uint32), np.zeros(len(self.rows), np.uint32)
        for bit, place in enumerate([*range(len(own)), *always]):
            found |= (given >> np.uint32(bit) & np.uint32(1)) << np.uint32(place)
        return found

    def close(self) -> None:
        """Nothing is open."""

