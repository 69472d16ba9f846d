"""The part of *How I am told things* that is about safety, talking with somebody, and supporters who are told too."""
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from services.portal.clients.notifier import Contact
from services.portal.pages.typed import Typed
from services.portal.usecases.supporters import Beside
from shared.vocabulary import formats
from shared.vocabulary.week import DAY_NAMES, EMPTY, QUARTERS_A_DAY, in_words, slot, slots, week_from_words

TOPICS = (
    ("lists", "My list: who is on it, and when it changes"), ("meetings", "What PAs answer when I ask to meet"),
    ("shared_jobs", "The job I share"),
)
LAST_MINUTE = "23:59"  # a record's times are clock times, and no clock shows 24:00
EXAMPLE = "Write it like: Tuesday and Thursday 10am to midday"


NEEDS = {
    "communication_professional": "Somebody who helps us understand each other", "communication_support": "How I communicate",
}


def needs_offered() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(field, legend, choices): the Standard's labels, word for word."""
    return [
        (field, legend, [(need.snomed, need.label) for need in formats.needs() if need.category == field])
        for field, legend in NEEDS.items()
    ]


def shown(contact: Contact) -> Mapping[str, object]:
    return {
        "safe_times": week_in_words(contact.safe_times), "shared_post": ["yes"] if contact.shared_post else [],
        **{field: contact.needs for field in NEEDS}, "version": contact.version,
        **{f"copies-{copy.supporter_id}": copy.topics for copy in contact.copies},
    }


def typed_in(typed: Typed, supporters: Sequence[Beside]) -> dict[str, Any]:
    """In the shape the notifier keeps; what is not clear is said on the form."""
    offered = dict(TOPICS)
    needs = [code for field, _, choices in needs_offered() for code, _ in choices if code in typed.many(field)]
    ids = [one.delegation.supporter_id for one in supporters if one.holds]
    chosen = {one: [topic for topic in typed.many(f"copies-{one}") if topic in offered] for one in ids}
    return {
        "safe_times": safe_times_typed(typed), "shared_post": typed.one("shared_post") == "yes",
        "needs": needs,
        "copies": [{"supporter_id": str(supporter), "topics": topics} for supporter, topics in chosen.items() if topics],
    }


def safe_times_typed(typed: Typed) -> list[dict[str, Any]]:
    words = typed.one("safe_times")
    if not words:
        return []
    reading = week_from_words(words)
    if reading.not_understood or reading.week == EMPTY:
        unclear = "”, “".join(reading.not_understood or (words,))
        typed.say("safe_times", f"We do not understand “{unclear}”. {EXAMPLE}")
        return []
    days: dict[tuple[int, int], list[int]] = {}
    for day, start, end in slots(reading.week):
        over_night = end <= start
        first = (day, start, QUARTERS_A_DAY if over_night else end)
        for at, begins, ends in (first, ((day + 1) % 7, 0, end)) if over_night else (first,):
            if ends > begins:
                days.setdefault((begins, ends), []).append(at)
    return [
        {"days": [DAY_NAMES[day].lower() for day in sorted(which)], "begins": clock(begins), "ends": clock(ends)}
        for (begins, ends), which in days.items()
    ]


def week_in_words(safe_times: Sequence[Any]) -> str:
    """Never more than was recorded: a time between two quarters of an hour is taken to the safe side."""
    week = EMPTY
    names = [name.lower() for name in DAY_NAMES]
    for one in safe_times:
        begins, ends = time.fromisoformat(one.begins), time.fromisoformat(one.ends)
        first = begins.hour * 4 + -(-begins.minute // 15)
        last = QUARTERS_A_DAY if one.ends[:5] == LAST_MINUTE else ends.hour * 4 + ends.minute // 15
        for day in one.days:
            if first < last:
                week |= slot(names.index(day), first, last)
    return "" if week == EMPTY else in_words(week)


def clock(quarter: int) -> str:
    return LAST_MINUTE if quarter == QUARTERS_A_DAY else f"{quarter // 4:02}:{quarter % 4 * 15:02}"
