"""A week as the bits of one whole number: 672 quarter-hours, Monday 00:00 the highest bit, Europe/London wall clock."""
from collections.abc import Iterator

QUARTERS_A_DAY = 96
QUARTERS_A_WEEK = 672
EMPTY = 0
ALL = (1 << QUARTERS_A_WEEK) - 1
_DAY = (1 << QUARTERS_A_DAY) - 1


def count(week: int) -> int:
    return week.bit_count()


def day_mask(day: int) -> int:
    """All of one day, 0 = Monday."""
    return _DAY << (QUARTERS_A_WEEK - QUARTERS_A_DAY * (day + 1))


def span(start: int, length: int) -> int:
    """`length` quarters from quarter `start`, running on past the end of the week into its beginning."""
    if length >= QUARTERS_A_WEEK:
        return ALL
    bits = ((1 << length) - 1) << (QUARTERS_A_WEEK - length)
    start %= QUARTERS_A_WEEK
    return (bits >> start) | (bits << (QUARTERS_A_WEEK - start)) & ALL


def shifted(week: int, quarters: int) -> int:
    """Everything so much later (or, where negative, earlier); what runs over the week's end comes in at its other end."""
    quarters %= QUARTERS_A_WEEK
    return week >> quarters | week << (QUARTERS_A_WEEK - quarters) & ALL


def widened(week: int, quarters: int) -> int:
    """Each stretch so much longer at both ends."""
    wider = week
    for nth in range(1, quarters + 1):
        wider |= shifted(week, nth) | shifted(week, -nth)
    return wider


def first(week: int, length: int) -> int:
    """The first so many quarters of some time, in the order of its stretches."""
    kept = EMPTY
    for start, stretch in runs(week):
        taken = min(stretch, length)
        if taken > 0:
            kept |= span(start, taken)
            length -= taken
    return kept


def runs(week: int) -> Iterator[tuple[int, int]]:
    """Each stretch of time without a gap, as (first quarter, length). One that runs over Sunday midnight is one stretch."""
    if week in (EMPTY, ALL):
        if week:
            yield 0, QUARTERS_A_WEEK
        return
    found = []
    rest = week
    while rest:
        start = QUARTERS_A_WEEK - rest.bit_length()
        below = rest ^ ((1 << rest.bit_length()) - 1)  # the zeros from the first set bit down, as ones
        length = rest.bit_length() - below.bit_length()
        found.append((start, length))
        rest &= (1 << (QUARTERS_A_WEEK - start - length)) - 1
    if len(found) > 1 and found[0][0] == 0 and sum(found[-1]) == QUARTERS_A_WEEK:
        start, length = found.pop()
        found[0] = (start, length + found[0][1])
    yield from found


NIGHTS = 0
for _day in range(7):
    NIGHTS |= span(_day * QUARTERS_A_DAY + 88, 32)
"""10pm to 6am, every night."""
