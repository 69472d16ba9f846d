"""What each may see. Every look by somebody else is written down where the person can read it."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.portal.domain.accounts import Account, Role, Viewer
from services.portal.domain.copies import IntroductionCopy, Look, Looked, MessageCopy, NamedLook, ShortlistCopy
from services.portal.domain.plan import Plan, PlanState
from services.portal.domain.pool import SOURCE
from services.portal.domain.supporting import NotLetIn, NotToldYet, Scope
from services.portal.ports import Work
from services.portal.usecases.rights import need, plan_for


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan on the table, and what this viewer may do with it."""

    plan: Plan
    person: Account | None
    shortlist: ShortlistCopy | None
    """None: nothing ranked yet."""
    told_at: datetime | None
    """When the person was first told of a list for this plan."""
    may: frozenset[Scope]
    mine: bool
    """True: the viewer is the person."""
    waits_for: UUID | None = None
    """The plan of a job that all its hours are shared in: PAs are asked for that, not for this plan."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list of plans. A supporter sees no numbers before the person was told."""

    plan_id: UUID
    person_id: UUID
    title: str | None
    state: PlanState
    revision: int
    open_questions: int
    shortlist: ShortlistCopy | None
    told_at: datetime | None


async def open_plan(viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime, reason: str | None = None) -> OpenPlan:
    """Raises PlanNotFound, NotLetIn."""
    plan, scopes = await plan_for(viewer, plan_id, work, now=now)
    opened = await put_on_table(viewer, plan, frozenset(scopes), work)
    await note(viewer, plan, Looked.PLAN, work, now=now, reason=reason)
    return opened


async def open_shortlist(viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime, reason: str | None = None) -> OpenPlan:
    """Call this before asking the matcher for the list. Raises PlanNotFound, NotLetIn, NotToldYet.

    The person first: a supporter or a worker of the council sees a list once the person was told of it, or with a `reason`,
    which the person can read.
    """
    plan, scopes = await plan_for(viewer, plan_id, work, now=now, scope=Scope.SEE_SHORTLIST)
    opened = await put_on_table(viewer, plan, frozenset(scopes), work)
    if not opened.mine and opened.told_at is None and not (reason and reason.strip()):
        raise NotToldYet
    await note(viewer, plan, Looked.SHORTLIST, work, now=now, reason=reason)
    return opened


async def ask_for_shortlist(supporter: Viewer, plan_id: UUID, work: Work, *, now: datetime) -> OpenPlan:
    """A supporter asks for a list for somebody who let them in. Lists are always up to date, so what is new is that it was asked.

    `told_at` of the answer says whether it can be seen yet.
    """
    plan, scopes = await plan_for(supporter, plan_id, work, now=now, scope=Scope.SEE_SHORTLIST)
    await note(supporter, plan, Looked.ASKED_FOR_LIST, work, now=now)
    return await put_on_table(supporter, plan, frozenset(scopes), work)


async def may_ask_to_meet(viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime) -> OpenPlan:
    """Stay in this transaction while asking the matcher: until it ends, nobody can be taken off in between."""
    plan, scopes = await plan_for(viewer, plan_id, work, now=now, scope=Scope.ASK_TO_MEET, staff=False)
    opened = await put_on_table(viewer, plan, frozenset(scopes), work)
    if not opened.mine and opened.told_at is None:
        raise NotToldYet
    return opened


async def may_arrange(viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime) -> Plan:
    """Whoever may ask to meet may also say when and where; so may a worker of the council. Stay in this transaction while the
    matcher is asked: until it ends, nobody can be taken off in between."""
    plan, _ = await plan_for(viewer, plan_id, work, now=now, scope=Scope.ASK_TO_MEET)
    return plan


async def open_meetings(viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime) -> OpenPlan:
    """When and where they meet, for whoever may say so. The person can read that somebody looked."""
    plan = await may_arrange(viewer, plan_id, work, now=now)
    opened = await put_on_table(viewer, plan, frozenset(), work)
    await note(viewer, plan, Looked.MEETINGS, work, now=now)
    return opened


