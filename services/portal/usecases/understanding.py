"""From words to codes: what was understood, what must be asked, what cannot be taken in."""
from dataclasses import dataclass
from datetime import date

from services.portal.domain.plan import Plan, Question, Understood, Wants
from shared.contracts.intake import PlanIn


@dataclass(frozen=True, slots=True)
class Reading:
    wants: Wants
    understood: tuple[Understood, ...]
    asked: tuple[Question, ...]


def read(given: PlanIn, today: date, held: Plan | None) -> Reading:
    """Raises PlanRefused with everything that must be put right, not only the first. `held` lends its answers and blocks."""
    raise NotImplementedError


def kept(given: PlanIn) -> str:
    """As JSON, with the postcode cut down to its sector: a whole postcode is never kept."""
    raise NotImplementedError
