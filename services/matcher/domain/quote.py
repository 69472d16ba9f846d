"""What one PA would cost one person a week, all in: the working, and what must be said beside it, as codes and parameters."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.matcher.domain.budget import Payer, WhoPays, quarters_bought, who_pays
from services.matcher.domain.cost import Cost, Job, Pattern, cost, pence, pounds, to_penny
from services.matcher.domain.employer import AllIn, all_in, may_claim
from services.matcher.domain.finding import Params
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import lowest_lawful
from services.matcher.domain.plan import Funding, Plan
from services.matcher.domain.pool import Part, parts
from services.matcher.domain.profile import Employment, Profile
from services.matcher.domain.rates import Dated, Item, NotInForce, Rates


@dataclass(frozen=True)
class Note:
    """Something to know beside the figures."""

    code: str
    params: Params = ()
    by: tuple[Dated, ...] = ()


@dataclass(frozen=True)
class Quote:
    cost: Cost
    all_in: AllIn
    paid_by: WhoPays
    """Of what is paid once every allowance that can be claimed is."""
    parts: tuple[Part, ...]
    """What each pays, where several share the job."""
    buys: int | None
    """Quarter-hours a week that the plan's budget buys of this PA. None: no budget is given."""
    notes: tuple[Note, ...]

    @property
    def a_week(self) -> int:
        """Pence: with the allowance where it can be claimed, as it will be paid."""
        with_allowance = self.all_in.a_week_with_allowance
        return self.all_in.a_week if with_allowance is None else with_allowance


def job_of(plan: Plan, profile: Profile, day: date, lore: Lore, pattern: Pattern, quarters: int | None = None) -> Job | None:
    """At what the PA asks, never below the law; where they did not say, at the lowest lawful rate.

    None: they work for themselves and did not say what they ask, so there is nothing to go by.
    """
    on, self_employed = plan.begins(day), profile.employment is Employment.SELF_EMPLOYED
    rate = max(profile.least_rate or 0, lowest_lawful(profile, on, lore))
    if not rate:
        return None
    return Job(plan.quarters if quarters is None else quarters, rate, on, pattern, profile.age_band, self_employed)


def quote(
    plan: Plan, profile: Profile, day: date, lore: Lore, *, pattern: Pattern = Pattern.FIXED, quarters: int | None = None
) -> Quote | None:
    """None: it cannot be said (no rate to go by, or no figures for that day)."""
    job = job_of(plan, profile, day, lore, pattern, quarters)
    return None if job is None else quote_job(plan, job, lore, told=profile.least_rate is not None)


def quote_job(payer: Payer, job: Job, lore: Lore, *, told: bool = True) -> Quote | None:
    """The same for any job. `told`: somebody said that rate; else it is the least the law allows."""
    try:
        return _quoted(payer, job, lore.rates, told=told)
    except NotInForce:
        return None


def _quoted(payer: Payer, job: Job, rates: Rates, *, told: bool) -> Quote:
    # Employment Allowance is for work done wholly for one person who needs care (NIM06520): shared work may not count
    claims = may_claim(payer.funding) and not payer.shares and not job.self_employed
    found = cost(job, rates)
    whole = all_in([found], job.on, rates, may_claim=claims)
    a_week = whole.a_week if whole.a_week_with_allowance is None else whole.a_week_with_allowance
    a_year = whole.a_year if whole.a_year_with_allowance is None else whole.a_year_with_allowance
    return Quote(
        found,
        whole,
        who_pays(a_week, budget=payer.budget, contribution=payer.contribution, funding=payer.funding),
        parts(payer.shares, a_week, a_year),
        None if payer.budget is None else quarters_bought(payer.budget, job, rates, may_claim=claims),
        tuple(_notes(payer, found, whole, rates, told)),
    )


def _notes(payer: Payer, found: Cost, whole: AllIn, rates: Rates, told: bool) -> Iterator[Note]:
    job = found.job
    if not told:
        yield Note("cost_rate_not_told", (("rate_pence", job.rate),))
    if job.self_employed:
        yield Note("cost_they_work_for_themselves")
        return
    yield Note("cost_pool_employs" if payer.shares else EMPLOYS[payer.funding])
    if whole.allowance:
        allowance = rates.in_force(Item.EMPLOYMENT_ALLOWANCE, job.on)
        yield Note("cost_allowance", (("allowance_pence", pence(allowance)), ("off_pence", whole.allowance)), (allowance,))
    yield from _sick_pay(job, rates)
    yield from _real_living_wage(job, rates)


EMPLOYS = {
    Funding.DIRECT_PAYMENT: "cost_you_employ",
    Funding.SELF_FUNDED: "cost_you_employ",
    Funding.ISF: "cost_provider_employs",
    Funding.MANAGED: "cost_council_arranges",
    None: "cost_employer_not_known",
}
"""Whoever's budget an organisation holds is never told that they are the employer; nor are those who share a job."""


def _sick_pay(job: Job, rates: Rates) -> Iterator[Note]:
    """From the first day, the lower of the two (from 6 April 2026); before the table begins nothing is said."""
    a_week, share = rates.known(Item.SICK_PAY_A_WEEK, job.on), rates.known(Item.SICK_PAY_SHARE, job.on)
    if a_week is None or share is None:
        return
    of_pay = to_penny(Decimal(job.quarters * job.rate) / 400 * share.value / 100)
    yield Note("cost_sick_pay", (("sick_pence", min(pence(a_week), of_pay)),), (a_week, share))


def _real_living_wage(job: Job, rates: Rates) -> Iterator[Note]:
    uk, london = rates.known(Item.REAL_LIVING_WAGE, job.on), rates.known(Item.REAL_LIVING_WAGE_LONDON, job.on)
    if uk is not None and london is not None and pounds(job.rate) < london.value:
        yield Note("cost_real_living_wage", (("uk_pence", pence(uk)), ("london_pence", pence(london))), (uk, london))
