"""What is different between two lists of one plan: who was gained, who was lost, who moved, and what each of it came of."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from services.matcher.domain.kernel.columns import Rows
from services.matcher.domain.pairs import Pairs
from services.matcher.domain.places import named
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
    whys = {revised: _why(before, now, revised) for revised in (False, True)}
    stands, then = pairs.now.some(rows), pairs.at[rows].tolist()
    columns = zip(
        stands.names, rows.tolist(), stands.lacked, then, pairs.lacked_then(rows), pairs.same[rows].tolist(),
        pairs.revised[rows].tolist(), strict=True,
    )
    for name, row, unmet, place, was_unmet, same, revised in columns:
        if place < 0:
            yield Difference(named(name), what, (Why.CAME,), None, row + 1, (), unmet)
        else:
            yield Difference(named(name), what, (Why.TURN,) if same else whys[revised], place + 1, row + 1, was_unmet, unmet)
    left = pairs.was.some(gone)
    for name, place, was_unmet in zip(left.names, gone.tolist(), left.lacked, strict=True):
        yield Difference(named(name), what, (Why.LEFT,), place + 1, None, was_unmet, ())


def _why(before: List, now: List, revised: bool) -> tuple[Why, ...]:
    """Of whoever stands otherwise. `revised`: their profile is another."""
    why = []
    if before.rules_version != now.rules_version:
        why.append(Why.RULES)
    if before.plan_revision != now.plan_revision:
        why.append(Why.PLAN)
    if revised:
        why.append(Why.PROFILE)
    return tuple(why) or (Why.DAY,)
