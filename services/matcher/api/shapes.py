"""What goes in and out over HTTP, with the words of each reason in plain English."""
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.matcher.api.costs import CostOut, cost_out
from services.matcher.api.gap_rules import GapRulesOut, gap_rules_out
from services.matcher.api.reason_shapes import ReasonOut, UnmetOut, reason_out, unmet_out, without_details
from services.matcher.domain.gaps.rules import GAPS_1
from services.matcher.domain.introduction import Introduction
from services.matcher.domain.placing import Group
from services.matcher.domain.rules import Rules, Turning
from services.matcher.domain.shortlist import Shortlist
from services.matcher.usecases.paging import Page, Shown
from shared.contracts import Code


class AskIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    profile_id: UUID
    asked_by: Literal["person", "supporter"] = "person"


class AnswerIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answer: Literal["yes", "no"]
    route: Code = "page"


class Counts(BaseModel):
    """`fitting + near + others = in_scope`, always."""

    fitting: int
    near: int
    others: int
    in_scope: int


class ShortlistOut(BaseModel):
    plan_id: UUID
    person_id: UUID
    revision: int
    edition: int
    plan_revision: int
    rules_version: int
    day: date
    cause: Literal["plan", "profiles", "rules"]
    open: bool
    counts: Counts


class MatchOut(BaseModel):
    profile_id: UUID
    profile_revision: int
    rank: int
    group: Literal["fitting", "near", "others"]
    score: int
    distance_m: int
    coverage: int | None
    confirmed_on: date | None
    unmet: list[UnmetOut]
    reasons: list[ReasonOut]
    cost: CostOut | None
    """A week, all in, with the working. Null: it cannot be said (no rate to go by, or they left a moment ago)."""


class MatchesOut(BaseModel):
    group: Literal["fitting", "near", "others", "all"]
    page: int
    pages: int
    total: int
    shortlist_revision: int
    edition: int
    """Ask for further pages with this, and they are pages of this very list, for half an hour after it was replaced."""
    newest: int
    """The edition of the list as it is now: higher means that this one was replaced."""
    counts: Counts
    items: list[MatchOut]


class WishOut(BaseModel):
    criterion: str
    strength: Literal["must", "important", "nice"]


class ComparedOut(BaseModel):
    """Side by side: `reasons[n]` of each is about `wishes[n]`. A PA who left a moment ago has none."""

    shortlist_revision: int
    edition: int
    wishes: list[WishOut]
    items: list[MatchOut]


class IntroductionOut(BaseModel):
    introduction_id: UUID
    plan_id: UUID
    person_id: UUID
    profile_id: UUID
    state: Literal["asked", "accepted", "declined", "expired", "withdrawn"]
    asked_by: Literal["person", "supporter"]
    asked_at: datetime
    answer_by: datetime
    route: str | None
    revision: int


class ReachOut(BaseModel):
    comfortable_m: int
    furthest_m: int


class RulesOut(BaseModel):
    """The numbers the rules turn on. Shares and fits are in millionths."""

    version: int
    weights: dict[str, int]
    unknown: int
    levels_below: list[int]
    related_language: int
    next_language: int
    out_of_date: int
    reaches: dict[str, ReachOut]
    pay_stretch: int
    sleep_in_quarters: int
    weeks_looked_at: int
    near_miss: int
    score_step: int
    turning: Turning
    """How equal people take turns: by a number made of plan, day and PA with BLAKE2b (hashed) or SplitMix64 (mixed)."""
    gaps: GapRulesOut = gap_rules_out(GAPS_1)


def rules_out(rules: Rules) -> RulesOut:
    return RulesOut.model_validate(rules, from_attributes=True)


def counts(shortlist: Shortlist) -> Counts:
    fitting, near, others = (shortlist.count(group) for group in Group)
    return Counts(fitting=fitting, near=near, others=others, in_scope=len(shortlist.listed))


def shortlist_out(shortlist: Shortlist) -> ShortlistOut:
    return ShortlistOut(
        plan_id=shortlist.plan_id,
        person_id=shortlist.person_id,
        revision=shortlist.revision,
        edition=shortlist.edition,
        plan_revision=shortlist.plan_revision,
        rules_version=shortlist.rules_version,
        day=shortlist.day,
        cause=shortlist.cause.value,
        open=shortlist.open,
        counts=counts(shortlist),
    )


def matches_out(found: Page, *, group: Literal["fitting", "near", "others", "all"], page: int, size: int) -> MatchesOut:
    return MatchesOut(
        group=group,
        page=page,
        pages=max(1, -(-found.total // size)),
        total=found.total,
        shortlist_revision=found.shortlist.revision,
        edition=found.shortlist.edition,
        newest=found.newest,
        counts=counts(found.shortlist),
        items=[match_out(shown) for shown in found.shown],
    )


def compared_out(found: Page) -> ComparedOut:
    items = [match_out(shown) for shown in found.shown]
    longest = max((one.reasons for one in items), key=len, default=[])
    return ComparedOut(
        shortlist_revision=found.shortlist.revision,
        edition=found.shortlist.edition,
        wishes=[WishOut(criterion=reason.criterion, strength=reason.strength) for reason in longest],
        items=items,
    )


def match_out(shown: Shown) -> MatchOut:
    listed = shown.listed
    return MatchOut(
        profile_id=listed.profile_id,
        profile_revision=listed.profile_revision,
        rank=shown.rank,
        group=listed.group.value,
        score=listed.score,
        distance_m=listed.distance_m,
        coverage=listed.coverage,
        confirmed_on=shown.confirmed_on,
        unmet=[unmet_out(reason) if reason else without_details(lack) for lack, reason in shown.unmet],
        reasons=[reason_out(reason) for reason in shown.reasons],
        cost=None if shown.quote is None else cost_out(shown.quote),
    )


def introduction_out(introduction: Introduction) -> IntroductionOut:
    return IntroductionOut(
        introduction_id=introduction.introduction_id,
        plan_id=introduction.plan_id,
        person_id=introduction.person_id,
        profile_id=introduction.profile_id,
        state=introduction.state.value,
        asked_by=introduction.asked_by.value,
        asked_at=introduction.asked_at,
        answer_by=introduction.answer_by,
        route=introduction.route,
        revision=introduction.revision,
    )
