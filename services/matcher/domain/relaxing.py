"""What a person could ask for a little less firmly, and the plan they would then have. Nothing here is done for them."""
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import assert_never

from services.matcher.domain import week
from services.matcher.domain.finding import Params
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import most
from services.matcher.domain.plan import PROTECTED, Criterion, Plan, Strength, Wish
from services.matcher.domain.rules import WHOLE, Rules
from services.matcher.domain.times import wanted_quarters

FURTHER_M = (3_219, 8_047, 16_093)
"""2, 5 and 10 miles, to the metre."""
HOUR = 4
"""Quarter-hours."""
PAY_STEPS = (100, 200, -100)
"""Pence an hour. One pound less is there to see whom it would cost."""


class Kind(StrEnum):
    CONFIRMED = "if_confirmed"
    """One must that we are not sure of means what we took it to mean."""
    FURTHER = "if_further"
    """Every must on distance with a number of its own allows so many metres more. A PA's own reach stands."""
    LATER = "if_later"
    """Every fixed time begins and ends one hour later; Sunday's last hour becomes Monday's first. Flexible hours and
    sleep-ins stay where they are."""
    EARLIER = "if_earlier"
    """The same, one hour earlier."""
    WIDER = "if_wider"
    """Every window for flexible hours begins one hour earlier and ends one hour later; the hours stay as many."""
    HOUR_UNCOVERED = "if_hour_uncovered"
    """Every must on times is met with one wanted hour uncovered: the share asked falls by an hour's share, rounded down."""
    MORE_HOURS = "if_more_hours"
    """One hour a week more than the plan says, with the same budget and at the same times: about what a PA wants to work."""
    FEWER_HOURS = "if_fewer_hours"
    """One hour a week fewer, likewise."""
    PAY = "if_pay"
    """The most the person can pay an hour is so many pence more (or, where negative, less)."""
    SOFTER = "if_softer"
    """One must is important instead. What always holds still does: reach, a refused task, lawful pay, limits of the home."""
    SOFTER_LAWFUL = "if_softer_lawful"
    """The same of a must on faith, culture or sex with a lawful reason: counted where it is asked about, never put forward."""


@dataclass(frozen=True)
class Step:
    """One thing asked for otherwise."""

    kind: Kind
    criterion: Criterion
    params: Params = ()
    wish: int | None = None
    """Which of the plan's wishes, from 0, where it is about one."""
    by: int = 0
    """Metres or pence."""


def steps(plan: Plan, day: date, rules: Rules, lore: Lore) -> tuple[Step, ...]:
    """All that could be asked of this plan, mildest first. Only what can keep somebody out; never what the law forbids."""
    on = plan.begins(day)
    musts = [(nth, wish) for nth, wish in enumerate(plan.wishes) if plan.strength_of(wish, on) is Strength.MUST]
    asked = {wish.criterion for _, wish in musts}
    possible = chain(
        (_of_wish(Kind.CONFIRMED, nth, wish) for nth, wish in musts if not wish.confirmed),
        _further([wish for _, wish in musts]),
        _times(plan, [wish for _, wish in musts], rules),
        _hours(plan) if Criterion.HOURS in asked else (),
        _pay(plan, asked, on, lore),
        (_of_wish(Kind.SOFTER, nth, wish) for nth, wish in musts if wish.criterion not in PROTECTED),
        (_of_wish(Kind.SOFTER_LAWFUL, nth, wish) for nth, wish in musts if wish.criterion in PROTECTED),
    )
    return tuple(step for step in possible if _pay_stays_lawful(plan, relaxed(plan, step, rules), on, lore))


def relaxed(plan: Plan, step: Step, rules: Rules) -> Plan:
    """The plan as it would be."""
    match step.kind:
        case Kind.CONFIRMED:
            return _with_wishes(plan, lambda nth, wish: replace(wish, confirmed=True) if nth == step.wish else wish)
        case Kind.SOFTER | Kind.SOFTER_LAWFUL:
            return _with_wishes(plan, lambda nth, wish: replace(wish, strength=Strength.IMPORTANT) if nth == step.wish else wish)
        case Kind.FURTHER:
            return _with_wishes(plan, lambda _, wish: _wider_within(wish, step.by))
        case Kind.LATER:
            return replace(plan, fixed=week.shifted(plan.fixed, HOUR))
        case Kind.EARLIER:
            return replace(plan, fixed=week.shifted(plan.fixed, -HOUR))
        case Kind.WIDER:
            return replace(plan, flexible=tuple(replace(ask, window=week.widened(ask.window, HOUR)) for ask in plan.flexible))
        case Kind.HOUR_UNCOVERED:
            wanted = wanted_quarters(plan, rules)
            return _with_wishes(plan, lambda _, wish: _less_share(wish, wanted))
        case Kind.MORE_HOURS:
            return replace(plan, quarters=plan.quarters + HOUR)
        case Kind.FEWER_HOURS:
            return replace(plan, quarters=plan.quarters - HOUR)
        case Kind.PAY:
            return replace(plan, most_rate=(most(plan) or 0) + step.by)
        case _:
            assert_never(step.kind)


