"""Sharing one job with others: begin, join by a code, other hours, leave. Each is the person's own to say."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.portal.domain.accounts import Account, Viewer
from services.portal.domain.plan import Plan, PlanNotFound, PlanState
from services.portal.domain.pool import (
    SOURCE,
    HoursDoNotFit,
    InAPoolAlready,
    Member,
    NotInThePool,
    NotOpenToShare,
    Pool,
    PoolNotFound,
    ThePoolsOwn,
    clashes,
)
from services.portal.domain.supporting import NotLetIn
from services.portal.ports import Work
from services.portal.usecases import pooled
from services.portal.usecases.keeping import Fresh
from shared.vocabulary.week import from_hex

ALPHABET = "BCDFGHJKMNPQRTVWXY2346789"
"""Of a code to join by: no vowels, so it spells nothing, and nothing that looks like something else."""
LENGTH = 8


@dataclass(frozen=True, slots=True)
class Sharing:
    """A shared job as one of those who share it sees it."""

    pool: Pool
    plan: Plan | None
    """The job's own plan. None: it has not begun."""
    people: dict[UUID, Account]
    clash: int
    """Times that more than one of them asks for, as the bits of a week."""


async def begin(
    council: str, plan_id: UUID, quarters: int, work: Work, *, now: datetime, fresh: Fresh, code: str, evidence: str,
    by: Viewer | None = None,
) -> Pool:
    """A job to share, with one person in it so far. `by`: who asks on a page; None: the API's key, with their word for it."""
    plan = await mine(council, plan_id, work, by)
    empty = Pool(council, fresh(), fresh(), code, 0)
    return await take_in(empty, plan, quarters, work, now=now, evidence=evidence)


async def join(
    council: str, plan_id: UUID, quarters: int, code: str, work: Work, *, now: datetime, evidence: str, by: Viewer | None = None
) -> Pool:
    """By a code that somebody who shares it told them. Raises PoolNotFound, InAPoolAlready, PoolIsFull, PlanRefused …"""
    plan = await mine(council, plan_id, work, by)
    pool = await work.pools.hold_by_code(council, as_typed(code))
    if pool is None:
        raise PoolNotFound
    return await take_in(pool, plan, quarters, work, now=now, evidence=evidence)


async def take_in(pool: Pool, plan: Plan, quarters: int, work: Work, *, now: datetime, evidence: str) -> Pool:
    if plan.wants.state is not PlanState.OPEN:
        raise NotOpenToShare
    if await work.pools.hold_of_plan(plan.council, plan.plan_id) is not None:
        raise InAPoolAlready
    fits(quarters, plan)
    member = Member(plan.plan_id, plan.person_id, quarters, now, evidence=evidence)
    return await pooled.keep(pool.joined(member), work, now=now)


async def change_hours(
    council: str, plan_id: UUID, quarters: int, work: Work, *, now: datetime, by: Viewer | None = None
) -> Pool:
    plan = await mine(council, plan_id, work, by)
    fits(quarters, plan)
    held = await its_pool(plan, work)
    after = held.with_hours(plan_id, quarters)
    return held if after is held else await pooled.keep(after, work, now=now)


async def leave(council: str, plan_id: UUID, work: Work, *, now: datetime, by: Viewer | None = None) -> Pool:
    """From this moment. The others are told, and what each pays is worked out anew."""
    plan = await mine(council, plan_id, work, by)
    held = await its_pool(plan, work)
    return await pooled.keep_after_leaving(held.left(plan_id, now), work, now=now)


async def shared_by(viewer: Viewer, work: Work) -> list[Sharing]:
    """The jobs this person shares now. They see the names of the others, who see theirs: all agreed to that."""
    return [await on_the_table(pool, work) for pool in await work.pools.of_person(viewer.council, viewer.account_id)]


async def on_the_table(pool: Pool, work: Work) -> Sharing:
    plans = await pooled.plans_of(pool, work)
    people = await work.accounts.named(pool.council, [member.person_id for member in pool.sharing])
    clash = clashes([from_hex(plan.wants.fixed) for plan in plans])
    return Sharing(pool, await work.plans.find(pool.council, pool.plan_id), people, clash)


async def mine(council: str, plan_id: UUID, work: Work, by: Viewer | None) -> Plan:
    """The plan, held. Consent is the person's: no supporter, however much they may do, gives it or takes it back for them."""
    plan = await work.plans.find(council, plan_id)
    if plan is None:
        raise PlanNotFound
    if by is not None and by.account_id != plan.person_id:
        raise NotLetIn
    if plan.source.source == SOURCE:
        raise ThePoolsOwn
    return await work.plans.hold(council, plan_id)


async def its_pool(plan: Plan, work: Work) -> Pool:
    held = await work.pools.hold_of_plan(plan.council, plan.plan_id)
    if held is None:
        raise NotInThePool
    return held


def fits(quarters: int, plan: Plan) -> None:
    if not 1 <= quarters <= plan.wants.quarters:
        raise HoursDoNotFit


def as_typed(code: str) -> str:
    """However it was written down: 'bcdf-2346', 'BCDF 2346'."""
    return "".join(sign for sign in code.upper() if sign.isalnum())
