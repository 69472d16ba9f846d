"""What a PA would meet at the person's home or be asked to do, against what they said they can and cannot."""
from services.matcher.domain.finding import Finding, no, unknown, yes
from services.matcher.domain.plan import Criterion, Plan, Strength
from services.matcher.domain.profile import Profile

OWN_HABITS = frozenset({"smokes", "vapes"})
"""Here yes is the conflict: a person may wish for somebody who does not."""


def limits(plan: Plan, profile: Profile, asked: tuple[str, ...] = ()) -> Finding:
    """The plan's home, and what else was `asked`. A refusal counts at once, however understood; a yes once it is confirmed."""
    said = profile.limit_claims
    codes = tuple(dict.fromkeys((*plan.home, *asked)))
    conflicts = [code for code in codes if code in said and said[code].has is (code in OWN_HABITS)]
    unsaid = [code for code in codes if code not in said or not said[code].confirmed]
    if conflicts:
        return no("limits_conflict", ("limits", ",".join(conflicts)))
    if unsaid:
        return unknown("limits_unknown", ("limits", ",".join(unsaid)))
    return yes("limits_fine", ("limits", ",".join(codes))) if codes else yes("limits_none")


def willing(plan: Plan, profile: Profile) -> Finding:
    """No task of the plan was refused. Silence is no refusal here: PAs list what they will *not* do.

    A task that is itself a must is looked at on its own, and counted once.
    """
    musts = [wish for wish in plan.wishes if wish.criterion is Criterion.TASK and wish.strength is Strength.MUST]
    asked_apart = {code for wish in musts for code in wish.values}
    said = profile.task_claims
    refused = [code for code in plan.tasks if code in said and not said[code].has and code not in asked_apart]
    return no("will_not_do", ("tasks", ",".join(refused))) if refused else yes("willing")
