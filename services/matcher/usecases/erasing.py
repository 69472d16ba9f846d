"""Erasing somebody who asked to be forgotten: a PA leaves every list, a person's plans and lists are emptied, asks end."""
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PersonId, Plan
from services.matcher.domain.profile import Looking, ProfileId
from services.matcher.domain.shortlist import Cause
from services.matcher.domain.sides import By
from services.matcher.ports import Work
from services.matcher.usecases import introductions, journeys
from services.matcher.usecases.indexing import index_profile


async def erase(council: str, party_id: UUID, *, day: date, now: datetime, lore: Lore, work: Work) -> None:
    """That two were to meet, when, and how it ended stays: ids and times. Whoever waits for an answer hears that it ended."""
    if not await work.erased.begin(council, party_id):
        return
    profile = await work.profiles.find(council, ProfileId(party_id))
    if profile is not None:
        await index_profile(replace(profile, state=Looking.GONE), day=day, now=now, lore=lore, work=work)
    person_id = PersonId(party_id)
    for introduction in await work.introductions.hold_open(council, person_id=person_id):
        await introductions.keep(introduction, introduction.withdrawn(), work)
    for journey in await work.journeys.hold_of(council, person_id=person_id):
        await journeys.keep(journey, journey.stopped(By.PERSON, now), work)
    for plan in await work.plans.of_person(council, person_id):
        if len(plan.shares) < 2:  # a job that others share goes on with them: the portal tells who is in it
            await empty(plan, work)
    await work.erased.done(council, party_id)


async def empty(plan: Plan, work: Work) -> None:
    held = await work.plans.hold(plan.council, plan.plan_id)
    await work.plans.put((held or plan).emptied())
    await work.history.forget_plan(plan.council, plan.plan_id)
    await work.shortlists.empty(plan.council, plan.plan_id)
    await work.due.mark(plan.council, [plan.plan_id], Cause.PLAN)
