"""Everybody in scope of one plan: what each lacks, how many fit, and who stands where, worked out as far as it is asked."""
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from uuid import UUID

import numpy as np

from services.matcher.domain.finding import Met, Reason
from services.matcher.domain.kernel.columns import Array, Ints, Rows
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.views import Held, View
from services.matcher.domain.placing import Placement, turns
from services.matcher.domain.plan import Criterion
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE

STANDINGS = 32
"""Bits that no standing fills."""
AT_ONCE = 16_384
"""Rows scored together, so that what is worked out on the way stays in the processor's own memory."""


@dataclass(eq=False)
class Ranked:
    held: Held
    compiled: Compiled
    masks: Array
    """By row: a bit for each must that is not met, in the order of `compiled.musts`. Of no meaning where out of scope."""
    lacking: Array
    """By row: how many musts are not met; the greatest number there is: not in scope."""
    everybody: View
    """All rows, with what finding the masks has worked out of them already."""
    looked_at: View | None = None
    """Those that were scored last, with what was worked out for it."""
    turn_of: dict[bytes, int] = field(default_factory=dict)

    @cached_property
    def in_scope(self) -> int:
        return int(np.count_nonzero(self.lacking != self.out))

    @property
    def out(self) -> int:
        return int(np.iinfo(self.lacking.dtype).max)

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
        """Of what is known of them already nothing is worked out again."""
        if self.looked_at is not None and len(rows):
            last = self.looked_at.numbers()
            at = np.minimum(np.searchsorted(last, rows), len(last) - 1)
            if (last[at] == rows).all():
                return self.looked_at.some(at)
        return self.everybody.some(rows)

    def lacking_only(self, criteria: frozenset[Criterion]) -> set[ProfileId]:
        """Whoever meets every must that is about anything else."""
        others = sum(1 << nth for nth, must in enumerate(self.compiled.musts) if must.criterion not in criteria)
        rows = np.flatnonzero((self.masks & self.masks.dtype.type(others) == 0) & (self.lacking != self.out))
        return {named(one) for one in self.ids(rows)}

    def order(self, first: int = 0, size: int | None = None) -> Rows:
        """Row numbers, best first: all, or one page of them."""
        wanted = self.in_scope if size is None else min(first + size, self.in_scope)
        if first >= wanted:
            return np.zeros(0, np.int64)
        unmet, there = 0, self.fitting
        while there < wanted:
            unmet += 1
            there += int(np.count_nonzero(self.lacking == unmet))
        rows = np.flatnonzero(self.lacking <= unmet)
        place = self._places(rows)
        if wanted < len(rows):
            last = np.partition(place, wanted - 1)[wanted - 1]
            rows, place = rows[place <= last], place[place <= last]
        ids = self.ids(rows)
        keys = zip(place.tolist(), self.turns(ids), ids, rows.tolist(), strict=True)
        return np.array([row for *_, row in sorted(keys)][first:wanted], np.int64)

    def _places(self, rows: Rows) -> Ints:
        """Less is better; the same is equal but for whose turn it is."""
        return (self.lacking[rows].astype(np.int64) << STANDINGS) - self.compiled.standing(self.scores(rows))

    def scores(self, rows: Rows) -> Ints:
        """Worked out once for each row."""
        found = self.scored[rows].astype(np.int64)
        lacking = np.flatnonzero(found < 0)
        if len(lacking):
            unscored = rows[lacking]
            for start in range(0, len(lacking), AT_ONCE):
                view = self.everybody.some(unscored[start : start + AT_ONCE])
                found[lacking[start : start + AT_ONCE]] = self.compiled.scores(view)
            if len(lacking) <= AT_ONCE:
                self.looked_at = view
            self.scored[unscored] = found[lacking]
        return found

    @cached_property
    def scored(self) -> Array:
        return np.full(len(self.lacking), -1, np.int32)

    def ids(self, rows: Rows) -> list[bytes]:
        together = self.held.plain["profile_id"][rows].tobytes()
        return [together[at : at + 16] for at in range(0, len(together), 16)]

    def turns(self, ids: list[bytes]) -> list[int]:
        """Worked out once for each."""
        lacking = [one for one in ids if one not in self.turn_of]
        self.turn_of.update(zip(lacking, turns(self.compiled.plan, self.compiled.day, lacking), strict=True))
        return [self.turn_of[one] for one in ids]

    def placements(self, first: int = 0, size: int | None = None) -> tuple[Placement, ...]:
        """As the plain rules place them, with every reason: all, or one page."""
        return self.placed(self.order(first, size))

    def placed(self, rows: Rows) -> tuple[Placement, ...]:
        view, compiled = self.view(rows), self.compiled
        ids = self.ids(rows)
        reasons = list(zip(*(wished.part.told(view) for wished in compiled.wishes), strict=True)) or [()] * len(rows)
        unmet = self.unmet(view, reasons)
        covered, wanted = compiled.covering.of(view)[0].tolist(), compiled.covering.wanted
        near_miss, step = compiled.rules.near_miss, compiled.rules.score_step
        columns = zip(
            ids, self.held.plain["revision"][rows].tolist(), self.scores(rows).tolist(), unmet, reasons,
            view.away_m(compiled.point).tolist(), covered, self.turns(ids), strict=True,
        )
        return tuple(
            Placement(
                named(one), revision, score, lacks, said, away_m, done * WHOLE // wanted if wanted else None, at, near_miss, step
            )
            for one, revision, score, lacks, said, away_m, done, at in columns
        )

    def unmet(self, view: View, reasons: list[tuple[Reason, ...]] | None = None) -> list[tuple[Reason, ...]]:
        """Each row's musts not met, in order, from its mask. `reasons`: what is said of the wishes, where it is known."""
        masks = self.masks[view.numbers()]
        found: list[list[Reason]] = [[] for _ in range(len(masks))]
        lacked = int(np.bitwise_or.reduce(masks)) if len(masks) else 0
        for nth, must in enumerate(self.compiled.musts):
            if not lacked >> nth & 1:
                continue
            lacking = np.flatnonzero(masks & masks.dtype.type(1 << nth))
            if must.wish is None or reasons is None:
                told = must.part.told(view.some(lacking))
            else:
                told = [reasons[row][must.wish] for row in lacking.tolist()]
            for row, reason in zip(lacking.tolist(), told, strict=True):
                found[row].append(must.unconfirmed if must.unconfirmed is not None and reason.met is Met.YES else reason)
        return [tuple(lacks) for lacks in found]


@lru_cache(maxsize=65_536)
def named(one: bytes) -> ProfileId:
    """The same few are named again and again."""
    return ProfileId(UUID(bytes=one))
