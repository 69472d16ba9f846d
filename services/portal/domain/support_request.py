"""A supporter asks to be let in beside somebody. What they can see of it never says whether we know that person."""
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.portal.domain.supporting import Scope

ANSWER_WITHIN = timedelta(days=14)
HEARD_WITHIN = timedelta(hours=1)
"""So long an answer may be on its way to us before the ask is taken for unanswered."""
MOST_A_DAY = 10
"""Asks of one supporter in a day, for known and unknown alike."""
A_DAY = timedelta(days=1)
ENOUGH = 2
"""After so many times no, the person is not asked by this supporter again. They can still let them in by themselves."""
KEPT_FOR = timedelta(days=90)
"""After its end, an ask that reached nobody is forgotten."""


class AskedTooOften(Exception):
    """You have asked many people today. Please go on tomorrow."""


class AskedAlready(Exception):
    """You have asked them already. Please wait for their answer."""


class RequestNotFound(LookupError):
    """There is no such ask here, or it is no longer open."""


class Relation(StrEnum):
    """Who the supporter says they are to the person. No words of their own: nobody is written to by a stranger through us."""

    FAMILY = "family"
    FRIEND = "friend"
    BROKER = "broker"
    ADVOCATE = "advocate"
    HUB_WORKER = "hub_worker"


class State(StrEnum):
    OPEN = "open"
    LET_IN = "let_in"
    KEPT_OUT = "kept_out"
    """The person said no, and the supporter has not been told yet: they hear it when its time is over, as of no answer."""
    OVER = "over"
    """Its time is over and the supporter is told: they have not let you in."""


@dataclass(frozen=True, slots=True)
class SupportRequest:
    council: str
    request_id: UUID
    supporter_id: UUID
    person_id: UUID | None
    """None: nobody is asked by it. We do not know whom they named, or that person is not to be asked now."""
    named_hash: bytes
    """What the supporter named the person by, as a keyed hash."""
    named_as: str
    """So much of it that the supporter knows which ask it is."""
    relation: Relation
    scopes: frozenset[Scope]
    until: date
    asked_at: datetime
    answer_by: datetime
    state: State = State.OPEN
    revision: int = 0
    """How many times its state was told. An ask that reaches nobody is first told of when it is over."""
    said_no: bool = False

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN and self.person_id is not None

    @property
    def runs(self) -> bool:
        """For all that the supporter can see, its time to answer is not over."""
        return self.state in (State.OPEN, State.KEPT_OUT)

    def answered(self, yes: bool, at: datetime) -> "SupportRequest":
        """The first answer counts, if it was given in time: also one that we hear of late."""
        if self.person_id is None or self.said_no or self.state not in (State.OPEN, State.OVER) or at >= self.answer_by:
            return self
        no = State.OVER if self.state is State.OVER else State.KEPT_OUT
        return replace(self, state=State.LET_IN if yes else no, revision=self.revision + 1, said_no=not yes)

    def over(self) -> "SupportRequest":
        return replace(self, state=State.OVER, revision=self.revision + 1) if self.runs else self


def may_be_asked(earlier: list[SupportRequest]) -> bool:
    """Whether a person is asked by this supporter now. `earlier`: all that this supporter asked this person before."""
    return not any(one.runs for one in earlier) and sum(one.said_no for one in earlier) < ENOUGH


def part_of(named: str) -> str:
    """`a…@example.org`, `what ends in 23`: enough to know again what one has typed oneself."""
    name, at, where = named.rpartition("@")
    return f"{name[:1]}…@{where}" if at else f"what ends in {named[-2:]}"
