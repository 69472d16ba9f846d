"""Saving a plan and telling of it, only if there is news."""
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.portal import announcements
from services.portal.domain.accounts import Account, Role
from services.portal.domain.lawful import entries
from services.portal.domain.plan import Plan, PlanRefused
from services.portal.domain.refusals import refusal
from services.portal.domain.taken_in import Outcome, TakenIn
from services.portal.ports import Work
from services.portal.usecases import pooled
from services.portal.usecases.understanding import Reading
from shared.contracts.intake import PlanIn

Fresh = Callable[[], UUID]
"""Gives a new number each time it is called."""


async def begin_or_revise(plan: Plan, reading: Reading, work: Work, *, now: datetime, by: UUID | None = None) -> TakenIn:
    """`plan` with what was read in it. Revision 0 is a plan that nobody has heard of yet. `by` None: its source sent it."""
    fresh = plan.revision == 0
    news = fresh or plan.wants != reading.wants
    read = replace(plan, wants=reading.wants, questions=reading.asked, revision=plan.revision + news)
    saved = await tell_if_new(plan, read, work, now=now)
    for entry in entries(plan, saved, by, now):
        await work.lawful_reasons.add(entry)
    outcome = Outcome.CREATED if fresh else Outcome.CHANGED if read.revision != plan.revision else Outcome.UNCHANGED
    return TakenIn(saved, outcome, reading.understood, reading.asked)


async def tell_if_new(before: Plan, after: Plan, work: Work, *, now: datetime) -> Plan:
    """Own words and titles are kept without telling anybody; they do not move the revision."""
    saved = replace(after, changed_at=now)
    await work.plans.save(saved)
    if saved.revision != before.revision:
        await work.outbox.append(announcements.plan_changed(saved))
        await pooled.follow(saved, work, now=now)
    return saved


async def person_meant(council: str, given: PlanIn, work: Work, fresh: Fresh) -> UUID:
    """Our own number of the person, or the source's. Somebody not known yet begins as a number without a name."""
    ours = as_uuid(given.person_ref)
    person_id = ours or await work.accounts.person_for(council, given.source, given.person_ref, fresh())
    if await work.erased.has(council, person_id):
        raise PlanRefused((refusal("person_ref", "asked_to_be_forgotten"),))
    known = await work.accounts.find(council, person_id)
    if known is None:
        await work.accounts.put(Account(council, person_id, Role.PERSON))
    elif known.role is not Role.PERSON:
        raise PlanRefused((refusal("person_ref", "not_a_person"),))
    return person_id


def as_uuid(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None
