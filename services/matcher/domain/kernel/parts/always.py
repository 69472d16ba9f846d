"""The musts that always hold beside reach, pay and the home: looking, willing, of age."""
from datetime import date

import numpy as np

from services.matcher.domain import week
from services.matcher.domain.finding import Reason, no, unknown, yes
from services.matcher.domain.kernel.columns import NEVER, Bools, Ints
from services.matcher.domain.kernel.parts.part import Keyed, Kinds, Question, Said
from services.matcher.domain.kernel.views import View
from services.matcher.domain.kernel.writing import AGES
from services.matcher.domain.plan import Criterion, Strength
from services.matcher.domain.profile import AgeBand


class Always:
    """Counts in no score."""

    def worth(self, view: View) -> Ints:
        raise NotImplementedError("it always holds, so it counts in no score")


class Looking(Always, Keyed):
    def __init__(self, question: Question) -> None:
        self.made: dict[int, Reason] = {}
        self.on, self.said = question.on.toordinal(), Said(Criterion.LOOKING, Strength.MUST)

    def unmet(self, view: View) -> Bools:
        found: Bools = view.column("free_from") > self.on
        return found

    def told_by(self, view: View) -> Ints:
        return view.column("free_from")

    def _reason(self, free_from: int) -> Reason:
        if free_from <= self.on:
            return self.said.reason(yes("looking"))
        if free_from == NEVER:
            return self.said.reason(unknown("looking_unknown"))
        return self.said.reason(no("looking_later", ("free_from_on", date.fromordinal(free_from).isoformat())))


class Willing(Always):
    """A task that is itself a must is looked at on its own, and counted once."""

    def __init__(self, question: Question) -> None:
        plan, known = question.plan, question.codes.claims[Criterion.TASK]
        musts = [wish for wish in plan.wishes if wish.criterion is Criterion.TASK and wish.strength is Strength.MUST]
        apart = {code for wish in musts for code in wish.values}
        self.said = Said(Criterion.TASK, Strength.MUST)
        self.tasks = [(code, 1 << known[code]) for code in plan.tasks if code in known and code not in apart]
        self.codes = tuple(code for code, _ in self.tasks)
        self.wanted = 0
        for _, bit in self.tasks:
            self.wanted |= bit

    @property
    def idle(self) -> bool:
        return not self.wanted

    def unmet(self, view: View) -> Bools:
        return view.bits("no", self.wanted)

    def told(self, view: View) -> list[Reason]:
        refused: list[list[str]] = [[] for _ in range(len(view))]
        for code, bit in self.tasks:
            for row in np.flatnonzero(view.bits("no", bit)).tolist():
                refused[row].append(code)
        return [self._refused(tuple(codes)) for codes in refused]

    def kinds(self, view: View) -> Kinds:
        return self.unmet(view).astype(np.int64), [self._refused(codes) for codes in ((), self.codes)]

    def _refused(self, refused: tuple[str, ...]) -> Reason:
        return self.said.reason(no("will_not_do", ("tasks", ",".join(refused))) if refused else yes("willing"))


class OfAge(Always):
    def __init__(self, question: Question) -> None:
        plan = question.plan
        self.nights = bool(plan.sleep_ins) or bool(plan.fixed & week.NIGHTS)
        self.said = Said(Criterion.AGE, Strength.MUST)
        self.reasons = [self.said.reason(yes("of_age")), self.said.reason(no("under_18_nights"))]
        self.too_young = np.array([self.nights and age is AgeBand.UNDER_18 for age in (*AGES, *AGES)])

    @property
    def idle(self) -> bool:
        return not self.nights

    def unmet(self, view: View) -> Bools:
        if not self.nights:
            return view.none()
        found: Bools = self.too_young[view.column("age_and_work")]
        return found

    def told(self, view: View) -> list[Reason]:
        return [self.reasons[young] for young in self.unmet(view).tolist()]

    def kinds(self, view: View) -> Kinds:
        return self.unmet(view).astype(np.int64), self.reasons
