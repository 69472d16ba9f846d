"""An integer programme, said number by number and row by row, and settled by HiGHS."""
from collections.abc import Iterable
from dataclasses import dataclass, field

import highspy
import numpy as np

FREE = 1 << 30
"""In place of a bound."""

@dataclass
class Programme:
    """Whole numbers, each with a most, and rows of what sums of them may be; the sum of the gains is to be as high as can be."""

    highest: list[int] = field(default_factory=list)
    gains: list[int] = field(default_factory=list)
    rows: list[tuple[float, float, list[int], list[float]]] = field(default_factory=list)
    amounts: set[int] = field(default_factory=set)
    """Those that need not be whole."""

    def number(self, highest: int, gain: int) -> int:
        self.highest.append(highest)
        self.gains.append(gain)
        return len(self.gains) - 1

    def amount(self, highest: int) -> int:
        number = self.number(highest, 0)
        self.amounts.add(number)
        return number

    def row(self, lowest: float, highest: float, terms: Iterable[tuple[int, float]]) -> None:
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
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kContinuous if number in self.amounts else kinds.kInteger for number in range(count)]
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
