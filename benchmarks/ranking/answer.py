"""What every engine must answer for one plan, the same to the last number; and what the plain rules answer."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from services.matcher.domain.finding import Met
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Placement, place_one
from services.matcher.domain.plan import Criterion, Plan, Strength
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.turning import turn

TOP = 50
NEAR_MISS = 2
ALWAYS = (Criterion.LOOKING, Criterion.TASK, Criterion.AGE, Criterion.PLACE, Criterion.PAY, Criterion.LIMIT)
Masks = npt.NDArray[np.uint32]


class Differs(Exception):
    """Two engines gave different answers to one question. The message says where."""


@dataclass(frozen=True)
class Shown:
    profile_id: ProfileId
    unmet: int
    score: int
    codes: tuple[str, ...]
    """One for each wish, in the order wished."""


@dataclass(frozen=True)
class Answer:
    """`unmet`: for each PA in scope, in the register's order, a bit for each must not met: the plan's first, then `ALWAYS`."""

    eligible: int
    near: int
    others: int
    what_if: tuple[int, ...]
    """For each must of the plan, how many more would be eligible were it only important."""
    top: tuple[Shown, ...]
    unmet: Masks

    def must_be(self, other: "Answer", who: str) -> None:
        """Raises Differs."""
        for what in ("eligible", "near", "others", "what_if", "top"):
            ours, theirs = getattr(self, what), getattr(other, what)
            if ours != theirs:
                raise Differs(f"{who}: {what} is {_in_short(ours, theirs)}")
        if not np.array_equal(self.unmet, other.unmet):
            raise Differs(f"{who}: the unmet musts of {np.count_nonzero(self.unmet != other.unmet)} PAs")


def _in_short(ours: object, theirs: object) -> str:
    if isinstance(ours, tuple) and isinstance(theirs, tuple) and len(ours) == len(theirs):
        nth = next(nth for nth, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other)
        return f"{ours[nth]}, not {theirs[nth]} (number {nth})"
    return f"{ours}, not {theirs}"


def musts(plan: Plan) -> list[int]:
    """Which wishes are musts. None of them is on a protected characteristic here."""
    return [nth for nth, wish in enumerate(plan.wishes) if wish.strength is Strength.MUST]


def as_important(plan: Plan, nth: int) -> Plan:
    wishes = list(plan.wishes)
    wishes[nth] = replace(wishes[nth], strength=Strength.IMPORTANT)
    return replace(plan, wishes=tuple(wishes))


def by_the_rules(plan: Plan, profiles: Sequence[Profile], day: date, lore: Lore) -> Answer:
    """The oracle's. For a what-if it looks again only at who lacks that must alone: nobody else can be won by it."""
    placed = rank(plan, profiles, day, lore).placements
    where = {one.profile_id: _mask(plan, one) for one in placed}
    in_scope = [profile for profile in profiles if profile.profile_id in where]
    what_if = []
    for bit, nth in enumerate(musts(plan)):
        softer = as_important(plan, nth)
        alone = [profile for profile in in_scope if where[profile.profile_id] == 1 << bit]
        what_if.append(sum(not place_one(softer, profile, day, lore).unmet for profile in alone))
    return Answer(
        eligible=sum(not one.unmet for one in placed),
        near=sum(0 < len(one.unmet) <= NEAR_MISS for one in placed),
        others=sum(len(one.unmet) > NEAR_MISS for one in placed),
        what_if=tuple(what_if),
        top=tuple(shown(one) for one in placed[:TOP]),
        unmet=np.array([where[profile.profile_id] for profile in in_scope], np.uint32),
    )


def shown(one: Placement) -> Shown:
    return Shown(one.profile_id, len(one.unmet), one.score, tuple(reason.code for reason in one.reasons))


def _mask(plan: Plan, placed: Placement) -> int:
    own = musts(plan)
    bits = [place for place, nth in enumerate(own) if placed.reasons[nth].met is not Met.YES]
    bits += [len(own) + ALWAYS.index(reason.criterion) for reason in placed.unmet[len(bits) :]]
    return sum(1 << bit for bit in bits)


@dataclass(frozen=True)
class Tied:
    """A row as an engine that does not know the rotation gives it: its last place is shared by all who tie for it."""

    profile_id: ProfileId
    unmet: int
    score: int
    row: int


def first_of(plan: Plan, tied: Iterable[Tied], day: date, count: int = TOP) -> list[Tied]:
    """The rotation, and with it who of the tied is in: by the same function for every engine that has none of its own."""

    def order(one: Tied) -> tuple[int, int, int, bytes]:
        whose = turn(plan.plan_id, one.profile_id, day, CURRENT.turning)
        return one.unmet, -((one.score + 500) // 1000), whose, one.profile_id.bytes

    return sorted(tied, key=order)[:count]
