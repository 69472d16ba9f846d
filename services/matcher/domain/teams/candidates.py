"""Who may be in a team: everybody who meets each must about themselves, the times and the hours aside, best first."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.matcher.domain import week
from services.matcher.domain.finding import Met, Reason
from services.matcher.domain.lawful import limited_tasks, tasks_done
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import lowest_lawful, most
from services.matcher.domain.placing import Placement, in_scope, place_one
from services.matcher.domain.plan import PROTECTED, Criterion, Plan
from services.matcher.domain.profile import AgeBand, Employment, Profile
from services.matcher.domain.rules import Rules
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.paying import Beyond
from services.matcher.domain.times import days_there

OF_THE_TEAM = frozenset({Criterion.TIMES, Criterion.HOURS, Criterion.AGE})
"""Musts a team meets by how it shares the week: together they cover the times, each keeps their own least and most hours, and
nobody under 18 is given a night. Every other must is about the person, and each member meets it; one on faith, culture or sex
only for the tasks its reason names, which others of the team can do."""


OF_ITS_TASKS = PROTECTED | {Criterion.TASK}


def may_lack(plan: Plan, on: date) -> frozenset[Criterion]:
    """Whoever has a must unmet about anything else is in no team, and stands in for nobody."""
    return OF_THE_TEAM | OF_ITS_TASKS if limited_tasks(plan, on) else OF_THE_TEAM


@dataclass(frozen=True)
class Candidate:
    """What the search for teams looks at of one PA."""

    placement: Placement
    score: int
    """In steps: people with the same are equal."""
    free: int
    """Of the fixed times."""
    nights: int
    """Bit n: can do the n-th of the nights asked."""
    pieces: tuple[int, ...]
    """For each flexible ask, the free time in stretches no shorter than it allows."""
    least: int
    most: int
    rate: int
    """Pence an hour."""
    rate_known: bool
    price: int
    """What a quarter-hour takes of the money asked, in its unit."""
    does: int = 0
    """Bit n: can be asked for the n-th of the limited tasks."""
    under_18: bool = False
    beyond: Beyond | None = field(default=None, compare=False)
    """What is paid for them beside `price`; None: nothing."""


def may_be_in_a_team(plan: Plan, profile: Profile, placement: Placement, on: date) -> bool:
    """Not knowing their hours, nobody can say that they are kept: with hours as a must, such a PA is asked first."""
    if any(reason.criterion is Criterion.HOURS and reason.met is Met.UNKNOWN for reason in placement.unmet):
        return False
    return meets_what_is_about_a_person(plan, profile, placement, on)


def meets_what_is_about_a_person(plan: Plan, profile: Profile, placement: Placement, on: date) -> bool:
    """Somebody who can be asked for some of the tasks needs no more than that: see `lawful.tasks_done`."""
    others_do = set(plan.tasks) - set(tasks_done(plan, profile, on))
    left = [reason for reason in placement.unmet if not _is_others_task(reason, plan, others_do, on)]
    return all(reason.criterion in OF_THE_TEAM and reason.code != "wish_unconfirmed" for reason in left)


def _is_others_task(reason: Reason, plan: Plan, others_do: set[str], on: date) -> bool:
    """Whether it only says that somebody else must do tasks which a lawful reason names, and there is another one for this PA."""
    if not others_do or others_do >= set(plan.tasks):
        return False
    about_whom = reason.criterion in PROTECTED and reason.code != "wish_unconfirmed"
    refused = reason.code == "will_not_do"
    return about_whom or (refused and others_do <= set(limited_tasks(plan, on)))


def best_of(everybody: Sequence[Candidate], asked: Asked, count: int) -> tuple[Candidate, ...]:
    """The first `count`; but where tasks are limited, up to half the places are first for those who can be asked for all of them:
    without them there is no team."""
    if not asked.limited:
        return tuple(everybody[:count])
    able = [one for one in everybody if one.does == asked.every][: count // 2]
    kept = {one.placement.profile_id for one in able}
    others = [one for one in everybody if one.placement.profile_id not in kept][: count - len(able)]
    chosen = kept | {one.placement.profile_id for one in others}
    return tuple(one for one in everybody if one.placement.profile_id in chosen)


def candidates(
    plan: Plan, asked: Asked, profiles: Iterable[Profile], day: date, lore: Lore, rules: Rules
) -> tuple[Candidate, ...]:
    """All of them, highest score first, equals in the order of the list's turns; only who can cover something."""
    on = plan.begins(day)
    found = []
    for profile in profiles:
        if not in_scope(plan, profile):
            continue
        placement = place_one(plan, profile, day, lore, rules)
        if may_be_in_a_team(plan, profile, placement, on):
            one = candidate(plan, asked, profile, placement, on, lore, rules)
            if max(1, one.least) <= min(one.most, alone(one, asked)):
                found.append(one)
    found.sort(key=lambda one: (-one.score, one.placement.turn, one.placement.profile_id.bytes))
    return tuple(found)


def candidate(
    plan: Plan, asked: Asked, profile: Profile, placement: Placement, on: date, lore: Lore, rules: Rules
) -> Candidate:
    there = days_there(plan, profile, on, rules)
    free, nights = profile.week & there, 0
    if profile.sleep_ins:
        nights = sum(1 << nth for nth, night in enumerate(asked.nights) if there & week.day_mask(night))
    if profile.age_band is AgeBand.UNDER_18:
        free, nights = free & ~week.NIGHTS, 0
    lowest, limit = lowest_lawful(profile, on, lore), most(plan) or 0
    own_boss = profile.employment is Employment.SELF_EMPLOYED
    rate = max(limit if profile.least_rate is None else profile.least_rate, lowest)
    done = tasks_done(plan, profile, on)
    return Candidate(
        placement=placement,
        score=-placement.standing[1],
        free=free & asked.fixed,
        nights=nights,
        pieces=tuple(long_stretches(free & ask.window, ask.at_least) for ask in asked.flexible),
        least=profile.least or 0,
        most=week.QUARTERS_A_WEEK if profile.most is None else profile.most,
        rate=rate,
        rate_known=profile.least_rate is not None,
        price=asked.terms.price(rate, self_employed=own_boss),
        does=sum(1 << nth for nth, task in enumerate(asked.limited) if task in done),
        under_18=profile.age_band is AgeBand.UNDER_18,
        beyond=None if asked.money is None else asked.terms.beyond(rate, profile.age_band, self_employed=own_boss),
    )


def long_stretches(free: int, at_least: int) -> int:
    kept = 0
    for start, length in week.runs(free):
        if length >= at_least:
            kept |= week.span(start, length)
    return kept


def alone(one: Candidate, asked: Asked) -> int:
    """The most they could cover, their own hours aside."""
    pieces = sum(min(ask.quarters, week.count(free)) for ask, free in zip(asked.flexible, one.pieces, strict=True))
    return week.count(one.free) + asked.night * one.nights.bit_count() + pieces
