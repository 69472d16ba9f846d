"""A week as the bits of one whole number: slots, days, counts and hexadecimal. Fast, and nothing about words.

A week is an int of 672 bits, Europe/London wall clock. Quarter 0 (Monday 00:00-00:15) is the *highest* bit, so that
the 168 hexadecimal digits of the contracts read from left to right as the week does.
"""
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

Week: TypeAlias = int
Slot: TypeAlias = tuple[int, int, int]
"""Day (0 = Monday), first quarter of that day, and the quarter it ends before (1-96; less than the first: on the next day)."""

QUARTERS_A_DAY, QUARTERS_A_WEEK = 96, 672
EMPTY: Week = 0
ALL: Week = (1 << QUARTERS_A_WEEK) - 1
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def to_hex(week: Week) -> str:
    """The `WeekBits` of the contracts."""
    return f"{week:0168x}"


def from_hex(digits: str) -> Week:
    if len(digits) != QUARTERS_A_WEEK // 4:
        raise ValueError("a week is 168 hexadecimal digits")
    return int(digits, 16)


def bit(quarter: int) -> Week:
    """The week that holds just this quarter-hour, 0-671."""
    return 1 << (QUARTERS_A_WEEK - 1 - quarter)


def has(week: Week, quarter: int) -> bool:
    return bool(week & bit(quarter))


def quarters(week: Week) -> int:
    """How many quarter-hours."""
    return week.bit_count()


def slot(day: int, start_q: int, end_q: int) -> Week:
    """From one quarter of a day up to another. An end at or before the start is on the next day, and Sunday runs on into
    Monday; so 08:00 to 08:00 is once round the clock."""
    if not (0 <= day < 7 and 0 <= start_q < QUARTERS_A_DAY and 0 <= end_q <= QUARTERS_A_DAY):
        raise ValueError("a slot is a day 0-6, a start 0-95 and an end 0-96")
    first = day * QUARTERS_A_DAY + start_q
    length = end_q - start_q if end_q > start_q else end_q - start_q + QUARTERS_A_DAY
    return _run(first, length)


def _run(first: int, length: int) -> Week:
    straight = min(length, QUARTERS_A_WEEK - first)
    week = ((1 << straight) - 1) << (QUARTERS_A_WEEK - first - straight)
    over = length - straight
    return week | (((1 << over) - 1) << (QUARTERS_A_WEEK - over) if over else 0)


@cache
def day_mask(day: int) -> Week:
    """The whole of one day, midnight to midnight."""
    return slot(day, 0, QUARTERS_A_DAY)


def days_mask(days: Iterable[int]) -> Week:
    mask = EMPTY
    for day in days:
        mask |= day_mask(day)
    return mask


def slots(week: Week) -> list[Slot]:
    """The week as slots in order of day, such that `slot(*each)` together give the week again.

    A run shorter than a day may cross midnight; a longer one is cut at each midnight.
    """
    found: list[Slot] = []
    for first, length in _runs(week):
        while length > 0:
            day, start = divmod(first, QUARTERS_A_DAY)
            whole = length < QUARTERS_A_DAY
            piece = length if whole else min(length, QUARTERS_A_DAY - start)
            end = start + piece
            found.append((day % 7, start, end if end <= QUARTERS_A_DAY else end - QUARTERS_A_DAY))
            first, length = first + piece, length - piece
    return sorted(found)


def _runs(week: Week) -> list[tuple[int, int]]:
    """(first quarter, length) of each unbroken run; one that goes over Sunday midnight begins before it."""
    if week == ALL:
        return [(0, QUARTERS_A_WEEK)]
    runs: list[tuple[int, int]] = []
    text = f"{week:0672b}"
    first = text.find("1")
    while first >= 0:
        end = text.find("0", first)
        end = QUARTERS_A_WEEK if end < 0 else end
        runs.append((first, end - first))
        first = text.find("1", end)
    if len(runs) > 1 and runs[0][0] == 0 and sum(runs[-1]) == QUARTERS_A_WEEK:
        head, tail = runs[0], runs[-1]
        # kept apart when joining would only be cut again at that same midnight
        if head[1] + tail[1] < QUARTERS_A_DAY:
            return [*runs[1:-1], (tail[0], tail[1] + head[1])]
    return runs
