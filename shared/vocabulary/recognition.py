"""Looks typed words up in a list: known as they stand, likely by likeness, or unknown. `understanding` is its face to others."""
import re
from dataclasses import dataclass
from functools import lru_cache

from shared.vocabulary.likeness import normalise
from shared.vocabulary.names import named, names_in
from shared.vocabulary.spellings import index, is_english, meanings
from shared.vocabulary.terms import Kind, terms

OFFERED = 5
"""Suggestions to choose from, at most."""
WITH_SCRIPT_OR_REGION = re.compile(
    r"([a-z]{2,3})(-(latn|cyrl|arab|guru|deva|beng|hans|hant|ethi|hebr|grek))?(-([a-z]{2}|[0-9]{3}))?"
)


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
    as_it_stands = code in terms(kind) and not (len(code) > 2 and is_english(kind, code))
    return Known(code, typed) if as_it_stands else from_words(kind, typed)


@lru_cache(maxsize=20_000)
def from_words(kind: Kind, typed: str) -> Understood:
    """What a person typed. A language tag with its region ('en-GB') counts as a word too: nobody means anything else by it."""
    words = normalise(typed)
    meant = meanings(kind, words) or _as_tag(kind, typed) or (named(typed) if kind is Kind.LANGUAGE else ())
    if len(meant) == 1 and (not is_english(kind, words) or _is_tag_of_two(typed, meant[0])):
        return Known(meant[0], typed)
    if meant or not words:
        return Unknown(typed, meant)
    near = index(kind).near(words)
    within = [tag for _, _, tag in names_in(words.split())] if kind is Kind.LANGUAGE else []
    offered = tuple(dict.fromkeys(code for code in (*within, *near.codes) if code in terms(kind)))[:OFFERED]
    if near.sure and near.codes[0] in terms(kind):
        return Likely(near.codes[0], typed, tuple(dict.fromkeys((near.codes[0], *offered)))[:OFFERED])
    return Unknown(typed, offered)


def _is_tag_of_two(typed: str, tag: str) -> bool:
    """'so' is a tag as systems write it; 'So' and 'men' are words."""
    return typed.strip() == tag and len(tag) == 2


def _as_tag(kind: Kind, typed: str) -> tuple[str, ...]:
    """'en-GB' and 'uz-Cyrl' are English and Uzbek; 'x-makaton' is itself."""
    tag = typed.strip().lower()
    if kind is not Kind.LANGUAGE:
        return ()
    if tag in terms(kind):
        return (tag,)
    with_region = WITH_SCRIPT_OR_REGION.fullmatch(tag)
    return (with_region[1],) if with_region and with_region[1] in terms(kind) else ()


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

