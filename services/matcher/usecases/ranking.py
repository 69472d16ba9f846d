"""Rank the plans that are due, one at a time, and tell what means something new."""
import asyncio
from datetime import date

from services.matcher import announcements
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PlanState
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import VERSION_1
from services.matcher.domain.shortlist import Change, drawn_up, put_away
from services.matcher.ports import Due, Work


async def rank_next(*, day: date, lore: Lore, work: Work) -> bool:
    """False: nothing is due. The plan is held throughout, so two processes never rank one plan at once."""
    due = await work.due.take()
    if due is None:
        return False
    change = await _ranked(due, day, lore, work)
    if change is not None:
        await work.shortlists.save(change.now)
        if change.told:
            await work.outbox.append(announcements.shortlist_changed(change))
    await work.due.done(due)
    return True


async def _ranked(due: Due, day: date, lore: Lore, work: Work) -> Change | None:
    plan = due.plan
    before = await work.shortlists.find(plan.council, plan.plan_id)
    if plan.state is not PlanState.OPEN:
        return put_away(plan, before, day=day)
    profiles = await work.profiles.shown(plan.council)
    # in a thread, so that the service still answers and listens while it thinks
    ranking = await asyncio.to_thread(rank, plan, profiles, day, lore)
    return drawn_up(plan, ranking, before, day=day, cause=due.cause, rules=VERSION_1)
