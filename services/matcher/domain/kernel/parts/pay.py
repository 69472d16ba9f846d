"""What is asked for an hour, against what can be paid and what is lawful."""
import numpy as np

from services.matcher.domain.finding import Finding, Met, Reason, no, unknown, yes
from services.matcher.domain.kernel.columns import NEVER, Bools, Ints
from services.matcher.domain.kernel.parts.part import Keyed, Kinds, Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.kernel.writing import AGES, OWN_BOSS
from services.matcher.domain.pay import most
from services.matcher.domain.plan import Criterion, Strength
from services.matcher.domain.rules import WHOLE

LARGE = 2**62 // WHOLE
"""What times a million still fits a column's whole numbers."""


class Lawful:
    """Whether the most that can be paid reaches the lowest lawful rate, by age and for whom they work."""

    def __init__(self, strength: Strength, question: Question) -> None:
        self.said = Said(Criterion.PAY, strength)
        self.limit = most(question.plan)
        lowest = [question.lore.lowest_rate(question.on, age) for age in AGES]
        self.lowest = np.array([*lowest, *([0] * len(AGES))], np.int64)
        self.broken = self.lowest > (NEVER if self.limit is None else min(self.limit, NEVER))
        self.reasons = [self.said.reason(self._finding(kind)) for kind in range(2 * OWN_BOSS)]

    def _finding(self, kind: int) -> Finding:
        if not self.broken[kind] or self.limit is None:
            return yes("pay_lawful")
        said = (("lowest_pence", int(self.lowest[kind])), ("most_pence", self.limit))
        return no("pay_below_lawful", *said) if kind % OWN_BOSS else unknown("pay_age_unknown", *said)

    @property
    def idle(self) -> bool:
        return not self.broken.any()

    def unmet(self, view: View) -> Bools:
        if self.idle:
            return view.none()
        found: Bools = self.broken[view.column("age_and_work")]
        return found

    def worth(self, view: View) -> Ints:
        raise NotImplementedError("it always holds, so it counts in no score")

    def told(self, view: View) -> list[Reason]:
        return [self.reasons[kind] for kind in view.column("age_and_work").tolist()]

    def kinds(self, view: View) -> Kinds:
        return view.column("age_and_work"), self.reasons


class Pay(Keyed):
    def __init__(self, strength: Strength, question: Question) -> None:
        self.said, self.rules = Said(Criterion.PAY, strength), question.rules
        self.lawful = Lawful(strength, question)
        self.limit = self.lawful.limit
        self.by_law = np.array([0 if kind % OWN_BOSS else self.rules.unknown for kind in range(2 * OWN_BOSS)], np.int64)
        self.made: dict[int, Reason] = {}

    def _fits(self, above: Ints, stretch: int) -> Ints:
        if not 0 < stretch < LARGE:
            return np.array([self._fit(pence) for pence in above.tolist()], np.int64)
        return np.where(above <= 0, WHOLE, np.maximum(0, stretch - above * WHOLE) * WHOLE // stretch)

    def _fit(self, above: int) -> int:
        """By how many pence more than the limit is asked."""
        stretch = (self.limit or 0) * self.rules.pay_stretch
        if above <= 0:
            return WHOLE
        return max(0, stretch - above * WHOLE) * WHOLE // stretch if stretch else 0

    def unmet(self, view: View) -> Bools:
        if self.limit is None:
            return ~view.none()
        above: Bools = view.column("least_rate") > min(self.limit, NEVER - 1)
        return above | self.lawful.unmet(view)

    def worth(self, view: View) -> Ints:
        if self.limit is None:
            return np.full(len(view), self.rules.unknown, np.int64)
        rate, kind = view.column("least_rate"), view.column("age_and_work")
        above = np.maximum(rate, self.lawful.lowest[kind]) - self.limit
        fit = self._fits(above, self.limit * self.rules.pay_stretch)
        return np.where(self.lawful.broken[kind], self.by_law[kind], np.where(rate == NEVER, self.rules.unknown, fit))

    def told_by(self, view: View) -> Ints:
        rates, kinds = view.column("least_rate").astype(np.int64), view.column("age_and_work")
        return rates * (2 * OWN_BOSS) + kinds

    def _reason(self, key: int) -> Reason:
        return self.said.reason(self._finding(*divmod(key, 2 * OWN_BOSS)))

    def _finding(self, rate: int, kind: int) -> Finding:
        limit = self.limit
        if limit is None:
            return unknown("pay_limit_unknown")
        if self.lawful.broken[kind]:
            law = self.lawful.reasons[kind]
            return Finding(law.code, law.met, law.fit, law.params)
        if rate == NEVER:
            return unknown("pay_unknown", ("most_pence", limit))
        asks = max(rate, int(self.lawful.lowest[kind]))
        said = (("asks_pence", asks), ("most_pence", limit))
        if asks <= limit:
            return Finding("pay_within", Met.YES, WHOLE, said)
        return no("pay_above", *said, fit=self._fit(asks - limit))
