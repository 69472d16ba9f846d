"""In which different ways questions count for plans: how strongly, whether as a must, until when."""
from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from services.matcher.domain.kernel.columns import NEVER, Array, Bools, Ints
from services.matcher.domain.kernel.turned.answers import Answers
from services.matcher.domain.kernel.turned.asks import NOTHING
from services.matcher.domain.plan import PROTECTED, Plan, Strength, Wish
from services.matcher.domain.rules import Rules

STRENGTHS = (Strength.NICE, Strength.IMPORTANT, Strength.MUST)
MUST, IMPORTANT = STRENGTHS.index(Strength.MUST), STRENGTHS.index(Strength.IMPORTANT)
UNASKED = len(STRENGTHS)
"""In place of a strength: it counts in no score."""


@dataclass(frozen=True)
class Case:
    """`until`: the last day it is a must. `start`: where that plays a part, the first day the plan's work could start; else 0."""

    ask: int
    strength: int
    must: bool
    until: int = NEVER
    start: int = 0
    protected: bool = False


NOWHERE = Case(NOTHING, UNASKED, must=False)


def always(ask: int) -> Case:
    return Case(ask, UNASKED, must=True)


def wished(ask: int, plan: Plan, wish: Wish) -> Case:
    strength = wish.strength
    if wish.criterion not in PROTECTED:
        return Case(ask, STRENGTHS.index(strength), strength is Strength.MUST)
    if strength is not Strength.MUST or wish.reason is None or not plan.tasks_limited_by(wish):
        # without a lawful reason for one of the plan's tasks it is no must on any day
        return Case(ask, min(STRENGTHS.index(strength), IMPORTANT), must=False)
    start = plan.start_on.toordinal() if plan.start_on else 0
    return Case(ask, MUST, must=True, until=wish.reason.until.toordinal(), start=start, protected=True)


@dataclass(frozen=True, eq=False)
class Weighed:
    """By number of the case, for one PA on one day. `lacks`: 1 where it is a must that is not met, and MANY more where that is
    about faith, culture or sex. `kept_out`: the bit of what is said of it."""

    lacks: Array
    kept_out: Array
    weight: Ints
    worth: Ints
    """Its weight times its fit."""
    unsure: Bools


MANY = 1 << 8
"""More musts than a plan has that is looked at over columns."""


class Cases:
    """The first is that of no wish at all."""

    def __init__(self) -> None:
        self.numbers = {NOWHERE: 0}
        self.columns: dict[str, Array] = {}
        self.known = 0

    def number(self, case: Case) -> int:
        return self.numbers.setdefault(case, len(self.numbers))

    def weighed(self, answers: Answers, day: date, rules: Rules) -> Weighed:
        if self.known != len(self.numbers):
            self.known = len(self.numbers)
            self.columns = {
                field.name: np.array([getattr(case, field.name) for case in self.numbers]) for field in fields(Case)
            }
        ask, strength, is_must, until, start, protected = self.columns.values()
        must = is_must & (until >= np.maximum(start, day.toordinal())) & ~answers.softer[ask]
        said = answers.said[ask]
        lacks = must & (said != 0)
        weights = np.array([*(rules.weights[one] for one in STRENGTHS), 0], np.int64)
        weight = weights[np.where(is_must & ~must & (strength == MUST), IMPORTANT, strength)]
        return Weighed(
            lacks * np.where(protected, np.uint16(1 + MANY), np.uint16(1)), np.where(lacks, said, np.uint64(0)),
            weight, weight * answers.fit[ask], answers.unsure[ask],
        )  # fmt: skip
