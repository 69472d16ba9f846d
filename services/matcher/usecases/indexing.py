"""Keep the index true, and see which lists a change can touch."""
from dataclasses import replace
from datetime import date, datetime

from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan, PlanState
from services.matcher.domain.profile import Looking, Profile
from services.matcher.domain.record import KEPT_FOR, taken_back
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.shortlist import Cause
from services.matcher.ports import Work
from services.matcher.usecases import journeys
from services.matcher.usecases.introductions import end_with_plan, end_with_profile


async def index_profile(profile: Profile, *, day: date, now: datetime, lore: Lore, work: Work) -> None:
    """Only the plans this PA now stands otherwise for are ranked again."""
    before = await work.profiles.find(profile.council, profile.profile_id)
    if before is None and await work.erased.has(profile.council, profile.profile_id):
        profile = replace(profile, state=Looking.GONE)  # told anew by a registry that was restored
    after: Profile | None = profile
    if profile.state is Looking.GONE:
        await work.profiles.drop(profile.council, profile.profile_id, profile.revision)
        await work.turns.forget(profile.council, profile.profile_id)
        await end_with_profile(profile.council, profile.profile_id, work=work)
        await journeys.end_with_profile(profile.council, profile.profile_id, now=now, work=work)
        after = None
    else:
        await work.profiles.put(profile)
        if no_longer := taken_back(before, profile):
            await work.history.withhold(profile.council, profile.profile_id, no_longer)
    await work.due.ask_again(profile.council)
    touched = await work.plans.touched(profile.council, before, after, day, lore)
    if touched:
        await work.due.mark(profile.council, touched, Cause.PROFILES)


async def index_plan(plan: Plan, *, now: datetime, work: Work) -> None:
    held = await work.plans.hold(plan.council, plan.plan_id)
    if (held is None or held.state is PlanState.CLOSED) and await work.erased.has(plan.council, plan.person_id):
        plan = plan.emptied()
    await work.plans.put(plan)
    await work.due.mark(plan.council, [plan.plan_id], Cause.PLAN)
    if plan.state is PlanState.CLOSED or plan.blocked:
        await end_with_plan(plan, work=work)
        await journeys.end_with_plan(plan, now=now, work=work)


async def new_day(day: date, *, work: Work) -> int:
    """On a new day equal people take their next turn, training runs out, somebody comes free; and where we come with new rules,
    each list is made by them. How many lists to rank."""
    return await work.due.mark_older_than(day, CURRENT.version)


async def forget_old(now: datetime, *, work: Work) -> int:
    """Told lists whose time is over, and what only they were made from. How many lists."""
    return await work.history.forget_before(now - KEPT_FOR)


async def keep_index(council: str, *, lore: Lore, work: Work) -> int:
    """So that the next to start begins where we are. How many pieces; 0: they are kept already."""
    return await work.profiles.keep_index(council, lore)
