"""One PA seen by every open plan: how many musts each list finds unmet, which, and the score."""
from dataclasses import dataclass
from datetime import date

import numpy as np

from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.turned.meeting import Meeting
from services.matcher.domain.kernel.turned.table import ASK, HOURS, LAYER, MUST, PAY, PLACE, STRENGTHS, TIMES, Table
from services.matcher.domain.kernel.writing import FURTHEST_POINT
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Placement, place_one
from services.matcher.domain.plan import PROTECTED, Plan, Strength
from services.matcher.domain.profile import AgeBand, Looking, Profile
from services.matcher.domain.rules import WHOLE

Codes = dict[str, int]
"""The bit of each code that was a reason not to fit. For one PA there are some fifty at most."""


@dataclass(eq=False)
class Found:
    """By row of the table. `protected`: whether something about faith, culture or sex is among what is not met."""

    in_scope: Bools
    unmet: Ints
    score: Ints
    kept_out: Array
    protected: Bools
    codes: Codes


class Seeing:
    """Of one PA on one day; for one look."""

    def __init__(self, table: Table, profile: Profile, day: date, lore: Lore) -> None:
        self.table, self.profile, self.day, self.lore, self.rules = table, profile, day, lore, table.rules
        count = self.count = table.count
        self.plain = {name: array[:count] for name, array in table.plain.items()}
        self.on: Ints = np.maximum(self.plain["start"], day.toordinal()).astype(np.int64)
        self.codes: Codes = {}
        self.meeting = Meeting(table, self.plain, profile, self.on, lore, self._bit)
        self.unmet, self.kept_out = np.zeros(count, np.int64), np.zeros(count, np.uint64)
        self.protected = np.zeros(count, np.bool_)
        self.total, self.weights = np.zeros(count, np.int64), np.zeros(count, np.int64)
        self.unsure_day = np.zeros(count, np.bool_)
        """Where the day the work starts could make a difference that only the plain rules see."""

    def found(self) -> Found:
        in_scope = self.plain["open"].copy() if self.profile.shown else np.zeros(self.count, np.bool_)
        in_scope[self.table.blocking(self.profile.profile_id)] = False
        self._answers()
        self._always()
        for (kind, _), layer in self.table.layers.items():
            self._wished(kind, {name: layer[name][: self.count] for name in LAYER})
        score = np.where(self.weights > 0, self.total // np.maximum(self.weights, 1), WHOLE)
        found = Found(in_scope, self.unmet, score, self.kept_out, self.protected, self.codes)
        by_itself = self.plain["by_itself"] | (self.unsure_day & (self.on > self.day.toordinal()))
        if max(abs(self.profile.place.east_m), abs(self.profile.place.north_m)) > FURTHEST_POINT:
            by_itself[:] = True
        for row in np.flatnonzero(by_itself & in_scope).tolist():
            self._plainly(found, row)
        return found

    def plan(self, row: int) -> Plan:
        plan = self.table.rows.plans[row]
        assert plan is not None
        return plan

    def placed(self, row: int) -> Placement:
        return place_one(self.plan(row), self.profile, self.day, self.lore, self.rules)

    def _plainly(self, found: Found, row: int) -> None:
        one = self.placed(row)
        found.unmet[row], found.score[row] = len(one.unmet), one.score
        found.kept_out[row] = sum(self._bit(code) for code in set(one.codes))
        found.protected[row] = any(reason.criterion in PROTECTED for reason in one.unmet)

    def _bit(self, code: str) -> int:
        return self.codes.setdefault(code, 1 << len(self.codes))

    def _answers(self) -> None:
        answers = self.table.asks.answers(self.profile, self.day, self.rules, self.lore)
        self.fits = np.array([one.fit for one in answers], np.int64)
        self.not_met = np.array([one.code is not None for one in answers])
        self.said = np.array([self._bit(one.code) if one.code else 0 for one in answers], np.uint64)
        self.softer = np.array([one.softer for one in answers])
        self.unsure = np.array([not one.sure for one in answers])

    def _lacks(self, where: Bools, code: Array | int) -> None:
        self.unmet += where
        self.kept_out |= np.where(where, np.uint64(code) if isinstance(code, int) else code, np.uint64(0))

    def _always(self) -> None:
        profile, plain, nobody = self.profile, self.plain, np.zeros(self.count, np.bool_)
        if profile.free_from is not None:
            self._lacks(self.on < profile.free_from.toordinal(), self._bit("looking_later"))
        elif profile.state is Looking.SOON:
            self._lacks(~nobody, self._bit("looking_unknown"))
        self._lacks(self.not_met[plain["willing"]], self.said[plain["willing"]])
        if profile.age_band is AgeBand.UNDER_18:
            self._lacks(plain["by_night"], self._bit("under_18_nights"))
        self._lacks(self.meeting.out_of_reach & ~plain["place_asked"], self._bit("out_of_reach"))
        self._lacks(self.meeting.unlawful & ~plain["pay_asked"], self._bit(self.meeting.unlawful_code))
        self._lacks(self.not_met[plain["home"]] & ~plain["limits_asked"], self.said[plain["home"]])

    def _wished(self, kind: int, layer: dict[str, Array]) -> None:
        ask, asked, meeting = layer["ask"], layer["asked"], self.meeting
        if kind == ASK:
            fit, unmet, code = self.fits[ask], self.not_met[ask], self.said[ask]
        else:
            by_kind = {TIMES: meeting.times, PLACE: meeting.place, PAY: meeting.pay, HOURS: meeting.hours}
            one = by_kind[kind](layer["of"])
            fit, unmet = one.fit, one.unmet
            if layer["unsure"].any():
                unmet = unmet | layer["unsure"]
                code = np.where(one.unmet | ~layer["unsure"], one.code, np.uint64(self._bit("wish_unconfirmed")))
            else:
                code = one.code
        must = asked & (layer["strength"] == MUST) & (layer["until"] >= self.on) & ~self.softer[ask]
        strength = np.where((layer["strength"] == MUST) & ~must, STRENGTHS.index(Strength.IMPORTANT), layer["strength"])
        weight = np.where(asked, np.array([self.rules.weights[one] for one in STRENGTHS], np.int64)[strength], 0)
        self.weights += weight
        self.total += weight * fit
        lacks = must & unmet
        self._lacks(lacks, code)
        self.protected |= lacks & layer["protected"]
        self.unsure_day |= self.unsure[ask]
