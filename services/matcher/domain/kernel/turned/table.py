"""A council's open plans as columns: what each asks for, a row for each plan and layers for its wishes, kind by kind."""
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from services.matcher.domain import week
from services.matcher.domain.always import COVERED
from services.matcher.domain.kernel.columns import NEVER, WEEK_WORDS, Array
from services.matcher.domain.kernel.rows import Rows
from services.matcher.domain.kernel.turned.asks import ABOUT_A_PA, NOTHING, Asks
from services.matcher.domain.kernel.weeks import words
from services.matcher.domain.kernel.writing import FURTHEST_POINT
from services.matcher.domain.pay import most
from services.matcher.domain.plan import PROTECTED, Criterion, Plan, Strength, Wish
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE, Rules
from services.matcher.domain.times import wanted_quarters

ASK, TIMES, PLACE, PAY, HOURS = range(5)
"""Kinds of wishes: those about a PA alone, and those worked out over columns."""
KINDS = {Criterion.TIMES: TIMES, Criterion.PLACE: PLACE, Criterion.PAY: PAY, Criterion.HOURS: HOURS}
STRENGTHS = (Strength.NICE, Strength.IMPORTANT, Strength.MUST)
MUST = STRENGTHS.index(Strength.MUST)
NO_LIMIT = -1
UNASKED = -1
LARGE = 10_000_000
"""Pence, quarter-hours: beyond this a plan is looked at by the plain rules, for its numbers could outgrow a column's."""

PLAIN: dict[str, Any] = {
    "open": np.bool_, "by_itself": np.bool_, "east_m": np.int64, "north_m": np.int64, "start": np.int32, "wanted": np.int64,
    "nights": np.int64, "flexible": np.bool_, "by_night": np.bool_, "limit": np.int64, "quarters": np.int64, "few": np.int8,
    "willing": np.int32, "home": np.int32, "place_asked": np.bool_, "pay_asked": np.bool_, "limits_asked": np.bool_,
}  # fmt: skip
LAYER: dict[str, Any] = {
    "asked": np.bool_, "ask": np.int32, "strength": np.uint8, "until": np.int32, "unsure": np.bool_, "protected": np.bool_,
    "of": np.int64,
}  # fmt: skip
"""`ask`: the number of the question. `until`: the last day it is a must. `of`: the share of times, or the furthest distance."""
FEW = {None: 0, False: 1, True: 2}


class Table:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._begin()

    def _begin(self) -> None:
        self.rows, self.asks, self.changed = Rows(), Asks(), 0
        self.plain: dict[str, Array] = {name: np.zeros(64, kind) for name, kind in PLAIN.items()}
        self.fixed: Array = np.zeros((WEEK_WORDS, 64), np.uint64)
        self.layers: dict[tuple[int, int], dict[str, Array]] = {}
        """By kind, and which of that kind it is among the plan's wishes."""
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

    def _clear(self, row: int) -> None:
        if row >= len(self.plain["open"]):
            self._grow()
        self.plain["open"][row] = False
        for layer in self.layers.values():
            layer["asked"][row], layer["ask"][row] = False, NOTHING

    def _write(self, row: int, plan: Plan) -> None:
        limit, musts = most(plan), {wish.criterion for wish in plan.wishes if wish.strength is Strength.MUST} & COVERED
        far = max(abs(plan.place.east_m), abs(plan.place.north_m)) > FURTHEST_POINT
        by_itself = far or max(limit or 0, plan.quarters, *(wish.share for wish in plan.wishes), 0) > LARGE
        facets = {
            "open": True, "by_itself": by_itself, "start": plan.start_on.toordinal() if plan.start_on else 0,
            "wanted": wanted_quarters(plan, self.rules), "nights": len(plan.sleep_ins) * self.rules.sleep_in_quarters,
            "flexible": bool(plan.flexible), "by_night": bool(plan.sleep_ins) or bool(plan.fixed & week.NIGHTS),
            "few": FEW[plan.few_people], "willing": self.asks.willing(plan), "home": self.asks.home(plan),
            "place_asked": Criterion.PLACE in musts, "pay_asked": Criterion.PAY in musts,
            "limits_asked": Criterion.LIMIT in musts,
        }  # fmt: skip
        if not by_itself:
            facets |= {
                "east_m": plan.place.east_m, "north_m": plan.place.north_m, "limit": NO_LIMIT if limit is None else limit,
                "quarters": plan.quarters,
            }  # fmt: skip
        for name, value in facets.items():
            self.plain[name][row] = value
        self.fixed[:, row] = words(plan.fixed)
        so_far = [0] * (HOURS + 1)
        for wish in plan.wishes:
            kind = ASK if wish.criterion in ABOUT_A_PA else KINDS[wish.criterion]
            place = kind, so_far[kind]
            so_far[kind] += 1
            if place not in self.layers:
                self.layers[place] = {name: np.zeros(len(self.plain["open"]), kept) for name, kept in LAYER.items()}
            for name, value in self._asked(plan, wish):
                self.layers[place][name][row] = value
        for profile_id in plan.blocked:
            self.blocks.setdefault(profile_id, set()).add(row)

    def blocking(self, profile_id: ProfileId) -> list[int]:
        """Rows of plans that block them; `blocks` may still have some of before."""
        plans = self.rows.plans
        return [row for row in self.blocks.get(profile_id, ()) if (plan := plans[row]) and profile_id in plan.blocked]

    def _asked(self, plan: Plan, wish: Wish) -> Iterator[tuple[str, int]]:
        protected, strength = wish.criterion in PROTECTED, wish.strength
        if protected and strength is Strength.MUST and not plan.tasks_limited_by(wish):
            strength = Strength.IMPORTANT  # without a lawful reason for one of the plan's tasks it is no must on any day
        yield "asked", True
        yield "ask", self.asks.wish(plan, wish) if wish.criterion in ABOUT_A_PA else NOTHING
        yield "strength", STRENGTHS.index(strength)
        yield "until", wish.reason.until.toordinal() if protected and wish.reason else NEVER
        yield "unsure", not wish.confirmed
        yield "protected", protected
        within = UNASKED if wish.within_m is None else min(wish.within_m, 2**62)
        yield "of", within if wish.criterion is Criterion.PLACE else min(wish.share, 2 * WHOLE)

    def _grow(self) -> None:
        self.plain = {name: _doubled(array) for name, array in self.plain.items()}
        self.fixed = _doubled(self.fixed)
        self.layers = {
            place: {name: _doubled(array) for name, array in layer.items()} for place, layer in self.layers.items()
        }


def _doubled(array: Array) -> Array:
    return np.concatenate([array, np.zeros_like(array)], axis=-1)
