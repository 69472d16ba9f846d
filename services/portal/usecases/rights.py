"""Who may do what beside whom. Nothing is remembered between calls: every right is read from its row, in this transaction."""
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from services.portal.domain.accounts import Account, Role, Viewer
from services.portal.domain.days import day_of
from services.portal.domain.plan import Plan, PlanNotFound
from services.portal.domain.pool import SOURCE, ThePoolsOwn
from services.portal.domain.supporting import NotLetIn, Scope
from services.portal.ports import Work


async def scopes_of(supporter: UUID, council: str, person_id: UUID, work: Work, *, now: datetime) -> frozenset[Scope]:
    """All this supporter may do beside this person now."""
    standing = await work.supporters.standing(council, supporter, person_id)
    return frozenset(scope for one in standing if one.holds(day_of(now)) for scope in one.scopes)


async def may(supporter: Account, person_id: UUID, scope: Scope, work: Work, *, now: datetime) -> bool:
    return scope in await scopes_of(supporter.account_id, supporter.council, person_id, work, now=now)


async def need(
    viewer: Viewer, person_id: UUID, work: Work, *, now: datetime, scope: Scope | None = None, staff: bool = True
) -> frozenset[Scope]:
    """What the viewer may do beside this person, or NotLetIn.

    The person may do everything. A supporter needs `scope` (None: any). Staff pass only where `staff`.
    """
    if viewer.role is Role.PERSON and viewer.account_id == person_id:
        return frozenset(Scope)
    if viewer.role is Role.STAFF and staff:
        return frozenset({Scope.SEE_SHORTLIST})
    if viewer.role is Role.BROKER:
        scopes = await scopes_of(viewer.account_id, viewer.council, person_id, work, now=now)
        if scopes and (scope is None or scope in scopes):
            return scopes
    raise NotLetIn


async def plan_for(
    viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime, scope: Scope | None = None, staff: bool = True
) -> tuple[Plan, Collection[Scope]]:
    """The plan, if the viewer may. Somebody with no right at all is told the same as for a plan that is not there."""
    plan = await work.plans.find(viewer.council, plan_id)
    if plan is None or plan.is_erased:
        raise PlanNotFound
    if plan.source.source == SOURCE:
        return plan, await need_in_the_pool(viewer, plan, work, now=now, scope=scope, staff=staff)
    return plan, await need(viewer, plan.person_id, work, now=now, scope=scope, staff=staff)


IN_A_POOL = frozenset({Scope.SEE_SHORTLIST, Scope.ASK_TO_MEET})


async def need_in_the_pool(
    viewer: Viewer, plan: Plan, work: Work, *, now: datetime, scope: Scope | None, staff: bool
) -> frozenset[Scope]:
    """All who share a job see its list and may ask somebody to meet, now that they share it. Nobody writes its plan.

    So may a supporter of one of them, as far as that one let them in; where all who share it agreed to that.
    """
    if viewer.role is Role.STAFF and staff:
        return frozenset({Scope.SEE_SHORTLIST})
    pool = await work.pools.with_plan(plan.council, plan.plan_id)
    scopes: frozenset[Scope] = frozenset()
    if pool is not None and viewer.role is Role.PERSON and any(one.person_id == viewer.account_id for one in pool.sharing):
        scopes = IN_A_POOL
    if pool is not None and viewer.role is Role.BROKER and pool.open_to_supporters:
        for member in pool.sharing:
            scopes |= await scopes_of(viewer.account_id, viewer.council, member.person_id, work, now=now) & IN_A_POOL
    if Scope.SEE_SHORTLIST not in scopes:
        raise NotLetIn
    if scope is Scope.EDIT_PLAN:
        raise ThePoolsOwn
    if scope is not None and scope not in scopes:
        raise NotLetIn
    return scopes
