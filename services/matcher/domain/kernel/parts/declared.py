"""Faith, culture and sex, as told: the same, another, or not told."""
import numpy as np

from services.matcher.domain.finding import Reason, no, unknown, yes
from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.parts.part import Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.plan import Strength, Wish
from services.matcher.domain.rules import WHOLE


class Declared:
    def __init__(self, wish: Wish, strength: Strength, question: Question) -> None:
        kind, said = wish.criterion, Said(wish.criterion, strength)
        known = question.codes.declared[kind]
        self.kind = kind
        self.wanted = np.zeros(len(known) + 1, np.bool_)
        self.wanted[[known[value] for value in wish.values if value in known]] = True
        self.fits = self.wanted * np.int64(WHOLE)
        self.fits[0] = question.rules.unknown
        different = said.reason(no(f"{kind}_different"))
        self.reasons: list[Reason] = [different] * len(self.wanted)
        self.reasons[0] = said.reason(unknown(f"{kind}_not_told"))
        for value, number in known.items():
            if self.wanted[number]:
                self.reasons[number] = said.reason(yes(f"{kind}_same", (kind.value, value)))

    def _told(self, view: View) -> Array:
        return view.column(self.kind.value)

    def unmet(self, view: View) -> Bools:
        return ~self.wanted[self._told(view)]

    def worth(self, view: View) -> Ints:
        return self.fits[self._told(view)]

    def told(self, view: View) -> list[Reason]:
        return [self.reasons[number] for number in self._told(view).tolist()]
