"""Carry what follows a yes: a meeting put down, moved, answered or called off."""
from datetime import datetime
from uuid import UUID

from services.matcher import announcements
from services.matcher.domain.introduction import IntroductionId
from services.matcher.domain.journey import Journey, NoMeeting, NotAgreedToMeet, begun
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.sides import By
from services.matcher.ports import Work
from services.matcher.usecases.introductions import NotTheirs
from services.matcher.usecases.introductions import held as held_introduction


async def arrange(
    council: str, introduction_id: IntroductionId, at: datetime, place_id: UUID | None, *, by: By, now: datetime, work: Work
) -> Journey:
    """Raises IntroductionNotFound, NotAgreedToMeet, NotToCome."""
    journey = await held(council, introduction_id, work)
    return await keep(journey, journey.arranged(at, place_id, by, now), work)


async def answer(council: str, introduction_id: IntroductionId, by: By, suits: bool, *, now: datetime, work: Work) -> Journey:
    """Raises IntroductionNotFound, NotAgreedToMeet, NoMeeting."""
    journey = await held(council, introduction_id, work)
    return await keep(journey, journey.answered(by, suits, now), work)


async def call_off(council: str, introduction_id: IntroductionId, by: By, *, now: datetime, work: Work) -> Journey:
    journey = await held(council, introduction_id, work)
    return await keep(journey, journey.called_off(by, now), work)


async def hear_answer(
    council: str, introduction_id: IntroductionId, party_id: UUID, suits: bool, occurrence: str | None, *, now: datetime,
    work: Work,
) -> bool:
    """An answer about a meeting that came by message. False: there is no such meeting any more. Raises NotTheirs."""
    try:
        journey = await held(council, introduction_id, work)
        side = journey.side_of(party_id)
        if side is None:
            raise NotTheirs
        await keep(journey, journey.answered(side, suits, now, occurrence), work)
    except (NoMeeting, NotAgreedToMeet):
        return False
    return True


async def end_with_plan(plan: Plan, *, now: datetime, work: Work) -> None:
    """Whoever is kept apart by a block does not meet, and an offer that waits is over. What was agreed on is theirs
    to end. A plan that is closed may be one that found its PA."""
    for journey in await work.journeys.hold_of(plan.council, plan_id=plan.plan_id):
        if journey.profile_id in plan.blocked:
            await keep(journey, journey.stopped(By.PERSON, now), work)


async def end_with_profile(council: str, profile_id: ProfileId, *, now: datetime, work: Work) -> None:
    for journey in await work.journeys.hold_of(council, profile_id=profile_id):
        await keep(journey, journey.stopped(By.PA, now), work)


async def held(council: str, introduction_id: IntroductionId, work: Work) -> Journey:
    """The introduction is held too, so that two cannot begin the same journey."""
    introduction = await held_introduction(council, introduction_id, work)
    return await work.journeys.hold(council, introduction_id) or begun(introduction)


async def keep(before: Journey, now: Journey, work: Work) -> Journey:
    if now is not before:
        await work.journeys.save(now)
        await work.outbox.append(announcements.journey_changed(now))
    return now
