"""Whether an event may be applied now: the rules of order for one key, with nothing to wait for."""
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Carries = Literal["state", "occurrence"]


@dataclass(frozen=True, slots=True)
class Held:
    """What a service holds of one key: the version it applied last, and whether events queue there."""

    timeline: int = 0
    version: int = 0
    parked: bool = False


class Verdict(StrEnum):
    NEWS = "news"
    """Apply it."""
    BEHIND = "behind"
    """The key is parked: it waits its turn."""
    STALE = "stale"
    """This version, or a newer one, was applied before."""
    EARLY = "early"
    """The one before it has not come."""


def verdict(held: Held, timeline: int, version: int, carries: Carries) -> Verdict:
    """Of an event not seen before. A restored owner counts from a new `timeline`, which is newer whatever the version."""
    if held.parked:
        return Verdict.BEHIND
    if (timeline, version) <= (held.timeline, held.version):
        return Verdict.STALE
    return Verdict.NEWS if follows(held, timeline, version, carries) else Verdict.EARLY


def follows(held: Held, timeline: int, version: int, carries: Carries) -> bool:
    """Whether nothing is missing before it. Of a state only the newest matters; occurrences come each in turn."""
    return carries == "state" or timeline != max(held.timeline, 1) or version <= held.version + 1


class Turn(StrEnum):
    TRY = "try"
    WAITS_FOR_A_PERSON = "waits for a person"
    NOT_YET = "not yet"
    """It was to be tried, but the one before it is still missing."""


def turn(held: Held, timeline: int, version: int, carries: Carries, *, gap: bool, to_be_tried: bool) -> Turn:
    """Of the first event of a parked key. `gap`: it was set aside because the one before it was missing;
    `to_be_tried`: its time has come, or a person said so (then a gap is no obstacle: go on without the one before)."""
    in_order = follows(held, timeline, version, carries)
    if not to_be_tried and not (gap and in_order):
        return Turn.WAITS_FOR_A_PERSON
    return Turn.TRY if in_order or gap else Turn.NOT_YET
