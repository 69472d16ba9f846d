"""What it takes to answer 'what if': a plan as it is, and everybody who may be looked at for it."""
from dataclasses import dataclass

from services.matcher.domain.kernel.index import Moment
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan, PlanId, PlanState
from services.matcher.ports import Work
from services.matcher.usecases.asking import NotRankedYet


class PlanPutAway(Exception):
    """This plan is not open at the moment, so it has no list."""


@dataclass(frozen=True)
class Question:
    plan: Plan
    moment: Moment


async def question(council: str, plan_id: PlanId, *, lore: Lore, work: Work) -> Question:
    """The counting is long, so it is done when this work has ended. Raises NotRankedYet, PlanPutAway."""
    plan = await work.plans.find(council, plan_id)
    if plan is None:
        raise NotRankedYet
    if plan.state is not PlanState.OPEN:
        raise PlanPutAway
    return Question(plan, (await work.profiles.index(council, lore)).moment)
