"""What one purse buys of many teams at once, at most: prices of the candidates side by side."""
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.filling import Ints, Spending, spent
from services.matcher.domain.teams.paying import Purse, costs, steps

Floats = NDArray[np.float64]
VALUES = 6
"""How many prices are tried as what a quarter-hour is worth."""


@dataclass(frozen=True, eq=False)
class Purchase:
    """Row n is candidate n: what their least costs, and the prices from there, each up to so many quarter-hours."""

    money: int
    begins: Ints
    price: Ints
    end: Ints
    relaxed: tuple[tuple[float, Floats], ...]
    """Bounds that add up: where an hour more is worth so much, what the money is worth, and what each candidate adds to it at
    most (Lagrange). No team can be paid for more hours than each of these comes to."""

    def highest(self, teams: Ints, reach: Ints, least: Ints, most: Ints) -> Ints:
        """For each team, a row of places; -1: impossible."""
        width = self.price.shape[1]
        flat = len(teams), teams.shape[1] * width
        price = self.price[teams].reshape(flat)
        order = np.argsort(price, axis=1, kind="stable")
        spending = Spending(
            self.money - self.begins[teams].sum(axis=1), order // width, np.take_along_axis(price, order, axis=1),
            np.take_along_axis(self.end[teams].reshape(flat), order, axis=1),
        )  # fmt: skip
        hours, possible = spent(reach, least, most, spending)
        return np.where(possible, hours.sum(axis=1), -1)


def purchase(candidates: Sequence[Candidate], purse: Purse, least: Ints, most: Ints) -> Purchase:
    tables = [costs(one.price, one.beyond, purse) for one in candidates]
    made = [steps(table, int(first), int(last)) for table, first, last in zip(tables, least, most, strict=True)]
    width = max([1, *(len(one.price) for one in made)])
    prices = sorted({one for each in made for one in each.price if one}) or [1]
    worth = {prices[nth * (len(prices) - 1) // (VALUES - 1)] for nth in range(VALUES)}
    relaxed = tuple(
        (purse.money / value, np.array([_adds(table, int(last), value) for table, last in zip(tables, most, strict=True)]))
        for value in sorted(worth)
    )
    price, end = np.full((len(made), width), 1 << 40, np.int64), np.zeros((len(made), width), np.int64)
    for row, one in enumerate(made):
        price[row, : len(one.price)], end[row, : len(one.end)] = one.price, one.end
    begins = np.array([table[first] for table, first in zip(tables, least, strict=True)])
    return Purchase(purse.money, begins, price, end, relaxed)


def _adds(table: Ints, most: int, worth: int) -> float:
    """Quarter-hours more than their cost is worth, at the best number of them."""
    return float((np.arange(most + 1) - table[: most + 1] / worth).max())
