"""NumPy as one would write it first: every wish over every row, whole columns at a time."""
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from benchmarks.ranking.answer import NEAR_MISS, TOP, Answer, Shown, Tied, first_of
from benchmarks.ranking.columns import WORDS, Columns
from benchmarks.ranking.judged import judge
from benchmarks.ranking.sheet import Asked
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import ProfileId


class Arrays:
    """A sheet whose expressions are arrays, made at once."""

    def __init__(self, of: dict[str, Any]) -> None:
        self.of = of

    def number(self, name: str) -> Any:
        return self.of[name]

    def wide(self, name: str) -> Any:
        return self.of[name].astype(np.int64)

    def where(self, truth: Any, yes: Any, no: Any) -> Any:
        return np.where(truth, yes, no)

    def largest(self, several: Sequence[Any]) -> Any:
        found = several[0]
        for other in several[1:]:
            found = np.maximum(found, other)
        return found

    def root(self, square: Any) -> Any:
        return np.sqrt(square.astype(np.float64)).astype(np.int64)  # exact below 2^52

    def shared_quarters(self, fixed: int) -> Any:
        shared = [np.bitwise_count(self.of[name].view(np.uint64) & np.uint64(word)) for name, word in words_of(fixed)]
        return sum((one.astype(np.int64) for one in shared), start=np.zeros(len(self.of["east"]), np.int64))

    def any_tongue(self, bits: int) -> Any:
        return self.of["tongues"] & np.int64(bits) != 0

    def said(self, column: str) -> Any:
        return self.of[column] >= 0

    def has(self, column: str) -> Any:
        return self.of[column] & 1 == 1

    def sure(self, column: str) -> Any:
        return self.of[column] >= 2

    def let(self, name: str, value: Any) -> Any:
        self.of[name] = value
        return value

    def step(self) -> None:
        """They are there already."""


def words_of(fixed: int) -> list[tuple[str, int]]:
    """The eleven words of a week that have anything in them."""
    whole = fixed << 32
    words = [(name, whole >> (64 * (10 - nth)) & (1 << 64) - 1) for nth, name in enumerate(WORDS)]
    return [(name, word) for name, word in words if word]


class PlainNumpy:
    name = "NumPy, naive"

    def __init__(self, held: Columns, day: date, lore: Lore) -> None:
        self.held, self.day, self.lore = held, day, lore

    def answer(self, plan: Plan) -> Answer:
        sheet = Arrays(dict(self.held.of))
        asked = Asked(sheet, plan, self.held, self.day, self.lore)
        judged = judge(asked)
        unmet, mask, place = sheet.of["unmet"], sheet.of["mask"], sheet.of["place"]
        what_if = []
        for nth in range(len(asked.own)):
            alone = mask == 1 << nth
            what_if.append(int(np.count_nonzero(alone & (sheet.of[judged.still[nth]] == 0) if nth in judged.still else alone)))
        eligible, near = int(np.count_nonzero(unmet == 0)), int(np.count_nonzero((unmet > 0) & (unmet <= NEAR_MISS)))
        worst = np.partition(place, TOP - 1)[TOP - 1] if len(place) > TOP else place.max(initial=0)
        rows = np.flatnonzero(place <= worst)
        tied = [
            Tied(ProfileId(UUID(bytes=self.held.ids[row].tobytes())), int(unmet[row]), int(sheet.of["score"][row]), row)
            for row in rows.tolist()
        ]
        top = self._shown(plan, first_of(plan, tied, self.day))
        return Answer(eligible, near, len(mask) - eligible - near, tuple(what_if), top, mask.astype(np.uint32))

    def _shown(self, plan: Plan, best: Sequence[Tied]) -> tuple[Shown, ...]:
        rows = np.array([one.row for one in best], np.int64)
        sheet = Arrays({name: column[rows] for name, column in self.held.of.items()})
        codes = judge(Asked(sheet, plan, self.held, self.day, self.lore), codes=True).codes
        named = [[names[which] for which in column.tolist()] for names, column in codes]
        return tuple(
            Shown(one.profile_id, one.unmet, one.score, tuple(column[nth] for column in named)) for nth, one in enumerate(best)
        )

    def close(self) -> None:
        """Nothing is open."""
