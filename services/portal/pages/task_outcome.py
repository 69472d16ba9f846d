"""How a contact task went, as it was typed, in the shape the notifier takes it."""
from datetime import datetime

from services.portal.domain.days import HERE
from services.portal.pages.contact import is_clock
from services.portal.pages.task_words import ANSWERS, COULD_NOT, OUTCOMES
from services.portal.pages.typed import Typed

FIELDS = {
    "take": {},
    "put-back": {"note": "put_back_note"},
    "hand-on": {"note": "hand_on_note", "team": "team"},
    "outcome": {"note": "note", "answer": "answer", "key": "answer", "code": "code", "try_again_at": "again", "why": "why"},
}
WHOLE = {"take": "take", "put-back": "put_back_note", "hand-on": "team", "outcome": "outcome"}
"""The field that a problem with the whole is shown at."""


def field_of(doing: str, path: str) -> str:
    """The notifier's field is that of the form."""
    return FIELDS[doing].get(path.rpartition(".")[2], WHOLE[doing])


def outcome_typed(typed: Typed) -> dict[str, object] | None:
    """None: there is something to put right. What belongs to another outcome than the one chosen is left out."""
    outcome = typed.chosen("outcome", dict(OUTCOMES), "Choose how it went")
    said: dict[str, object] = {"outcome": outcome, "note": typed.one("note") or None}
    match outcome:
        case "reached":
            said |= answer_typed(typed)
        case "not_reached":
            said["try_again_at"] = again.isoformat() if (again := again_typed(typed)) else None
        case "could_not":
            said["why"] = typed.chosen("why", dict(COULD_NOT), "Choose why it cannot be done this way")
    return None if typed.wrong else said


def answer_typed(typed: Typed) -> dict[str, object]:
    given = typed.one("answer")
    if given not in dict(ANSWERS):
        typed.say("answer", "Choose what they said")
    if given.startswith("key "):
        return {"key": given.removeprefix("key ")}
    return {"answer": given if given in ("yes", "no") else None}


def again_typed(typed: Typed) -> datetime | None:
    """When to try again, here. None: in a day, or there is something to put right."""
    day, clock = typed.day("again", "the day to try again"), typed.one("again_at")
    if "again" in typed.wrong:
        return None
    if clock and not is_clock(clock):
        typed.say("again_at", "Write a time like 14:30")
        return None
    if (day is None) != (not clock):
        typed.say("again" if day is None else "again_at", "Write both a day and a time, or leave both out")
        return None
    if day is None:
        return None
    hour, _, minute = clock.partition(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=HERE)
