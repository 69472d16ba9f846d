"""Rank the plans that are due, one at a time, and tell what means something new."""
import asyncio
from datetime import date, datetime

import structlog

from services.matcher import announcements
from services.matcher.domain.kernel.index import Moment
from services.matcher.domain.kernel.listing import everybody
from services.matcher.domain.lore import Lore
from services.matcher.domain.places import Places
from services.matcher.domain.plan import Plan, PlanState
from services.matcher.domain.record import for_the_record
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.shortlist import Change, drawn_up, put_away
from services.matcher.ports import Due, Work
from services.matcher.usecases import counting

log = structlog.get_logger()

FEW = 2_000
"""PAs that are ranked in less time than two threads need to take turns: Python gives way every five milliseconds."""


async def rank_next(*, day: date, now: datetime, lore: Lore, work: Work) -> bool:
    """False: nothing is due. The plan is held throughout, so two processes never rank one plan at once."""
    due = await work.due.take()
    if due is None:
        return False
    try:
        change, clock = await _ranked(due, day, lore, work)
        record = for_the_record(change.now, clock, now) if change is not None and change.told else None
        told = announcements.shortlist_changed(change, record) if change is not None and record is not None else None
    except (ValueError, TypeError, LookupError, ArithmeticError) as failure:
        # a mistake of ours in one plan must not keep all others waiting; the log says which, never what is in it
        log.error("plan not ranked", plan_id=str(due.plan.plan_id), failure=type(failure).__name__)
        await work.due.put_off(due)
        return True
    if change is not None:
        await work.shortlists.save(change.now)
        await counting.note(change.now, work=work)
        if record is not None and told is not None:
            await work.history.keep(record, lore)
            await work.outbox.append(told)
    await work.due.done(due)
    return True


async def _ranked(due: Due, day: date, lore: Lore, work: Work) -> tuple[Change | None, int]:
    """And the moment of the register it was ranked from."""
    plan = due.plan
    before = await work.shortlists.find(plan.council, plan.plan_id)
    if plan.state is not PlanState.OPEN:
        return put_away(plan, before, day=day), 0
    indexed = await work.profiles.index(plan.council, lore)
    listed = await _listed(indexed.moment, plan, day)
    return drawn_up(plan, listed, before, day=day, cause=due.cause, lore=lore, rules=CURRENT), indexed.clock


async def _listed(moment: Moment, plan: Plan, day: date) -> Places:
    if moment.held.count <= FEW:
        return everybody(moment.rank(plan, day))
    # in a thread, so that the service still answers and listens while it thinks
    return await asyncio.to_thread(lambda: everybody(moment.rank(plan, day)))
