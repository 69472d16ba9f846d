"""Chance that comes out the same every time: one Dice per invented party, seeded by who they are.

Only `random()` is used of Python's generator, because that one sequence is promised to stay the same between versions
for the same text seed; `choice`, `shuffle` and the rest are not. A Dice is never shared: PA number 17 is the same
PA in a sample of 20 and in one of 100,000. Within a party the draws come in the order they are written in the code.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar
from uuid import UUID, uuid5

Thing = TypeVar("Thing")

_SAMPLES = UUID("5a3c1f0e-9d4b-5c77-8a21-a10a65de0001")


def sample_id(council: str, seed: int, kind: str, number: int) -> UUID:
    """The id of the party or thing of this kind and number: the same in every sample of this council and seed."""
    return uuid5(_SAMPLES, f"{council}/{seed}/{kind}/{number}")


class Dice:
    def __init__(self, council: str, seed: int, kind: str, number: int) -> None:
        self._draw = Random(f"{council}/{seed}/{kind}/{number}").random

    def chance(self, share: float) -> bool:
        return self._draw() < share

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._draw() * (most - least + 1))

    def pick(self, things: Sequence[Thing]) -> Thing:
        return things[int(self._draw() * len(things))]

    def weighted(self, weights: Mapping[Thing, float]) -> Thing:
        """One key, as often as its weight says. The weights need not add up to one."""
        mark = self._draw() * sum(weights.values())
        for thing, weight in weights.items():
            mark -= weight
            if mark < 0:
                return thing
        return thing

    def some(self, things: Sequence[Thing], least: int, most: int) -> list[Thing]:
        """Between `least` and `most` different things, in the order they were drawn."""
        left = list(things)
        return [left.pop(int(self._draw() * len(left))) for _ in range(min(self.between(least, most), len(left)))]

    def each(self, shares: Mapping[Thing, float]) -> list[Thing]:
        """Every key whose own chance comes up."""
        return [thing for thing, share in shares.items() if self._draw() < share]
