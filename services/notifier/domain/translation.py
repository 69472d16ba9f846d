"""The words of one message in one language as named passages: what a translator reads, writes and signs off."""
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from string import Formatter
from typing import TypeAlias
from uuid import UUID

from services.notifier.domain.wording import Copy, CopyState, Language

Passages: TypeAlias = Mapping[str, str]
"""Name -> words. Sentences of one passage stand on lines of their own."""

EVERY_MESSAGE = "every_message"
"""What all messages of a language share: headings, days, how to answer, how to get help. Signed off like a message."""
EVERYBODY = "everybody"
AS_MANY_LINES = ("days", "months", "answers")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is translated and signed off as one: a message to one audience, or what every message shares."""

    about: str
    audience: str


SHARED = Unit(EVERY_MESSAGE, EVERYBODY)


class Standing(StrEnum):
    """How far a translation is. Only what is signed off is ever sent."""

    MISSING = "missing"
    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    ENGLISH_CHANGED = "english_changed"
    """It was signed off beside other English words, so it is a draft again."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One version of one unit's words in one language, as somebody of this council kept it."""

    council: str
    language: str
    unit: Unit
    version: int
    passages: Passages
    english: str
    """The mark of the English words it was written beside."""
    written_by: UUID
    written_at: datetime
    signed_by: UUID | None = None
    signed_at: datetime | None = None


def of_copy(copy: Copy) -> Passages:
    said = {
        "title": copy.title, "what_happened": "\n".join(copy.what_happened), "what_you_can_do": "\n".join(copy.what_you_can_do),
    }
    if copy.by_when is not None:
        said["by_when"] = copy.by_when
    if copy.answers:
        said["answers"] = "\n".join(copy.answers)
    return said | {f"facts.{fact.name}": fact.label for fact in copy.facts}


def of_language(language: Language) -> Passages:
    return {
        **{f"words.{name}": words for name, words in language.words.items()},
        **{f"scopes.{name}": words for name, words in language.scopes.items()},
        "days": "\n".join(language.days), "months": "\n".join(language.months),
    }


def to_copy(model: Copy, said: Passages) -> Copy:
    """The English message with these words in place of its own, as reviewed."""
    return replace(
        model, state=CopyState.REVIEWED, against=mark(of_copy(model)), title=said["title"],
        what_happened=lines(said["what_happened"]),
        what_you_can_do=lines(said["what_you_can_do"]), by_when=said.get("by_when"), answers=lines(said.get("answers", "")),
        facts=tuple(replace(fact, label=said[f"facts.{fact.name}"]) for fact in model.facts), easy=(),
    )


def to_language(model: Language, tag: str, direction: str, said: Passages) -> Language:
    return Language(
        tag, direction, lines(said["days"]), lines(said["months"]), {name: said[f"words.{name}"] for name in model.words},
        {name: said[f"scopes.{name}"] for name in model.scopes}, CopyState.REVIEWED, mark(of_language(model)),
    )


def lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def mark(english: Passages) -> str:
    """Another word anywhere in the English, and this is another mark."""
    return hashlib.sha256(json.dumps(english, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def placeholders(words: str) -> frozenset[str]:
    """Raises ValueError for braces that open and do not close, or hold more than a name."""
    found = set()
    for _, name, form, conversion in Formatter().parse(words):
        if name is not None:
            if not name.isidentifier() or form or conversion:
                raise ValueError(name)
            found.add(name)
    return frozenset(found)


def problems(english: Passages, said: Passages) -> dict[str, str]:
    """What keeps these words from being signed off, by passage, in words for the translator."""
    found = {}
    for name, model in english.items():
        if problem := problem_of(name, model, said.get(name, "")):
            found[name] = problem
    return found | {name: "The English has no such passage: take it out" for name in said if name not in english}


def problem_of(name: str, model: str, said: str) -> str | None:
    if not said.strip():
        return "Nothing is written here yet"
    try:
        has = placeholders(said)
    except ValueError:
        return "Something is wrong with the curly brackets: write each one as in the English, like {link}"
    wanted = placeholders(model)
    if missing := wanted - has:
        return f"Put in {in_brackets(missing)}, as in the English"
    if unknown := has - wanted:
        return f"Take out {in_brackets(unknown)}: the English does not have it here"
    if name in AS_MANY_LINES and len(lines(said)) != len(lines(model)):
        return f"Write {len(lines(model))} lines, one for each"
    return None


def in_brackets(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def counts(english: Passages, kept: Translation) -> bool:
    """Whether these words may be sent: signed off beside the English as it is now, and whole."""
    return kept.signed_at is not None and kept.english == mark(english) and not problems(english, kept.passages)


def standing(english: Passages, shipped: Passages | None, reviewed: bool, kept: Translation | None) -> Standing:
    """The newest version says it all; before there is one, what came with the product does."""
    if kept is None:
        return Standing.MISSING if shipped is None else Standing.SIGNED_OFF if reviewed else Standing.DRAFT
    if counts(english, kept):
        return Standing.SIGNED_OFF
    return Standing.ENGLISH_CHANGED if kept.signed_at else Standing.DRAFT
