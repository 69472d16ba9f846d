"""The words for a copy of somebody's data: what each part is, and how a name of a field or a value is read out."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.portal.pages.wording import at, begun, on_day

SERVICES = {
    "portal": "Your account, plans and supporters",
    "registry": "Your profile as a PA",
    "matcher": "Lists, and who asked to meet whom",
    "notifier": "How you are told things, and what we told you",
}
DATA_SAID = {
    "data_asked": "Thank you. We will tell you as soon as it is done.",
    "data_asked_before": "You have asked for this already. We are working on it.",
    "data_decided": "It is written down. We let them know.",
    "data_taken_back": "You have taken it back. We do nothing more about it.",
    "data_taken_back_for_them": "It is taken back. Nobody need work on it any more.",
    "data_done_already": "This is done already, or being done just now. It can no longer be taken back.",
}
DATA_KINDS = {"copy": "A copy of their data", "correct": "Something is wrong", "erase": "To be forgotten"}
DATA_ASKED = {
    "copy": "You asked for a copy", "correct": "You said that something is wrong", "erase": "You asked us to forget you",
}  # fmt: skip
DATA_STATES = {
    "asked": "We are working on it",
    "ready": "Ready",
    "over": "It was ready, and its time is over",
    "corrected": "We put it right",
    "not_changed": "We did not change it",
    "held": "We have to keep it for now",
    "agreed": "We are about to erase it",
    "erasing": "We are erasing it",
    "erased": "Erased",
    "taken_back": "Taken back",
}
TAKE_BACK = {
    "copy": "You no longer want a copy of your data.",
    "correct": "You no longer want us to look at what you said is wrong. What you wrote goes too.",
    "erase": "You do not want to be forgotten after all. Everything stays as it is.",
}
REASONS = {
    "right": "We checked it, and it is right as it is",
    "record": "It says what was said or done at that time, and that stays as it was",
    "not_shown": "We could not find out what is right. Something that shows it would help",
    "elsewhere": "Somebody else holds it, so only they can change it",
    "law": "Another law says that we must keep it",
    "public_health": "It is needed to protect everybody’s health",
    "court": "It is needed for a claim in court",
}
ABOUT = {
    "name": "Their name",
    "contact": "How to reach them",
    "plan": "Their plan or wishes",
    "profile": "Their profile as a PA",
    "supporters": "Who helps them",
    "meetings": "Asks to meet, meetings or work",
    "messages": "What we told them",
    "other": "Something else",
}
DECISIONS = {
    "corrected": "We put it right. It is done on the usual pages already",
    "not_changed": "We do not change it",
    "agreed": "Erase it. We tell them first, and it cannot be undone",
    "held": "It has to be kept for now",
}
NEEDS_A_REASON = ("not_changed", "held")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact; or, without words of its own, a heading for the lines in it."""

    name: str
    words: str = ""
    lines: Sequence["Line"] = field(default=())


def read_out(things: Mapping[str, object]) -> list[Line]:
    return [line for name, value in things.items() if (line := line_of(named(name), value))]


def line_of(name: str, value: object) -> Line | None:
    match value:
        case None | "":
            return None
        case dict():
            inside = read_out(value)
            return Line(name, lines=inside) if inside else None
        case list() if any(isinstance(one, dict | list) for one in value):
            return Line(name, lines=list(numbered(value)))
        case list():
            return Line(name, ", ".join(in_words(one) for one in value)) if value else None
        case _:
            return Line(name, in_words(value))


def numbered(values: Sequence[object]) -> Iterator[Line]:
    for number, one in enumerate(values, start=1):
        if line := line_of(str(number), one):
            yield line


def named(name: str) -> str:
    """'asked_at' is read 'Asked at'. What is no name of ours (a word somebody typed) stays as it is."""
    return begun(name.replace("_", " ")) if re.fullmatch(r"[a-z0-9_]+", name) else name


def in_words(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    if MOMENT.match(text):
        try:
            return at(datetime.fromisoformat(text))
        except ValueError:
            return text
    if DAY.fullmatch(text):
        try:
            return on_day(text)
        except ValueError:
            return text
    return text
