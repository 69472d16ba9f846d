"""What one employer pays for all their PAs, with and without Employment Allowance, which is theirs once; who employs."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.cost import Cost, pence, weekly
from services.matcher.domain.plan import Funding
from services.matcher.domain.rates import Item, Rates


@dataclass(frozen=True)
class AllIn:
    """Pence. `with_allowance` None: this employer may not be able to claim, so it is not held out to them."""

    a_year: int
    allowance: int | None = None
    """What the allowance takes off employer National Insurance in a year."""

    @property
    def a_week(self) -> int:
        return weekly(self.a_year)

    @property
    def a_year_with_allowance(self) -> int | None:
        return None if self.allowance is None else self.a_year - self.allowance

    @property
    def a_week_with_allowance(self) -> int | None:
        return None if self.allowance is None else weekly(self.a_year - self.allowance)


def all_in(costs: Iterable[Cost], on: date, rates: Rates, *, may_claim: bool) -> AllIn:
    """For everybody one employer employs: National Insurance is added up first, then the allowance is taken off once."""
    costs = tuple(costs)
    a_year, ni = sum(one.a_year for one in costs), sum(one.ni for one in costs)
    if not may_claim:
        return AllIn(a_year)
    return AllIn(a_year, min(ni, pence(rates.in_force(Item.EMPLOYMENT_ALLOWANCE, on))))


def may_claim(funding: Funding | None) -> bool:
    """People who employ with a direct payment or their own money (NIM06520). An organisation's allowance is its own affair."""
    return funding in (Funding.DIRECT_PAYMENT, Funding.SELF_FUNDED)
