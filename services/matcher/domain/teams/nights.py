"""Nights somebody sleeps in: every way to give them to a few people, by how many each has; and then which."""
from collections.abc import Sequence
from functools import cache

import numpy as np

from services.matcher.domain.teams.filling import Ints, sets_of, unions


def ways(nights: Sequence[int], count: int) -> Ints:
    """How many of the `count` nights each has, a row for each way that is possible: most nights first, and evenly shared first.

    `nights` has a bit for each night somebody can do. By Hall's theorem a way is possible where no set of people has more nights
    than one or another of them can do.
    """
    every = _every_way(len(nights), count)
    reach = np.array([slept.bit_count() for slept in unions(nights)])
    possible: Ints = every[(every @ sets_of(len(nights)) <= reach).all(axis=1)]
    return possible


@cache
def _every_way(people: int, count: int) -> Ints:
    every = np.array(list(_sharings(people, count)), dtype=np.int64).reshape(-1, people)
    order = np.lexsort((*(-every.T[::-1]), (every**2).sum(axis=1), -every.sum(axis=1)))
    return every[order]


def _sharings(people: int, count: int) -> list[tuple[int, ...]]:
    if not people:
        return [()]
    return [(mine, *others) for mine in range(count + 1) for others in _sharings(people - 1, count - mine)]


def given(nights: Sequence[int], way: Sequence[int], count: int) -> tuple[int | None, ...]:
    """Who has which night, in a way that is possible: each in turn, handing over one they have where they must."""
    has: list[int | None] = [None] * count
    for _ in range(max(way, default=0)):
        for one, wanted in enumerate(way):
            if sum(owner == one for owner in has) < wanted:
                _hand(one, nights, has, set())
    return tuple(has)


def _hand(one: int, nights: Sequence[int], has: list[int | None], tried: set[int]) -> bool:
    """One more night to this one, by an augmenting path."""
    can = [night for night in range(len(has)) if nights[one] >> night & 1 and night not in tried and has[night] != one]
    for night in sorted(can, key=lambda night: (has[night] is not None, sum(mine >> night & 1 for mine in nights), night)):
        tried.add(night)
        owner = has[night]
        if owner is None or _hand(owner, nights, has, tried):
            has[night] = one
            return True
    return False
