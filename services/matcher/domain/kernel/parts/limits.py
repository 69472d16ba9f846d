"""What a PA would meet and be asked to do, against what they said they can and cannot."""
import numpy as np

from services.matcher.domain.finding import Finding, Reason, no, unknown, yes
from services.matcher.domain.kernel.columns import WORD, Bools, Ints
from services.matcher.domain.kernel.parts.part import Kinds, Question, Said, by_keys
from services.matcher.domain.kernel.views import View, masks
from services.matcher.domain.limits import OWN_HABITS
from services.matcher.domain.plan import Criterion, Strength
from services.matcher.domain.rules import WHOLE


class Limits:
    """The plan's home and what else was asked. `refusals_only`: as it always must hold, where silence keeps nobody out."""

    def __init__(self, asked: tuple[str, ...], strength: Strength, question: Question, *, refusals_only: bool = False) -> None:
        known = question.codes.claims[Criterion.LIMIT]
        self.said, self.refusals_only, self.unknown = Said(Criterion.LIMIT, strength), refusals_only, question.rules.unknown
        self.codes = tuple(dict.fromkeys((*question.plan.home, *asked)))
        self.bits = [1 << known[code] if code in known else 0 for code in self.codes]
        self.habits = sum(bit for code, bit in zip(self.codes, self.bits, strict=True) if code in OWN_HABITS)
        self.others = sum(self.bits) - self.habits
        self.made: dict[tuple[int, ...], Reason] = {}

    def _conflict(self, view: View) -> Bools:
        return view.bits("no", self.others) | view.bits("has", self.habits)

    def _unsaid(self, view: View) -> Bools:
        if 0 in self.bits:
            return ~view.none()
        return ~(view.whole("has", self.others) & view.whole("no", self.habits)) | view.bits("unsure", self.others | self.habits)

    @property
    def idle(self) -> bool:
        return self.refusals_only and not self.others | self.habits

    def unmet(self, view: View) -> Bools:
        if self.refusals_only or not self.codes:
            return self._conflict(view)
        return self._unsaid(view)  # where there is a conflict, that limit is not as wished

    def worth(self, view: View) -> Ints:
        unsaid = self._unsaid(view) if self.codes else view.none()
        return np.where(self._conflict(view), 0, np.where(unsaid, self.unknown, WHOLE))

    def told(self, view: View) -> list[Reason]:
        """Rows whose bits are the same have the same said of them, which is made once."""
        wanted = masks(self.others | self.habits)
        said = [view.plane((kind, word)) for kind in ("has", "no", "unsure") for word, _ in wanted]
        nobody = np.zeros(len(view), np.uint64)
        bits = [nobody if one is None else one & mask for one, (_, mask) in zip(said, wanted * 3, strict=True)]
        keys = list(zip(*(one.tolist() for one in bits), strict=True)) if bits else [()] * len(view)
        return by_keys(keys, self.made, self._reason)

    def kinds(self, view: View) -> Kinds:
        unsaid = self._unsaid(view) if self.codes else view.none()
        which = np.where(self._conflict(view), 2, unsaid)
        return which, [self.said.reason(self._finding(*found)) for found in ((0, 0), (0, 1), (1, 0))]

    def _reason(self, key: tuple[int, ...]) -> Reason:
        words = [word for word, _ in masks(self.others | self.habits)]
        has, no, unsure = (
            sum(bits << WORD * word for word, bits in zip(words, key[nth * len(words) :], strict=False)) for nth in range(3)
        )
        conflicts = unsaid = 0
        for nth, (code, bit) in enumerate(zip(self.codes, self.bits, strict=True)):
            conflicts |= bool((has if code in OWN_HABITS else no) & bit) << nth
            unsaid |= bool(not (has | no) & bit or unsure & bit) << nth
        return self.said.reason(self._finding(conflicts, unsaid))

    def _finding(self, conflicts: int, unsaid: int) -> Finding:
        if conflicts:
            return no("limits_conflict", ("limits", self._named(conflicts)))
        if unsaid:
            return unknown("limits_unknown", ("limits", self._named(unsaid)))
        return yes("limits_fine", ("limits", ",".join(self.codes))) if self.codes else yes("limits_none")

    def _named(self, bits: int) -> str:
        return ",".join(code for nth, code in enumerate(self.codes) if bits >> nth & 1)
