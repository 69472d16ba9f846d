"""Times of the week: 672 quarter-hours as one whole number (see `week_bits`), to and from slots, hexadecimal and plain words."""
from collections.abc import Iterable

from shared.vocabulary.week_bits import (
    ALL,
    DAYS,
    EMPTY,
    QUARTERS_A_DAY,
    QUARTERS_A_WEEK,
    Slot,
    Week,
    bit,
    day_mask,
    days_mask,
    from_hex,
    has,
    quarters,
    slot,
    slots,
    to_hex,
)
from shared.vocabulary.week_words import MEANINGS, WeekReading, week_from_words

__all__ = [
    "ALL", "DAYS", "DAY_NAMES", "EMPTY", "MEANINGS", "QUARTERS_A_DAY", "QUARTERS_A_WEEK", "Slot", "Week", "WeekReading",
    "bit", "clock", "day_mask", "days_mask", "from_hex", "has", "in_words", "quarters", "slot", "slots", "to_hex",
    "week_from_words",
]

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clock(quarter: int) -> str:
    """A time of day as people read it: '8am', '9:30pm', 'midday', 'midnight'."""
    hour, minute = divmod(quarter % QUARTERS_A_DAY * 15, 60)
    if minute == 0 and hour in (0, 12):
        return "midday" if hour else "midnight"
    return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''}{'am' if hour < 12 else 'pm'}"


def in_words(week: Week) -> str:
    """The week in plain English, which `week_from_words` reads back to the very same week.

    'Monday to Friday 8am to 10am and 5pm to 7pm; Saturday 10pm to 6am'. A night belongs to the day it begins on.
    """
    if week == EMPTY:
        return "no times"
    if week == ALL:
        return "every day, all day and night"
    by_day: dict[int, list[str]] = {}
    for day, start, end in slots(week):
        all_day = (start, end) == (0, QUARTERS_A_DAY)
        by_day.setdefault(day, []).append("all day and night" if all_day else f"{clock(start)} to {clock(end)}")
    days_of: dict[tuple[str, ...], list[int]] = {}
    for day, times in by_day.items():
        days_of.setdefault(tuple(times), []).append(day)
    return "; ".join(f"{_days(days)} {_listed(times)}" for times, days in days_of.items())


def _days(days: list[int]) -> str:
    """'Monday to Friday', 'Monday, Wednesday and Friday', 'every day'."""
    if len(days) == 7:
        return "every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    for run in runs:
        names = [DAY_NAMES[day] for day in run]
        parts += [f"{names[0]} to {names[-1]}"] if len(run) > 2 else names
    return _listed(parts)


def _listed(parts: Iterable[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last
