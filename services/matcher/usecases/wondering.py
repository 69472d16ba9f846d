"""What it takes to answer 'what if' or 'who together': a plan as it is, and everybody who may be looked at for it."""
from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain.kernel.index import Moment
from services.matcher.domain.lore import Lore
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


@dataclass(frozen=True)
class CountingQuestion:
    plan: Plan
    moment: Moment


async def question(council: str, plan_id: PlanId, *, work: Work) -> Question:
    """The thinking is long, so it is done when this work has ended. Raises NotRankedYet, PlanPutAway."""
    return Question(await _open(council, plan_id, work), await work.profiles.shown(council))


async def counting_question(council: str, plan_id: PlanId, *, lore: Lore, work: Work) -> CountingQuestion:
    """The same where counts are all that is wanted."""
    plan = await _open(council, plan_id, work)
    return CountingQuestion(plan, (await work.profiles.index(council, lore)).moment)


async def _open(council: str, plan_id: PlanId, work: Work) -> Plan:
    plan = await work.plans.find(council, plan_id)
    if plan is None:
        raise NotRankedYet
    if plan.state is not PlanState.OPEN:
        raise PlanPutAway
    return plan
