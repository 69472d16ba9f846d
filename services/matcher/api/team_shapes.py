"""Teams and stand-ins as they go out over HTTP: times as day and clock, and what is missing in words too."""
from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.matcher.domain import week
from services.matcher.domain.teams.proposing import Member, Team
from services.matcher.domain.teams.rest import ShortRest
from services.matcher.domain.teams.rota import Shift, Uncovered
from services.matcher.domain.teams.stand_ins import Day, StandIn, StandIns
from services.matcher.usecases.teaming import Price, Proposed
from shared.vocabulary.team_words import (
    clock,
    flexible_in_words,
    night_in_words,
    others_do_in_words,
    rest_in_words,
    shift_in_words,
)

DAYS: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DayCode = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class ShiftOut(BaseModel):
    """Local time. Where `until` is not after `start`, it is on the next day."""

    day: DayCode
    start: str
    until: str
    quarters: int
    flexible: bool
    text: str


class ShortRestOut(BaseModel):
    """In the 24 hours from `start` of `day`, the most rest in a row, and what the law asks for. Quarter-hours."""

    day: DayCode
    start: str
    longest: int
    due: int
    text: str


class MemberOut(BaseModel):
    profile_id: UUID
    profile_revision: int
    score: int
    distance_m: int
    rate: int
    """Pence an hour. Where `rate_known` is false: the most the plan pays, as they have not said."""
    rate_known: bool
    quarters: int
    pay_a_week: int
    """Pence: rate times hours."""
    shifts: list[ShiftOut]
    sleep_ins: list[DayCode]
    not_for: list[str]
    """Tasks that others of the team do: a must on sex, faith or culture is for them, or this PA refused them."""
    not_for_text: str | None
    short_rests: list[ShortRestOut]
    """Days on which the shared week leaves them less rest than the law asks for (Working Time Regulations 1998, reg. 10)."""


class ShortOut(BaseModel):
    quarters: int
    text: str


class UncoveredOut(BaseModel):
    quarters: int
    shifts: list[ShiftOut]
    sleep_ins: list[DayCode]
    flexible: list[ShortOut]
    texts: list[str]
    """All of the above in words."""


class TeamOut(BaseModel):
    members: list[MemberOut]
    covered: int
    """Quarter-hours, of `wanted`."""
    wanted: int
    enough: bool
    """Whether it meets the plan's wish about times."""
    score: int
    overlap: int
    """Quarter-hours at which two or more of them are free: time to hand over."""
    pay_a_week: int
    all_in_a_week: int | None
    """Pence, with every cost of employing them. Null: there are no figures to go by."""
    over_budget: int | None
    """Of that, what is above the budget. Null as above."""
    uncovered: UncoveredOut


class TeamsOut(BaseModel):
    """Best first. They are the best there are among `considered` PAs, the best of `eligible` who could be in a team."""

    plan_id: UUID
    plan_revision: int
    day: date
    rules_version: int
    considered: int
    eligible: int
    teams: list[TeamOut]


class DayOut(BaseModel):
    on: date
    shifts: list[ShiftOut]
    sleep_in: bool


class StandInOut(BaseModel):
    profile_id: UUID
    quarters: int
    notice: Literal["yes", "unknown"]
    """Unknown: it is short notice, and they have not said whether they come at short notice. Please ask."""
    confirmed_on: date
    days: list[DayOut]


class AwayOut(BaseModel):
    profile_id: UUID
    quarters: int
    """What they would have done in those days."""
    short_notice: bool
    days: list[DayOut]
    stand_ins: list[StandInOut]
    nobody: list[DayOut]
    """What none of the stand-ins can do."""
    flexible: int
    """Of `quarters`, the flexible hours that do not fit in the days of a week on which they are there."""
    nobody_flexible: int
    """Of these, what the stand-ins could not do between them."""


class StandInsOut(BaseModel):
    plan_id: UUID
    first: date
    last: date
    away: list[AwayOut]


