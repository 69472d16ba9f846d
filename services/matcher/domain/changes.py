"""What is different between two lists of one plan: who was gained, who was lost, who moved, and what each of it came of."""
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from services.matcher.domain.placing import Group
from services.matcher.domain.profile import ProfileId

MOST_KEPT = 200
"""Of each sort, best first: more than that, nobody reads one by one."""


class What(StrEnum):
    ADDED = "added"
    """Fits now, and did not."""
    LOST = "lost"
    """Fitted, and does not now."""
    MOVED = "moved"
    """Fits or nearly fits, now or then, and lacks something else, or came past somebody."""


class Why(StrEnum):
    RULES = "rules"
    PLAN = "plan"
    PROFILE = "profile"
    CAME = "came"
    """Was not in scope before: somebody new, or back from a pause."""
    LEFT = "left"
    """Not in scope now. Why is theirs to say, so it is not said."""
    DAY = "day"
    """Nothing was changed by anybody, but what is true of a day: a training ran out, somebody came free."""
    TURN = "turn"
    """Stands as before; equal people took their turns."""


@dataclass(frozen=True)
class Difference:
    profile_id: ProfileId
    what: What
    why: tuple[Why, ...]
    """All that changed between the two lists and is about this PA: where two things changed at once, it can be either."""
    was_rank: int | None
    rank: int | None
    was_unmet: tuple[str, ...]
    unmet: tuple[str, ...]


@dataclass(frozen=True)
class LastChange:
    """What the newest revision of a list has over the one before it. The counts are exact, the differences the first of each."""

    since: int
    """The revision before."""
    added: int
    lost: int
    moved: int
    differences: tuple[Difference, ...]


class Place(Protocol):
    @property
    def profile_id(self) -> ProfileId: ...
    @property
    def profile_revision(self) -> int: ...
    @property
    def standing(self) -> tuple[int, int]: ...
    @property
    def group(self) -> Group: ...
    @property
    def codes(self) -> tuple[str, ...]: ...


Ranked = tuple[int, Place]
"""A place, and how far down the list it is, from 1."""


class List(Protocol):
    @property
    def revision(self) -> int: ...
    @property
    def plan_revision(self) -> int: ...
    @property
    def rules_version(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def listed(self) -> Sequence[Place]: ...


def last_change(before: List, now: List) -> LastChange:
    counted: Counter[What] = Counter()
    named: dict[What, list[Difference]] = {what: [] for what in What}
    for what, then, here in _found(before, now):
        counted[what] += 1
        if counted[what] <= MOST_KEPT:
            named[what].append(_difference(what, before, now, then, here))
    return LastChange(
        since=before.revision,
        added=counted[What.ADDED],
        lost=counted[What.LOST],
        moved=counted[What.MOVED],
        differences=tuple(one for what in What for one in named[what]),
    )


def differences(before: List, now: List) -> Iterator[Difference]:
    """In the order of the list as it is now, then those who are gone. Both lists hold everybody in scope at their time."""
    for what, then, here in _found(before, now):
        yield _difference(what, before, now, then, here)


def _found(before: List, now: List) -> Iterator[tuple[What, Ranked | None, Ranked | None]]:
    was, is_now = _ranked(before), _ranked(now)
    took_turns = _took_turns(before.listed, now.listed)
    for profile_id in (*is_now, *(gone for gone in was if gone not in is_now)):
        then, here = was.get(profile_id), is_now.get(profile_id)
        what = _what(then[1] if then else None, here[1] if here else None, profile_id in took_turns)
        if what is not None:
            yield what, then, here


def _difference(what: What, before: List, now: List, then: Ranked | None, here: Ranked | None) -> Difference:
    (was_rank, was), (rank, is_now) = then or (None, None), here or (None, None)
    place = is_now or was
    assert place is not None  # on one of the two lists, or nothing would have been found
    return Difference(
        place.profile_id, what, _why(before, now, was, is_now), was_rank, rank, was.codes if was else (),
        is_now.codes if is_now else (),
    )


def _ranked(of: List) -> dict[ProfileId, Ranked]:
    return {one.profile_id: (rank, one) for rank, one in enumerate(of.listed, start=1)}


def _what(then: Place | None, here: Place | None, took_turn: bool) -> What | None:
    fitted, fits = then is not None and then.group is Group.FITTING, here is not None and here.group is Group.FITTING
    if fits != fitted:
        return What.ADDED if fits else What.LOST
    if (then is None or then.group is Group.OTHERS) and (here is None or here.group is Group.OTHERS):
        return None
    same = then is not None and here is not None and then.standing == here.standing and then.codes == here.codes
    return What.MOVED if took_turn or not same else None


def _why(before: List, now: List, then: Place | None, here: Place | None) -> tuple[Why, ...]:
    if then is None:
        return (Why.CAME,)
    if here is None:
        return (Why.LEFT,)
    if (then.standing, then.codes) == (here.standing, here.codes):
        return (Why.TURN,)
    changed: Mapping[Why, bool] = {
        Why.RULES: before.rules_version != now.rules_version,
        Why.PLAN: before.plan_revision != now.plan_revision,
        Why.PROFILE: then.profile_revision != here.profile_revision,
    }
    return tuple(why for why, so in changed.items() if so) or (Why.DAY,)


def _took_turns(before: Sequence[Place], now: Sequence[Place]) -> set[ProfileId]:
    """Those who stand as they stood, and are not where they were among those of whom the same is true."""
    stood = {one.profile_id: one.standing for one in before}
    stands = {one.profile_id: one.standing for one in now}
    same = {one for one, standing in stands.items() if stood.get(one) == standing}
    then, here = ([one.profile_id for one in listed if one.profile_id in same] for listed in (before, now))
    return {one for one, other in zip(here, then, strict=True) if one != other}
