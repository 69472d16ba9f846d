"""Who could stand in while one PA of a plan is away, day by day."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.matcher.domain import week
from services.matcher.domain.finding import Met
from services.matcher.domain.lawful import limited_tasks, tasks_done
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Placement, in_scope, place_one
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import AgeBand, Profile, ProfileId
from services.matcher.domain.rules import Rules
from services.matcher.domain.teams.asked import TeamRules
from services.matcher.domain.teams.candidates import meets_what_is_about_a_person
from services.matcher.domain.teams.waiting import Waiting, monday_of, put_down, waiting


@dataclass(frozen=True)
class Day:
    """Fixed times of one day, as week bits, and whether somebody sleeps in that night."""

    on: date
    fixed: int
    night: bool
    flexible: int = 0
    """Flexible hours put down for that day, as week bits."""

    def quarters(self, night: int) -> int:
        return week.count(self.fixed) + week.count(self.flexible) + night * self.night


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
    flexible: int = 0
    """Quarter-hours of flexible time that cannot wait: part of `quarters`."""
    nobody_flexible: int = 0
    """What of them the stand-ins could not do between them, the first of the list first."""


def stand_ins(
    plan: Plan, away: Profile, first: date, last: date, profiles: Iterable[Profile], day: date, lore: Lore, rules: Rules,
    teams: TeamRules,
) -> StandIns:
    """Whoever meets each must about a person on the first day, and can do something; most covered first.

    What the one who is away does is taken to be all the fixed times and nights of the plan that they are free for, and as many
    of the flexible hours as they can do; those wait for the days of the same week on which they are there (see `waiting`). Who
    stands in is held to a must on faith, culture or sex for the tasks that the one who is away does. Their
    least hours are for lasting work and not looked at here; their most of a week is kept. Days away count to the day. Somebody
    who said they do not come at short notice is left out of what begins within `teams.short_notice` days.
    """
    needed, left_over = tuple(_needed(plan, away, first, last)), waiting(plan, away, first, last)
    on = plan.begins(first)
    theirs = set(limited_tasks(plan, on)) & set(tasks_done(plan, away, on))
    short = first - day < timedelta(days=teams.short_notice)
    found, by_id = [], {}
    for profile in profiles:
        if profile.profile_id == away.profile_id or not in_scope(plan, profile):
            continue
        notice = _notice(profile) if short else Met.YES
        placement = place_one(plan, profile, first, lore, rules)
        days = tuple(_could_do(profile, needed, left_over, rules.sleep_in_quarters))
        right = theirs <= set(tasks_done(plan, profile, on)) and meets_what_is_about_a_person(plan, profile, placement, on)
        if days and notice is not Met.NO and right:
            quarters = sum(each.quarters(rules.sleep_in_quarters) for each in days)
            found.append(StandIn(placement, days, quarters, notice, profile.confirmed_on))
            by_id[profile.profile_id] = profile
    found.sort(key=lambda one: (
        -one.quarters, one.notice is not Met.YES, one.placement.standing[1], one.placement.turn, one.placement.profile_id.bytes
    ))
    flexible = sum(each.ask.quarters for each in left_over)
    return StandIns(
        away.profile_id, needed, sum(each.quarters(rules.sleep_in_quarters) for each in needed) + flexible, short, tuple(found),
        tuple(_left(needed, found)), flexible, _left_of(left_over, found, by_id, rules.sleep_in_quarters),
    )


def _notice(profile: Profile) -> Met:
    return {True: Met.YES, False: Met.NO, None: Met.UNKNOWN}[profile.short_notice]


def _needed(plan: Plan, away: Profile, first: date, last: date) -> Iterator[Day]:
    for nth in range((last - first).days + 1):
        on = first + timedelta(days=nth)
        fixed = plan.fixed & away.week & week.day_mask(on.weekday())
        night = on.weekday() in plan.sleep_ins and away.sleep_ins is True
        if fixed or night:
            yield Day(on, fixed, night)


def _could_do(profile: Profile, needed: Sequence[Day], left_over: Sequence[Waiting], night: int) -> Iterator[Day]:
    """In the order of days; the set times of a week first, then its flexible hours in what room there is."""
    done = {day.on: day for day in _set_times(profile, needed, night)}
    for one in left_over:
        week_of = [day for day in done.values() if monday_of(day.on) == one.monday]
        taken = sum(day.flexible for day in week_of)
        room = _room(profile, sum(day.quarters(night) for day in week_of))
        for on, bits in put_down(one, free_of(profile) & ~taken, there(profile, one.days), room).items():
            day = done.get(on, Day(on, week.EMPTY, False))
            done[on] = replace(day, flexible=day.flexible | bits)
    yield from (done[on] for on in sorted(done))


def _room(profile: Profile, had: int) -> int:
    """Quarter-hours of a week they could still do."""
    return week.QUARTERS_A_WEEK if profile.most is None else max(0, profile.most - had)


def free_of(profile: Profile) -> int:
    return profile.week & ~week.NIGHTS if profile.age_band is AgeBand.UNDER_18 else profile.week


def there(profile: Profile, days: Sequence[date]) -> list[date]:
    return [on for on in days if not _is_away(profile, on)]


def _set_times(profile: Profile, needed: Sequence[Day], night: int) -> Iterator[Day]:
    """In the order of days, until they have their most of a week; Monday begins a new one."""
    free, sleeps = free_of(profile), profile.sleep_ins is True and profile.age_band is not AgeBand.UNDER_18
    had: dict[date, int] = {}
    for day in needed:
        if _is_away(profile, day.on):
            continue
        monday = monday_of(day.on)
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


def _left_of(left_over: Sequence[Waiting], found: Sequence[StandIn], by_id: Mapping[ProfileId, Profile], night: int) -> int:
    """Quarter-hours: the first of the list does what they can, the next what is left of it; no time is taken twice."""
    used: dict[date, int] = {}
    given: dict[tuple[ProfileId, date], int] = {}
    left = 0
    for one in left_over:
        ask = one.ask
        for stand_in in found:
            profile = by_id[stand_in.placement.profile_id]
            whose = (profile.profile_id, one.monday)
            set_times = (replace(day, flexible=week.EMPTY) for day in stand_in.days if monday_of(day.on) == one.monday)
            room = _room(profile, sum(day.quarters(night) for day in set_times) + given.get(whose, 0))
            free = free_of(profile) & ~used.get(one.monday, week.EMPTY)
            done = sum(put_down(replace(one, ask=ask), free, there(profile, one.days), room).values())
            used[one.monday] = used.get(one.monday, week.EMPTY) | done
            given[whose] = given.get(whose, 0) + week.count(done)
            ask = replace(ask, quarters=ask.quarters - week.count(done))
        left += ask.quarters
    return left
