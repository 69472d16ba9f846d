"""What a weekly budget buys, and who pays what of a cost (Care Act 2014, s. 26)."""
from dataclasses import dataclass, replace
from typing import Protocol

from services.matcher.domain.cost import Job, cost
from services.matcher.domain.employer import all_in
from services.matcher.domain.plan import Funding, Share
from services.matcher.domain.rates import Rates
from services.matcher.domain.week import QUARTERS_A_WEEK


class Payer(Protocol):
    """With whose money, and how much of it a week: a plan, or anything that says the same of itself."""

    @property
    def funding(self) -> Funding | None: ...
    @property
    def budget(self) -> int | None: ...
    @property
    def contribution(self) -> int | None: ...
    @property
    def shares(self) -> tuple[Share, ...]: ...


def quarters_bought(budget: int, job: Job, rates: Rates, *, may_claim: bool) -> int:
    """The most quarter-hours a week, at this job's rate and terms, whose cost all in is within `budget` pence a week.

    The cost never falls as the hours rise, so halving finds it. 672, the whole week, where even that is within.
    """
    fits, too_much = 0, QUARTERS_A_WEEK + 1
    while too_much - fits > 1:
        middle = (fits + too_much) // 2
        found = all_in([cost(replace(job, quarters=middle), rates)], job.on, rates, may_claim=may_claim)
        a_week = found.a_week if found.a_week_with_allowance is None else found.a_week_with_allowance
        fits, too_much = (middle, too_much) if a_week <= budget else (fits, middle)
    return fits


@dataclass(frozen=True)
class WhoPays:
    """Pence a week. `person + council + over` is the cost, where all are known."""

    person: int | None
    """What the adult must pay towards it. None: we were not told."""
    council: int | None
    """What the council must pay. None: it follows from what we were not told."""
    over: int
    """What is above the budget: nobody has agreed to pay it yet."""


def who_pays(a_week: int, *, budget: int | None, contribution: int | None, funding: Funding | None) -> WhoPays:
    """`contribution`: what the person was assessed to pay a week; they never pay more of it than the cost within the budget."""
    if funding is Funding.SELF_FUNDED:
        return WhoPays(a_week, 0, 0)
    within = a_week if budget is None else min(a_week, budget)
    over = a_week - within
    if contribution is None:
        return WhoPays(None, None, over)
    person = min(contribution, within)
    return WhoPays(person, None if budget is None else within - person, over)
