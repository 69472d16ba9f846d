"""The most that a few people cover of a week between them, exactly, each within their own hours and all within the money."""
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain import week
from services.matcher.domain.plan import Flexible
from services.matcher.domain.teams.affording import Affording, steps_up
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.filling import Ints, filled, unions
from services.matcher.domain.teams.nights import given, ways
from services.matcher.domain.teams.settling import settled

Members = Sequence[Candidate]


@dataclass(frozen=True)
class Piece:
    """A stretch of flexible time that one member does."""

    member: int
    ask: int
    start: int
    length: int


@dataclass(frozen=True)
class Sharing:
    """`nights[n]`: which member sleeps in on the n-th night asked, or None. `fixed`: quarter-hours of fixed time for each."""

    nights: tuple[int | None, ...]
    pieces: tuple[Piece, ...]
    fixed: tuple[int, ...]
    night: int

    @property
    def apart_from_fixed(self) -> list[int]:
        each = [self.nights.count(member) * self.night for member in range(len(self.fixed))]
        for piece in self.pieces:
            each[piece.member] += piece.length
        return each

    @property
    def hours(self) -> tuple[int, ...]:
        """Quarter-hours for each member."""
        return tuple(one + other for one, other in zip(self.fixed, self.apart_from_fixed, strict=True))

    @property
    def covered(self) -> int:
        return sum(self.hours)


def ceiling(members: Members, asked: Asked) -> int | None:
    """No sharing covers more: nights and pieces taken as if they could be split. None: no sharing gives everybody their least."""
    nights = unions([one.nights for one in members])
    reach = [fixed + asked.night * slept.bit_count() for fixed, slept in zip(reach_of_fixed(members), nights, strict=True)]
    for nth, ask in enumerate(asked.flexible):
        for some, free in enumerate(unions([one.pieces[nth] for one in members])):
            reach[some] += min(ask.quarters, week.count(free))
    nothing = np.zeros((1, len(members)), dtype=np.int64)
    if steps_up(members, asked):
        most = int(Affording(members, asked, reach, nothing).bound()[0])
        return most if most >= 0 else None
    hours, possible = _filled(members, asked, reach, nothing)
    return int(hours.sum()) if possible[0] else None


def shared_out(members: Members, asked: Asked, *, exactly: bool = True) -> Sharing | None:
    """A sharing that covers the most there is. None: no sharing keeps everybody's least hours, and the money.

    Without flexible hours every way of giving nights is tried. With them, where pieces put down one after another reach the
    ceiling, that is the most; else a solver settles it. Not `exactly`: the most as teams compare by, see `Asked.counted`.
    """
    laid, highest = _laid(members, asked)
    if asked.flexible:
        highest = ceiling(members, asked)
    if highest is None:
        return None
    if laid is not None and (laid.covered == highest or (not exactly and asked.counted(laid.covered) == asked.counted(highest))):
        return laid
    found = settled(members, asked)
    if found is None:
        return None
    return Sharing(found.nights, tuple(Piece(*piece) for piece in found.pieces), found.fixed, asked.night)


def _laid(members: Members, asked: Asked) -> tuple[Sharing | None, int | None]:
    """Pieces one after another; the best of all ways to give nights, the evenest among equals; fixed time in what is left. And
    the most there is with these pieces; None: no way is possible."""
    pieces = _pieces(members, asked)
    had = Sharing((), pieces, (0,) * len(members), asked.night).apart_from_fixed
    nights = [one.nights for one in members]
    every = ways(nights, len(asked.nights))
    given_before = every * asked.night + np.array(had)
    if steps_up(members, asked):
        afforded = Affording(members, asked, reach_of_fixed(members), given_before).best()
        if afforded.hours is None:
            return None, afforded.most if afforded.most >= 0 else None
        best, hours, most = afforded.way, afforded.hours, afforded.most
    else:
        fixed, possible = _filled(members, asked, reach_of_fixed(members), given_before)
        if not possible.any():
            return None, None
        totals = np.where(possible, (fixed + given_before).sum(axis=1), -1)
        best = int(np.argmax(totals))
        hours, most = tuple(int(each) for each in fixed[best]), int(totals[best])
    way = [int(each) for each in every[best]]
    return Sharing(given(nights, way, len(asked.nights)), pieces, hours, asked.night), most


def _filled(members: Members, asked: Asked, reach: Sequence[int], had: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Beside what each has already, a row for each way."""
    prices = np.array([[one.price for one in members]])
    least = np.maximum(np.array([max(1, one.least) for one in members]) - had, 0)
    most = np.array([one.most for one in members]) - had
    money = None if asked.money is None else asked.money - (had * prices).sum(axis=1)
    order = sorted(range(len(members)), key=lambda nth: (members[nth].price, nth))
    return filled(np.array(reach), least, most, prices, money, order)


def _pieces(members: Members, asked: Asked) -> tuple[Piece, ...]:
    used, pieces = 0, []
    had = [0] * len(members)
    for nth, ask in enumerate(asked.flexible):
        for piece in _fill(nth, ask, members, had, used):
            used |= week.span(piece.start, piece.length)
            had[piece.member] += piece.length
            pieces.append(piece)
    return tuple(pieces)


def _fill(nth: int, ask: Flexible, members: Members, hours: Sequence[int], used: int) -> list[Piece]:
    """Longest stretch first, to whoever has most room; never so much that what is left is too short for a piece."""
    pieces: list[Piece] = []
    left, had = ask.quarters, list(hours)
    while left >= ask.at_least:
        best: tuple[int, int, int, int] | None = None
        for member, one in enumerate(members):
            for start, stretch in week.runs(one.pieces[nth] & ~used):
                length = min(stretch, left, one.most - had[member])
                if 0 < left - length < ask.at_least <= left - ask.at_least:
                    length = left - ask.at_least
                if length >= ask.at_least:
                    best = max(best or (0, 0, 0, 0), (length, one.most - had[member], -member, -start))
        if best is None:
            break
        length, member, start = best[0], -best[2], -best[3]
        pieces.append(Piece(member, nth, start, length))
        used |= week.span(start, length)
        had[member] += length
        left -= length
    return pieces


def reach_of_fixed(members: Members) -> list[int]:
    """For each set of members, quarter-hours of the fixed times at which one or another is free."""
    return [week.count(free) for free in unions([one.free for one in members])]
