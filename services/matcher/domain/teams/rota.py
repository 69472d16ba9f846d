"""Who does what in a week: whole shifts where there is a choice, hours shared evenly, and what nobody covers."""
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from services.matcher.domain import week
from services.matcher.domain.teams.affording import affordable
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.filling import sets_of
from services.matcher.domain.teams.sharing import Members, Sharing, reach_of_fixed

Shifts = list[tuple[int, int, tuple[int, ...]]]
"""First quarter, length, and who is free for all of it."""


@dataclass(frozen=True)
class Shift:
    """`length` quarter-hours from quarter `start` of the week; may run on past midnight and past the end of the week."""

    start: int
    length: int
    flexible: bool = False


@dataclass(frozen=True)
class Share:
    """What one member does. `nights`: days of the week, 0 = Monday."""

    shifts: tuple[Shift, ...]
    nights: tuple[int, ...]
    quarters: int


@dataclass(frozen=True)
class Uncovered:
    shifts: tuple[Shift, ...]
    """Of the fixed times."""
    nights: tuple[int, ...]
    flexible: tuple[tuple[int, int], ...]
    """Quarter-hours of a flexible ask that nobody does, and the ask's window."""
    quarters: int


@dataclass(frozen=True)
class Rota:
    shares: tuple[Share, ...]
    """In the order of members."""
    uncovered: Uncovered


def rota(members: Members, asked: Asked, sharing: Sharing, longest: int) -> Rota:
    """A week in which the team covers the most it can, in shifts of at most `longest` quarter-hours where there is a choice.

    The same sharing always has the same week.
    """
    fixed = _in_shifts(members, asked, sharing, longest)
    shares = []
    for nth in range(len(members)):
        nights = tuple(day for day, who in zip(asked.nights, sharing.nights, strict=True) if who == nth)
        shifts = [Shift(start, length) for start, length in week.runs(fixed[nth])]
        pieces = [Shift(piece.start, piece.length, flexible=True) for piece in sharing.pieces if piece.member == nth]
        quarters = week.count(fixed[nth]) + asked.night * len(nights) + sum(piece.length for piece in pieces)
        shares.append(Share(tuple(sorted([*shifts, *pieces], key=lambda shift: shift.start)), nights, quarters))
    return Rota(tuple(shares), _uncovered(asked, sharing, fixed))


def _uncovered(asked: Asked, sharing: Sharing, fixed: Sequence[int]) -> Uncovered:
    left = asked.fixed
    for mine in fixed:
        left &= ~mine
    flexible = []
    for nth, ask in enumerate(asked.flexible):
        short = ask.quarters - sum(piece.length for piece in sharing.pieces if piece.ask == nth)
        if short:
            flexible.append((short, ask.window))
    nights = tuple(day for day, who in zip(asked.nights, sharing.nights, strict=True) if who is None)
    return Uncovered(
        tuple(Shift(start, length) for start, length in week.runs(left)), nights, tuple(flexible), asked.total - sharing.covered
    )


def _in_shifts(members: Members, asked: Asked, sharing: Sharing, longest: int) -> list[int]:
    """The fixed time of each member. By whole shifts if that covers as much, for the money; else each time they are free at
    once is cut to what each is to have."""
    had = sharing.apart_from_fixed
    whole = _whole_shifts(members, _shifts(members, asked, longest), had)
    if sum(week.count(mine) for mine in whole) == sum(sharing.fixed) and _kept(members, asked, had, whole):
        return whole
    return _cut(members, asked, _even(members, asked, sharing))


def _kept(members: Members, asked: Asked, had: Sequence[int], fixed: Sequence[int]) -> bool:
    hours = [week.count(mine) + before for mine, before in zip(fixed, had, strict=True)]
    limits = all(max(1, one.least) <= each <= one.most for one, each in zip(members, hours, strict=True))
    return limits and affordable(members, asked, hours)


def _whole_shifts(members: Members, shifts: Shifts, had: Sequence[int]) -> list[int]:
    """Shifts that few can do first, then the longest; each to whoever has least hours so far, until they have their most."""
    fixed, hours = [0] * len(members), list(had)
    for start, length, who in sorted(shifts, key=lambda shift: (len(shift[2]), -shift[1], shift[0])):
        rest = week.span(start, length)
        for one in sorted(who, key=lambda nth: (hours[nth] >= members[nth].least, hours[nth], nth)):
            length = min(week.count(rest), members[one].most - hours[one])
            mine = week.first(rest, length)
            fixed[one] |= mine
            hours[one] += length
            rest &= ~mine
    return fixed


def _shifts(members: Members, asked: Asked, longest: int) -> Shifts:
    """The fixed times, cut where somebody comes or goes and where they grow too long."""
    found = []
    for start, length in week.runs(asked.fixed):
        nth = 0
        while nth < length:
            who = _free_at(members, start + nth)
            end = nth + 1
            while end < length and end - nth < longest and _free_at(members, start + end) == who:
                end += 1
            found.append((start + nth, end - nth, who))
            nth = end
    return found


def _free_at(members: Members, quarter: int) -> tuple[int, ...]:
    bit = week.span(quarter, 1)
    return tuple(nth for nth, one in enumerate(members) if one.free & bit)


def _even(members: Members, asked: Asked, sharing: Sharing) -> list[int]:
    """Quarter-hours of fixed time for each: an hour at a time to whoever has least, as long as all can still be covered.

    Where there is money to keep, as the sharing has it.
    """
    if asked.money is not None:
        return list(sharing.fixed)
    had, belongs = sharing.apart_from_fixed, sets_of(len(members))
    hours = np.array([max(0, max(1, one.least) - before) for one, before in zip(members, had, strict=True)])
    spare = np.array(reach_of_fixed(members)) - hours @ belongs
    while True:
        may = []
        for nth, one in enumerate(members):
            more = min(4, int(spare[belongs[nth].astype(np.bool_)].min()), one.most - had[nth] - int(hours[nth]))
            if more:
                may.append((int(hours[nth]) + had[nth], nth, more))
        if not may:
            return [int(each) for each in hours]
        _, nth, more = min(may)
        hours[nth] += more
        spare = spare - more * belongs[nth]


def _cut(members: Members, asked: Asked, wanted: Sequence[int]) -> list[int]:
    """Fixed time for each as long as wanted, by augmenting paths: take what is nobody's, or have it handed over."""
    fixed, nobodys = [0] * len(members), asked.fixed
    for one in range(len(members)):
        while (lacking := wanted[one] - week.count(fixed[one])) > 0:
            path = _path(one, members, fixed, nobodys)
            hands = [members[taker].free & fixed[giver] for taker, giver in pairwise(path)]
            free = members[path[-1]].free & nobodys
            amount = min(lacking, week.count(free), *(week.count(hand) for hand in hands))
            for (taker, giver), hand in zip(pairwise(path), hands, strict=True):
                handed = week.first(hand, amount)
                fixed[giver] &= ~handed
                fixed[taker] |= handed
            fixed[path[-1]] |= week.first(free, amount)
            nobodys &= ~fixed[path[-1]]
    return fixed


def _path(one: int, members: Members, fixed: Sequence[int], nobodys: int) -> list[int]:
    """The shortest, each could take over time from the next, to somebody who is free when nobody has the time."""
    paths, reached = [[one]], {one}
    for path in paths:
        if members[path[-1]].free & nobodys:
            return path
        for other in range(len(members)):
            if other not in reached and members[path[-1]].free & fixed[other]:
                reached.add(other)
                paths.append([*path, other])
    raise ArithmeticError("hours that can be shared out were not")
