"""Who could stand in while one PA of a plan is away, day by day."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.matcher.domain import week
from services.matcher.domain.finding import Met
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Placement, in_scope, place_one
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import AgeBand, Profile, ProfileId
from services.matcher.domain.rules import Rules
from services.matcher.domain.teams.asked import TeamRules
from services.matcher.domain.teams.candidates import OF_THE_TEAM


@dataclass(frozen=True)
class Day:
    """Fixed times of one day, as week bits, and whether somebody sleeps in that night."""

    on: date
    fixed: int
    night: bool

    def quarters(self, night: int) -> int:
        return week.count(self.fixed) + night * self.night


@dataclass(frozen=True)
class StandIn:
    placement: Placement
    days: tuple[Day, ...]
    """What they could do of each day on which they could do something."""
    quarters: int
    notice: Met
    """Whether they come at short notice; `yes` too where the notice is long enough for anybody."""
    confirmed_on: date


@dataclass(frozen=True)
class StandIns:
    """For one PA who is away. `needed`: what they would have done; `nobody`: what none of the stand-ins can do."""

    away: ProfileId
    needed: tuple[Day, ...]
    quarters: int
    short_notice: bool
    found: tuple[StandIn, ...]
    nobody: tuple[Day, ...]


def stand_ins(
    plan: Plan, away: Profile, first: date, last: date, profiles: Iterable[Profile], day: date, lore: Lore, rules: Rules,
    teams: TeamRules,
) -> StandIns:
    """Whoever meets each must about a person on the first day, and can do something; most covered first.

    What the one who is away does is taken to be all the fixed times and nights of the plan that they are free for; flexible hours
    can wait. A stand-in's least hours are for lasting work and not looked at here; their most of a week is kept. Days away count
    to the day. Somebody who said they do not come at short notice is left out of what begins within `teams.short_notice` days.
    """
    needed = tuple(_needed(plan, away, first, last))
    short = first - day < timedelta(days=teams.short_notice)
    found = []
    for profile in profiles:
        if profile.profile_id == away.profile_id or not in_scope(plan, profile):
            continue
        notice = _notice(profile) if short else Met.YES
        placement = place_one(plan, profile, first, lore, rules)
        days = tuple(_could_do(profile, needed, rules.sleep_in_quarters))
        if days and notice is not Met.NO and _meets_what_is_about_a_person(placement):
            quarters = sum(each.quarters(rules.sleep_in_quarters) for each in days)
            found.append(StandIn(placement, days, quarters, notice, profile.confirmed_on))
    found.sort(key=lambda one: (
        -one.quarters, one.notice is not Met.YES, one.placement.standing[1], one.placement.turn, one.placement.profile_id.bytes
    ))
    return StandIns(
        away.profile_id, needed, sum(each.quarters(rules.sleep_in_quarters) for each in needed), short, tuple(found),
        tuple(_left(needed, found)),
    )


def _meets_what_is_about_a_person(placement: Placement) -> bool:
    return all(reason.criterion in OF_THE_TEAM and reason.code != "wish_unconfirmed" for reason in placement.unmet)


def _notice(profile: Profile) -> Met:
    return {True: Met.YES, False: Met.NO, None: Met.UNKNOWN}[profile.short_notice]


def _needed(plan: Plan, away: Profile, first: date, last: date) -> Iterator[Day]:
    for nth in range((last - first).days + 1):
        on = first + timedelta(days=nth)
        fixed = plan.fixed & away.week & week.day_mask(on.weekday())
        night = on.weekday() in plan.sleep_ins and away.sleep_ins is True
        if fixed or night:
            yield Day(on, fixed, night)


def _could_do(profile: Profile, needed: Sequence[Day], night: int) -> Iterator[Day]:
    """In the order of days, until they have their most of a week; Monday begins a new one."""
    free, sleeps = profile.week, profile.sleep_ins is True
    if profile.age_band is AgeBand.UNDER_18:
        free, sleeps = free & ~week.NIGHTS, False
    had: dict[date, int] = {}
    for day in needed:
        if _is_away(profile, day.on):
            continue
        monday = day.on - timedelta(days=day.on.weekday())
        room = week.QUARTERS_A_WEEK if profile.most is None else profile.most - had.get(monday, 0)
        fixed = week.first(day.fixed & free, room)
        sleeping = day.night and sleeps and room - week.count(fixed) >= night
        if fixed or sleeping:
            done = Day(day.on, fixed, sleeping)
            had[monday] = had.get(monday, 0) + done.quarters(night)
            yield done


def _is_away(profile: Profile, on: date) -> bool:
    not_yet = profile.free_from is not None and on < profile.free_from
    return not_yet or any(span.first <= on <= span.last for span in profile.away)


def _left(needed: Sequence[Day], found: Sequence[StandIn]) -> Iterator[Day]:
    for day in needed:
        done = [each for one in found for each in one.days if each.on == day.on]
        fixed = day.fixed
        for each in done:
            fixed &= ~each.fixed
        night = day.night and not any(each.night for each in done)
        if fixed or night:
            yield Day(day.on, fixed, night)
