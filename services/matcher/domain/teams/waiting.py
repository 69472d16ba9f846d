"""Flexible hours while somebody is away: they wait for the days of that week on which the PA is there; the rest cannot wait."""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.matcher.domain import week
from services.matcher.domain.plan import Flexible, Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.times import laid


@dataclass(frozen=True)
class Waiting:
    """Hours of one flexible ask in one week that cannot wait. They are done on one of `days`, the days away of that week."""

    monday: date
    days: tuple[date, ...]
    ask: Flexible


def waiting(plan: Plan, away: Profile, first: date, last: date) -> tuple[Waiting, ...]:
    """What the one who is away could do of the whole week, less what they can do on the other days of it.

    A part shorter than the shortest piece is a whole piece: that is how it was asked for.
    """
    found: list[Waiting] = []
    free = away.week & ~plan.fixed
    usual = _each(plan, free)
    for monday, days in _weeks(first, last):
        absent = week.EMPTY
        for on in days:
            absent |= week.day_mask(on.weekday())
        for ask, whole, rest in zip(plan.flexible, usual, _each(plan, free & ~absent), strict=True):
            if whole > rest:
                window = ask.window & ~plan.fixed & absent
                short = Flexible(max(whole - rest, ask.at_least), window, ask.at_least)
                found.append(Waiting(monday, days, short))
    return tuple(sorted(found, key=lambda one: (one.monday, week.count(one.ask.window), one.ask.window, one.ask.quarters)))


def _each(plan: Plan, free: int) -> list[int]:
    return [sum(length for _, length in pieces) for pieces in laid(plan.flexible, free)]


def _weeks(first: date, last: date) -> Iterator[tuple[date, tuple[date, ...]]]:
    """Each Monday with the days of its week that are in question."""
    monday = monday_of(first)
    while monday <= last:
        days = (monday + timedelta(days=nth) for nth in range(7))
        yield monday, tuple(on for on in days if first <= on <= last)
        monday += timedelta(days=7)


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def put_down(one: Waiting, free: int, there: Sequence[date], room: int) -> Mapping[date, int]:
    """What somebody could do of it, in pieces long enough: for each day the time, as week bits."""
    days = {on: week.day_mask(on.weekday()) for on in one.days if on in there}
    present = sum(days.values())
    ((*pieces,),) = laid((replace(one.ask, window=one.ask.window & present),), free, room)
    done = week.EMPTY
    for start, length in pieces:
        done |= week.span(start, length)
    return {on: done & mask for on, mask in days.items() if done & mask}
