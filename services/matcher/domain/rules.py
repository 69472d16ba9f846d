"""The numbers the rules turn on, published and versioned: a list names the version that made it."""
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from services.matcher.domain.plan import Strength
from services.matcher.domain.profile import Travel

WHOLE = 1_000_000
"""Fits, shares and scores are in millionths of this."""


@dataclass(frozen=True)
class Reach:
    """How far a way of travelling goes, in metres."""

    comfortable_m: int
    furthest_m: int


class Turning(StrEnum):
    """What makes the number by which equal people take turns, of plan, day and PA."""

    HASHED = "hashed"
    """BLAKE2b (RFC 7693)."""
    MIXED = "mixed"
    """SplitMix64: for many people at once a fiftieth of the time."""


@dataclass(frozen=True)
class Rules:
    version: int
    weights: Mapping[Strength, int]
    unknown: int
    """What 'not known' counts in a score: neither yes nor no."""
    levels_below: tuple[int, ...]
    """Fit of a language by how many levels it is below the one asked for."""
    related_language: int
    next_language: int
    """How much less each next language of several counts than the one before, in millionths of the whole."""
    out_of_date: int
    reaches: Mapping[Travel, Reach]
    pay_stretch: int
    """How far above the person's maximum, as a share of it, the fit for pay reaches nothing."""
    sleep_in_quarters: int
    """What one night counts among the wanted quarter-hours: 10pm to 7am."""
    weeks_looked_at: int
    """Dated exceptions count for the fullest of so many weeks from the start: a holiday is not the end of an arrangement."""
    near_miss: int
    """The most musts unmet by a near-miss."""
    score_step: int
    """Scores this close are equal, and take turns."""
    turning: Turning


N = TypeVar("N", bound=Any)


def rounded(score: N, step: int) -> N:
    """To the step within which people are equal: one score, or a column of them."""
    found: N = (score + step // 2) // step
    return found


VERSION_1 = Rules(
    version=1,
    weights=MappingProxyType({Strength.MUST: 3, Strength.IMPORTANT: 3, Strength.NICE: 1}),
    unknown=500_000,
    levels_below=(WHOLE, 600_000, 300_000, 200_000),
    related_language=200_000,
    next_language=100_000,
    out_of_date=500_000,
    reaches=MappingProxyType({
        Travel.WALK: Reach(1_600, 3_200),
        Travel.CYCLE: Reach(4_800, 9_700),
        Travel.BUS: Reach(6_400, 12_900),
        Travel.CAR: Reach(12_900, 25_700),
    }),
    pay_stretch=200_000,
    sleep_in_quarters=36,
    weeks_looked_at=4,
    near_miss=2,
    score_step=1_000,
    turning=Turning.HASHED,
)
VERSION_2 = replace(VERSION_1, version=2, turning=Turning.MIXED)

CURRENT = VERSION_2
"""Lists are made by these."""

RULES: Mapping[int, Rules] = MappingProxyType({rules.version: rules for rules in (VERSION_1, VERSION_2)})
"""Every version that ever made a list: one that is out of use stays, so that its lists can be made again."""
