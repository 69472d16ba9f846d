"""What a message means: one structure, worded once per language, that every format renders whole."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.directions import all_fenced, fenced
from services.notifier.domain.hours import LONDON
from services.notifier.domain.week_in_words import say_clock, say_hours, say_week

Given: TypeAlias = Mapping[str, int | str | list[str]]
"""What is known when the message is asked for: counts, quarter-hours, ISO days and moments, codes. Never a contact point."""

Names = Callable[[str, str, str], str | None]
"""(kind, code, language) -> the words for a code in that language; None = there are none."""

CODED = frozenset({"language", "band", "practice", "skill"})
"""Kinds of facts that are one code of a list."""


class CopyState(StrEnum):
    """Whether a native speaker has read the words. Draft words are never sent."""

    REVIEWED = "reviewed"
    DRAFT = "draft"


class NoWords(Exception):
    """Something in this message has no words in this language, so it cannot be said in it."""


@dataclass(frozen=True, slots=True)
class Language:
    """What every message in one language needs: headings, days, how to answer, how to get help."""

    tag: str
    direction: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    words: Mapping[str, str]
    """Phrases by name, with `{placeholders}`."""
    scopes: Mapping[str, str] = field(default_factory=dict)
    state: CopyState = CopyState.DRAFT
    """While what all messages share is a draft, no message in this language is sent."""
    against: str | None = None
    """The mark of the English words it was signed off beside."""


@dataclass(frozen=True, slots=True)
class FactCopy:
    """One fact: its label, and what its value is: count, hours, week, pay (pence), day, moment, tasks, scopes, words, a code…"""

    name: str
    label: str
    kind: str
    private: bool = False
    """Private facts are in every format that only the party opens; a text message points to where they are."""
    optional: bool = False
    if_room: bool = False  # a text message says it only where it does not grow too long for it


@dataclass(frozen=True, slots=True)
class Idea:
    """One thing to say in easy read, with the name of the picture that stands beside it."""

    picture: str
    says: str


@dataclass(frozen=True, slots=True)
class Copy:
    """The words of one message in one language."""

    about: str
    audience: PartyKind
    state: CopyState
    title: str
    what_happened: tuple[str, ...]
    facts: tuple[FactCopy, ...]
    what_you_can_do: tuple[str, ...]
    by_when: str | None
    reply: bool = False
    """Whether it asks for a yes or a no."""
    answers: tuple[str, ...] = ()
    """What a yes says, and what a no does. Empty: as an ask to meet has it."""
    answer_words: tuple[str, ...] = ()
    """The words to text for them, where they are not YES and NO."""
    also_to: tuple[PartyKind, ...] = ()
    """Others who are told the same in the same words."""
    opening: str = "what_happened"
    """Which heading its first part has."""
    easy: tuple[Idea, ...] = ()
    """Words of its own for easy read: nothing is shortened by a machine. Empty = there are none yet."""
    against: str | None = None
    """The mark of the English words these were signed off beside; with other English they are a draft again."""


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    label: str
    value: str
    private: bool
    if_room: bool = False


@dataclass(frozen=True, slots=True)
class ReplyWays:
    """One action on one offer: a link nobody can guess, and a short code for those who write or speak."""

    link: str
    code: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where a reader can go for more, and whom to ask. Settings of the council, not of the message."""

    sender: str
    list_link: str
    help_phone: str | None = None
    help_email: str | None = None
    text_number: str | None = None
    """The number that takes answers by text message, for those who were not told by one."""


@dataclass(frozen=True, slots=True)
class Content:
    """One message to one party in one language, whole. Renderers add form, never meaning."""

    about: str
    language: Language
    sender: str
    greeting: str
    greeting_name: str
    title: str
    what_happened: tuple[str, ...]
    facts: tuple[Fact, ...]
    what_you_can_do: tuple[str, ...]
    by_when: str | None
    help: tuple[str, ...]
    link: str
    written_on: str
    reply: ReplyWays | None = None
    how_to_answer: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    answer_words: tuple[str, ...] = ()
    discreet: bool = False
    opening: str = "what_happened"
    easy: tuple[Idea, ...] = ()

    def heading(self, name: str) -> str:
        return self.language.words[f"heading_{name}"]


