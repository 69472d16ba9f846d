"""Which plans fit a PA, with the reasons a PA may know, and nothing that says whose plans they are."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from services.matcher.domain.finding import Met, Reason
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Group, Placement, in_scope, place_one
from services.matcher.domain.plan import PROTECTED, Criterion, Plan
from services.matcher.domain.profile import Code, Profile, ProfileId
from services.matcher.domain.rules import CURRENT, Rules

MILE_M = 1_609


@dataclass(frozen=True)
class Opportunity:
    """One plan as this PA may know it before anybody has met."""

    ref: str
    """A name for the plan that only this PA is given: two PAs cannot find out that they look at the same one."""
    group: Group
    quarters: int
    """Hours a week, in quarter-hours."""
    miles: int
    """Between the middles of two areas, to the nearest mile; 0: less than that."""
    coverage: int | None
    """Millionths of the wanted time that the PA is free for."""
    tasks: tuple[Code, ...]
    begins: date
    speaks_for: tuple[Criterion, ...]
    """What was wished for and is met."""
    unmet: tuple[str, ...]
    """Codes of the musts not met: one or two."""


def opportunities(profile: Profile, plans: Iterable[Plan], day: date, lore: Lore, rules: Rules = CURRENT) -> list[Opportunity]:
    """Fitting first, then nearly fitting, as the PA stands on each list; equals by a name that means nothing.

    A plan whose must on faith, culture or sex the PA does not meet is left out: to name it would tell of the person.
    """
    placed = [(plan, place_one(plan, profile, day, lore, rules)) for plan in plans if in_scope(plan, profile)]
    shown = [(plan, one) for plan, one in placed if one.group is not Group.OTHERS and not _tells_of_the_person(one.unmet)]
    ranked = sorted(shown, key=lambda pair: (pair[1].standing, name_for(pair[0], profile.profile_id)))
    return [opportunity(plan, one, day) for plan, one in ranked]


def name_for(plan: Plan, profile_id: ProfileId) -> str:
    return blake2b(plan.plan_id.bytes + profile_id.bytes, digest_size=8, person=b"opportunity").hexdigest()


def opportunity(plan: Plan, placed: Placement, day: date) -> Opportunity:
    lacking = {reason.criterion for reason in placed.reasons if reason.met is not Met.YES} | PROTECTED
    met = (reason.criterion for reason in placed.reasons if reason.criterion not in lacking)
    return Opportunity(
        ref=name_for(plan, placed.profile_id),
        group=placed.group,
        quarters=plan.quarters,
        miles=(placed.distance_m + MILE_M // 2) // MILE_M,
        coverage=placed.coverage,
        tasks=plan.tasks,
        begins=plan.begins(day),
        speaks_for=tuple(dict.fromkeys(met)),
        unmet=tuple(dict.fromkeys(placed.codes)),
    )


def _tells_of_the_person(unmet: Iterable[Reason]) -> bool:
    return any(reason.criterion in PROTECTED for reason in unmet)
