"""A council's open plans as columns: what each asks for, a row for each plan and layers for its wishes, kind by kind."""
from collections.abc import Sequence
from typing import Any

import numpy as np

from services.matcher.domain import week
from services.matcher.domain.always import COVERED
from services.matcher.domain.kernel.columns import WEEK_WORDS, Array
from services.matcher.domain.kernel.rows import Rows
from services.matcher.domain.kernel.turned.answers import Answering
from services.matcher.domain.kernel.turned.asks import ABOUT_A_PA, Asks
from services.matcher.domain.kernel.turned.cases import MANY, STRENGTHS, UNASKED, Case, Cases, always, wished
from services.matcher.domain.kernel.weeks import words
from services.matcher.domain.kernel.writing import FURTHEST_POINT
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import most
from services.matcher.domain.plan import Criterion, Plan, Strength, Wish
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE, Rules
from services.matcher.domain.times import wanted_quarters

NO_LIMIT = -1
LARGE = 10_000_000
"""Pence, quarter-hours: beyond this a plan is looked at by the plain rules, for its numbers could outgrow a column's."""
ANYWHERE = 10 * FURTHEST_POINT
"""Metres: further than any two points on the map are apart."""

PLAIN: dict[str, Any] = {
    "open": np.bool_, "by_itself": np.bool_, "east_m": np.int64, "north_m": np.int64, "start": np.int64, "wanted": np.int64,
    "nights": np.int64, "flexible": np.bool_, "by_night": np.bool_, "limit": np.int64, "quarters": np.int64, "few": np.int8,
    "times_asked": np.bool_, "place_asked": np.bool_, "pay_asked": np.bool_,
}  # fmt: skip
"""`times_asked` and so on: some must is about it."""
LAYER: dict[str, Any] = {"strength": np.int64, "unsure": np.bool_, "of": np.int64}
"""`of`: the quarter-hours of times that are enough, or the furthest distance."""
FEW = {None: 0, False: 1, True: 2}


