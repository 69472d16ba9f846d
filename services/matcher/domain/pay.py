"""Whether what a PA asks for an hour is within what the person can pay, and lawful."""
from datetime import date

from services.matcher.domain.finding import Finding, no, unknown, yes
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Employment, Profile
from services.matcher.domain.rules import WHOLE, Rules


def most(plan: Plan) -> int | None:
    """The most the person can pay an hour: said, or what the weekly budget comes to before any other cost of employing."""
    if plan.most_rate is not None:
        return plan.most_rate
    if plan.budget is not None and plan.quarters:
        return plan.budget * 4 // plan.quarters
    return None


def lowest_lawful(profile: Profile, on: date, lore: Lore) -> int:
    """The minimum wage is for workers: somebody who only works for themselves sets their own rate."""
    return 0 if profile.employment is Employment.SELF_EMPLOYED else lore.lowest_rate(on, profile.age_band)


def lawful(plan: Plan, profile: Profile, on: date, lore: Lore) -> Finding:
    """Always must hold, whatever was wished: nobody is offered work below the minimum wage for their age and that day."""
    lowest, limit = lowest_lawful(profile, on, lore), most(plan)
    if limit is None or limit >= lowest:
        return yes("pay_lawful")
    code = "pay_below_lawful" if profile.age_band else "pay_age_unknown"
    said = (("lowest_pence", lowest), ("most_pence", limit))
    return no(code, *said) if profile.age_band else unknown(code, *said)


def pay(plan: Plan, profile: Profile, on: date, rules: Rules, lore: Lore) -> Finding:
    limit = most(plan)
    if limit is None:
        return unknown("pay_limit_unknown")
    law = lawful(plan, profile, on, lore)
    if law.code != "pay_lawful":
        return law
    if profile.least_rate is None:
        return unknown("pay_unknown", ("most_pence", limit))
    asks = max(profile.least_rate, lowest_lawful(profile, on, lore))
    said = (("asks_pence", asks), ("most_pence", limit))
    if asks <= limit:
        return yes("pay_within", *said)
    stretch = limit * rules.pay_stretch
    return no("pay_above", *said, fit=max(0, stretch - (asks - limit) * WHOLE) * WHOLE // stretch if stretch else 0)
