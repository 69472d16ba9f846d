"""A pool's own plan follows those who share it: who joins, who leaves, and what any of them changes in their own plan."""
from dataclasses import replace
from datetime import datetime

from services.portal import announcements
from services.portal.domain.days import day_of
from services.portal.domain.plan import Plan, PlanNotFound, PlanRefused, PlanState, Source, Wants
from services.portal.domain.pool import SOURCE, Pool, State
from services.portal.ports import Work
from services.portal.usecases.pooled_plan import never_together, pooled, shares
from services.portal.usecases.understanding import kept, read
from shared.contracts.intake import PlanIn

TITLE = "A job we share"


async def keep(pool: Pool, work: Work, *, now: datetime) -> Pool:
    """The pool as it is now, told; and its plan after it, told if others would hear something new. Raises PlanRefused."""
    await work.pools.save(pool)
    await work.outbox.append(announcements.pool_changed(pool))
    await remake(pool, work, now=now)
    return pool


async def follow(plan: Plan, work: Work, *, now: datetime) -> None:
    """Somebody's own plan changed: the job they share follows. A closed plan leaves it."""
    if plan.source.source == SOURCE:
        return
    pool = await work.pools.hold_of_plan(plan.council, plan.plan_id)
    if pool is None:
        return
    if plan.wants.state is PlanState.CLOSED:
        await keep_after_leaving(pool.left(plan.plan_id, now), work, now=now)
        return
    try:
        await remake(pool, work, now=now)
    except PlanRefused:  # what is wrong is in somebody else's plan: their own change must not wait for that
        await pause(pool, work, now=now)


async def keep_after_leaving(pool: Pool, work: Work, *, now: datetime) -> Pool:
    """Nothing may stand in the way of leaving: where the others' plans make no plan just now, the job is paused."""
    await work.pools.save(pool)
    await work.outbox.append(announcements.pool_changed(pool))
    try:
        await remake(pool, work, now=now)
    except PlanRefused:
        await pause(pool, work, now=now)
    return pool


async def remake(pool: Pool, work: Work, *, now: datetime) -> None:
    held = await own_plan(pool, work)
    if pool.state is not State.OPEN:
        await put_away(pool, held, work, now=now)
        return
    plans = await plans_of(pool, work)
    given = lawful_today(pooled(pool, plans), now)
    answers = tuple(dict.fromkeys(answer for plan in plans for answer in plan.answers))
    before = held or Plan(
        pool.council, pool.plan_id, pool.sharing[0].person_id, 0, Source(SOURCE, str(pool.pool_id), pool.revision),
        Wants(PlanState.OPEN, plans[0].wants.place, "", 0, plans[0].wants.funding, day_of(now)), "", title=TITLE,
    )  # fmt: skip
    reading = read(given, day_of(now), replace(before, answers=answers))
    wants = replace(reading.wants, shares=shares(pool, plans), blocked=tuple(sorted(never_together(plans))))
    await tell(before, replace(before, given=kept(given), answers=answers), wants, pool, work, now=now)


async def put_away(pool: Pool, held: Plan | None, work: Work, *, now: datetime) -> None:
    """One person alone is no pool, so there is no job to look at; nobody at all, and it is over."""
    if held is not None:
        state = PlanState.CLOSED if pool.state is State.ENDED else PlanState.PAUSED
        await tell(held, held, replace(held.wants, state=state, shares=()), pool, work, now=now)


async def pause(pool: Pool, work: Work, *, now: datetime) -> None:
    held = await own_plan(pool, work)
    if held is not None:
        wants = replace(held.wants, state=PlanState.PAUSED, shares=shares(pool, await plans_of(pool, work)))
        await tell(held, held, wants, pool, work, now=now)


async def tell(before: Plan, after: Plan, wants: Wants, pool: Pool, work: Work, *, now: datetime) -> None:
    """It belongs to whoever has shared it longest, in name only: all who share it have the same rights."""
    person_id = pool.sharing[0].person_id if pool.sharing else before.person_id
    news = wants != before.wants or person_id != before.person_id or not before.revision
    source = Source(SOURCE, str(pool.pool_id), pool.revision)
    saved = replace(after, wants=wants, person_id=person_id, source=source, revision=before.revision + news, changed_at=now)
    await work.plans.save(saved)
    if news:
        await work.outbox.append(announcements.plan_changed(saved))


def lawful_today(given: PlanIn, now: datetime) -> PlanIn:
    """Without the musts whose reason has ended: in the plan they come from they count no more either."""
    today = day_of(now)
    wishes = tuple(wish for wish in given.wishes if wish.reason is None or wish.reason.until >= today)
    return given.model_copy(update={"wishes": wishes})


async def own_plan(pool: Pool, work: Work) -> Plan | None:
    try:
        return await work.plans.hold(pool.council, pool.plan_id)
    except PlanNotFound:
        return None


async def plans_of(pool: Pool, work: Work) -> list[Plan]:
    """Of those who share it, in the order they joined."""
    found = [await work.plans.find(pool.council, member.plan_id) for member in pool.sharing]
    return [plan for plan in found if plan is not None]
