"""Make a told list again from what it names, and say whether it comes out the same."""
import asyncio
from collections.abc import Sequence

from services.matcher.domain.plan import PlanId
from services.matcher.domain.record import ListTold, Rebuilt, put_away_again, rebuild
from services.matcher.domain.rules import RULES
from services.matcher.ports import Work


class NeverTold(Exception):
    """No list of this number was told for this plan, or it is too long ago: we keep them for two years."""


class NoLongerKept(Exception):
    """This list was told, but the plan or the tables it was made from are no longer kept."""


class RulesNotHere(Exception):
    """This list was made with rules that this version of the service does not have."""


async def all_told(council: str, plan_id: PlanId, *, work: Work) -> Sequence[ListTold]:
    """Newest first."""
    return await work.history.all_told(council, plan_id)


async def made_again(council: str, plan_id: PlanId, revision: int, *, work: Work) -> Rebuilt:
    """Raises NeverTold, NoLongerKept, RulesNotHere."""
    told = await work.history.told(council, plan_id, revision)
    if told is None:
        raise NeverTold
    if not told.open:
        return put_away_again(told)
    rules = RULES.get(told.rules_version)
    if rules is None:
        raise RulesNotHere
    plan = await work.history.plan(council, plan_id, told.clock)
    lore = await work.history.lore(council, told.lore_version)
    if plan is None or plan.revision != told.plan_revision or lore is None or lore.version != told.lore_version:
        raise NoLongerKept
    register = await work.history.register(council, told.clock)
    return await asyncio.to_thread(rebuild, told, plan, register, lore, rules)
