"""Faith, culture and sex, as told: the same, another, or not told; as a must, only for PAs who do any of the tasks it is for."""
import numpy as np

from services.matcher.domain.finding import Finding, Met, Reason, no, unknown, yes
from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.parts.part import Kinds, Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.plan import Criterion, Strength, Wish
from services.matcher.domain.rules import WHOLE

ANY = ("",)
"""Tasks, whichever: where only the kind of reason is asked for."""


class Declared:
    def __init__(self, wish: Wish, strength: Strength, question: Question) -> None:
        kind = wish.criterion
        known = dict(question.codes.declared[kind])  # at once: others may add to it meanwhile
        self.kind, self.strength, self.weights = kind, strength, question.rules.weights
        self.wanted = np.zeros(len(known) + 1, np.bool_)
        self.wanted[[known[value] for value in wish.values if value in known]] = True
        self.fits = self.wanted * np.int64(WHOLE)
        self.fits[0] = question.rules.unknown
        self.findings: list[Finding] = [no(f"{kind}_different")] * len(self.wanted)
        self.findings[0] = unknown(f"{kind}_not_told")
        for value, number in known.items():
            if self.wanted[number]:
                self.findings[number] = yes(f"{kind}_same", (kind.value, value))
        limited = question.plan.tasks_limited_by(wish) if strength is Strength.MUST else ()
        self.limited = Tasks(limited, question)
        self.others = Tasks(tuple(code for code in question.plan.tasks if code not in limited) if limited else (), question)
        self.made: dict[tuple[int, int, int], Reason] = {}

    def _told(self, view: View) -> Array:
        return view.column(self.kind.value)

    def unmet(self, view: View) -> Bools:
        return ~self.wanted[self._told(view)] & self.limited.any_done(view)

    def worth(self, view: View) -> Ints:
        return self.fits[self._told(view)]

    def weight(self, view: View) -> Ints | int:
        """For a PA who does none of its tasks a must weighs as what is important."""
        firm, soft = self.weights[self.strength], self.weights[Strength.IMPORTANT]
        if self.strength is not Strength.MUST or firm == soft:
            return firm
        return np.where(self.limited.any_done(view), firm, soft)

    def told(self, view: View) -> list[Reason]:
        columns = self._told(view), self.limited.refused(view), self.others.refused(view)
        return [self._reason(*one) for one in zip(*(column.tolist() for column in columns), strict=True)]

    def kinds(self, view: View) -> Kinds:
        told, firm, soft = self._told(view), self.limited.some_done(view), self.others.some_done(view)
        kinds = [self._said(finding, *tasks) for tasks in (((), ()), (ANY, ()), (ANY, ANY)) for finding in self.findings]
        return told + len(self.findings) * (firm * np.int64(1) + (firm & soft)), kinds

    def _reason(self, number: int, limited: int, others: int) -> Reason:
        key = number, limited, others
        if key not in self.made:
            self.made[key] = self._said(self.findings[number], self.limited.done(limited), self.others.done(others))
        return self.made[key]

    def _said(self, finding: Finding, limited: tuple[str, ...], others: tuple[str, ...]) -> Reason:
        if self.strength is not Strength.MUST:
            return Said(self.kind, self.strength).reason(finding)
        if not limited:
            return Said(self.kind, Strength.IMPORTANT).reason(finding)
        if finding.met is not Met.YES and others:
            said = ("tasks", ",".join(limited)), ("other_tasks", ",".join(others))
            finding = Finding(f"{finding.code}_for_tasks", finding.met, finding.fit, (*finding.params, *said))
        return Said(self.kind, self.strength).reason(finding)


class Tasks:
    """Some of a plan's tasks, and who has refused which. Silence is no refusal."""

    def __init__(self, codes: tuple[str, ...], question: Question) -> None:
        known = question.codes.claims[Criterion.TASK]
        self.codes = codes
        self.bits = [1 << known[code] if code in known else 0 for code in codes]

    def any_done(self, view: View) -> Bools:
        """Where at least one is not refused; where there are none to refuse, everywhere."""
        if not self.codes or 0 in self.bits:
            return ~view.none()
        return ~view.whole("no", sum(set(self.bits)))

    def some_done(self, view: View) -> Bools:
        """Where there are tasks, and one of them is not refused."""
        return self.any_done(view) if self.codes else view.none()

    def refused(self, view: View) -> Ints:
        """One bit a task, in their order."""
        found = np.zeros(len(view), np.int64)
        for nth, bit in enumerate(self.bits):
            found |= view.bits("no", bit).astype(np.int64) << nth
        return found

    def done(self, refused: int) -> tuple[str, ...]:
        return tuple(code for nth, code in enumerate(self.codes) if not refused >> nth & 1)
