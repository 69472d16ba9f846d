"""A plan translated once into what to look at in the columns: its wishes with their weights, and every must."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import assert_never

import numpy as np

from services.matcher.domain.always import COVERED
from services.matcher.domain.finding import Met, Reason
from services.matcher.domain.kernel.codes import Codes
from services.matcher.domain.kernel.columns import Bools, Ints
from services.matcher.domain.kernel.parts.always import Looking, OfAge, Willing
from services.matcher.domain.kernel.parts.covering import Covering
from services.matcher.domain.kernel.parts.declared import Declared
from services.matcher.domain.kernel.parts.having import Having
from services.matcher.domain.kernel.parts.hours import Hours
from services.matcher.domain.kernel.parts.language import Language
from services.matcher.domain.kernel.parts.limits import Limits
from services.matcher.domain.kernel.parts.part import Part, Question
from services.matcher.domain.kernel.parts.pay import Lawful, Pay
from services.matcher.domain.kernel.parts.place import Place, where
from services.matcher.domain.kernel.parts.times import Times
from services.matcher.domain.kernel.views import View
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Plan, Strength, Wish
from services.matcher.domain.rules import WHOLE, Rules, rounded


@dataclass(frozen=True, eq=False)
class Wished:
    part: Part
    weight: int

    def weights(self, view: View) -> Ints | int:
        """Each row's, where the wish weighs more for some than for others."""
        return self.part.weight(view) if isinstance(self.part, Declared) else self.weight


@dataclass(frozen=True, eq=False)
class Must:
    """`wish` None: one that always holds; else which of the wishes it is."""

    criterion: Criterion
    part: Part
    wish: int | None
    unconfirmed: Reason | None
    """Said where the finding is yes but nobody knows for sure what was wished for: so it is met by nobody."""

    @cached_property
    def idle(self) -> bool:
        """Nobody can fail it: the plan has no nights, no tasks, or pays what is lawful for everybody."""
        return isinstance(self.part, Willing | OfAge | Lawful | Limits) and self.part.idle

    def said(self, reason: Reason) -> Reason:
        """Of one who does not meet it, whose reason that is."""
        return self.unconfirmed if self.unconfirmed is not None and reason.met is Met.YES else reason

    def unmet(self, view: View) -> Bools:
        if self.unconfirmed is None:
            return self.part.unmet(view)
        return self.part.limited.any_done(view) if isinstance(self.part, Declared) else ~view.none()


class Compiled:
    """Of one plan for one day, and of the words an index knew then."""

    def __init__(
        self, plan: Plan, day: date, rules: Rules, lore: Lore, codes: Codes, only: frozenset[Criterion] | None = None
    ) -> None:
        """`only`: musts about these alone, to be asked of people and never counted in a score."""
        on = plan.begins(day)
        self.plan, self.day, self.rules, self.lore, self.given = plan, day, rules, lore, codes.given
        self.question = Question(plan, on, rules, lore, codes)
        self.point = where(self.question)
        wishes = [(wish, plan.strength_of(wish, on)) for wish in plan.wishes if only is None or wish.criterion in only]
        if only is not None:
            wishes = [(wish, strength) for wish, strength in wishes if strength is Strength.MUST]
        self.wishes = [Wished(self._part(wish, strength), rules.weights[strength]) for wish, strength in wishes]
        self.musts = [
            Must(wish.criterion, self.wishes[nth].part, nth, None if wish.confirmed else _unconfirmed(wish.criterion))
            for nth, (wish, strength) in enumerate(wishes)
            if strength is Strength.MUST
        ]
        self.musts += [
            Must(criterion, make(), None, None) for criterion, make in self._always() if only is None or criterion in only
        ]

    def _part(self, wish: Wish, strength: Strength) -> Part:
        question = self.question
        match wish.criterion:
            case Criterion.LANGUAGE:
                return Language(wish, strength, question)
            case Criterion.PRACTICE | Criterion.SKILL | Criterion.TASK | Criterion.INTEREST:
                return Having(wish, strength, question)
            case Criterion.FAITH | Criterion.CULTURE | Criterion.SEX:
                return Declared(wish, strength, question)
            case Criterion.TIMES:
                return Times(wish, strength, self.covering, question)
            case Criterion.PLACE:
                return Place(wish, strength, question)
            case Criterion.PAY:
                return Pay(strength, question)
            case Criterion.LIMIT:
                return Limits(wish.values, strength, question)
            case Criterion.HOURS:
                return Hours(strength, question)
            case Criterion.LOOKING | Criterion.AGE:
                raise ValueError(f"{wish.criterion} always holds, so nobody can wish for it")
            case _:
                assert_never(wish.criterion)

    @cached_property
    def covering(self) -> Covering:
        return Covering(self.question)

    def _always(self) -> list[tuple[Criterion, Callable[[], Part]]]:
        """In the order of the plain rules."""
        question, must = self.question, Strength.MUST
        asked = {wish.criterion for wish in self.plan.wishes if wish.strength is Strength.MUST} & COVERED
        parts: list[tuple[Criterion, Callable[[], Part]]] = [
            (Criterion.LOOKING, lambda: Looking(question)),
            (Criterion.TASK, lambda: Willing(question)),
            (Criterion.AGE, lambda: OfAge(question)),
            (Criterion.PLACE, lambda: Place(None, must, question)),
            (Criterion.PAY, lambda: Lawful(must, question)),
            (Criterion.LIMIT, lambda: Limits((), must, question, refusals_only=True)),
        ]
        return [(criterion, make) for criterion, make in parts if criterion not in asked]

    def relaxed(self, plan: Plan, reached: frozenset[Criterion]) -> "Compiled":
        """The plan as it would be, for those who lack nothing else: only what is reached need be asked again."""
        return Compiled(plan, self.day, self.rules, self.lore, self.question.codes, reached)

    def scores(self, view: View) -> Ints:
        total, weights = np.zeros(len(view), np.int64), np.zeros(len(view), np.int64)
        for wished in self.wishes:
            weight = wished.weights(view)
            weights += weight
            total += weight * wished.part.worth(view)
        return np.where(weights > 0, total // np.maximum(weights, 1), WHOLE)

    def standing(self, scores: Ints) -> Ints:
        """Scores rounded to the step within which people are equal."""
        return rounded(scores, self.rules.score_step)

    @property
    def best(self) -> int:
        """The greatest such number."""
        return rounded(WHOLE, self.rules.score_step)


def _unconfirmed(criterion: Criterion) -> Reason:
    return Reason(criterion, Strength.MUST, "wish_unconfirmed", Met.UNKNOWN, None)