class Table:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.bits: dict[str, int] = {}
        """Of each code that was a reason not to fit. The rules have fewer than sixty."""
        self._begin()

    def _begin(self) -> None:
        self.rows, self.asks, self.cases, self.changed = Rows(), Asks(), Cases(), 0
        self.answering: Answering | None = None
        self.plain: dict[str, Array] = {name: np.zeros(64, kind) for name, kind in PLAIN.items()}
        self.fixed: Array = np.zeros((WEEK_WORDS, 64), np.uint64)
        self.musts: list[Array] = []
        """About a PA alone, those that always hold among them: the number of each plan's first case, of its second …"""
        self.wishes: list[Array] = []
        """The same of what is wished less strongly."""
        self.layers: dict[tuple[Criterion, int], dict[str, Array]] = {}
        """Of what depends on both: by criterion, and which about that it is among the plan's wishes."""
        self.blocks: dict[ProfileId, set[int]] = {}

    def follow(self, plans: Sequence[Plan]) -> None:
        """These are the plans now. Begun anew when so many changed that most questions may be nobody's any more."""
        if self.changed > 1_000 + 4 * len(plans):
            self._begin()
        written, left = self.rows.follow(plans)
        for row in left:
            self._clear(row)
        for row, plan in written:
            self._clear(row)
            self._write(row, plan)
        self.changed += len(written)

    @property
    def count(self) -> int:
        return len(self.rows.plans)

    def bit(self, code: str) -> int:
        return self.bits.setdefault(code, 1 << len(self.bits))

    def answering_by(self, lore: Lore) -> Answering:
        if self.answering is None or self.answering.lore is not lore:
            self.answering = Answering(self.asks, self.rules, lore, self.bit)
        return self.answering

    def blocking(self, profile_id: ProfileId) -> list[int]:
        """Rows of plans that block them; `blocks` may still have some of before."""
        plans = self.rows.plans
        return [row for row in self.blocks.get(profile_id, ()) if (plan := plans[row]) and profile_id in plan.blocked]

    def _clear(self, row: int) -> None:
        if row >= len(self.plain["open"]):
            self._grow()
        self.plain["open"][row] = False
        for cases in (*self.musts, *self.wishes):
            cases[row] = 0
        for layer in self.layers.values():
            layer["strength"][row] = UNASKED

    def _write(self, row: int, plan: Plan) -> None:
        limit, musts = most(plan), {wish.criterion for wish in plan.wishes if wish.strength is Strength.MUST}
        wanted = wanted_quarters(plan, self.rules)
        far = max(abs(plan.place.east_m), abs(plan.place.north_m)) > FURTHEST_POINT
        large = max(limit or 0, wanted, plan.quarters, *(wish.share for wish in plan.wishes), 0) > LARGE
        by_itself = far or large or len(plan.wishes) + 2 >= MANY
        facets = {
            "open": True, "by_itself": by_itself, "start": plan.start_on.toordinal() if plan.start_on else 0,
            "nights": len(plan.sleep_ins) * self.rules.sleep_in_quarters, "flexible": bool(plan.flexible),
            "by_night": bool(plan.sleep_ins) or bool(plan.fixed & week.NIGHTS), "few": FEW[plan.few_people],
            "times_asked": Criterion.TIMES in musts, "place_asked": Criterion.PLACE in musts,
            "pay_asked": Criterion.PAY in musts,
        }  # fmt: skip
        if not by_itself:
            facets |= {
                "east_m": plan.place.east_m, "north_m": plan.place.north_m, "limit": NO_LIMIT if limit is None else limit,
                "quarters": plan.quarters, "wanted": wanted,
            }  # fmt: skip
        for name, value in facets.items():
            self.plain[name][row] = value
        self.fixed[:, row] = words(plan.fixed)
        cases = self._cases(plan, musts & COVERED)
        self._put(self.musts, row, [case for case in cases if case.must])
        self._put(self.wishes, row, [case for case in cases if not case.must])
        self._layer(row, plan, wanted)
        for profile_id in plan.blocked:
            self.blocks.setdefault(profile_id, set()).add(row)

    def _cases(self, plan: Plan, asked: set[Criterion]) -> list[Case]:
        found = [always(self.asks.willing(plan))]
        if Criterion.LIMIT not in asked:
            found.append(always(self.asks.home(plan)))
        return found + [
            wished(self.asks.wish(plan, wish), plan, wish) for wish in plan.wishes if wish.criterion in ABOUT_A_PA
        ]

    def _put(self, layers: list[Array], row: int, cases: list[Case]) -> None:
        """Those of no question are left out."""
        numbers = [self.cases.number(case) for case in cases if case.ask]
        while len(layers) < len(numbers):
            layers.append(np.zeros(len(self.plain["open"]), np.int64))
        for cases_of, number in zip(layers, numbers, strict=False):
            cases_of[row] = number

    def _layer(self, row: int, plan: Plan, wanted: int) -> None:
        so_far: dict[Criterion, int] = {}
        for wish in plan.wishes:
            about = wish.criterion
            if about in ABOUT_A_PA:
                continue
            place = about, so_far.get(about, 0)
            so_far[about] = place[1] + 1
            if place not in self.layers:
                made = self.layers[place] = {name: np.zeros(len(self.plain["open"]), kept) for name, kept in LAYER.items()}
                made["strength"][:] = UNASKED
            layer = self.layers[place]
            layer["strength"][row], layer["unsure"][row] = STRENGTHS.index(wish.strength), not wish.confirmed
            layer["of"][row] = _of(wish, wanted)

    def _grow(self) -> None:
        self.plain = {name: _doubled(array) for name, array in self.plain.items()}
        self.fixed = _doubled(self.fixed)
        self.musts, self.wishes = ([_doubled(cases) for cases in some] for some in (self.musts, self.wishes))
        for layer in self.layers.values():
            for name, array in layer.items():
                layer[name] = _doubled(array)
            layer["strength"][len(layer["strength"]) // 2 :] = UNASKED


def _of(wish: Wish, wanted: int) -> int:
    if wish.criterion is Criterion.TIMES:
        return min(-(-wish.share * wanted // WHOLE), LARGE * WHOLE)
    return ANYWHERE if wish.within_m is None else max(-1, min(wish.within_m, ANYWHERE))


def _doubled(array: Array) -> Array:
    return np.concatenate([array, np.zeros_like(array)], axis=-1)
