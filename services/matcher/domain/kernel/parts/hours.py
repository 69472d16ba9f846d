"""The hours a week and the wish for few people, for long, on both sides."""
import numpy as np

from services.matcher.domain.finding import Finding, Met, Reason
from services.matcher.domain.kernel.columns import NEVER, Array, Bools, Ints
from services.matcher.domain.kernel.parts.part import Keyed, Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.kernel.writing import YES_NO
from services.matcher.domain.plan import Criterion, Strength
from services.matcher.domain.rules import WHOLE

FIT, MORE, FEWER, UNSAID = range(4)
SAID = 4


class Hours(Keyed):
    def __init__(self, strength: Strength, question: Question) -> None:
        self.said, self.unknown = Said(Criterion.HOURS, strength), question.rules.unknown
        self.quarters, self.few = question.plan.quarters, question.plan.few_people
        worth = {Met.YES: WHOLE, Met.NO: 0, Met.UNKNOWN: self.unknown}
        self.continuity = [self._continuity(few) for few in YES_NO]
        amounts = np.array([WHOLE, 0, 0, self.unknown], np.int64)
        halves = np.array([worth[met] for met in self.continuity], np.int64)
        self.fits = (amounts[:, None] + halves) // 2
        self.fits[UNSAID, [met is Met.UNKNOWN for met in self.continuity]] = self.unknown
        self.made: dict[int, Reason] = {}

    def _continuity(self, few: bool | None) -> Met:
        if self.few is None or self.few is few:
            return Met.YES
        return Met.UNKNOWN if few is None else Met.NO

    def unmet(self, view: View) -> Bools:
        """Where neither was said, the least is never reached."""
        found: Bools = (view.column("least") > self.quarters) | (view.column("most") < self.quarters)
        return found

    def _amount(self, view: View) -> Array:
        least, most = view.column("least"), view.column("most")
        apart = np.where(least > self.quarters, MORE, np.where(most < self.quarters, FEWER, FIT))
        return np.where(least == NEVER, UNSAID, apart)

    def worth(self, view: View) -> Ints:
        return self.fits[self._amount(view), view.column("few_people")]

    def told_by(self, view: View) -> Ints:
        amount, least, most = self._amount(view), view.column("least").astype(np.int64), view.column("most")
        said = np.where(amount == MORE, least, np.where(amount == FEWER, most, 0))
        return (said * SAID + amount) * len(YES_NO) + view.column("few_people")

    def _reason(self, key: int) -> Reason:
        found, few = divmod(key, len(YES_NO))
        said, amount = divmod(found, SAID)
        return self.said.reason(self._finding(amount, few, said))

    def _finding(self, amount: int, few: int, said: int) -> Finding:
        wanted: tuple[str, str | int] = ("wanted_quarters", self.quarters)
        continuity, fit = self.continuity[few], int(self.fits[amount, few])
        if amount == MORE:
            return Finding("hours_wants_more", Met.NO, fit, (wanted, ("least_quarters", said)))
        if amount == FEWER:
            return Finding("hours_wants_fewer", Met.NO, fit, (wanted, ("most_quarters", said)))
        if amount == UNSAID:
            return Finding("hours_unknown", Met.UNKNOWN, None if continuity is Met.UNKNOWN else fit, (wanted,))
        apart = {Met.YES: "", Met.NO: "_continuity_apart", Met.UNKNOWN: "_continuity_unknown"}[continuity]
        return Finding(f"hours_fit{apart}", Met.YES, fit, (wanted,))
