"""Where nights and pieces of time cannot be split, the most a few people cover is settled by an integer programme (HiGHS).

The shortest piece is said in the tight way known for machines that must stay on for a while: a piece that began less than that
long ago is still going on (Rajan and Takriti 2005).
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.matcher.domain import week
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.programme import FREE, Programme
from services.matcher.domain.teams.thresholds import hold_to_money


@dataclass(frozen=True)
class Settled:
    nights: tuple[int | None, ...]
    pieces: tuple[tuple[int, int, int, int], ...]
    """Member, ask, first quarter, length."""
    fixed: tuple[int, ...]


def settled(members: Sequence[Candidate], asked: Asked) -> Settled | None:
    """None: no sharing keeps everybody's least hours, and the money."""
    programme = Programme()
    by_member: list[list[tuple[int, int]]] = [[] for _ in members]
    groups = _fixed(programme, members, asked, by_member)
    nights = _nights(programme, members, asked, by_member)
    during = _pieces(programme, members, asked, by_member)
    for one, terms in zip(members, by_member, strict=True):
        programme.row(max(1, one.least), one.most, terms)
        if not terms:
            return None
    hold_to_money(programme, members, asked, by_member)
    found = programme.best()
    if found is None:
        return None
    return Settled(
        nights=tuple(
            next((member for member, number in sleepers if found[number]), None) for sleepers in nights
        ),
        pieces=tuple(_found_pieces(during, found)),
        fixed=tuple(sum(found[number] for member, number in groups if member == nth) for nth in range(len(members))),
    )


def _fixed(
    programme: Programme, members: Sequence[Candidate], asked: Asked, by_member: list[list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """Times at which the same members are free are one amount to share."""
    amounts: dict[tuple[int, ...], int] = {}
    for start, length in week.runs(asked.fixed):
        for quarter in range(start, start + length):
            bit = week.span(quarter, 1)
            who = tuple(nth for nth, one in enumerate(members) if one.free & bit)
            amounts[who] = amounts.get(who, 0) + 1
    numbers = []
    for who, amount in amounts.items():
        some = [(member, programme.number(amount, 1)) for member in who]
        programme.row(0, amount, [(number, 1) for _, number in some])
        for member, number in some:
            by_member[member].append((number, 1))
        numbers += some
    return numbers


def _nights(
    programme: Programme, members: Sequence[Candidate], asked: Asked, by_member: list[list[tuple[int, int]]]
) -> list[list[tuple[int, int]]]:
    nights = []
    for nth in range(len(asked.nights)):
        sleepers = [
            (member, programme.number(1, asked.night)) for member, one in enumerate(members) if one.nights >> nth & 1
        ]
        programme.row(0, 1, [(number, 1) for _, number in sleepers])
        for member, number in sleepers:
            by_member[member].append((number, asked.night))
        nights.append(sleepers)
    return nights


During = dict[tuple[int, int], dict[int, int]]
"""For each member and ask, the number that says whether they are at it in a quarter of the week."""


def _pieces(
    programme: Programme, members: Sequence[Candidate], asked: Asked, by_member: list[list[tuple[int, int]]]
) -> During:
    during: During = {}
    at_once: dict[int, list[tuple[int, int]]] = {}
    for nth, ask in enumerate(asked.flexible):
        of_the_ask = []
        for member, one in enumerate(members):
            numbers: dict[int, int] = {}
            for start, length in week.runs(one.pieces[nth]):
                numbers |= _stretch(programme, start, length, ask.at_least)
            for quarter, number in numbers.items():
                at_once.setdefault(quarter, []).append((number, 1))
                by_member[member].append((number, 1))
                of_the_ask.append((number, 1))
            during[member, nth] = numbers
        programme.row(0, ask.quarters, of_the_ask)
    for terms in at_once.values():
        programme.row(0, 1, terms)
    return during


def _stretch(programme: Programme, start: int, length: int, at_least: int) -> dict[int, int]:
    """One stretch of free time, in which pieces begin early enough to be long enough. A whole free week is cut at Monday 00:00
    only for counting: see the round row below."""
    round_the_week = length == week.QUARTERS_A_WEEK
    on = [programme.number(1, 1) for _ in range(length)]
    begins = [programme.number(1, 0) if round_the_week or nth + at_least <= length else None for nth in range(length)]
    for nth in range(length):
        before = on[nth - 1] if nth or round_the_week else None
        terms = [(on[nth], 1)]
        if before is not None:
            terms.append((before, -1))
        begin = begins[nth]
        if begin is not None:
            terms.append((begin, -1))
        programme.row(-FREE, 0, terms)
        lately = [begins[nth - ago] for ago in range(at_least) if nth - ago >= 0 or round_the_week]
        programme.row(-FREE, 0, [(number, 1) for number in lately if number is not None] + [(on[nth], -1)])
    return {(start + nth) % week.QUARTERS_A_WEEK: number for nth, number in enumerate(on)}


def _found_pieces(during: During, found: Sequence[int]) -> Iterable[tuple[int, int, int, int]]:
    for (member, nth), numbers in sorted(during.items()):
        at_it = 0
        for quarter, number in numbers.items():
            if found[number]:
                at_it |= week.span(quarter, 1)
        for start, length in week.runs(at_it):
            yield member, nth, start, length
