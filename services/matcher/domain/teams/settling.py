"""Where nights and pieces of time cannot be split, the most a few people cover is settled by an integer programme (HiGHS).

The shortest piece is said in the tight way known for machines that must stay on for a while: a piece that began less than that
long ago is still going on (Rajan and Takriti 2005).
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from services.matcher.domain import week
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate

FREE = 1 << 30


@dataclass(frozen=True)
class Settled:
    nights: tuple[int | None, ...]
    pieces: tuple[tuple[int, int, int, int], ...]
    """Member, ask, first quarter, length."""
    fixed: tuple[int, ...]


@dataclass
class Programme:
    """Whole numbers, each with a most, and rows of what sums of them may be; the sum of the gains is to be as high as can be."""

    highest: list[int] = field(default_factory=list)
    gains: list[int] = field(default_factory=list)
    rows: list[tuple[int, int, list[int], list[int]]] = field(default_factory=list)

    def number(self, highest: int, gain: int) -> int:
        self.highest.append(highest)
        self.gains.append(gain)
        return len(self.gains) - 1

    def row(self, lowest: int, highest: int, terms: Iterable[tuple[int, int]]) -> None:
        """Terms are (number, factor)."""
        numbers, factors = [], []
        for number, factor in terms:
            numbers.append(number)
            factors.append(factor)
        if numbers:
            self.rows.append((lowest, highest, numbers, factors))

    def best(self) -> list[int] | None:
        """None: no numbers keep every row. The same programme always has the same answer: one thread, one seed."""
        count = len(self.gains)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(self.rows)
        lp.col_cost_ = -np.array(self.gains, dtype=np.float64)
        lp.col_lower_, lp.col_upper_ = np.zeros(count), np.array(self.highest, dtype=np.float64)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
        lp.row_lower_ = np.array([row[0] for row in self.rows], dtype=np.float64)
        lp.row_upper_ = np.array([row[1] for row in self.rows], dtype=np.float64)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[2]) for row in self.rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([number for row in self.rows for number in row[2]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([factor for row in self.rows for factor in row[3]], dtype=np.float64)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.5)  # everything is whole
        solver.passModel(lp)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"the programme was not settled: {status}")
        return [round(value) for value in solver.getSolution().col_value]


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
    if asked.money is not None:
        priced = [(number, factor * one.price) for one, terms in zip(members, by_member, strict=True) for number, factor in terms]
        programme.row(-FREE, asked.money, priced)
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
