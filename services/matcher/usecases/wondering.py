"""What it takes to answer 'what if': a plan as it is, and everybody who may be looked at for it."""
from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain.plan import Plan, PlanId, PlanState
from services.matcher.domain.profile import Profile
from services.matcher.ports import Work
from services.matcher.usecases.asking import NotRankedYet


class PlanPutAway(Exception):
    """This plan is not open at the moment, so it has no list."""


@dataclass(frozen=True)
class Question:
    plan: Plan
    profiles: Sequence[Profile]


async def question(council: str, plan_id: PlanId, *, work: Work) -> Question:
    """The counting is long, so it is done when this work has ended. Raises NotRankedYet, PlanPutAway."""
    plan = await work.plans.find(council, plan_id)
    if plan is None:
        raise NotRankedYet
    if plan.state is not PlanState.OPEN:
        raise PlanPutAway
    return Question(plan, await work.profiles.shown(council))
