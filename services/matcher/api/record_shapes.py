"""A told list over HTTP: what it was made from, and the list made again."""
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.matcher.api.reason_shapes import UnmetOut, unmet_out
from services.matcher.domain.placing import Placement
from services.matcher.domain.record import ListTold, Missing, Outcome, Rebuilt, Why

SAYS = {
    Outcome.EQUAL: "Equal: made again, the list is the same to the byte.",
    Outcome.UNEQUAL: "Unequal: made again from the same plan, profiles, rules and day, the list is another one.",
    Outcome.NOT_WHOLE: "Not whole: some places cannot be made again, so we cannot compare. The others are here.",
}
WHY = {
    Why.LEFT: "This PA has left. Nothing of them is kept.",
    Why.TOOK_BACK: "This PA took back what they shared about their faith, culture or sex, and this plan asks about it.",
}


class ToldOut(BaseModel):
    """What a list was made from."""

    plan_id: UUID
    revision: int
    plan_revision: int
    register_moment: int
    """The moment of the council's register: it stands for the revision of every profile."""
    rules_version: int
    lore_version: str
    """Which tables of languages, interests and rates were used."""
    day: date
    open: bool
    digest: str
    """SHA-256 of the list as it was written down."""
    told_at: datetime


class PlaceOut(BaseModel):
    rank: int
    profile_id: UUID
    profile_revision: int
    group: Literal["fitting", "near", "others"]
    score: int
    distance_m: int
    coverage: int | None
    unmet: list[UnmetOut]


class MissingOut(BaseModel):
    profile_id: UUID
    profile_revision: int
    why: Literal["left", "took_back"]
    text: str


class RebuiltOut(BaseModel):
    told: ToldOut
    outcome: Literal["equal", "unequal", "not_whole"]
    text: str
    digest_now: str
    """SHA-256 of `written_down`."""
    places: list[PlaceOut]
    missing: list[MissingOut]
    written_down: str
    """A line for each place: who, revision, group, score, metres, coverage, and the musts not met."""


def told_out(told: ListTold) -> ToldOut:
    return ToldOut(
        plan_id=told.plan_id,
        revision=told.revision,
        plan_revision=told.plan_revision,
        register_moment=told.clock,
        rules_version=told.rules_version,
        lore_version=told.lore_version,
        day=told.day,
        open=told.open,
        digest=told.digest,
        told_at=told.told_at,
    )


def rebuilt_out(rebuilt: Rebuilt) -> RebuiltOut:
    return RebuiltOut(
        told=told_out(rebuilt.told),
        outcome=rebuilt.outcome.value,
        text=SAYS[rebuilt.outcome],
        digest_now=rebuilt.digest,
        places=[place_out(rank, one) for rank, one in enumerate(rebuilt.placements, start=1)],
        missing=[missing_out(one) for one in rebuilt.missing],
        written_down=rebuilt.written.decode(),
    )


def place_out(rank: int, one: Placement) -> PlaceOut:
    return PlaceOut(
        rank=rank,
        profile_id=one.profile_id,
        profile_revision=one.profile_revision,
        group=one.group.value,
        score=one.score,
        distance_m=one.distance_m,
        coverage=one.coverage,
        unmet=[unmet_out(reason) for reason in one.unmet],
    )


def missing_out(one: Missing) -> MissingOut:
    return MissingOut(profile_id=one.profile_id, profile_revision=one.profile_revision, why=one.why.value, text=WHY[one.why])
