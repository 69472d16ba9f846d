"""What somebody with a pencil, all published figures and a solver of linear programs can work out of them.

The unknowns are how many people there are of each kind (an atom: one value for every facet). Each figure says what some of
them add up to. What is smallest and largest of a sum of unknowns under all figures is all that follows for sure.
"""
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, floor

import highspy

from services.matcher.domain.gaps.need import NOT_ASKED, Need
from services.matcher.domain.gaps.publishing import GapWeek
from services.matcher.domain.gaps.region import Region
from services.matcher.domain.gaps.rules import FACETS

Atom = tuple[str, ...]
Kind = Callable[[Atom], bool]
NEARLY = 1e-6


@dataclass(frozen=True)
class Said:
    """One figure: so many people of this kind."""

    kind: Kind
    people: int


def said(week: GapWeek) -> list[Said]:
    def of(region: Region) -> Kind:
        return lambda atom: region.holds(as_need(atom))

    return [Said(of(figure.region), figure.people) for figure in week.figures]


def as_need(atom: Atom) -> Need:
    return Need(None, atom, 0)  # type: ignore[arg-type]


def atoms_of(needs: Iterable[Need]) -> list[Atom]:
    """Every kind there could be: of each facet the values seen, and one that nobody has."""
    seen = list(needs)
    values = [sorted({need.values[nth] for need in seen}) for nth in range(len(FACETS))]
    return list(product(*[[*some, "elsewhere"] if some != [NOT_ASKED] else some for some in values]))


def cells_of(atoms: Collection[Atom]) -> list[Atom]:
    """Every cell of the cube: a value or anything ('*') for each facet; and for one of them perhaps all but a value ('!')."""
    values = [sorted({atom[nth] for atom in atoms}) for nth in range(len(FACETS))]
    marks = [["*", *some, *(f"!{value}" for value in some)] if len(some) > 1 else some for some in values]
    return [cell for cell in product(*marks) if sum(mark.startswith("!") for mark in cell) <= 1]


def inside(cell: Atom) -> Kind:
    return lambda atom: all(
        mark in ("*", value) or (mark.startswith("!") and mark[1:] != value) for mark, value in zip(cell, atom, strict=True)
    )


class Attack:
    """On one publication, or on two that follow each other: then each atom has an unknown for either."""

    def __init__(self, atoms: Sequence[Atom], *publications: Sequence[Said]) -> None:
        self.atoms = atoms
        self.lp = highspy.Highs()  # type: ignore[no-untyped-call]
        self.lp.setOptionValue("output_flag", False)
        for _ in range(len(atoms) * len(publications)):
            self.lp.addVar(0.0, highspy.kHighsInf)
        for nth, figures in enumerate(publications):
            for figure in figures:
                columns = [nth * len(atoms) + at for at, atom in enumerate(atoms) if figure.kind(atom)]
                self.lp.addRow(float(figure.people), float(figure.people), len(columns), columns, [1.0] * len(columns))

    def bounds(self, kind: Kind) -> tuple[float, float]:
        """The fewest and the most people of this kind there can be, by the first publication."""
        costs = [(at, 1.0) for at, atom in enumerate(self.atoms) if kind(atom)]
        fewest, most = self._best(costs, least=True), self._best(costs, least=False)
        return ceil(fewest - NEARLY), most if most == highspy.kHighsInf else floor(most + NEARLY)

    def net_change(self, kind: Kind) -> tuple[float, float]:
        """How many more people of this kind there are by the second publication, at the least and at the most."""
        inside = [at for at, atom in enumerate(self.atoms) if kind(atom)]
        costs = [(at, -1.0) for at in inside] + [(at + len(self.atoms), 1.0) for at in inside]
        return self._best(costs, least=True), self._best(costs, least=False)

    def fewest_changes(self, kind: Kind) -> int:
        """How many people of this kind must have come or gone between the two publications, at the least."""
        before = self.lp.getNumCol()
        came, gone, changed = [], [], before
        self.lp.addVar(0.0, highspy.kHighsInf)
        for at, atom in enumerate(self.atoms):
            if kind(atom):
                plus, minus = self.lp.getNumCol(), self.lp.getNumCol() + 1
                self.lp.addVar(0.0, highspy.kHighsInf)
                self.lp.addVar(0.0, highspy.kHighsInf)
                self.lp.addRow(0.0, 0.0, 4, [at, at + len(self.atoms), plus, minus], [1.0, -1.0, 1.0, -1.0])
                came.append(plus)
                gone.append(minus)
        rows = self.lp.getNumRow()
        for some in (came, gone):
            self.lp.addRow(0.0, highspy.kHighsInf, len(some) + 1, [changed, *some], [1.0] + [-1.0] * len(some))
        found = ceil(self._best([(changed, 1.0)], least=True) - NEARLY)
        added = list(range(rows - len(came), self.lp.getNumRow()))
        self.lp.deleteRows(len(added), added)
        columns = list(range(before, self.lp.getNumCol()))
        self.lp.deleteCols(len(columns), columns)
        return found

    def _best(self, costs: Sequence[tuple[int, float]], *, least: bool) -> float:
        for at in range(self.lp.getNumCol()):
            self.lp.changeColCost(at, 0.0)
        for at, cost in costs:
            self.lp.changeColCost(at, cost)
        self.lp.changeObjectiveSense(highspy.ObjSense.kMinimize if least else highspy.ObjSense.kMaximize)
        self.lp.run()
        match self.lp.getModelStatus():
            case highspy.HighsModelStatus.kOptimal:
                return float(self.lp.getInfo().objective_function_value)
            case highspy.HighsModelStatus.kUnbounded | highspy.HighsModelStatus.kUnboundedOrInfeasible:
                return -highspy.kHighsInf if least else highspy.kHighsInf
            case status:
                raise AssertionError(f"what was published cannot all be true: {status}")


def worked_out(atoms: Sequence[Atom], figures: Sequence[Said], under: int = 5) -> list[Atom]:
    """The cells of which it follows for sure that there is somebody, and fewer than five."""
    attack = Attack(atoms, figures)
    found = []
    for cell in cells_of(atoms):
        fewest, most = attack.bounds(inside(cell))
        if fewest >= 1 and most < under:
            found.append(cell)
    return found


def seen_to_change(atoms: Sequence[Atom], before: Sequence[Said], after: Sequence[Said], under: int = 5) -> list[Atom]:
    """The cells that for sure gained, or for sure lost, fewer than five people, unless at least five must have come or gone."""
    attack = Attack(atoms, before, after)
    found = []
    for cell in cells_of(atoms):
        least, most = attack.net_change(inside(cell))
        gained, lost = least > NEARLY and most < under - NEARLY, most < -NEARLY and NEARLY - under < least
        if (gained or lost) and attack.fewest_changes(inside(cell)) < under:
            found.append(cell)
    return found
