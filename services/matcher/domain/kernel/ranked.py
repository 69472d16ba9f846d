"""Everybody in scope of one plan: what each lacks, how many fit, and who stands where, worked out as far as it is asked."""
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from services.matcher.domain.finding import Reason
from services.matcher.domain.kernel.columns import Array, Ints, Rows, ids_in
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.turns import turns
from services.matcher.domain.kernel.views import Held, View
from services.matcher.domain.places import Lacks, named
from services.matcher.domain.placing import Placement
from services.matcher.domain.plan import Criterion
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE

Reasons = tuple[Reason, ...]
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
    counted: dict[int, int] = field(default_factory=dict)
    """How many lack so many."""

    def lacking_so_many(self, unmet: int) -> int:
        """How many lack just so many; known of each number once it was asked."""
        few = len(self.lacking) <= AT_ONCE and self.lacking.dtype == np.uint8
        if few and not self.counted:  # quicker all at once
            self.counted = dict(enumerate(np.bincount(self.lacking, minlength=self.out + 1).tolist()))
        found = self.counted.get(unmet)
        if found is None:
            found = self.counted[unmet] = int(np.count_nonzero(self.lacking == unmet))
        return found

    @property
    def in_scope(self) -> int:
        return len(self.lacking) - self.lacking_so_many(self.out)

    @property
    def out(self) -> int:
        return int(np.iinfo(self.lacking.dtype).max)

    @property
    def fitting(self) -> int:
        return self.lacking_so_many(0)

    @property
    def near(self) -> int:
        return sum(self.lacking_so_many(unmet) for unmet in range(1, self.compiled.rules.near_miss + 1))

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
            there += self.lacking_so_many(unmet)
        rows = (self.lacking <= unmet).nonzero()[0]
        place = self._places(rows)
        if wanted < len(rows):
            last = np.partition(place, wanted - 1)[wanted - 1]
            among = (place <= last).nonzero()[0]
            rows, place = rows[among], place[among]
        return self._sorted(rows, place)[first:wanted]

    def _sorted(self, rows: Rows, place: Ints) -> Rows:
        """By place, then by turn, then by id: as one number of the place and as much of the turn as there is room for."""
        turns, bits = self.turns(rows), max(1, int(place.max()).bit_length())
        keys = place.astype(np.uint64) << np.uint64(64 - bits) | turns >> np.uint64(bits)
        order = np.argsort(keys)
        keys = keys[order]
        if (keys[1:] == keys[:-1]).any():  # seldom; then the rest of the turn decides, or the ids
            whole = zip(place.tolist(), turns.tolist(), self.ids(rows), rows.tolist(), strict=True)
            return np.array([row for *_, row in sorted(whole)], np.int64)
        return rows[order]

    def _places(self, rows: Rows) -> Ints:
        """Less is better; the same is equal but for whose turn it is."""
        best, standing = self.compiled.best, self.compiled.standing(self.scores(rows))
        return self.lacking[rows].astype(np.int64) * (best + 1) + best - standing

    def scores(self, rows: Rows) -> Ints:
        """Worked out once for each row."""
        found = self.scored[rows]
        lacking = (found < 0).nonzero()[0]
        if len(lacking):
            unscored = rows if len(lacking) == len(rows) else rows[lacking]
            for start in range(0, len(lacking), AT_ONCE):
                view = self.everybody.some(unscored[start : start + AT_ONCE])
                found[lacking[start : start + AT_ONCE]] = self.compiled.scores(view)
            if len(lacking) <= AT_ONCE:
                self.looked_at = view
            self.scored[unscored] = found[lacking]
        return found.astype(np.int64)

    @cached_property
    def scored(self) -> Array:
        return np.full(len(self.lacking), -1, np.int32)

    def ids(self, rows: Rows) -> list[bytes]:
        return ids_in(self.held.plain["profile_id"][rows])

    def turns(self, rows: Rows) -> Array:
        compiled = self.compiled
        return turns(compiled.plan.plan_id, self.held.plain["profile_id"][rows], compiled.day, compiled.rules.turning)

    def placements(self, first: int = 0, size: int | None = None) -> tuple[Placement, ...]:
        """As the plain rules place them, with every reason: all, or one page."""
        return self.placed(self.order(first, size))

    def placed(self, rows: Rows) -> tuple[Placement, ...]:
        view, compiled = self.view(rows), self.compiled
        reasons = list(zip(*(wished.part.told(view) for wished in compiled.wishes), strict=True)) or [()] * len(rows)
        covered, wanted = compiled.covering.of(view)[0], compiled.covering.wanted
        shares = (covered * WHOLE // wanted).tolist() if wanted else [None] * len(rows)
        columns = (
            map(named, self.ids(rows)), self.held.plain["revision"][rows].tolist(), self.scores(rows).tolist(),
            self.unmet(view, reasons), reasons, view.away_m(compiled.point).tolist(), shares, self.turns(rows).tolist(),
        )
        return tuple(map(partial(_placement, compiled.rules.near_miss, compiled.rules.score_step), *columns))

    def unmet(self, view: View, reasons: list[tuple[Reason, ...]]) -> list[tuple[Reason, ...]]:
        """Each row's musts not met, in order, from its mask. `reasons`: what is said of the wishes."""
        masks = self.masks[view.numbers()]
        found: list[list[Reason]] = [[] for _ in range(len(masks))]
        lacked = int(np.bitwise_or.reduce(masks)) if len(masks) else 0
        for nth, must in enumerate(self.compiled.musts):
            if not lacked >> nth & 1:
                continue
            lacking = (masks & masks.dtype.type(1 << nth)).nonzero()[0]
            if must.wish is None:
                told = must.part.told(view.some(lacking))
            else:
                told = [reasons[row][must.wish] for row in lacking.tolist()]
            for row, reason in zip(lacking.tolist(), told, strict=True):
                found[row].append(must.said(reason))
        return [tuple(lacks) for lacks in found]

    def lacks(self, view: View) -> tuple[Array, tuple[Lacks, ...]]:
        """For each row, which of those it lacks: each must not met in order, as its code and what it is about."""
        masks = self.masks[view.numbers()]
        said: list[Lacks] = [()]
        which: Ints = np.zeros(len(masks), np.int64)
        lacked = int(np.bitwise_or.reduce(masks)) if len(masks) else 0
        for nth, must in enumerate(self.compiled.musts):
            if lacked >> nth & 1:
                lacking = (masks & masks.dtype.type(1 << nth)).nonzero()[0]
                kinds, reasons = must.part.kinds(view.some(lacking))
                codes = [must.said(reason).code for reason in reasons]
                numbers = {code: nth for nth, code in enumerate(dict.fromkeys(codes), start=1)}
                found = which * (len(numbers) + 1)
                found[lacking] += np.array([numbers[code] for code in codes], np.int64)[kinds]
                keys, which = few(found)
                lacks: list[Lacks] = [(), *(((must.criterion, code),) for code in numbers)]
                said = [said[of] + lacks[kind] for of, kind in (divmod(key, len(lacks)) for key in keys.tolist())]
        return which, tuple(said)


def few(numbers: Ints) -> tuple[Ints, Ints]:
    """Those that are there, in order, and for each of `numbers` which of them it is. For small ones, quicker than sorting."""
    there = np.bincount(numbers) > 0
    found: Ints = np.flatnonzero(there)
    return found, (np.cumsum(there) - 1)[numbers]


def _placement(
    near_miss: int, step: int, profile_id: ProfileId, revision: int, score: int, unmet: Reasons, reasons: Reasons, away_m: int,
    coverage: int | None, turn: int,
) -> Placement:
    """All fields at once: a frozen dataclass sets them one by one, which takes twice as long."""
    made = object.__new__(Placement)
    object.__setattr__(made, "__dict__", {
        "profile_id": profile_id, "profile_revision": revision, "score": score, "unmet": unmet, "reasons": reasons,
        "distance_m": away_m, "coverage": coverage, "turn": turn, "near_miss": near_miss, "step": step,
    })  # fmt: skip
    return made
