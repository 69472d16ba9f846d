"""What it takes to answer 'what if' or 'who together': a plan as it is, and everybody who may be looked at for it."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.kernel.index import Moment
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Plan, PlanId, PlanState
from services.matcher.domain.profile import Profile
from services.matcher.ports import Work
from services.matcher.usecases.asking import NotRankedYet


class PlanPutAway(Exception):
    """This plan is not open at the moment, so it has no list."""


@dataclass(frozen=True)
class Question:
    plan: Plan
    profiles: Sequence[Profile]
    moment: Moment
    """The same people as columns."""

    def lacking_only(self, criteria: frozenset[Criterion], day: date) -> list[Profile]:
        """Whoever meets every must about anything else. Nobody else need be looked at one by one."""
        ids = self.moment.rank(self.plan, day).lacking_only(criteria)
        return [profile for profile in self.profiles if profile.profile_id in ids]


@dataclass(frozen=True)
class CountingQuestion:
    plan: Plan
    moment: Moment


async def question(council: str, plan_id: PlanId, *, lore: Lore, work: Work) -> Question:
    """The thinking is long, so it is done when this work has ended. Raises NotRankedYet, PlanPutAway."""
    plan = await _open(council, plan_id, work)
    while True:
        register, indexed = await work.profiles.register(council), await work.profiles.index(council, lore)
        if register.clock == indexed.clock:  # else somebody changed between the two
            return Question(plan, register.profiles, indexed.moment)


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
