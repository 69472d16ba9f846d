"""One plan made of the plans of those who share a job: everybody's times, everybody's wishes, the strongest of each."""
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, get_args
from uuid import UUID

from services.portal.domain.plan import FROM_THE_PLAN, Plan, Share
from services.portal.domain.pool import SOURCE, Pool
from shared.contracts.intake import Day, PlanIn, WishIn
from shared.contracts.portal import Criterion, Strength
from shared.vocabulary.week import DAYS, Week, from_hex, slots

STRONGEST = (Strength.NICE, Strength.IMPORTANT, Strength.MUST)


def pooled(pool: Pool, plans: Sequence[Plan]) -> PlanIn:
    """`plans`: of those who share it, in the order they joined. Read like any other plan, so the law is asked of it as well."""
    given = [PlanIn.model_validate_json(plan.given) for plan in plans]
    return PlanIn(
        source=SOURCE,
        source_id=str(pool.pool_id),
        source_version=pool.revision,
        person_ref=str(pool.sharing[0].person_id),
        postcode=nearest_to_the_middle(plans).wants.place.shown,
        start_on=max((plan.wants.start_on for plan in plans if plan.wants.start_on), default=None),
        slots=tuple(as_slots(times_of_all(plans))),
        flexible=tuple(piece for one in given for piece in one.flexible),
        sleep_ins=tuple(day for day in get_args(Day) if any(day in one.sleep_ins for one in given)),
        hours_per_week=Decimal(pool.quarters) / 4,
        budget_per_week=in_pounds(added(share.budget for share in shares(pool, plans))),
        contribution_per_week=in_pounds(added(share.contribution for share in shares(pool, plans))),
        most_rate=min((one.most_rate for one in given if one.most_rate is not None), default=None),
        funding=given[0].funding,
        tasks=each_once(word for one in given for word in one.tasks),
        home=each_once(word for one in given for word in one.home),
        wishes=wishes_of_all(given),
        few_people=given[0].few_people if len({one.few_people for one in given}) == 1 else None,
        confirmed_on=min(plan.wants.confirmed_on for plan in plans),
    )


def shares(pool: Pool, plans: Sequence[Plan]) -> tuple[Share, ...]:
    """Of a budget, and of what the person pays towards it, the part that goes with these hours, whole pence."""
    return tuple(
        Share(
            member.plan_id, member.person_id, member.quarters, plan.wants.funding,
            part(plan.wants.budget, member.quarters, plan.wants.quarters),
            part(plan.wants.contribution, member.quarters, plan.wants.quarters),
        )
        for member, plan in zip(pool.sharing, plans, strict=True)
    )


def part(whole: int | None, quarters: int, of: int) -> int | None:
    return None if whole is None or not of else whole * min(quarters, of) // of


def times_of_all(plans: Iterable[Plan]) -> Week:
    week = 0
    for plan in plans:
        week |= from_hex(plan.wants.fixed)
    return week


def as_slots(week: Week) -> Iterable[Any]:
    for day, start, end in slots(week):
        yield {"day": DAYS[day], "from": clock(start), "to": clock(end)}


def clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"


def nearest_to_the_middle(plans: Sequence[Plan]) -> Plan:
    """Where the job is: with whoever lives nearest to the middle of them all. The earlier, where two are as near."""
    east = sum(plan.wants.place.east_m for plan in plans) // len(plans)
    north = sum(plan.wants.place.north_m for plan in plans) // len(plans)
    return min(plans, key=lambda plan: (plan.wants.place.east_m - east) ** 2 + (plan.wants.place.north_m - north) ** 2)


def wishes_of_all(given: Iterable[PlanIn]) -> tuple[WishIn, ...]:
    """Each wish once, as strong as whoever wants it most; of times the largest share, of distance the shortest."""
    found: dict[object, WishIn] = {}
    for one in (wish for plan in given for wish in plan.wishes):
        key = same_wish(one)
        found[key] = stronger(found[key], one) if key in found else one
    return tuple(found.values())


def same_wish(wish: WishIn) -> object:
    if wish.criterion.value in tuple(FROM_THE_PLAN):
        return wish.criterion
    others = tuple(word.casefold() for word in wish.or_else)
    return wish.criterion, (wish.value or "").casefold(), others, wish.mode, wish.level, wish.reason


def stronger(one: WishIn, other: WishIn) -> WishIn:
    strength = max(one.strength, other.strength, key=STRONGEST.index)
    changes: dict[str, Any] = {"strength": strength}
    if one.criterion is Criterion.TIMES:
        changes["share"] = max(100 if wish.share is None else wish.share for wish in (one, other))
    if one.criterion is Criterion.PLACE:
        changes["within_miles"] = min((w.within_miles for w in (one, other) if w.within_miles is not None), default=None)
    return one.model_copy(update=changes)


def each_once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple({word.casefold(): word for word in words}.values())


def added(amounts: Iterable[int | None]) -> int | None:
    """None as soon as one is not known: a sum of some would look like the sum of all."""
    found = list(amounts)
    return None if None in found else sum(one for one in found if one is not None)


def in_pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence) / 100


def never_together(plans: Iterable[Plan]) -> frozenset[UUID]:
    """Whom one of them never wants to meet, none of them is shown."""
    return frozenset(blocked for plan in plans for blocked in plan.wants.blocked)

