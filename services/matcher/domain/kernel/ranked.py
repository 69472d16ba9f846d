"""Everybody in scope of one plan: what each lacks, how many fit, and who stands where, worked out as far as it is asked."""
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np

from services.matcher.domain.finding import Met, Reason
from services.matcher.domain.kernel.columns import Array, Rows
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.views import Held, View
from services.matcher.domain.placing import Placement, turn
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
        standing = self.compiled.standing(self.compiled.scores(self.view(rows)))
        if wanted < len(rows):
            least = np.partition(standing, len(rows) - wanted)[len(rows) - wanted]
            rows, standing = rows[standing >= least], standing[standing >= least]
        ids = self.ids(rows)
        keys = zip((-standing).tolist(), self.turns(ids), ids, rows.tolist(), strict=True)
        return [row for *_, row in sorted(keys)][:wanted]

    def ids(self, rows: Rows) -> list[bytes]:
        together = self.held.plain["profile_id"][rows].tobytes()
        return [together[at : at + 16] for at in range(0, len(together), 16)]

    def turns(self, ids: list[bytes]) -> list[int]:
        plan, day = self.compiled.plan, self.compiled.day
        return [turn(plan, ProfileId(UUID(bytes=one)), day) for one in ids]

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
            ids, self.held.plain["revision"][rows].tolist(), compiled.scores(view).tolist(), unmet, reasons,
            view.away_m(compiled.point).tolist(), covered, self.turns(ids), strict=True,
        )
        return tuple(
            Placement(
                ProfileId(UUID(bytes=one)), revision, score, lacks, said, away_m, done * WHOLE // wanted if wanted else None, at,
                compiled.rules.near_miss, compiled.rules.score_step,
            )
            for one, revision, score, lacks, said, away_m, done, at in columns
        )

    def unmet(self, view: View, reasons: list[tuple[Reason, ...]]) -> list[tuple[Reason, ...]]:
        """Each row's musts not met, in order, from its mask."""
        masks = self.masks[view.rows].tolist()
        found: list[list[Reason]] = [[] for _ in masks]
        for nth, must in enumerate(self.compiled.musts):
            lacking = [row for row, mask in enumerate(masks) if mask >> nth & 1]
            if not lacking:
                continue
            if must.wish is None:
                told = must.part.told(View(self.held, np.asarray(view.rows)[lacking], self.shared))
                for row, reason in zip(lacking, told, strict=True):
                    found[row].append(reason)
                continue
            for row in lacking:
                reason = reasons[row][must.wish]
                if reason.met is Met.YES and must.unconfirmed is not None:
                    reason = must.unconfirmed
                found[row].append(reason)
        return [tuple(lacks) for lacks in found]
