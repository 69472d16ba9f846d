"""How many quarter-hours each of a few people can have, where they share the same time and each has limits of their own.

Sets of people are whole numbers, a bit each. What is asked of many ways at once is in arrays, a row each.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NO_LIMIT = 1 << 50


def filled(
    reach: Ints, least: Ints, most: Ints, rates: Ints, money: Ints | None, cheapest_first: Sequence[int]
) -> tuple[Ints, NDArray[np.bool_]]:
    """The most hours between them, the cheapest first, and whether the way is possible: everybody has their least, for the money.

    `reach[..., some]` is what a set of people could cover between them with no limit of their own; all others and the answer
    have a row for each way and a column for each person. Where reach is submodular (the same time counts once), the hours that
    can be shared out are a polymatroid: taking greedily is exact, and so is stopping when the money is spent (Edmonds 1970;
    Federgruen and Groenevelt 1986).
    """
    belongs = sets_of(least.shape[1])
    hours = least.copy()
    left = np.full(len(hours), NO_LIMIT) if money is None else money - (hours * rates).sum(axis=1)
    spare = reach - hours @ belongs
    possible: NDArray[np.bool_] = (least <= most).all(axis=1) & (spare >= 0).all(axis=1) & (left >= 0)
    for one in cheapest_first:
        mine = belongs[one].astype(np.bool_)
        more = np.minimum(spare[:, mine].min(axis=1), most[:, one] - hours[:, one])
        if money is not None:
            more = np.minimum(more, left // np.maximum(rates[:, one], 1))
            left = left - more * rates[:, one]
        hours[:, one] += more
        spare[:, mine] -= more[:, None]
    return hours, possible


@dataclass(frozen=True)
class Spending:
    """For each way, a row: what has been spent, and in which order whose hours are bought, at which price, up to which number.
    Prices never fall, neither along a row nor for one person."""

    left: Ints
    who: Ints
    price: Ints
    end: Ints


def spent(reach: Ints, least: Ints, most: Ints, spending: Spending) -> tuple[Ints, NDArray[np.bool_]]:
    """As `filled`, with prices that rise with the hours: taking the cheapest next hour is exact for these too (Federgruen and
    Groenevelt 1986). `spending.left`: when everybody's least is paid."""
    belongs = sets_of(least.shape[1])
    rows = np.arange(len(least))
    hours, left = least.copy(), spending.left.copy()
    spare = reach - hours @ belongs
    possible: NDArray[np.bool_] = (least <= most).all(axis=1) & (spare >= 0).all(axis=1) & (left >= 0)
    for nth in range(spending.who.shape[1]):
        one = spending.who[:, nth]
        mine = belongs[one]
        more = np.where(mine == 1, spare, NO_LIMIT).min(axis=1)
        more = np.minimum(more, np.minimum(most[rows, one], spending.end[:, nth]) - hours[rows, one])
        more = np.maximum(np.minimum(more, left // np.maximum(spending.price[:, nth], 1)), 0)
        hours[rows, one] += more
        spare -= more[:, None] * mine
        left -= more * spending.price[:, nth]
    return hours, possible


@cache
def sets_of(count: int) -> Ints:
    """Row n is 1 in the column of every set that person n is in."""
    return np.arange(1 << count)[None, :] >> np.arange(count)[:, None] & 1


def unions(each: Sequence[int]) -> list[int]:
    """For each set of people, what one or another of them has."""
    either = [0] * (1 << len(each))
    for some in range(1, len(either)):
        either[some] = either[some & (some - 1)] | each[(some & -some).bit_length() - 1]
    return either
