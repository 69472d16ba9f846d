"""Times of the week: 672 quarter-hours as one whole number (see `week_bits`), to and from slots, hexadecimal and plain words."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass

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
    "WeekWords", "bit", "clock", "day_mask", "days_mask", "from_hex", "has", "in_words", "quarters", "slot", "slots", "to_hex",
    "week_from_words",
]

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clock(quarter: int) -> str:
    """A time of day as people read it: '8am', '9:30pm', 'midday', 'midnight'."""
    hour, minute = divmod(quarter % QUARTERS_A_DAY * 15, 60)
    if minute == 0 and hour in (0, 12):
        return "midday" if hour else "midnight"
    return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''}{'am' if hour < 12 else 'pm'}"


@dataclass(frozen=True, slots=True)
class WeekWords:
    """What a language says the times of a week with. Its phrases have `{start}` and `{end}`, `{before}` and `{last}`."""

    days: tuple[str, ...]
    every_day: str
    all_day: str
    from_to: str
    """Of days and of times alike."""
    both: str
    none: str
    clock: Callable[[int], str]


ENGLISH = WeekWords(
    DAY_NAMES, "every day", "all day and night", "{start} to {end}", "{before} and {last}", "no times", clock,
)  # fmt: skip


def in_words(week: Week, said: WeekWords = ENGLISH) -> str:
    """The week in plain words; in English, `week_from_words` reads them back to the very same week.

    'Monday to Friday 8am to 10am and 5pm to 7pm; Saturday 10pm to 6am'. A night belongs to the day it begins on.
    """
    if week == EMPTY:
        return said.none
    if week == ALL:
        return f"{said.every_day}, {said.all_day}"
    by_day: dict[int, list[str]] = {}
    for day, start, end in slots(week):
        all_day = (start, end) == (0, QUARTERS_A_DAY)
        times = said.all_day if all_day else said.from_to.format(start=said.clock(start), end=said.clock(end))
        by_day.setdefault(day, []).append(times)
    days_of: dict[tuple[str, ...], list[int]] = {}
    for day, several in by_day.items():
        days_of.setdefault(tuple(several), []).append(day)
    return "; ".join(f"{_days(days, said)} {_listed(times, said)}" for times, days in days_of.items())


def _days(days: list[int], said: WeekWords) -> str:
    """'Monday to Friday', 'Monday, Wednesday and Friday', 'every day'."""
    if len(days) == 7:
        return said.every_day
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    for run in runs:
        names = [said.days[day] for day in run]
        parts += [said.from_to.format(start=names[0], end=names[-1])] if len(run) > 2 else names
    return _listed(parts, said)


def _listed(parts: Iterable[str], said: WeekWords) -> str:
    *before, last = parts
    return said.both.format(before=", ".join(before), last=last) if before else last
