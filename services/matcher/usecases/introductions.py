"""Carry each 'I would like to meet you' to its answer or its end."""
from datetime import datetime

from services.matcher import announcements
from services.matcher.domain.introduction import (
    AlreadyAsked,
    AlreadyEnded,
    Answer,
    AskedBy,
    AskedForTheJob,
    Introduction,
    IntroductionId,
    NotInScope,
    PlanNotOpen,
    asked,
)
from services.matcher.domain.placing import in_scope
from services.matcher.domain.plan import Plan, PlanId, PlanState
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.shared_out import hours_shared, waits
from services.matcher.ports import Work


class IntroductionNotFound(Exception):
    """There is no such introduction."""


class NotTheirs(Exception):
    """An answer came from somebody who was not asked."""


async def ask_to_meet(
    council: str, plan_id: PlanId, profile_id: ProfileId, *,
    asked_by: AskedBy, introduction_id: IntroductionId, now: datetime, work: Work,
) -> Introduction:
    """Anybody in scope may be asked, whatever the list says of them: people decide."""
    plan = await work.plans.hold(council, plan_id)
    profile = await work.profiles.find(council, profile_id)
    if plan is None or profile is None or not in_scope(plan, profile):
        raise NotInScope
    if plan.state is not PlanState.OPEN:
        raise PlanNotOpen
    if waits(plan, hours_shared(await work.plans.open(council))):
        raise AskedForTheJob
    introduction = asked(introduction_id, plan, profile_id, asked_by, now)
    if not await work.introductions.add(introduction):
        raise AlreadyAsked
    await work.outbox.append(announcements.introduction_changed(introduction))
    return introduction


async def answer(
    council: str, introduction_id: IntroductionId, given: Answer, *, route: str, now: datetime, work: Work
) -> Introduction:
    introduction = await held(council, introduction_id, work)
    return await keep(introduction, introduction.answered(given, route, now), work)


async def hear_answer(
    council: str, introduction_id: IntroductionId, party_id: ProfileId, given: Answer, *, route: str, now: datetime, work: Work
) -> bool:
    """An answer that came by message. False: too late, or something else was answered before, and that stands."""
    introduction = await held(council, introduction_id, work)
    if introduction.profile_id != party_id:
        raise NotTheirs
    try:
        await keep(introduction, introduction.answered(given, route, now), work)
    except AlreadyEnded:
        return False
    return True


async def withdraw(council: str, introduction_id: IntroductionId, *, work: Work) -> Introduction:
    introduction = await held(council, introduction_id, work)
    return await keep(introduction, introduction.withdrawn(), work)


async def expire_late(*, now: datetime, work: Work) -> int:
    """How many came to the end of their time."""
    late = await work.introductions.hold_late(now)
    for introduction in late:
        await keep(introduction, introduction.expired(now), work)
    return len(late)


async def end_with_plan(plan: Plan, *, work: Work) -> None:
    """A closed plan asks nobody any more; and a block ends what was asked of those it keeps apart."""
    for introduction in await work.introductions.hold_open(plan.council, plan_id=plan.plan_id):
        if plan.state is PlanState.CLOSED or introduction.profile_id in plan.blocked:
            await keep(introduction, introduction.withdrawn(), work)


async def end_with_profile(council: str, profile_id: ProfileId, *, work: Work) -> None:
    for introduction in await work.introductions.hold_open(council, profile_id=profile_id):
        await keep(introduction, introduction.withdrawn(), work)


async def held(council: str, introduction_id: IntroductionId, work: Work) -> Introduction:
    introduction = await work.introductions.hold(council, introduction_id)
    if introduction is None:
        raise IntroductionNotFound
    return introduction


async def keep(before: Introduction, now: Introduction, work: Work) -> Introduction:
    if now is not before:
        await work.introductions.save(now)
        await work.outbox.append(announcements.introduction_changed(now))
    return now
