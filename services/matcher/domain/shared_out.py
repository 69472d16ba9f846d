"""Hours that people share in one job: while that is open they are asked for there, and not in each one's own plan as well."""
from collections.abc import Iterable, Mapping, Sequence

from services.matcher.domain.plan import Plan, PlanId


def hours_shared(open_plans: Iterable[Plan]) -> Mapping[PlanId, int]:
    """Of each plan that shares hours, how many quarter-hours a week the open jobs among these have."""
    shared: dict[PlanId, int] = {}
    for plan in open_plans:
        for share in plan.shares:
            shared[share.plan_id] = shared.get(share.plan_id, 0) + share.quarters
    return shared


def waits(plan: Plan, shared: Mapping[PlanId, int]) -> bool:
    """All its hours are shared: PAs are asked for the job, not for this plan."""
    return not plan.shares and shared.get(plan.plan_id, 0) >= max(1, plan.quarters)


def asked_for(open_plans: Sequence[Plan]) -> list[Plan]:
    """Those for which PAs are wanted."""
    shared = hours_shared(open_plans)
    return [plan for plan in open_plans if not waits(plan, shared)]
