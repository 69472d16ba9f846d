"""The times of a plan, from words or slots, to quarter-hours of a week."""
from collections.abc import Iterable

from services.portal.domain.plan import Flexible, Question, Understood
from services.portal.usecases.words import Listening
from shared.contracts.intake import FlexibleIn, SlotIn
from shared.vocabulary.week import DAYS, EMPTY, QUARTERS_A_DAY, Week, in_words, slot, to_hex, week_from_words
from shared.vocabulary.week import quarters as count


def fixed_times(words: str | None, slots: Iterable[SlotIn], heard: Listening) -> Week:
    """Words and slots together, where both are given."""
    week = week_of("times", words, heard) if words else EMPTY
    for at, one in enumerate(slots):
        start, end = clock_quarter(one.start), clock_quarter(one.end)
        if start >= QUARTERS_A_DAY or end > QUARTERS_A_DAY:
            heard.refuse(f"slots[{at}]", "no_such_time")
            continue
        week |= slot(DAYS.index(one.day), start, end)
    return week


def flexible_times(pieces: Iterable[FlexibleIn], heard: Listening) -> tuple[Flexible, ...]:
    found = []
    for at, piece in enumerate(pieces):
        where = f"flexible[{at}]"
        window = week_of(f"{where}.window", piece.window, heard)
        wanted, least = int(piece.hours * 4), int(piece.at_least_hours * 4)
        if window == EMPTY:
            continue  # asked about: it counts again as soon as the words are clear
        if wanted > count(window):
            heard.refuse(f"{where}.hours", "more_than_the_window")
        elif least > wanted:
            heard.refuse(f"{where}.at_least_hours", "piece_longer_than_whole")
        else:
            found.append(Flexible(wanted, to_hex(window), least))
    return tuple(found)


def week_of(where: str, words: str, heard: Listening) -> Week:
    reading = week_from_words(words)
    heard.asked.extend(Question(where, piece) for piece in reading.not_understood)
    if reading.week != EMPTY:
        heard.understood.append(Understood(where, words, "week", in_words(reading.week)))
    elif not reading.not_understood:
        heard.asked.append(Question(where, words))
    return reading.week


def sleep_ins(days: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({DAYS.index(day) for day in days}))


def clock_quarter(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 4 + int(minutes) // 15
