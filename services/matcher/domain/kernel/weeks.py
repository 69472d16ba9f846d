"""Weeks as eleven words side by side: counting, moving and cutting many of them at once."""
from collections.abc import Sequence
from functools import cache

import numpy as np

from services.matcher.domain import week
from services.matcher.domain.kernel.columns import WEEK_WORDS, WORD, Array, Ints

PAD = WEEK_WORDS * WORD - week.QUARTERS_A_WEEK
_LAST = np.uint64(((1 << (WORD - PAD)) - 1) << PAD)
Words = Sequence[Array]


def words(bits: int) -> Array:
    """The eleven words of one week, Monday first."""
    return np.frombuffer((bits << PAD).to_bytes(WEEK_WORDS * WORD // 8, "big"), ">u8").astype(np.uint64)


def whole(row: Sequence[int]) -> int:
    """The reverse: eleven words to the week they are."""
    return int.from_bytes(b"".join(word.to_bytes(8, "big") for word in row), "big") >> PAD


def touched(mask: int) -> list[tuple[int, np.uint64]]:
    """Those of a week's words that are not empty, with their place."""
    return [(nth, word) for nth, word in enumerate(words(mask)) if word]


def masked(parts: Words, mask: int) -> list[Array]:
    return [part & word for part, word in zip(parts, words(mask), strict=True)]


def stretches(parts: Words, at_least: int) -> tuple[Ints, Ints]:
    """Of stretches of at least so many quarters: how many there are, and how long they are together.

    A bit of `starts` says that from there on so many are set, so a stretch of n has n - at_least + 1 of them.
    """
    starts = list(parts)
    reached = 1
    while reached < at_least:
        step = min(reached, at_least - reached, WORD - PAD)
        starts = [one & other for one, other in zip(starts, earlier(starts, step), strict=True)]
        reached += step
    set_bits = sum((np.bitwise_count(one).astype(np.int64) for one in starts), start=np.zeros(len(parts[0]), np.int64))
    first = [one & ~before for one, before in zip(starts, later_by_one(starts), strict=True)]
    found = sum((np.bitwise_count(one).astype(np.int64) for one in first), start=np.zeros(len(parts[0]), np.int64))
    together = set_bits + (at_least - 1) * found
    all_week = set_bits == week.QUARTERS_A_WEEK  # one stretch without a beginning
    return np.where(all_week, 1, found), np.where(all_week, week.QUARTERS_A_WEEK, together)


def earlier(parts: Words, quarters: int) -> list[Array]:
    """Each quarter-hour moved so much earlier, Monday's into Sunday. At most 32."""
    left, right = np.uint64(quarters), np.uint64(WORD - quarters)
    moved = [(one << left) | (following >> right) for one, following in zip(parts, [*parts[1:], parts[0]], strict=True)]
    moved[-1] = (parts[-1] << left) | ((parts[0] >> right) << np.uint64(PAD))
    return moved


def later_by_one(parts: Words) -> list[Array]:
    one, top = np.uint64(1), np.uint64(WORD - 1)
    moved = [(part >> one) | (before << top) for part, before in zip(parts[1:], parts[:-1], strict=True)]
    moved[-1] &= _LAST
    first = (parts[0] >> one) | ((parts[-1] >> np.uint64(PAD)) << top)
    return [first, *moved]


@cache
def days_there() -> Array:
    """By which days of a week are kept, Monday the lowest of 7 bits: the week's eleven words."""
    table = np.zeros((WEEK_WORDS, 128), np.uint64)
    for days in range(128):
        bits = 0
        for day in range(7):
            if days >> day & 1:
                bits |= week.day_mask(day)
        table[:, days] = words(bits)
    return table
