"""What depends on a plan and a PA both: times, place, pay and hours, worked out for many plans at once."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from services.matcher.domain.finding import Met
from services.matcher.domain.kernel.columns import Array, Bools, Ints, Rows
from services.matcher.domain.kernel.turned.table import ANYWHERE, FEW, NO_LIMIT, Table
from services.matcher.domain.kernel.weeks import touched
from services.matcher.domain.lore import Lore
from services.matcher.domain.place import reach
from services.matcher.domain.plan import Criterion
from services.matcher.domain.profile import Employment, Profile
from services.matcher.domain.rules import WHOLE
from services.matcher.domain.times import coverage

Lacking = tuple[Bools, Sequence[tuple[Bools, str]], str]
"""Where a must of that kind is not met; what is said of it in the first case that is so, and otherwise."""


@dataclass(eq=False)
class Meeting:
    """`rows` a slice: the columns themselves; an array of row numbers: a copy of those. `closely`: where days away and flexible
    hours matter, which is asked of the plain rules plan by plan."""

    table: Table
    profile: Profile
    day: date
    lore: Lore
    rows: slice | Rows
    closely: Bools

    def __post_init__(self) -> None:
        self.rules, self.count = self.table.rules, len(self.closely)
        self.limit_of_reach = reach(self.profile, self.rules)

    def column(self, name: str) -> Array:
        found: Array = self.table.plain[name][self.rows]
        return found

    @cached_property
    def on(self) -> Ints:
        """The day the work would start."""
        return np.maximum(self.column("start"), self.day.toordinal())

    @cached_property
    def wanted(self) -> Ints:
        return self.column("wanted")

    @cached_property
    def covered(self) -> tuple[Ints, Ints]:
        """Covered, and wanted but not known: quarter-hours."""
        profile, nights = self.profile, self.column("nights")
        covered = nights.copy() if profile.sleep_ins else np.zeros(self.count, np.int64)
        not_known = nights.copy() if profile.sleep_ins is None else np.zeros(self.count, np.int64)
        one_by_one = np.zeros(self.count, np.bool_)
        for span in profile.away:
            last = self.on + 7 * self.rules.weeks_looked_at - 1
            one_by_one |= (span.first.toordinal() <= last) & (span.last.toordinal() >= self.on)
        if profile.week:
            for nth, word in touched(profile.week):
                covered += np.bitwise_count(self.table.fixed[nth][self.rows] & word)
            one_by_one |= self.column("flexible")
        else:
            not_known += self.wanted - nights
        for nth in np.flatnonzero(one_by_one & self.closely).tolist():
            covered[nth], not_known[nth] = self._covered_by_itself(nth)
        return covered, not_known

    def _covered_by_itself(self, nth: int) -> tuple[int, int]:
        """Flexible hours, and days away in the weeks looked at: by the plain rules."""
        plan = self.table.rows.plans[nth if isinstance(self.rows, slice) else int(self.rows[nth])]
        assert plan is not None
        found = coverage(plan, self.profile, date.fromordinal(int(self.on[nth])), self.rules)
        return found.covered, found.not_known

    @cached_property
    def silent_on_times(self) -> Bools:
        """Nothing of what is wanted is known; so also where nothing is."""
        found: Bools = self.covered[1] == self.wanted
        return found

    def times_lacking(self, enough: Ints) -> Lacking:
        covered, not_known = self.covered
        silent = self.silent_on_times
        cases = (
            (silent, "times_unknown"), (covered + not_known >= enough, "times_sleep_ins_unknown"), (covered > 0, "times_some")
        )  # fmt: skip
        return (self.wanted > 0) & (silent | (covered < enough)), cases, "times_none"

    def times(self) -> Ints:
        wanted, (covered, not_known) = self.wanted, self.covered
        fit = (2 * covered + not_known) * WHOLE // np.maximum(2 * wanted, 1)
        return np.where(wanted == 0, WHOLE, np.where(self.silent_on_times, self.rules.unknown, fit))

    @cached_property
    def squared_m(self) -> Ints:
        """The square of the distance; points are on the map, so this is exact."""
        east, north = self.column("east_m") - self.profile.place.east_m, self.column("north_m") - self.profile.place.north_m
        found: Ints = east * east + north * north
        return found

    @cached_property
    def out_of_reach(self) -> Bools:
        found: Bools = self.squared_m >= (min(self.limit_of_reach.furthest_m, ANYWHERE) + 1) ** 2
        return found

    def place_lacking(self, within: Ints) -> Lacking:
        beyond = self.squared_m >= (within + 1) ** 2
        return self.out_of_reach | beyond, [(self.out_of_reach, "out_of_reach")], "beyond_asked"

    def place(self) -> Ints:
        """Whole metres, rounded down: a double holds these squares exactly, and its root is never off by one."""
        limit = self.limit_of_reach
        away = np.sqrt(self.squared_m.astype(np.float64)).astype(np.int64)
        falling = np.maximum(limit.furthest_m - away, 0) * WHOLE // max(limit.furthest_m - limit.comfortable_m, 1)
        return np.where(away <= limit.comfortable_m, WHOLE, falling)

    @cached_property
    def limit(self) -> Ints:
        return self.column("limit")

    @cached_property
    def lowest(self) -> Ints | int:
        """Pence an hour that the law asks, on the day the work would start; one number where it is the same for all."""
        if self.profile.employment is Employment.SELF_EMPLOYED or not self.count:
            return 0
        changes = sorted({rate.from_day.toordinal() for rate in self.lore.lowest_rates})
        age, last = self.profile.age_band, int(self.on.max())
        changes = [change for change in changes if self.day.toordinal() < change <= last]
        rates = [self.lore.lowest_rate(date.fromordinal(day), age) for day in (self.day.toordinal(), *changes)]
        return np.array(rates, np.int64)[np.searchsorted(changes, self.on, side="right")] if changes else rates[0]

    @cached_property
    def unlawful(self) -> Bools:
        found: Bools = (self.limit != NO_LIMIT) & (self.limit < self.lowest)
        return found

    @property
    def unlawful_code(self) -> str:
        return "pay_below_lawful" if self.profile.age_band else "pay_age_unknown"

    @cached_property
    def above(self) -> Ints:
        """By how much more than the limit is asked for an hour."""
        found: Ints = np.maximum(self.profile.least_rate or 0, self.lowest) - self.limit
        return found

    def pay_lacking(self, _: Ints) -> Lacking:
        none, unlawful, rate = self.limit == NO_LIMIT, self.unlawful, self.profile.least_rate
        cases = (none, "pay_limit_unknown"), (unlawful, self.unlawful_code)
        if rate is None:
            return np.ones(self.count, np.bool_), cases, "pay_unknown"
        return none | unlawful | (self.above > 0), cases, "pay_above"

    def pay(self) -> Ints:
        unknown, stretch = self.rules.unknown, self.limit * self.rules.pay_stretch
        fit = np.where(self.above <= 0, WHOLE, np.maximum(0, stretch - self.above * WHOLE) * WHOLE // np.maximum(stretch, 1))
        if self.profile.least_rate is None:
            fit[:] = unknown
        fit = np.where(self.unlawful, 0 if self.profile.age_band else unknown, fit)
        return np.where(self.limit == NO_LIMIT, unknown, fit)

    @cached_property
    def more(self) -> Bools:
        """Hours than the plan has."""
        found: Bools = self.column("quarters") < (self.profile.least or 0)
        return found

    @cached_property
    def fewer(self) -> Bools:
        most = self.profile.most
        return np.zeros(self.count, np.bool_) if most is None else ~self.more & (self.column("quarters") > most)

    @property
    def silent_on_hours(self) -> bool:
        return self.profile.least is None and self.profile.most is None

    def hours_lacking(self, _: Ints) -> Lacking:
        cases = (self.more, "hours_wants_more"), (self.fewer, "hours_wants_fewer")
        return np.ones(self.count, np.bool_) if self.silent_on_hours else self.more | self.fewer, cases, "hours_unknown"

    def hours(self) -> Ints:
        """Half of the fit is the hours', half the wish for few people."""
        few, unsaid = self.column("few"), self.silent_on_hours
        worth = {Met.YES: WHOLE, Met.NO: 0, Met.UNKNOWN: self.rules.unknown}
        agrees = {asked: _continuity(asked, self.profile.few_people) for asked in FEW}
        other = np.array([worth[agrees[asked]] for asked in FEW], np.int64)[few]
        amount = np.where(self.more | self.fewer, 0, worth[Met.UNKNOWN if unsaid else Met.YES])
        fit: Ints = (amount + other) // 2
        if unsaid:
            neither = np.array([agrees[asked] is Met.UNKNOWN for asked in FEW])[few]
            fit = np.where(neither, self.rules.unknown, fit)
        return fit

    def lacking(self, about: Criterion) -> Callable[[Ints], Lacking]:
        """Of a must about it."""
        return {
            Criterion.TIMES: self.times_lacking, Criterion.PLACE: self.place_lacking, Criterion.PAY: self.pay_lacking,
            Criterion.HOURS: self.hours_lacking,
        }[about]  # fmt: skip

    def fit(self, about: Criterion) -> Ints:
        return {Criterion.TIMES: self.times, Criterion.PLACE: self.place, Criterion.PAY: self.pay, Criterion.HOURS: self.hours}[
            about
        ]()


def _continuity(asked: bool | None, said: bool | None) -> Met:
    if asked is None or asked is said:
        return Met.YES
    return Met.UNKNOWN if said is None else Met.NO
