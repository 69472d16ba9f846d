"""Where the shared week leaves somebody less rest in a row than the law gives workers in each day they work."""
from collections.abc import Iterator
from dataclasses import dataclass

from services.matcher.domain import week
from services.matcher.domain.teams.asked import TeamRules
from services.matcher.domain.teams.rota import Share


@dataclass(frozen=True)
class ShortRest:
    """In the 24 hours from quarter `start` of the week, `longest` quarter-hours is the most rest in a row; `due` is the law's."""

    start: int
    longest: int
    due: int


def short_rests(share: Share, night: int, rules: TeamRules, *, under_18: bool) -> tuple[ShortRest, ...]:
    """Eleven hours in a row in each 24, twelve under 18 (Working Time Regulations 1998, reg. 10).

    A day of 24 hours begins where somebody begins to work; a sleep-in counts as work, `night` quarter-hours long. Breaks in a day
    are no trouble where the rest is long enough before or after them.
    """
    work = 0
    for shift in share.shifts:
        work |= week.span(shift.start, shift.length)
    for day in share.nights:
        work |= week.span(day * week.QUARTERS_A_DAY + rules.sleep_from, night)
    due = rules.rest_under_18 if under_18 else rules.rest
    return tuple(_short(work, due))


def _short(work: int, due: int) -> Iterator[ShortRest]:
    for start, _ in sorted((start % week.QUARTERS_A_WEEK, length) for start, length in week.runs(work)):
        day = week.span(start, week.QUARTERS_A_DAY)
        longest = max((length for _, length in week.runs(day & ~work)), default=0)
        if longest < due:
            yield ShortRest(start, longest, due)
