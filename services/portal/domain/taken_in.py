"""What became of a plan that was sent: what is new of it, what was understood, and what must be asked."""
from dataclasses import dataclass
from enum import StrEnum

from services.portal.domain.plan import Plan, Question, Understood


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class TakenIn:
    plan: Plan
    outcome: Outcome
    understood: tuple[Understood, ...] = ()
    asked: tuple[Question, ...] = ()
