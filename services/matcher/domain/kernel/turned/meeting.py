"""What depends on a plan and a PA both: times, place, pay and hours, worked out for every plan at once."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from services.matcher.domain.finding import Met
from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.turned.table import FEW, NO_LIMIT, UNASKED, Table
from services.matcher.domain.kernel.weeks import words
from services.matcher.domain.lore import Lore
from services.matcher.domain.place import reach
from services.matcher.domain.profile import Employment, Profile
from services.matcher.domain.rules import WHOLE
from services.matcher.domain.times import coverage


@dataclass(frozen=True, eq=False)
class Wished:
    """By row: how well each fits, and the bit of what is said where it is not met."""

    fit: Ints
    unmet: Bools
    code: Array


class Meeting:
    """`on`: by row, the day the work would start. `bit`: that of a code."""

    def __init__(
        self, table: Table, plain: Mapping[str, Array], profile: Profile, on: Ints, lore: Lore, bit: Callable[[str], int]
    ) -> None:
        self.table, self.plain, self.profile, self.on, self.lore, self.bit = table, plain, profile, on, lore, bit
        self.rules, self.count = table.rules, len(on)

    def _coded(self, *cases: tuple[Bools, str], otherwise: str) -> Array:
        """The first case that is so."""
        bits = [np.uint64(self.bit(code)) for _, code in cases]
        return np.select([where for where, _ in cases], bits, np.uint64(self.bit(otherwise)))

    @cached_property
    def covered(self) -> tuple[Ints, Ints]:
        """Covered, and wanted but not known: quarter-hours."""
        profile, plain = self.profile, self.plain
        nights, nothing = plain["nights"], np.zeros(self.count, np.int64)
        covered = nights.copy() if profile.sleep_ins else nothing.copy()
        not_known = nights.copy() if profile.sleep_ins is None else nothing.copy()
        one_by_one = np.zeros(self.count, np.bool_)
        for span in profile.away:
            last = self.on + 7 * self.rules.weeks_looked_at - 1
            one_by_one |= (span.first.toordinal() <= last) & (span.last.toordinal() >= self.on)
        if profile.week:
            for nth, word in enumerate(words(profile.week)):
                if word:
                    covered += np.bitwise_count(self.table.fixed[nth, : self.count] & word)
            one_by_one |= plain["flexible"]
        else:
            not_known += plain["wanted"] - nights
        for row in np.flatnonzero(one_by_one & plain["open"]).tolist():
            covered[row], not_known[row] = self._covered_by_itself(row)
        return covered, not_known

    def _covered_by_itself(self, row: int) -> tuple[int, int]:
        """Flexible hours, and days away in the weeks looked at: by the plain rules."""
        plan = self.table.rows.plans[row]
        assert plan is not None
        found = coverage(plan, self.profile, date.fromordinal(int(self.on[row])), self.rules)
        return found.covered, found.not_known

    def times(self, share: Ints) -> Wished:
        wanted, (covered, not_known) = self.plain["wanted"], self.covered
        fit = (2 * covered + not_known) * WHOLE // np.maximum(2 * wanted, 1)
        nothing_said, needed = not_known == wanted, share * wanted
        fit = np.where(wanted == 0, WHOLE, np.where(nothing_said, self.rules.unknown, fit))
        code = self._coded(
            (nothing_said, "times_unknown"), ((covered + not_known) * WHOLE >= needed, "times_sleep_ins_unknown"),
            (covered > 0, "times_some"), otherwise="times_none",
        )  # fmt: skip
        return Wished(fit, (wanted > 0) & (nothing_said | (covered * WHOLE < needed)), code)

    @cached_property
    def away_m(self) -> Ints:
        """Whole metres, exact for points on the map."""
        east, north = self.plain["east_m"] - self.profile.place.east_m, self.plain["north_m"] - self.profile.place.north_m
        found: Ints = np.sqrt((east * east + north * north).astype(np.float64)).astype(np.int64)
        return found

    @cached_property
    def out_of_reach(self) -> Bools:
        found: Bools = self.away_m > reach(self.profile, self.rules).furthest_m
        return found

    def place(self, within: Ints) -> Wished:
        limit, away = reach(self.profile, self.rules), self.away_m
        falling = np.maximum(limit.furthest_m - away, 0) * WHOLE // max(limit.furthest_m - limit.comfortable_m, 1)
        out, beyond = away > limit.furthest_m, (within != UNASKED) & (away > within)
        code = self._coded((out, "out_of_reach"), otherwise="beyond_asked")
        return Wished(np.where(away <= limit.comfortable_m, WHOLE, falling), out | beyond, code)

    @cached_property
    def lowest(self) -> Ints:
        """Pence an hour that the law asks, on the day the work would start."""
        if self.profile.employment is Employment.SELF_EMPLOYED:
            return np.zeros(self.count, np.int64)
        days, which = np.unique(self.on, return_inverse=True)
        rates = [self.lore.lowest_rate(date.fromordinal(day), self.profile.age_band) for day in days.tolist()]
        return np.array(rates, np.int64)[which.reshape(-1)]

    @cached_property
    def unlawful(self) -> Bools:
        found: Bools = (self.plain["limit"] != NO_LIMIT) & (self.plain["limit"] < self.lowest)
        return found

    @property
    def unlawful_code(self) -> str:
        return "pay_below_lawful" if self.profile.age_band else "pay_age_unknown"

    def pay(self, _: Ints) -> Wished:
        limit, lowest, unlawful, rate = self.plain["limit"], self.lowest, self.unlawful, self.profile.least_rate
        none, unknown = limit == NO_LIMIT, self.rules.unknown
        above = np.maximum(rate or 0, lowest) - limit
        stretch = limit * self.rules.pay_stretch
        fit = np.where(above <= 0, WHOLE, np.maximum(0, stretch - above * WHOLE) * WHOLE // np.maximum(stretch, 1))
        if rate is None:
            fit[:] = unknown
        fit = np.where(none, unknown, np.where(unlawful, 0 if self.profile.age_band else unknown, fit))
        asks_more: Bools = np.ones(self.count, np.bool_) if rate is None else above > 0
        code = self._coded(
            (none, "pay_limit_unknown"), (unlawful, self.unlawful_code),
            otherwise="pay_unknown" if rate is None else "pay_above",
        )  # fmt: skip
        return Wished(fit, none | unlawful | asks_more, code)

    def hours(self, _: Ints) -> Wished:
        """Half of the fit is the hours', half the wish for few people."""
        profile, quarters = self.profile, self.plain["quarters"]
        more = quarters < (profile.least or 0)
        fewer = ~more & (quarters > profile.most) if profile.most is not None else np.zeros(self.count, np.bool_)
        unsaid = profile.least is None and profile.most is None
        worth = {Met.YES: WHOLE, Met.NO: 0, Met.UNKNOWN: self.rules.unknown}
        agrees = {few: _continuity(few, profile.few_people) for few in FEW}
        other = np.array([worth[agrees[few]] for few in FEW], np.int64)[self.plain["few"]]
        amount = np.where(more | fewer, 0, worth[Met.UNKNOWN if unsaid else Met.YES])
        fit = (amount + other) // 2
        if unsaid:
            neither = np.array([agrees[few] is Met.UNKNOWN for few in FEW])[self.plain["few"]]
            fit = np.where(neither, self.rules.unknown, fit)
        code = self._coded((more, "hours_wants_more"), (fewer, "hours_wants_fewer"), otherwise="hours_unknown")
        return Wished(fit, more | fewer | unsaid, code)


def _continuity(asked: bool | None, said: bool | None) -> Met:
    if asked is None or asked is said:
        return Met.YES
    return Met.UNKNOWN if said is None else Met.NO
