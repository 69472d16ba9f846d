"""Answer what a PA, or a rate, would cost a plan all in."""
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.cost import Job, Pattern
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import most
from services.matcher.domain.placing import in_scope
from services.matcher.domain.plan import Plan, PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.quote import Quote, quote, quote_job
from services.matcher.ports import Work


class PlanNotFound(Exception):
    """There is no such plan here."""


class PaNotInScope(Exception):
    """This PA is not among those for this plan."""


class NoRateToGoBy(Exception):
    """Neither a PA's rate, nor one asked about, nor one of the plan's is there to go by, or no figures are known for that day."""


class BelowTheLaw(Exception):
    """This rate is below the lowest there is on the day the work starts."""


@dataclass(frozen=True)
class Asked:
    pattern: Pattern = Pattern.FIXED
    quarters: int | None = None
    """None: as many as the plan asks for."""
    rate: int | None = None
    """Pence an hour. None: the highest the plan can pay."""
    profile_id: ProfileId | None = None
    """A PA: then it is what they ask that counts, not `rate`."""


async def cost(council: str, plan_id: PlanId, asked: Asked, *, day: date, lore: Lore, work: Work) -> Quote:
    plan = await work.plans.find(council, plan_id)
    if plan is None:
        raise PlanNotFound
    if asked.profile_id is None:
        found = _at_a_rate(plan, asked, day, lore)
    else:
        profile = await work.profiles.find(council, asked.profile_id)
        if profile is None or not in_scope(plan, profile):
            raise PaNotInScope
        found = quote(plan, profile, day, lore, pattern=asked.pattern, quarters=asked.quarters)
    if found is None:
        raise NoRateToGoBy
    return found


def _at_a_rate(plan: Plan, asked: Asked, day: date, lore: Lore) -> Quote | None:
    """For somebody of 21 or over who is employed: the dearest of what the law asks, so never too little."""
    on, rate = plan.begins(day), most(plan) if asked.rate is None else asked.rate
    if rate is None:
        return None
    if asked.rate is not None and rate < lore.least_of_all(on):
        raise BelowTheLaw
    quarters = plan.quarters if asked.quarters is None else asked.quarters
    return quote_job(plan, Job(quarters, rate, on, asked.pattern), lore)