def compatible(one: Step, other: Step) -> bool:
    """Whether two make a pair: not twice about one wish, and not two ways of giving in on the same thing."""
    if one.wish is not None and one.wish == other.wish:
        return False
    about_wishes = one.wish is not None and other.wish is not None
    return about_wishes or Kind.CONFIRMED in (one.kind, other.kind) or one.criterion is not other.criterion


def touched(step: Step) -> frozenset[Criterion]:
    """What a finding must be about for this to change it: a shift can reach into the night, and hours share out the budget."""
    match step.kind:
        case Kind.LATER | Kind.EARLIER:
            return frozenset({Criterion.TIMES, Criterion.AGE})
        case Kind.MORE_HOURS | Kind.FEWER_HOURS:
            return frozenset({Criterion.HOURS, Criterion.PAY})
        case _:
            return frozenset({step.criterion})


def _of_wish(kind: Kind, nth: int, wish: Wish) -> Step:
    return Step(kind, wish.criterion, _said_of(wish), wish=nth)


def _said_of(wish: Wish) -> Params:
    """What it takes to name the wish: at most the first three of several values."""
    params: list[tuple[str, str | int]] = [("criterion", wish.criterion.value)]
    if wish.values:
        params.append((f"any_{wish.criterion.value}", ",".join(wish.values[:3])))
    if wish.criterion is Criterion.LANGUAGE:
        params.append(("mode", wish.mode.value))
    if wish.criterion is Criterion.PLACE and wish.within_m is not None:
        params.append(("within_m", wish.within_m))
    return tuple(params)


def _further(musts: list[Wish]) -> Iterator[Step]:
    limits = [wish.within_m for wish in musts if wish.criterion is Criterion.PLACE and wish.within_m is not None]
    if limits:
        for metres in FURTHER_M:
            yield Step(Kind.FURTHER, Criterion.PLACE, (("within_m", min(limits) + metres), ("more_m", metres)), by=metres)


def _times(plan: Plan, musts: list[Wish], rules: Rules) -> Iterator[Step]:
    shares = [wish.share for wish in musts if wish.criterion is Criterion.TIMES]
    if not shares:
        return
    kinds = []
    if plan.fixed not in (week.EMPTY, week.ALL):
        kinds += [Kind.LATER, Kind.EARLIER]
    if any(ask.window not in (week.EMPTY, week.ALL) for ask in plan.flexible):
        kinds.append(Kind.WIDER)
    if max(shares) and wanted_quarters(plan, rules) > HOUR:
        kinds.append(Kind.HOUR_UNCOVERED)
    yield from (Step(kind, Criterion.TIMES) for kind in kinds)


def _hours(plan: Plan) -> Iterator[Step]:
    if plan.quarters + HOUR <= week.QUARTERS_A_WEEK:
        yield Step(Kind.MORE_HOURS, Criterion.HOURS, (("wanted_quarters", plan.quarters + HOUR),))
    if plan.quarters > HOUR:
        yield Step(Kind.FEWER_HOURS, Criterion.HOURS, (("wanted_quarters", plan.quarters - HOUR),))


def _pay(plan: Plan, asked: set[Criterion], on: date, lore: Lore) -> Iterator[Step]:
    limit = most(plan)
    if limit is not None and (Criterion.PAY in asked or limit < lore.lowest_rate(on, None)):
        for pence in PAY_STEPS:
            if limit + pence > 0:
                yield Step(Kind.PAY, Criterion.PAY, (("most_pence", limit + pence), ("change", pence)), by=pence)


def _pay_stays_lawful(before: Plan, after: Plan, on: date, lore: Lore) -> bool:
    """Nothing that pays less than now may go under what the law asks for a grown-up."""
    was, would_be = most(before), most(after)
    return would_be is None or would_be >= lore.lowest_rate(on, None) or (was is not None and would_be >= was)


def _with_wishes(plan: Plan, change: Callable[[int, Wish], Wish]) -> Plan:
    return replace(plan, wishes=tuple(change(nth, wish) for nth, wish in enumerate(plan.wishes)))


def _wider_within(wish: Wish, metres: int) -> Wish:
    if wish.criterion is not Criterion.PLACE or wish.within_m is None:
        return wish
    return replace(wish, within_m=wish.within_m + metres)


def _less_share(wish: Wish, wanted: int) -> Wish:
    if wish.criterion is not Criterion.TIMES:
        return wish
    return replace(wish, share=max(0, (wish.share * wanted - HOUR * WHOLE) // wanted))
