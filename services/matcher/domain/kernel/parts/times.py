"""Wishes about times: how much of what is wanted must be covered, and what is not known."""
import numpy as np

from services.matcher.domain import times as plain
from services.matcher.domain.finding import Reason
from services.matcher.domain.kernel.columns import Bools, Ints
from services.matcher.domain.kernel.parts.covering import Covering
from services.matcher.domain.kernel.parts.part import Keyed, Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.plan import Criterion, Strength, Wish
from services.matcher.domain.rules import WHOLE


class Times(Keyed):
    def __init__(self, wish: Wish, strength: Strength, covering: Covering, question: Question) -> None:
        self.said, self.wish, self.covering = Said(Criterion.TIMES, strength), wish, covering
        self.wanted, self.unknown = covering.wanted, question.rules.unknown
        self.enough = -(-wish.share * covering.wanted // WHOLE)
        self.made: dict[int, Reason] = {}

    def unmet(self, view: View) -> Bools:
        if not self.wanted:
            return view.none()
        covered, not_known = self.covering.of(view)
        found: Bools = (covered < self.enough) | (not_known == self.wanted)
        return found

    def worth(self, view: View) -> Ints:
        if not self.wanted:
            return np.full(len(view), WHOLE, np.int64)
        covered, not_known = self.covering.of(view)
        fit = (2 * covered + not_known) * WHOLE // (2 * self.wanted)
        return np.where(not_known == self.wanted, self.unknown, fit)

    def told_by(self, view: View) -> Ints:
        covered, not_known = self.covering.of(view)
        return covered * (self.wanted + 1) + not_known

    def _reason(self, key: int) -> Reason:
        return self.said.reason(plain.times(self.wish, plain.Coverage(self.wanted, *divmod(key, self.wanted + 1))))
