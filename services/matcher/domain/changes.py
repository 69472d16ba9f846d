"""What is different between two lists of one plan: who was gained, who was lost, who moved, and what each of it came of."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from services.matcher.domain.kernel.columns import Rows
from services.matcher.domain.pairs import Pairs
from services.matcher.domain.places import Listed
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


Ranked = tuple[int, Listed]
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


def last_change(before: List, now: List, pairs: Pairs) -> LastChange:
    """`pairs`: of the two lists."""
    found = [(what, _those(what, pairs)) for what in What]
    counted = {what: len(rows) + len(gone) for what, (rows, gone) in found}
    named = [
        difference
        for what, (rows, gone) in found
        for difference in _differences(what, before, now, pairs, rows[:MOST_KEPT], gone[: max(0, MOST_KEPT - len(rows))])
    ]
    return LastChange(
        since=before.revision,
        added=counted[What.ADDED],
        lost=counted[What.LOST],
        moved=counted[What.MOVED],
        differences=tuple(named),
    )


def _those(what: What, pairs: Pairs) -> tuple[Rows, Rows]:
    match what:
        case What.ADDED:
            return pairs.added()
        case What.LOST:
            return pairs.lost()
        case What.MOVED:
            return pairs.moved()


def _differences(what: What, before: List, now: List, pairs: Pairs, rows: Rows, gone: Rows) -> Iterator[Difference]:
    """Of those rows of now, and of those of then who are on it no more."""
    at = pairs.at[rows]
    thens = iter(pairs.was.some(at[at >= 0]))
    for here, row, place in zip(pairs.now.some(rows), rows.tolist(), at.tolist(), strict=True):
        then = (place + 1, next(thens)) if place >= 0 else None
        yield _difference(what, before, now, then, (row + 1, here))
    for was, place in zip(pairs.was.some(gone), gone.tolist(), strict=True):
        yield _difference(what, before, now, (place + 1, was), None)


def _difference(what: What, before: List, now: List, then: Ranked | None, here: Ranked | None) -> Difference:
    (was_rank, was), (rank, is_now) = then or (None, None), here or (None, None)
    place = is_now or was
    assert place is not None  # on one of the two lists, or nothing would have been found
    return Difference(
        place.profile_id, what, _why(before, now, was, is_now), was_rank, rank, was.codes if was else (),
        is_now.codes if is_now else (),
    )


def _why(before: List, now: List, then: Listed | None, here: Listed | None) -> tuple[Why, ...]:
    if then is None:
        return (Why.CAME,)
    if here is None:
        return (Why.LEFT,)
    if (then.standing, then.codes) == (here.standing, here.codes):
        return (Why.TURN,)
    why = []
    if before.rules_version != now.rules_version:
        why.append(Why.RULES)
    if before.plan_revision != now.plan_revision:
        why.append(Why.PLAN)
    if then.profile_revision != here.profile_revision:
        why.append(Why.PROFILE)
    return tuple(why) or (Why.DAY,)
