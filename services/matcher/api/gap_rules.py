"""The numbers gaps turn on, as the matcher publishes them: with its other rules, and beside the gaps themselves."""
from pydantic import BaseModel

from services.matcher.domain.gaps.rules import GapRules
from shared.contracts.matcher import GapFacet


class GapRulesOut(BaseModel):
    """The numbers gaps turn on."""

    version: int
    enough: int
    """A plan with fewer PAs than this who meet every must is part of a gap."""
    least: int
    """No figure, and no change of one, is of fewer people."""
    possible: dict[GapFacet, int]
    """How many values of a facet there are, at the least."""
    hours_step: int
    """Hours are told in whole steps of this, downwards."""
    equals: int
    """Nobody counts in a figure's hours with more than the person in this place from the top."""


def gap_rules_out(rules: GapRules) -> GapRulesOut:
    return GapRulesOut.model_validate(rules, from_attributes=True)
