"""The musts that always hold, whatever was wished: looking, within reach, willing, of lawful age and pay."""
from datetime import date

from services.matcher.domain import week
from services.matcher.domain.finding import Finding, Met, no, unknown, yes
from services.matcher.domain.limits import limits, willing
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import lawful
from services.matcher.domain.place import place
from services.matcher.domain.plan import Criterion, Plan, Strength
from services.matcher.domain.profile import AgeBand, Looking, Profile
from services.matcher.domain.rules import Rules

COVERED = frozenset({Criterion.PLACE, Criterion.PAY, Criterion.LIMIT})
"""A wish that is a must about one of these looks at all of what always holds of it, so it is not counted twice."""


def always(plan: Plan, profile: Profile, on: date, away_m: int, rules: Rules, lore: Lore) -> list[tuple[Criterion, Finding]]:
    """What is not met of them."""
    asked = {wish.criterion for wish in plan.wishes if wish.strength is Strength.MUST} & COVERED
    found = [
        (Criterion.LOOKING, looking(profile, on)),
        (Criterion.TASK, willing(plan, profile)),
        (Criterion.AGE, of_age(plan, profile)),
    ]
    if Criterion.PLACE not in asked:
        found.append((Criterion.PLACE, place(None, profile, away_m, rules)))
    if Criterion.PAY not in asked:
        found.append((Criterion.PAY, lawful(plan, profile, on, lore)))
    if Criterion.LIMIT not in asked:
        home = limits(plan, profile)
        if home.met is Met.NO:  # their own "I cannot" stands; silence about the home does not keep anybody out
            found.append((Criterion.LIMIT, home))
    return [(criterion, finding) for criterion, finding in found if finding.met is not Met.YES]


def looking(profile: Profile, on: date) -> Finding:
    """Free by the day the work would start."""
    if profile.free_from is not None and profile.free_from > on:
        return no("looking_later", ("free_from_on", profile.free_from.isoformat()))
    if profile.free_from is None and profile.state is Looking.SOON:
        return unknown("looking_unknown")
    return yes("looking")


def of_age(plan: Plan, profile: Profile) -> Finding:
    """No night work under 18 (Working Time Regulations 1998, reg. 6A): neither nights among the fixed times nor sleep-ins."""
    nights = bool(plan.sleep_ins) or bool(plan.fixed & week.NIGHTS)
    if nights and profile.age_band is AgeBand.UNDER_18:
        return no("under_18_nights")
    return yes("of_age")