def compose(
    copy: Copy, language: Language, given: Given, *, address_as: str, places: Places, now: datetime, names: Names,
    reply: ReplyWays | None = None, discreet: bool = False,
) -> Content:
    """The message in words. Raises NoWords when a code has none in this language, KeyError never: copy is checked on load."""
    facts = tuple(
        Fact(f.name, f.label, say(f.kind, given[f.name], language, names), f.private, f.if_room)
        for f in copy.facts if not (f.optional and f.name not in given)
    )
    values = {f.name: f.value for f in facts} | {"list_link": places.list_link, "sender": places.sender}
    return Content(
        about=copy.about, language=language, sender=places.sender,
        greeting=language.words["greeting"].format(name=address_as), greeting_name=address_as,
        title=copy.title,
        what_happened=all_fenced((line.format(**values) for line in copy.what_happened), language.direction),
        facts=tuple(replace(fact, value=fenced(fact.value, language.direction)) for fact in facts),
        what_you_can_do=all_fenced((line.format(**values) for line in copy.what_you_can_do), language.direction),
        by_when=fenced(copy.by_when.format(**values), language.direction) if copy.by_when else None,
        help=all_fenced(help_lines(language, places), language.direction),
        link=places.list_link,
        written_on=say_day(now.astimezone(LONDON).date(), language),
        reply=reply if copy.reply else None,
        how_to_answer=all_fenced(
            ways_to_answer(copy, reply, language, places) if copy.reply and reply else (), language.direction
        ),
        answers=copy.answers, answer_words=copy.answer_words, discreet=discreet, opening=copy.opening, easy=copy.easy,
    )


def ways_to_answer(copy: Copy, reply: ReplyWays, language: Language, places: Places) -> tuple[str, ...]:
    """Every way that exists: a number nobody set is not offered."""
    words = language.words
    own = dict(zip(("yes", "no"), copy.answer_words, strict=False))
    lines = [words["reply_link_own" if own else "reply_link"].format(link=reply.link)]
    if places.text_number:
        lines.append(words["reply_text_own" if own else "reply_text"].format(code=reply.code, number=places.text_number, **own))
    if places.help_phone:
        lines.append(words["reply_phone"].format(phone=places.help_phone))
    lines.append(words["reply_code"].format(code=reply.code))
    return tuple(lines)


def help_lines(language: Language, places: Places) -> tuple[str, ...]:
    words = language.words
    lines = [words["help_ask"]]
    if places.help_phone:
        lines.append(words["help_phone"].format(phone=places.help_phone))
    if places.help_email:
        lines.append(words["help_email"].format(email=places.help_email))
    lines.append(words["help_form"])
    return tuple(lines)


def say(kind: str, value: int | str | list[str], language: Language, names: Names) -> str:
    """One value in words of this language."""
    match kind, value:
        case "hours", int():
            return say_hours(value, language.words)
        case "week", str():
            return say_week(value, language.days, language.words)
        case "pay", int():
            return f"£{value // 100}.{value % 100:02}"
        case "day", str():
            return say_day(date.fromisoformat(value), language)
        case "moment", str():
            return say_moment(datetime.fromisoformat(value), language)
        case ("relation" | "data_ask" | "data_part" | "data_reason"), str():
            return language.words[f"{kind}_{value}"]
        case _, str() if kind in CODED:
            return name_of(kind, value, language, names)
        case ("tasks" | "scopes"), list():
            return language.words["list_separator"].join(name_of(kind, code, language, names) for code in value)
        case _:
            return str(value)


def name_of(kind: str, code: str, language: Language, names: Names) -> str:
    words = language.scopes.get(code) if kind == "scopes" else names(kind, code, language.tag)
    if words is None:
        raise NoWords(code)
    return words


def say_day(day: date, language: Language) -> str:
    return language.words["day"].format(
        weekday=language.days[day.weekday()], number=day.day, month=language.months[day.month - 1], year=day.year
    )


def say_moment(moment: datetime, language: Language) -> str:
    here = moment.astimezone(LONDON)
    clock = say_clock(here.hour, here.minute, language.words)
    return language.words["moment"].format(clock=clock, day=say_day(here.date(), language))
