"""Whom a published gap concerns, and what they are told of it: never more than what everybody may read of it."""
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.notifier.domain.lists import GapCopy
from services.notifier.domain.wording import Given

A_GAP_NEAR_YOU = "a_gap_near_you"
GATHERED_FOR = timedelta(seconds=5)
"""A week's gaps are published together, and arrive one after the other: the message waits for the last of them."""
STANDS_FOR = timedelta(days=7)
"""A call that could not be sent within this is old news, and is not sent."""
FURTHEST_M = {"walk": 3_200, "cycle": 9_700, "bus": 12_900, "car": 25_700}
"""How far a PA goes who did not say, as the rules of the lists have it (a test compares them)."""
TOLD = ("language", "area", "band", "practice", "skill")

Spots = Mapping[str, tuple[int, int]]
"""Metres east and north of each outward code."""


@dataclass(frozen=True, slots=True)
class PaCopy:
    """Of a profile only what says which gaps are near, and when it was last said to be true: nothing of what a PA is."""

    council: str
    profile_id: UUID
    looking: bool
    """Now or soon. A PA who paused or has gone is told of no work."""
    outcode: str
    east_m: int
    north_m: int
    reach_m: int
    languages: tuple[str, ...]
    """Tags in small letters, whatever the level: the work may be to learn more."""
    revision: int
    confirmed_on: date | None = None
    """When the PA last said that the profile is true; None = it was kept before we listened for it."""
    asked_to_look: date | None = None
    """For which of those days they were asked to look again."""
    pauses_on: date | None = None
    """It pauses by itself then, unless the PA says before that it is true."""
    paused_itself_on: date | None = None

    def emptied(self) -> "PaCopy":
        """Of a PA who was erased."""
        return PaCopy(self.council, self.profile_id, False, "", 0, 0, 0, (), self.revision)


@dataclass(frozen=True, slots=True)
class PaBefore:
    """What of a profile's copy was so before it was kept anew, so that each change is told once."""

    asked_to_look: date | None = None
    pauses_on: date | None = None
    paused_itself_on: date | None = None


def concerns(gap: GapCopy, pa: PaCopy, spots: Spots) -> bool:
    """Near, in a language the PA uses. Times, practices and skills keep nobody out: who could change or learn is whom to tell."""
    if not (gap.open and pa.looking) or not (value(gap, "language") or value(gap, "area")):
        return False
    return all(
        could_be_theirs(facet, among, values, pa, spots) for facet, among, values in gap.bounds if facet in ("language", "area")
    )


def could_be_theirs(facet: str, among: bool, values: Sequence[str], pa: PaCopy, spots: Spots) -> bool:
    """Whether somebody in the gap may ask for what this PA has. An empty value: nothing is asked for."""
    if facet == "area":
        return not among or not values[0] or is_near(values[0], pa, spots)  # not among: elsewhere in the council
    has = {"", *pa.languages}
    return values[0] in has if among else bool(has - set(values))


def is_near(outcode: str, pa: PaCopy, spots: Spots) -> bool:
    if outcode == pa.outcode:
        return True
    spot = spots.get(outcode)
    return spot is not None and math.dist(spot, (pa.east_m, pa.north_m)) <= pa.reach_m


def value(gap: GapCopy, facet: str) -> str:
    """The one value the gap is of by this facet; empty: it may be anything, or nothing is asked for."""
    return next((values[0] for name, among, values in gap.bounds if name == facet and among), "")


def newest_week(gaps: Sequence[GapCopy]) -> date | None:
    return max((gap.week for gap in gaps), default=None)


def said_of(gaps: Sequence[GapCopy], week: date) -> Given | None:
    """Of the gaps that concern somebody: the one most like them that is news of this week, and how many others there are.

    None = none of them is news of this week. How many people want it is not said, nor anything of any of them.
    """
    news = [gap for gap in gaps if gap.week == week]
    if not news:
        return None
    one = min(news, key=lambda gap: (not (value(gap, "language") and value(gap, "area")), -gap.hours, gap.gap_id.bytes))
    said: dict[str, int | str | list[str]] = {"week": week.isoformat()}
    said |= {facet: found for facet in TOLD if (found := value(one, facet))}
    if one.hours:
        said["hours"] = one.hours * 4
    if len(gaps) > 1:
        said["others"] = len(gaps) - 1
    return said
