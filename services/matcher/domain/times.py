"""How much of the wanted time a PA is free for: fixed times, flexible hours in pieces, and sleep-ins."""
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.matcher.domain import week
from services.matcher.domain.finding import Finding, Met, yes
from services.matcher.domain.plan import Flexible, Plan, Wish
from services.matcher.domain.profile import Profile
from services.matcher.domain.rules import WHOLE, Rules


@dataclass(frozen=True)
class Coverage:
    """In quarter-hours. `wanted` 0: the plan asks for no times."""

    wanted: int
    covered: int
    not_known: int
    """Wanted, and the PA has not said either way."""

    @property
    def share(self) -> int | None:
        return self.covered * WHOLE // self.wanted if self.wanted else None


def wanted_quarters(plan: Plan, rules: Rules) -> int:
    return week.count(plan.fixed) + sum(ask.quarters for ask in plan.flexible) + len(plan.sleep_ins) * rules.sleep_in_quarters


def coverage(plan: Plan, profile: Profile, on: date, rules: Rules) -> Coverage:
    """The usual week; or, where days away touch the first weeks, the fullest of those weeks."""
    return _one_week(plan, profile, days_there(plan, profile, on, rules), wanted_quarters(plan, rules), rules)


def days_there(plan: Plan, profile: Profile, on: date, rules: Rules) -> int:
    """All of the days of the week on which the PA is there, in the week that counts: the first of the fullest."""
    weeks = _weeks(profile, on, rules)
    if len(weeks) == 1:
        return weeks[0]
    wanted = wanted_quarters(plan, rules)
    found = [_one_week(plan, profile, there, wanted, rules) for there in weeks]
    fullest = max(range(len(weeks)), key=lambda nth: (found[nth].covered, found[nth].not_known))
    return weeks[fullest]


def times(wish: Wish, found: Coverage) -> Finding:
    if not found.wanted:
        return yes("times_not_asked")
    said = (("covered_quarters", found.covered), ("wanted_quarters", found.wanted))
    if found.not_known == found.wanted:
        return Finding("times_unknown", Met.UNKNOWN, None, said[1:])
    fit = (2 * found.covered + found.not_known) * WHOLE // (2 * found.wanted)
    needed = wish.share * found.wanted
    if found.covered * WHOLE >= needed:
        code = "times_all" if found.covered == found.wanted else "times_enough"
        return Finding(code, Met.YES, fit, said)
    if (found.covered + found.not_known) * WHOLE >= needed:
        return Finding("times_sleep_ins_unknown", Met.UNKNOWN, fit, said)
    return Finding("times_some" if found.covered else "times_none", Met.NO, fit, said)


def _weeks(profile: Profile, on: date, rules: Rules) -> list[int]:
    """Which days of the week the PA is there, for each week worth looking at: just the usual one when nothing is in the way."""
    last = on + timedelta(days=7 * rules.weeks_looked_at - 1)
    spans = [span for span in profile.away if span.first <= last and span.last >= on]
    if not spans:
        return [week.ALL]
    weeks = []
    for nth in range(rules.weeks_looked_at):
        there = week.ALL
        for offset in range(7):
            day = on + timedelta(days=7 * nth + offset)
            if any(span.first <= day <= span.last for span in spans):
                there &= ~week.day_mask(day.weekday())
        weeks.append(there)
    return weeks


def _one_week(plan: Plan, profile: Profile, there: int, wanted: int, rules: Rules) -> Coverage:
    free = profile.week & there
    nights = sum(1 for night in plan.sleep_ins if there & week.day_mask(night)) * rules.sleep_in_quarters
    daytime = wanted - len(plan.sleep_ins) * rules.sleep_in_quarters
    not_known = nights if profile.sleep_ins is None else 0
    covered = nights if profile.sleep_ins else 0
    if not profile.week:  # no free time at all in a profile that is looking was left out, not meant
        return Coverage(wanted, covered, not_known + daytime)
    covered += week.count(plan.fixed & free) + flexible(plan.flexible, free & ~plan.fixed)
    return Coverage(wanted, covered, not_known)


def flexible(asks: tuple[Flexible, ...], free: int) -> int:
    return sum(length for pieces in laid(asks, free) for _, length in pieces)


def laid(asks: tuple[Flexible, ...], free: int, room: int = week.QUARTERS_A_WEEK) -> list[list[tuple[int, int]]]:
    """For each ask its pieces as (first quarter, length); at most `room` quarter-hours between them.

    The narrowest window chooses first, so that a wide one does not take the only time it had. No time is counted twice.
    """
    found: list[list[tuple[int, int]]] = [[] for _ in asks]
    for _, nth in sorted((week.count(ask.window & free), nth) for nth, ask in enumerate(asks)):
        ask = asks[nth]
        found[nth] = fill(replace(ask, quarters=min(ask.quarters, room)) if room < ask.quarters else ask, ask.window & free)
        for start, length in found[nth]:
            free &= ~week.span(start, length)
            room -= length
    return found


def fill(ask: Flexible, free: int) -> list[tuple[int, int]]:
    """The most of the ask that fits the free time, in pieces no shorter than it allows; longest stretches first.

    With the k longest stretches, every total from k shortest pieces up to all they hold can be made; so the best k is exact.
    """
    stretches = sorted((run for run in week.runs(free) if run[1] >= ask.at_least), key=lambda run: (-run[1], run[0]))
    best, most, total = 0, 0, 0
    for k, (_, length) in enumerate(stretches, start=1):
        total += length
        if k * ask.at_least <= ask.quarters and min(total, ask.quarters) > most:
            best, most = k, min(total, ask.quarters)
    pieces, left = [], most
    for nth, (start, length) in enumerate(stretches[:best]):
        kept_for_the_rest = (best - nth - 1) * ask.at_least
        taken = min(length, left - kept_for_the_rest)
        pieces.append((start, taken))
        left -= taken
    return pieces