def teams_out(found: Proposed, plan_id: UUID, revision: int, day: date) -> TeamsOut:
    teams = found.teams
    return TeamsOut(
        plan_id=plan_id, plan_revision=revision, day=day, rules_version=teams.rules.version, considered=teams.considered,
        eligible=teams.eligible,
        teams=[_team(team, teams.asked.total, all_in) for team, all_in in zip(teams.teams, found.all_in, strict=True)],
    )


def _team(team: Team, wanted: int, all_in: Price | None) -> TeamOut:
    return TeamOut(
        members=[_member(member) for member in team.members], covered=team.covered, wanted=wanted, enough=team.enough,
        score=team.score, overlap=team.overlap, pay_a_week=team.cost, uncovered=_uncovered(team.uncovered),
        all_in_a_week=all_in.a_week if all_in else None, over_budget=all_in.over if all_in else None,
    )  # fmt: skip


def _member(member: Member) -> MemberOut:
    one, placed = member.candidate, member.candidate.placement
    return MemberOut(
        profile_id=placed.profile_id, profile_revision=placed.profile_revision, score=placed.score, distance_m=placed.distance_m,
        rate=one.rate, rate_known=one.rate_known, quarters=member.share.quarters, pay_a_week=member.cost,
        shifts=[_shift(shift) for shift in member.share.shifts], sleep_ins=_nights(member.share.nights),
        not_for=list(member.not_for), not_for_text=others_do_in_words(member.not_for) if member.not_for else None,
        short_rests=[_rest(one) for one in member.short_rests],
    )  # fmt: skip


def _rest(one: ShortRest) -> ShortRestOut:
    day, start = divmod(one.start, week.QUARTERS_A_DAY)
    return ShortRestOut(
        day=DAYS[day], start=clock(start), longest=one.longest, due=one.due, text=rest_in_words(day, start, one.longest, one.due)
    )


def _uncovered(uncovered: Uncovered) -> UncoveredOut:
    shifts = [_shift(shift) for shift in uncovered.shifts]
    flexible = [ShortOut(quarters=short, text=flexible_in_words(short)) for short, _ in uncovered.flexible]
    nights = [night_in_words(night) for night in uncovered.nights]
    return UncoveredOut(
        quarters=uncovered.quarters, shifts=shifts, sleep_ins=_nights(uncovered.nights), flexible=flexible,
        texts=[*(shift.text for shift in shifts), *nights, *(short.text for short in flexible)],
    )


def _nights(nights: Sequence[int]) -> list[DayCode]:
    return [DAYS[night] for night in nights]


def _shift(shift: Shift) -> ShiftOut:
    day, start = divmod(shift.start, week.QUARTERS_A_DAY)
    return ShiftOut(
        day=DAYS[day], start=clock(start), until=clock(start + shift.length), quarters=shift.length, flexible=shift.flexible,
        text=shift_in_words(day, start, shift.length),
    )


def stand_ins_out(found: Sequence[StandIns], plan_id: UUID, first: date, last: date) -> StandInsOut:
    return StandInsOut(plan_id=plan_id, first=first, last=last, away=[_away(one) for one in found])


def _away(found: StandIns) -> AwayOut:
    return AwayOut(
        profile_id=found.away, quarters=found.quarters, short_notice=found.short_notice, days=_days(found.needed),
        stand_ins=[_stand_in(one) for one in found.found], nobody=_days(found.nobody),
        flexible=found.flexible, nobody_flexible=found.nobody_flexible,
    )


def _stand_in(one: StandIn) -> StandInOut:
    return StandInOut(
        profile_id=one.placement.profile_id, quarters=one.quarters, notice="yes" if one.notice.value == "yes" else "unknown",
        confirmed_on=one.confirmed_on, days=_days(one.days),
    )


def _days(days: Sequence[Day]) -> list[DayOut]:
    return [
        DayOut(on=day.on, shifts=[_shift(shift) for shift in _in_order(day)], sleep_in=day.night) for day in days
    ]


def _in_order(day: Day) -> list[Shift]:
    pieces = [Shift(*run, flexible=True) for run in week.runs(day.flexible)]
    return sorted([*(Shift(*run) for run in week.runs(day.fixed)), *pieces], key=lambda shift: shift.start)
