"""A pool: several people who share one fuller job, each by their own consent, each for so many hours a week."""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

SOURCE = "pool"
"""Where a pool's own plan comes from: it follows from its members' plans, so nobody writes it."""
QUARTERS_A_WEEK = 672
MOST = 12
"""People in one pool: more is an organisation."""
CONSENT = "pool-2"
"""Which words were agreed to. They are in the page `person/share.html`; new words get a new name here."""
BEFORE_SUPPORTERS = frozenset({"pool-1"})
"""Words that did not say that supporters of those who share the job see its list."""


class PoolNotFound(LookupError):
    """There is no shared job with that code, or it has ended."""


class NotInThePool(LookupError):
    """This plan is not part of that shared job."""


class InAPoolAlready(ValueError):
    """This plan is part of a shared job already. Leave that one first."""


class PoolIsFull(ValueError):
    """There are as many people, or as many hours, in this shared job as it can hold."""


class HoursDoNotFit(ValueError):
    """Share at least a quarter of an hour, and no more hours than the plan has."""


class NotOpenToShare(ValueError):
    """Only a plan that is open can join a shared job."""


class ThePoolsOwn(ValueError):
    """A shared job's plan follows from the plans of those who share it. Change your own plan instead."""


class State(StrEnum):
    GATHERING = "gathering"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Member:
    plan_id: UUID
    person_id: UUID
    quarters: int
    agreed_at: datetime
    """When the person consented, to the words named in `consent`."""
    consent: str = CONSENT
    evidence: str = "in the portal"
    """How they said so."""
    left_at: datetime | None = None
    """When they took it back. The row stays: it is the record of both."""


@dataclass(frozen=True, slots=True)
class Pool:
    council: str
    pool_id: UUID
    plan_id: UUID
    """The pool's own plan, made when a second person joins."""
    code: str
    """What somebody types to join. Known only to those who share the job, and to whom they tell it."""
    revision: int
    members: tuple[Member, ...] = ()
    """Everybody who ever joined, in the order they did; a plan that came again is there twice."""

    @property
    def sharing(self) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.left_at is None)

    @property
    def quarters(self) -> int:
        return sum(one.quarters for one in self.sharing)

    @property
    def state(self) -> State:
        if not self.sharing:
            return State.ENDED
        return State.OPEN if len(self.sharing) > 1 else State.GATHERING

    @property
    def open_to_supporters(self) -> bool:
        """Whether all who share it agreed to words that say so."""
        return all(one.consent not in BEFORE_SUPPORTERS for one in self.sharing)

    def has_all_hours_of(self, plan_id: UUID, quarters: int) -> bool:
        """Whether PAs are asked for this job and not for that plan, which has so many quarter-hours."""
        member = self.member(plan_id)
        return self.state is State.OPEN and member is not None and member.quarters >= quarters

    def member(self, plan_id: UUID) -> Member | None:
        return next((one for one in self.sharing if one.plan_id == plan_id), None)

    def joined(self, member: Member) -> "Pool":
        """Raises PoolNotFound (it has ended), InAPoolAlready, PoolIsFull, HoursDoNotFit. One person has one part."""
        if self.members and not self.sharing:
            raise PoolNotFound
        if any(member.plan_id == one.plan_id or member.person_id == one.person_id for one in self.sharing):
            raise InAPoolAlready
        return self._with((*self.members, member))

    def left(self, plan_id: UUID, now: datetime) -> "Pool":
        """Raises NotInThePool. Nobody is asked why, and nothing stands in the way."""
        if self.member(plan_id) is None:
            raise NotInThePool
        return self._with(tuple(replace(one, left_at=now) if _is(one, plan_id) else one for one in self.members))

    def with_hours(self, plan_id: UUID, quarters: int) -> "Pool":
        """Other hours for one of them, or this very pool if they are the same."""
        now = self.member(plan_id)
        if now is None:
            raise NotInThePool
        if now.quarters == quarters:
            return self
        return self._with(tuple(replace(one, quarters=quarters) if _is(one, plan_id) else one for one in self.members))

    def _with(self, members: tuple[Member, ...]) -> "Pool":
        after = replace(self, members=members, revision=self.revision + 1)
        if any(one.quarters < 1 for one in after.sharing):
            raise HoursDoNotFit
        if len(after.sharing) > MOST or after.quarters > QUARTERS_A_WEEK:
            raise PoolIsFull
        return after


def _is(member: Member, plan_id: UUID) -> bool:
    return member.plan_id == plan_id and member.left_at is None


def clashes(weeks: Sequence[int]) -> int:
    """The quarter-hours that more than one of them asks for: one PA cannot be with both. As the bits of one week."""
    wanted = twice = 0
    for week in weeks:
        twice |= wanted & week
        wanted |= week
    return twice
