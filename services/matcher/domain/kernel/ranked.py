"""Everybody in scope of one plan: what each lacks, how many fit, and who stands where, worked out as far as it is asked."""
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np

from services.matcher.domain.finding import Met, Reason
from services.matcher.domain.kernel.columns import Array, Ints, Rows
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.views import Held, View
from services.matcher.domain.placing import Placement, turns
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE

OUT = 255
"""In place of the number of musts unmet: not in scope."""


@dataclass(eq=False)
class Ranked:
    held: Held
    compiled: Compiled
    masks: Array
    """By row: a bit for each must that is not met, in the order of `compiled.musts`. Of no meaning where out of scope."""
    lacking: Array
    """By row: how many musts are not met, or OUT."""
    shared: dict[str, object]

    @cached_property
    def in_scope(self) -> int:
        return int(np.count_nonzero(self.lacking != OUT))

    @cached_property
    def fitting(self) -> int:
        return int(np.count_nonzero(self.lacking == 0))

    @cached_property
    def near(self) -> int:
        return int(np.count_nonzero(self.lacking <= self.compiled.rules.near_miss)) - self.fitting

    @property
    def others(self) -> int:
        return self.in_scope - self.fitting - self.near

    def view(self, rows: Rows) -> View:
        return View(self.held, rows, self.shared)

    def order(self, first: int = 0, size: int | None = None) -> Rows:
        """Row numbers, best first: all, or one page of them."""
        wanted = self.in_scope if size is None else min(first + size, self.in_scope)
        found: list[int] = []
        unmet = 0
        while len(found) < wanted:
            rows = np.flatnonzero(self.lacking == unmet)
            found += self._best(rows, wanted - len(found))
            unmet += 1
        return np.array(found[first:wanted], np.int64)

    def _best(self, rows: Rows, wanted: int) -> list[int]:
        """The best so many of equally many unmet."""
        if not len(rows):
            return []
        standing = self.compiled.standing(self.scores(rows))
        if wanted < len(rows):
            least = np.partition(standing, len(rows) - wanted)[len(rows) - wanted]
            rows, standing = rows[standing >= least], standing[standing >= least]
        ids = self.ids(rows)
        keys = zip((-standing).tolist(), self.turns(ids), ids, rows.tolist(), strict=True)
        return [row for *_, row in sorted(keys)][:wanted]

    def scores(self, rows: Rows) -> Ints:
        """Worked out once for each row."""
        found = self.scored[rows].astype(np.int64)
        lacking = found < 0
        if lacking.any():
            found[lacking] = self.compiled.scores(self.view(rows[lacking]))
            self.scored[rows[lacking]] = found[lacking]
        return found

    @cached_property
    def scored(self) -> Array:
        return np.full(len(self.lacking), -1, np.int32)

    def ids(self, rows: Rows) -> list[bytes]:
        together = self.held.plain["profile_id"][rows].tobytes()
        return [together[at : at + 16] for at in range(0, len(together), 16)]

    def turns(self, ids: list[bytes]) -> list[int]:
        return turns(self.compiled.plan, self.compiled.day, ids)

    def placements(self, first: int = 0, size: int | None = None) -> tuple[Placement, ...]:
        """As the plain rules place them, with every reason: all, or one page."""
        return self.placed(self.order(first, size))

    def placed(self, rows: Rows) -> tuple[Placement, ...]:
        view, compiled = self.view(rows), self.compiled
        ids = self.ids(rows)
        reasons = list(zip(*(wished.part.told(view) for wished in compiled.wishes), strict=True)) or [()] * len(rows)
        unmet = self.unmet(view, reasons)
        covered, wanted = compiled.covering.of(view)[0].tolist(), compiled.covering.wanted
        columns = zip(
            ids, self.held.plain["revision"][rows].tolist(), self.scores(rows).tolist(), unmet, reasons,
            view.away_m(compiled.point).tolist(), covered, self.turns(ids), strict=True,
        )
        return tuple(
            Placement(
                ProfileId(UUID(bytes=one)), revision, score, lacks, said, away_m, done * WHOLE // wanted if wanted else None, at,
                compiled.rules.near_miss, compiled.rules.score_step,
            )
            for one, revision, score, lacks, said, away_m, done, at in columns
        )

    def unmet(self, view: View, reasons: list[tuple[Reason, ...]] | None = None) -> list[tuple[Reason, ...]]:
        """Each row's musts not met, in order, from its mask. `reasons`: what is said of the wishes, where it is known."""
        rows = view.numbers()
        masks = self.masks[rows]
        found: list[list[Reason]] = [[] for _ in range(len(rows))]
        for nth, must in enumerate(self.compiled.musts):
            lacking = np.flatnonzero(masks >> masks.dtype.type(nth) & masks.dtype.type(1))
            if not len(lacking):
                continue
            if must.wish is None or reasons is None:
                told = must.part.told(self.view(rows[lacking]))
            else:
                told = [reasons[row][must.wish] for row in lacking]
            for row, reason in zip(lacking.tolist(), told, strict=True):
                found[row].append(must.unconfirmed if must.unconfirmed is not None and reason.met is Met.YES else reason)
        return [tuple(lacks) for lacks in found]
