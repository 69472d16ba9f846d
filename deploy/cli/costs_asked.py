"""What `alongside cost` was asked about, from what was typed and from a plan; what is not clear or not lawful is said."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from services.matcher.domain.budget import Payer
from services.matcher.domain.cost import Job, Pattern
from services.matcher.domain.pay import most
from services.matcher.domain.plan import Funding, Plan, Share
from services.matcher.domain.profile import AgeBand
from services.registry.domain.rules import AGES
from services.registry.domain.values import AgeBand as RegisterAge
from shared.vocabulary.rates import RateUnknown, lowest_legal
from shared.vocabulary.reason_params import day as in_full

WEEK = 168
HIGHEST_RATE = 1000
"""Pounds an hour: the matcher's API takes no more either."""


class NotClear(ValueError):
    """Something typed is missing, not a number, or not lawful. The message says what; `remedy` what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True)
class Said:
    """As typed. `None`: not said, so the plan's."""

    hours: str | None
    rate: str | None
    irregular: bool
    age: AgeBand
    self_employed: bool
    funding: Funding | None
    budget: str | None
    contribution: str | None
    on: date


@dataclass(frozen=True)
class Money:
    """Whose money it is; pence a week."""

    funding: Funding | None
    budget: int | None
    contribution: int | None
    shares: tuple[Share, ...] = ()


def asked_about(said: Said, plan: Plan | None) -> tuple[Payer, Job]:
    """Raises NotClear."""
    budget, contribution = _pence("--budget", said.budget), _pence("--contribution", said.contribution)
    payer = Money(
        said.funding or (plan.funding if plan else None),
        budget if budget is not None or plan is None else plan.budget,
        contribution if contribution is not None or plan is None else plan.contribution,
        plan.shares if plan else (),
    )
    on = plan.begins(said.on) if plan else said.on
    pattern = Pattern.IRREGULAR if said.irregular else Pattern.FIXED
    job = Job(_quarters(said.hours, plan), _rate(said.rate, plan), on, pattern, said.age, said.self_employed)
    _within_the_law(job, said.age)
    return payer, job


def _within_the_law(job: Job, age: AgeBand) -> None:
    """Also for somebody who works for themselves: who does is decided by how the work is done, not by what is said."""
    try:
        lowest = lowest_legal(job.on, age.value)
    except RateUnknown:
        raise NotClear(f"We do not know the minimum wage of {in_full(job.on.isoformat())}.", "Give another --day.") from None
    if job.rate < lowest.pence:
        raise NotClear(
            f"£{Decimal(job.rate) / 100:.2f} an hour is below the lowest legal rate on {in_full(job.on.isoformat())} for "
            f"somebody {AGES[RegisterAge(age.value)]}: £{lowest.value} an hour since {in_full(lowest.from_day.isoformat())}.",
            f"Give --rate {lowest.value} or more, or another --age.",
        )


def _quarters(typed: str | None, plan: Plan | None) -> int:
    if typed is None:
        if plan is None:
            raise NotClear("For how many hours a week is it?", "Give --hours, or a plan.")
        return plan.quarters
    hours = _number("--hours", typed)
    if not 0 < hours <= WEEK or hours * 4 % 1:
        raise NotClear(f"--hours: a week has no “{typed}” hours.", f"Give quarters of an hour up to {WEEK}, like 20 or 7.25.")
    return int(hours * 4)


def _rate(typed: str | None, plan: Plan | None) -> int:
    if typed is not None:
        pence = _pence("--rate", typed) or 0
        if pence > HIGHEST_RATE * 100:
            raise NotClear(f"--rate: {typed} is more than we can reckon with.", f"Give at most {HIGHEST_RATE} pounds an hour.")
        return pence
    found = most(plan) if plan else None
    if found is None:
        raise NotClear("What is the pay an hour?", "Give --rate, or a plan with a highest rate or a budget.")
    return found


def _pence(option: str, typed: str | None) -> int | None:
    if typed is None:
        return None
    pounds = _number(option, typed)
    if pounds * 100 % 1:
        raise NotClear(f"{option}: “{typed}” has more than two places after the point.", "Give pounds and pence, like 12.71.")
    return int(pounds * 100)


def _number(option: str, typed: str) -> Decimal:
    try:
        number = Decimal(typed.strip().removeprefix("£").replace(",", ""))
    except InvalidOperation:
        raise NotClear(f"{option}: “{typed}” is not a number.", "Write it like 12.71.") from None
    if not number.is_finite() or number < 0 or number >= 10**9:
        raise NotClear(f"{option}: “{typed}” is not an amount there can be.", "Write it like 12.71.")
    return number
