"""Looks typed words up in a list: known as they stand, likely by likeness, or unknown. `understanding` is its face to others."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from shared.vocabulary.likeness import Index, normalise
from shared.vocabulary.terms import Kind, languages_elsewhere, parted, rows, terms


@dataclass(frozen=True)
class Known:
    """A code, a label, an alias or an autonym, as it stands in the list."""

    code: str
    typed: str


@dataclass(frozen=True)
class Likely:
    """Very like one word of the list and like no other. Usable as unconfirmed, and asked about: it never meets a must."""

    code: str
    typed: str
    suggestions: tuple[str, ...]
    """Codes, the likely one first."""


@dataclass(frozen=True)
class Unknown:
    """Asked about, never guessed."""

    typed: str
    suggestions: tuple[str, ...]
    """Codes that may have been meant, nearest first; often none."""


Understood = Known | Likely | Unknown


def understand(kind: Kind, typed: str) -> Understood:
    """A code of the list as it stands, or a word. So 'ga' is the tag for Irish, where 'Ga' could be a language of Ghana."""
    code = typed.strip()
    return Known(code, typed) if code in terms(kind) else from_words(kind, typed)


@lru_cache(maxsize=20_000)
def from_words(kind: Kind, typed: str) -> Understood:
    """What a person typed. A language tag with its region ('en-GB') counts as a word too: nobody means anything else by it."""
    words = normalise(typed)
    index = _index(kind)
    meant = index.exact.get(words) or _as_tag(kind, typed)
    if len(meant) == 1:
        return Known(meant[0], typed)
    if meant or not words:
        return Unknown(typed, meant)
    near = index.near(words)
    if near.sure and near.codes[0] in terms(kind):
        return Likely(near.codes[0], typed, near.codes)
    return Unknown(typed, near.codes)


def _as_tag(kind: Kind, typed: str) -> tuple[str, ...]:
    """'en-GB' is English; 'x-makaton' is itself."""
    tag = typed.strip().lower()
    if kind is not Kind.LANGUAGE or not re.fullmatch(r"[a-z]{1,3}(-[a-z0-9]{1,8})+", tag):
        return ()
    found = tag if tag in terms(kind) else tag.split("-")[0]
    return (found,) if found in terms(kind) else ()


@cache
def _index(kind: Kind) -> Index:
    return Index(_spellings(kind))


def _spellings(kind: Kind) -> Iterator[tuple[str, str]]:
    for term in terms(kind).values():
        yield normalise(term.label), term.code
        yield normalise(term.code.replace("_", " ")), term.code
        for alias in term.aliases:
            yield normalise(alias), term.code
    if kind is Kind.LANGUAGE:
        for tag, name in languages_elsewhere().items():
            yield normalise(name), tag
        for row in rows("language_doubtful"):
            for tag in parted(row["codes"]):
                yield normalise(row["words"]), tag
        yield from NO_LANGUAGE


NO_LANGUAGE = (("no", "en"), ("no", "no"))
"""'No' in a column of languages is an answer far more often than it is Norwegian: so it could mean two things, and is asked."""


def spelled_exactly(kind: Kind, words: str) -> str | None:
    """The code of words that are `normalise`d already, where the list has just these."""
    meant = _index(kind).exact.get(words, ())
    return meant[0] if len(meant) == 1 else None


def split_words(text: str) -> tuple[str, ...]:
    """'Panjabi, English (fluent); BSL' -> three pieces. Commas within brackets do not part, nor does 'and'."""
    return tuple(piece.strip() for piece in re.split(r"[,;\n|•](?![^(]*\))", text) if piece.strip(" .-"))


def understand_words(kind: Kind, text: str) -> tuple[Understood, ...]:
    """Each of several, as people list them: 'Football, gardening and the pub'. One word said twice counts once."""
    found: dict[str, Understood] = {}
    for piece in split_words(text):
        for understood in _whole_or_parts(kind, piece):
            found.setdefault(getattr(understood, "code", normalise(understood.typed)), understood)
    return tuple(found.values())


def _whole_or_parts(kind: Kind, piece: str) -> tuple[Understood, ...]:
    """'Arts and crafts' is one thing, 'cooking and cleaning' two: parted only where each part is known."""
    whole = understand(kind, piece)
    parts = [part for part in re.split(r"\s+(?:and|or)\s+|\s*[&/+]\s*", piece) if part.strip()]
    if isinstance(whole, Known) or len(parts) < 2:
        return (whole,)
    understood = tuple(understand(kind, part) for part in parts)
    return understood if any(isinstance(part, Known) for part in understood) else (whole,)

