"""The numbers gaps turn on, published and versioned like those of the lists."""
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Facet(StrEnum):
    """What needs are told apart by, in the order they are told apart."""

    LANGUAGE = "language"
    AREA = "area"
    BAND = "band"
    PRACTICE = "practice"
    SKILL = "skill"


FACETS = tuple(Facet)
INTIMATE = frozenset({Facet.PRACTICE, Facet.SKILL})
"""They can speak of health or faith. Where a figure names one, it never names it for everybody it might be about."""


@dataclass(frozen=True)
class GapRules:
    version: int
    enough: int
    """A plan whose list has fewer PAs than this who meet every must is part of a gap."""
    least: int
    """No published figure is of fewer people than this; nor is what follows from several by subtraction, nor any change."""
    possible: Mapping[Facet, int]
    """How many values of a facet there are, at the least. Of what is not named somebody who knows these rules knows that each
    is of fewer than five people: with few such values and many people it would follow that there is somebody in each."""
    hours_step: int
    """Hours are told in whole steps of this, downwards."""
    equals: int
    """Nobody counts in a figure's hours with more than the person in this place from the top."""


GAPS_1 = GapRules(
    version=1,
    enough=3,
    least=5,
    possible=MappingProxyType({Facet.LANGUAGE: 50, Facet.AREA: 40, Facet.BAND: 7, Facet.PRACTICE: 20, Facet.SKILL: 20}),
    hours_step=10,
    equals=3,
)