async def plans_of(viewer: Viewer, person_id: UUID, work: Work, *, now: datetime) -> list[PlanLine]:
    """A person's plans, for the person, a supporter of theirs, or staff."""
    scopes = await need(viewer, person_id, work, now=now)
    plans = [plan for plan in await work.plans.of_person(viewer.council, person_id) if plan.source.source != SOURCE]
    if viewer.role is not Role.BROKER or Scope.SEE_SHORTLIST in scopes:
        pools = await work.pools.of_person(viewer.council, person_id)
        seen = [pool for pool in pools if viewer.role is not Role.BROKER or pool.open_to_supporters]
        shared = [await work.plans.find(pool.council, pool.plan_id) for pool in seen]
        plans += [plan for plan in shared if plan is not None]
    return [await line(viewer, plan, Scope.SEE_SHORTLIST in scopes, work) for plan in plans]


async def all_plans(council: str, work: Work, *, after: int = 0, most: int = 100) -> list[Plan]:
    """For the API's key: newest change first."""
    return await work.plans.page(council, after=after, most=most)


async def who_looked(person: Viewer, work: Work) -> list[NamedLook]:
    """Who else looked at me, newest first."""
    looks = await work.looks.of_person(person.council, person.account_id)
    return [one for one in looks if one.look.by != person.account_id]


async def messages_of(viewer: Viewer, party_id: UUID, work: Work, *, now: datetime) -> list[MessageCopy]:
    """Messages to oneself; staff see anybody's, and a person can see that they did."""
    if viewer.account_id != party_id:
        if viewer.role is not Role.STAFF:
            raise NotLetIn  # no scope lets a supporter read somebody's messages
        owner = await work.accounts.find(viewer.council, party_id)
        if owner and owner.role is Role.PERSON:
            look = Look(viewer.council, party_id, viewer.account_id, viewer.role, Looked.MESSAGES, now)
            await work.looks.add(look)
    return await work.copies.messages(viewer.council, party_id)


async def introductions_of(viewer: Viewer, work: Work, *, plan_id: UUID | None = None) -> list[IntroductionCopy]:
    """A PA's own, or a person's own (of one plan, if named). For others use the plan, through `open_shortlist`."""
    if viewer.role is Role.PA:
        return await work.copies.introductions(viewer.council, profile_id=viewer.account_id)
    return await work.copies.introductions(viewer.council, person_id=viewer.account_id, plan_id=plan_id)


async def introductions_on(opened: OpenPlan, work: Work) -> list[IntroductionCopy]:
    return await work.copies.introductions(opened.plan.council, plan_id=opened.plan.plan_id)


async def put_on_table(viewer: Viewer, plan: Plan, may: frozenset[Scope], work: Work) -> OpenPlan:
    nameless = viewer.role is Role.BROKER and plan.source.source == SOURCE  # a supporter of one is not told who the others are
    return OpenPlan(
        plan,
        person=None if nameless else await work.accounts.find(plan.council, plan.person_id),
        shortlist=await work.copies.shortlist(plan.council, plan.plan_id),
        told_at=await work.copies.told(plan.council, plan.plan_id, plan.person_id),
        may=may,
        mine=viewer.role is Role.PERSON,
        waits_for=await job_with_all_hours_of(plan, work),
    )


async def job_with_all_hours_of(plan: Plan, work: Work) -> UUID | None:
    """None too while that job is paused: then PAs are asked for the plan itself."""
    for pool in await work.pools.of_person(plan.council, plan.person_id):
        if pool.has_all_hours_of(plan.plan_id, plan.wants.quarters):
            job = await work.plans.find(plan.council, pool.plan_id)
            return pool.plan_id if job is not None and job.wants.state is PlanState.OPEN else None
    return None


async def line(viewer: Viewer, plan: Plan, sees_list: bool, work: Work) -> PlanLine:
    told_at = await work.copies.told(plan.council, plan.plan_id, plan.person_id)
    shown = viewer.role is Role.PERSON or (sees_list and told_at is not None)
    shortlist = await work.copies.shortlist(plan.council, plan.plan_id) if shown else None
    return PlanLine(
        plan.plan_id, plan.person_id, plan.title, plan.wants.state, plan.revision, len(plan.questions), shortlist, told_at
    )


async def note(viewer: Viewer, plan: Plan, what: Looked, work: Work, *, now: datetime, reason: str | None = None) -> None:
    if viewer.role is Role.PERSON:
        return
    for person_id in [share.person_id for share in plan.wants.shares] or [plan.person_id]:
        await work.looks.add(
            Look(plan.council, person_id, viewer.account_id, viewer.role, what, now, plan_id=plan.plan_id, reason=reason)
        )
