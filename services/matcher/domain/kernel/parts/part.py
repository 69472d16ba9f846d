"""What all parts of a compiled plan can say of some rows."""
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

import numpy as np

from services.matcher.domain.finding import Finding, Reason
from services.matcher.domain.kernel.codes import Codes
from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.views import View
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Plan, Strength
from services.matcher.domain.rules import Rules

K = TypeVar("K", bound=Hashable)
Kinds = tuple[Array, Sequence[Reason]]
"""For each row which of those reasons is of its kind: with the same code and as much met, whatever its details."""


@dataclass(frozen=True, eq=False)
class Question:
    """All that an answer depends on but the index."""

    plan: Plan
    on: date
    """The day the work would start."""
    rules: Rules
    lore: Lore
    codes: Codes


class Part(Protocol):
    def unmet(self, view: View) -> Bools:
        """Where, as a must, it is not met: found to be no, or not known."""

    def worth(self, view: View) -> Ints:
        """What it counts in the score, before its weight: its fit, or the rules' value for not known."""

    def told(self, view: View) -> list[Reason]:
        """The plain rules' reason for each row, in the order of the view."""

    def kinds(self, view: View) -> Kinds:
        """The same without details, for lists that only keep the codes."""


class Keyed(ABC):
    """A part that tells rows apart by one whole number, of which the reason follows."""

    made: dict[int, Reason]

    @abstractmethod
    def told_by(self, view: View) -> Ints:
        """Rows of one number have the same said of them."""

    @abstractmethod
    def _reason(self, key: int) -> Reason:
        """What is said of them."""

    def told(self, view: View) -> list[Reason]:
        return by_key(self.told_by(view), self.made, self._reason)

    def kinds(self, view: View) -> Kinds:
        keys, which = np.unique(self.told_by(view), return_inverse=True)
        return which, by_key(keys, self.made, self._reason)


@dataclass(frozen=True)
class Said:
    """Turns findings into reasons of one wish."""

    criterion: Criterion
    strength: Strength

    def reason(self, finding: Finding) -> Reason:
        return Reason(self.criterion, self.strength, finding.code, finding.met, finding.fit, finding.params)


def by_key(keys: Ints, made: dict[int, Reason], make: Callable[[int], Reason]) -> list[Reason]:
    """What is said of each row: rows of one key have the same said of them, which is made once."""
    return by_keys(keys.tolist(), made, make)


def by_keys(keys: Sequence[K], made: dict[K, Reason], make: Callable[[K], Reason]) -> list[Reason]:
    """The same, where it takes several numbers to tell the rows apart."""
    for key in set(keys).difference(made):
        made[key] = make(key)
    return [made[key] for key in keys]


def best(keys: list[Ints]) -> Ints:
    """Which of several is the greatest in each row; the first of equals, as `max` has it."""
    if len(keys) == 2:
        first, second = keys
        return (second > first).astype(np.int64)
    which: Ints = np.argmax(np.stack(keys), axis=0)
    return which
