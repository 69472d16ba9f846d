"""How a PA stands over many lists: on how many, and what keeps them out. Nothing of whose lists they are."""
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from services.matcher.domain.placing import Group
from services.matcher.domain.profile import ProfileId


@dataclass
class Tally:
    """Added up list by list."""

    in_lists: int = 0
    fitting: int = 0
    near: int = 0
    kept_out: Counter[str] = field(default_factory=Counter)
    """Code -> in how many lists it was a reason not to fit."""

    def add(self, group: Group, codes: Iterable[str]) -> None:
        self.in_lists += 1
        self.fitting += group is Group.FITTING
        self.near += group is Group.NEAR
        self.kept_out.update(set(codes))

    def most_often(self) -> list[tuple[str, int]]:
        return sorted(self.kept_out.items(), key=lambda counted: (-counted[1], counted[0]))


@dataclass(frozen=True)
class Week:
    """How a PA stood at the end of a week, or so far."""

    monday: date
    counted_on: date
    tally: Tally


class Place(Protocol):
    @property
    def profile_id(self) -> ProfileId: ...
    @property
    def group(self) -> Group: ...
    @property
    def codes(self) -> tuple[str, ...]: ...


class Tallies:
    """Of everybody, list by list, so that only one list at a time need be in memory."""

    def __init__(self) -> None:
        self.of: dict[ProfileId, Tally] = {}

    def add(self, listed: Iterable[Place]) -> None:
        for one in listed:
            self.of.setdefault(one.profile_id, Tally()).add(one.group, one.codes)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_month(weeks: Sequence[Week]) -> list[Week]:
    """The last count of each month, newest first."""
    last: dict[tuple[int, int], Week] = {}
    for week in sorted(weeks, key=lambda one: one.counted_on):
        last[week.counted_on.year, week.counted_on.month] = week
    return [last[month] for month in sorted(last, reverse=True)]
