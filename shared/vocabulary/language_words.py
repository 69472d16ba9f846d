"""Reads the languages people list, with how well and in which way: "Urdu - mother tongue; some Arabic; BSL level 2"."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from shared.vocabulary.languages import is_signed
from shared.vocabulary.level_words import Skill, read_skill
from shared.vocabulary.likeness import normalise
from shared.vocabulary.names import name_in, names_in, of_a_family
from shared.vocabulary.recognition import Known, Likely, Unknown, from_words, split_words
from shared.vocabulary.terms import Kind


@dataclass(frozen=True)
class LanguageReading:
    """One language. Levels are those of `shared.contracts.Level`; None = not said."""

    tag: str
    spoken: str | None
    read: str | None
    signed: str | None
    typed: str
    sure: bool
    """False: the name was only likely, so it is kept unconfirmed and asked about."""


@dataclass(frozen=True)
class LanguageQuestion:
    """Something to ask about what was typed."""

    typed: str
    about: Literal["language", "level"]
    tag: str | None
    """The language the question is about; None where it is not known which."""
    suggestions: tuple[str, ...] = ()
    """Tags, nearest first."""


@dataclass(frozen=True)
class LanguagesReading:
    languages: tuple[LanguageReading, ...]
    questions: tuple[LanguageQuestion, ...]


def languages_from_words(text: str) -> LanguagesReading:
    """Every language said, once each, and what must be asked. A level nobody gave stays None: it is asked, never assumed."""
    found: dict[str, LanguageReading] = {}
    questions: list[LanguageQuestion] = []
    for piece in _pieces(text):
        for answer in _read(piece):
            if isinstance(answer, LanguageQuestion):
                if not any(answer.tag and (asked.about, asked.tag) == (answer.about, answer.tag) for asked in questions):
                    questions.append(answer)
            else:
                found[answer.tag] = _joined(found[answer.tag], answer) if answer.tag in found else answer
    said = {reading.tag for reading in found.values() if reading.spoken or reading.read or reading.signed}
    return LanguagesReading(
        tuple(found.values()), tuple(each for each in questions if each.about == "language" or each.tag not in said)
    )


def _pieces(text: str) -> list[str]:
    """Commas part languages; 'and', '&' and '/' only where a language is named on both sides.
    A piece that names none goes with the one before it.
    """
    pieces: list[str] = []
    for piece in split_words(text):
        parts = re.split(r"(?:\s+(?:and|plus|also)\s+|\s*[&/+]\s*|\.\s+)(?![^(]*\))", piece)
        if len(parts) > 1 and all(name_in(normalise(part).split()) for part in parts):
            pieces += parts
        elif pieces and _names_nothing(piece):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    return pieces


def _names_nothing(piece: str) -> bool:
    """'read some', after 'Hindi: speak fluent'."""
    words = normalise(piece).split()
    return not name_in(words) and not read_skill(words, []).other


def _read(piece: str) -> Iterator[LanguageReading | LanguageQuestion]:
    words = normalise(piece).split()
    whole = from_words(Kind.LANGUAGE, piece)
    place = (0, len(words), whole.code) if isinstance(whole, Known) else name_in(words)
    if place and not isinstance(whole, Known):
        names = names_in(words)
        side_by_side = len(names) == 2 and names[0][1] == names[1][0]
        one = of_a_family(names[0][2], names[1][2]) if side_by_side else ()
        if len(one) == 1:
            place = (names[0][0], names[1][1], one[0])  # 'Arabic (Iraqi)'
        elif len(names) > 1:
            yield from _each(piece, words, names)
            return
    if place:
        start, end, tag = place
        yield from _with_skill(piece, tag, read_skill(words[:start], words[end:]))
        return
    skill = read_skill(words, [])
    name = " ".join(skill.other)
    understood = whole if name in ("", " ".join(words)) else from_words(Kind.LANGUAGE, name)
    if isinstance(understood, Unknown):
        yield LanguageQuestion(piece, "language", None, understood.suggestions)
        return
    yield LanguageQuestion(piece, "language", understood.code, getattr(understood, "suggestions", ()))
    for answer in _with_skill(piece, understood.code, read_skill([word for word in words if word not in skill.other], [])):
        yield replace(answer, sure=False) if isinstance(answer, LanguageReading) and isinstance(understood, Likely) else answer


def _each(piece: str, words: list[str], names: list[tuple[int, int, str]]) -> Iterator[LanguageReading | LanguageQuestion]:
    """'English fluent Urdu some', or 'fluent English some Urdu': what is said goes with the name on its own side.

    With a word among them that we do not know, even the names are not sure: 'Spanish (Latin American)' is not Latin.
    """
    between = [word for at, word in enumerate(words) if not any(start <= at < end for start, end, _ in names)]
    if read_skill(between, []).other:
        yield LanguageQuestion(piece, "language", None, tuple(tag for _, _, tag in names))
        return
    name_first = names[0][0] == 0
    cuts = [start for start, _, _ in names[1:]] if name_first else [end for _, end, _ in names[:-1]]
    for first, last in zip([0, *cuts], [*cuts, len(words)], strict=True):
        yield from _read(" ".join(words[first:last]))


def _with_skill(piece: str, tag: str, skill: Skill) -> Iterator[LanguageReading | LanguageQuestion]:
    if skill.refused:
        yield LanguageQuestion(piece, "language", tag, (tag,))
        return
    levels = skill.levels
    if is_signed(tag):
        signed = levels.get("signed") or levels.get("spoken") or levels.get("")
        yield LanguageReading(tag, None, None, signed, piece, True)
        known = signed is not None
    else:
        spoken, read = levels.get("spoken") or levels.get(""), levels.get("read")
        yield LanguageReading(tag, spoken, read, None, piece, True)
        known = spoken is not None or read is not None
    if skill.other or not known:
        yield LanguageQuestion(piece, "level", tag)


def _joined(first: LanguageReading, again: LanguageReading) -> LanguageReading:
    """'Speaks Urdu fluently, reads some Urdu': one language, said twice."""
    return replace(
        first, spoken=first.spoken or again.spoken, read=first.read or again.read, signed=first.signed or again.signed,
        typed=f"{first.typed}, {again.typed}", sure=first.sure and again.sure,
    )
