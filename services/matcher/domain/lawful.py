"""A must on faith, culture or sex holds for the tasks its lawful reason names and for no others."""
from dataclasses import replace
from datetime import date

from services.matcher.domain.declared import declared
from services.matcher.domain.finding import Finding, Met
from services.matcher.domain.plan import PROTECTED, Plan, Strength, Wish
from services.matcher.domain.profile import Code, Profile


def strength_for(wish: Wish, plan: Plan, profile: Profile, on: date) -> Strength:
    """As the plan has it; but such a must says nothing against a PA who does none of its tasks anyway: there it is important."""
    strength = plan.strength_of(wish, on)
    if strength is Strength.MUST and wish.criterion in PROTECTED and not _done_by(profile, plan.tasks_limited_by(wish)):
        return Strength.IMPORTANT
    return strength


def for_its_tasks(finding: Finding, wish: Wish, plan: Plan, profile: Profile) -> Finding:
    """A must that is not met says which tasks it is for, and which others this PA can still be asked about, if there are any."""
    limited = plan.tasks_limited_by(wish)
    others = _done_by(profile, tuple(code for code in plan.tasks if code not in limited))
    if finding.met is Met.YES or not others:
        return finding
    said = ("tasks", ",".join(_done_by(profile, limited))), ("other_tasks", ",".join(others))
    return replace(finding, code=f"{finding.code}_for_tasks", params=(*finding.params, *said))


def limited_tasks(plan: Plan, on: date) -> tuple[Code, ...]:
    """Those of the plan's tasks that some must on faith, culture or sex is for."""
    named = {code for wish in _musts(plan, on) for code in plan.tasks_limited_by(wish)}
    return tuple(code for code in plan.tasks if code in named)


def tasks_done(plan: Plan, profile: Profile, on: date) -> tuple[Code, ...]:
    """Those of the plan's tasks that this PA can be asked for: not refused, and each such must that is for them met."""
    unmet = [wish for wish in _musts(plan, on) if not wish.confirmed or declared(wish, profile).met is not Met.YES]
    kept_from = {code for wish in unmet for code in plan.tasks_limited_by(wish)}
    return tuple(code for code in _done_by(profile, plan.tasks) if code not in kept_from)


def _musts(plan: Plan, on: date) -> list[Wish]:
    return [wish for wish in plan.wishes if wish.criterion in PROTECTED and plan.strength_of(wish, on) is Strength.MUST]


def _done_by(profile: Profile, tasks: tuple[Code, ...]) -> tuple[Code, ...]:
    """Those the PA has not refused."""
    return tuple(code for code in tasks if code not in profile.task_claims or profile.task_claims[code].has)
