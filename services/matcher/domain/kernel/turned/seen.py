"""One PA seen by every open plan: how many musts each list finds unmet, and which; and the score, for those it is asked of."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from services.matcher.domain.kernel.columns import Array, Bools, Ints, Rows
from services.matcher.domain.kernel.turned.cases import MANY, MUST, STRENGTHS, UNASKED
from services.matcher.domain.kernel.turned.meeting import Meeting
from services.matcher.domain.kernel.turned.table import Table
from services.matcher.domain.kernel.writing import FURTHEST_POINT
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Placement, place_one
from services.matcher.domain.plan import PROTECTED, Criterion, Plan
from services.matcher.domain.profile import AgeBand, Looking, Profile
from services.matcher.domain.rules import WHOLE

SELDOM = 4
"""Where no more than one plan in so many has another must, only those are looked at."""


@dataclass(eq=False)
class Found:
    """By row of the table. `kept_out`: a bit for each code, as the table numbers them. `protected`: whether something about
    faith, culture or sex is among what is not met. `scores`: of those looked at by the plain rules."""

    in_scope: Bools
    unmet: Ints
    kept_out: Array
    protected: Bools
    scores: dict[int, int] = field(default_factory=dict)


class Seeing:
    """Of one PA on one day; for one look."""

    def __init__(self, table: Table, profile: Profile, day: date, lore: Lore) -> None:
        self.table, self.profile, self.day, self.lore, self.rules = table, profile, day, lore, table.rules
        count = self.count = table.count
        self.plain = {name: array[:count] for name, array in table.plain.items()}
        self.in_scope = self.plain["open"].copy() if profile.shown else np.zeros(count, np.bool_)
        self.in_scope[table.blocking(profile.profile_id)] = False
        closely = self.in_scope & self.plain["times_asked"] & ~self.plain["by_itself"]
        self.meeting = Meeting(table, profile, day, lore, slice(0, count), closely)
        self.weighed = table.cases.weighed(table.answering_by(lore).of(profile, day), day, self.rules)
        self.unmet, self.kept_out = np.zeros(count, np.uint16), np.zeros(count, np.uint64)

    @cached_property
    def found(self) -> Found:
        """All that matters of a code is that it was a reason."""
        for cases in (some[: self.count] for some in self.table.musts):
            rows = cases.nonzero()[0]
            if len(rows) > self.count // SELDOM:
                self.unmet += self.weighed.lacks[cases]
                self.kept_out |= self.weighed.kept_out[cases]
            else:
                self.unmet[rows] += self.weighed.lacks[cases[rows]]
                self.kept_out[rows] |= self.weighed.kept_out[cases[rows]]
        protected = self.unmet >= MANY
        self.unmet &= MANY - 1
        self._always()
        for (about, _), layer in self.table.layers.items():
            self._musts(about, *(layer[name][: self.count] for name in ("strength", "unsure", "of")))
        found = Found(self.in_scope, self.unmet.astype(np.int64), self.kept_out, protected)
        by_itself = self.plain["by_itself"] | self._unsure(self.table.musts, slice(0, self.count))
        if max(abs(self.profile.place.east_m), abs(self.profile.place.north_m)) > FURTHEST_POINT:
            by_itself[:] = True
        for row in np.flatnonzero(by_itself & self.in_scope).tolist():
            self._plainly(found, row)
        return found

    def scores(self, rows: Rows) -> Ints:
        meeting = Meeting(self.table, self.profile, self.day, self.lore, rows, ~self.plain["by_itself"][rows])
        total, weights = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
        for cases in (*self.table.musts, *self.table.wishes):
            here = cases[rows]
            total += self.weighed.worth[here]
            weights += self.weighed.weight[here]
        by_strength = np.array([*(self.rules.weights[one] for one in STRENGTHS), 0], np.int64)
        for (about, _), layer in self.table.layers.items():
            strength = layer["strength"][rows]
            if (strength != UNASKED).any():
                weight = by_strength[strength]
                weights += weight
                total += weight * meeting.fit(about)
        found = np.where(weights > 0, total // np.maximum(weights, 1), WHOLE)
        plainly = self._unsure(self.table.wishes, rows)
        if self.found.scores:
            plainly |= np.isin(rows, list(self.found.scores))
        for nth in np.flatnonzero(plainly).tolist():
            row = int(rows[nth])
            known = self.found.scores.get(row)
            found[nth] = self.placed(row).score if known is None else known
        return found

    def plan(self, row: int) -> Plan:
        plan = self.table.rows.plans[row]
        assert plan is not None
        return plan

    def placed(self, row: int) -> Placement:
        return place_one(self.plan(row), self.profile, self.day, self.lore, self.rules)

    def _plainly(self, found: Found, row: int) -> None:
        one = self.placed(row)
        found.unmet[row], found.scores[row] = len(one.unmet), one.score
        found.kept_out[row] = sum(self.table.bit(code) for code in set(one.codes))
        found.protected[row] = any(reason.criterion in PROTECTED for reason in one.unmet)

    def _unsure(self, layers: list[Array], rows: slice | Rows) -> Bools:
        """Where the work starts later than today, and by then it could be otherwise in a way that only the plain rules see."""
        later: Bools = self.plain["start"][rows] > self.day.toordinal()
        found = np.zeros(len(later), np.bool_)
        if self.weighed.unsure.any() and later.any():
            for cases in layers:
                found |= self.weighed.unsure[cases[: self.count][rows]]
        return found & later

    def _lacks(self, where: Bools, otherwise: str, cases: Sequence[tuple[Bools, str]] = ()) -> None:
        rows = where.nonzero()[0]
        said = np.full(len(rows), self.table.bit(otherwise), np.uint64)
        for so, code in reversed(cases):
            said[so[rows]] = self.table.bit(code)
        self.unmet[rows] += 1
        self.kept_out[rows] |= said

    def _always(self) -> None:
        profile, plain, meeting = self.profile, self.plain, self.meeting
        if profile.free_from is not None:
            self._lacks(meeting.on < profile.free_from.toordinal(), "looking_later")
        elif profile.state is Looking.SOON:
            self._lacks(np.ones(self.count, np.bool_), "looking_unknown")
        if profile.age_band is AgeBand.UNDER_18:
            self._lacks(plain["by_night"], "under_18_nights")
        self._lacks(meeting.out_of_reach & ~plain["place_asked"], "out_of_reach")
        self._lacks(meeting.unlawful & ~plain["pay_asked"], meeting.unlawful_code)

    def _musts(self, about: Criterion, strength: Array, unsure: Array, of: Array) -> None:
        must = strength == MUST
        if not must.any():
            return
        unmet, cases, otherwise = self.meeting.lacking(about)(of)
        if unsure.any():
            cases = [(unsure & ~unmet, "wish_unconfirmed"), *cases]
            unmet = unmet | unsure
        self._lacks(must & unmet, otherwise, cases)
