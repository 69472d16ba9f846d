"""One week's figures after the last week's: a figure changes when five or more people's needs did, and else stays as it was."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType
from uuid import UUID, uuid5

from services.matcher.domain.gaps.need import Need, hours_told
from services.matcher.domain.gaps.parting import Group, parted
from services.matcher.domain.gaps.region import Region
from services.matcher.domain.gaps.rules import GapRules

GapId = NewType("GapId", UUID)

_GAPS = UUID("a1f3a2d0-52bb-5a51-9c1d-0e6f7d0c9b46")
_FIRST_WEEK = date(2020, 1, 6)


def gap_id(council: str, region: Region) -> GapId:
    return GapId(uuid5(_GAPS, f"{council}/{region.key}"))


@dataclass(frozen=True)
class Figure:
    region: Region
    people: int
    hours: int
    """At least so many a week, together."""
    since: date
    """The Monday of the week it is of: a figure that stays keeps it."""


@dataclass(frozen=True)
class GapWeek:
    """What is published of one council and one week. It is drawn up once, and never again."""

    council: str
    week: date
    """A Monday."""
    rules_version: int
    figures: tuple[Figure, ...]

    @property
    def revision(self) -> int:
        """Of every gap told for this week: a week is published once, so a later one is always higher."""
        return (self.week - _FIRST_WEEK).days // 7 + 1


def drawn_up(council: str, week: date, needs: Sequence[Need], before: GapWeek | None, rules: GapRules) -> GapWeek:
    was = before.figures if before else ()
    figures: list[Figure] = []
    for old, new in _blocks(was, parted(needs, rules)):
        figures += _next(old, new, needs, week, rules)
    return GapWeek(council, week, rules.version, tuple(sorted(figures, key=lambda one: one.region.key)))


def _next(
    old: Sequence[Figure], new: Sequence[Group], needs: Sequence[Need], week: date, rules: GapRules
) -> list[Figure]:
    change = abs(sum(len(group.needs) for group in new) - sum(figure.people for figure in old))
    same = [figure.region for figure in old] == [group.region for group in new]
    if not old or change >= rules.least or (change == 0 and not same):
        return [Figure(group.region, len(group.needs), hours_told(group.needs, rules), week) for group in new]
    # A figure of before stays until it would be of fewer than five people now.
    return [figure for figure in old if sum(figure.region.holds(need) for need in needs) >= rules.least]


@dataclass(frozen=True)
class Told:
    """What is news of a week. `figure` None: it was there the week before, and is no longer."""

    region: Region
    figure: Figure | None


def news(before: GapWeek | None, now: GapWeek) -> list[Told]:
    was = {figure.region: figure for figure in before.figures} if before else {}
    told = [Told(figure.region, figure) for figure in now.figures if was.get(figure.region) != figure]
    there = {figure.region for figure in now.figures}
    return told + [Told(region, None) for region in was if region not in there]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _blocks(old: Sequence[Figure], new: Sequence[Group]) -> list[tuple[list[Figure], list[Group]]]:
    """Figures and groups that overlap, directly or by way of others: what could be subtracted from what.

    Within a week nothing overlaps, so a region that is there in both weeks overlaps nothing but itself.
    """
    was, is_now = {figure.region: figure for figure in old}, {group.region: group for group in new}
    blocks = [([figure], [is_now[region]]) for region, figure in was.items() if region in is_now]
    cut_otherwise: list[tuple[list[Figure], list[Group]]] = [
        ([figure], []) for region, figure in was.items() if region not in is_now
    ]
    for region, group in is_now.items():
        if region in was:
            continue
        touched = [block for block in cut_otherwise if any(figure.region.overlaps(region) for figure in block[0])]
        joined = [figure for block in touched for figure in block[0]], [one for block in touched for one in block[1]] + [group]
        cut_otherwise = [block for block in cut_otherwise if block not in touched] + [joined]
    return blocks + cut_otherwise
