"""Every spelling a list knows, by what it means: labels, codes, aliases, own names, and words that could mean several things."""
from collections.abc import Iterator
from functools import cache

from shared.vocabulary.likeness import Index, normalise
from shared.vocabulary.terms import Kind, languages_elsewhere, parted, rows, terms

NO_LANGUAGE = (("no", "en"), ("no", "no"))
"""'No' in a column of languages is an answer far more often than it is Norwegian: so it could mean two things, and is asked."""


@cache
def index(kind: Kind) -> Index:
    return Index(spelled(kind), _not_taken(kind))


def meanings(kind: Kind, words: str) -> tuple[str, ...]:
    """The codes of words that are `normalise`d already, where the list has just these. Several: it is asked which."""
    return index(kind).exact.get(words, ())


def spelled_exactly(kind: Kind, words: str) -> str | None:
    """The one code of `normalise`d words."""
    meant = meanings(kind, words)
    return meant[0] if len(meant) == 1 and not is_english(kind, words) else None


def is_english(kind: Kind, words: str) -> bool:
    """An everyday word that a language's name or tag is spelt like, or nearly: 'men', 'Fan', 'War', 'blind' (decision 0069)."""
    return kind is Kind.LANGUAGE and words in english_words()


@cache
def english_words() -> frozenset[str]:
    return frozenset(row["words"] for row in rows("english_words"))


def spelled(kind: Kind) -> Iterator[tuple[str, str]]:
    """Each spelling, normalised, with one thing it means."""
    for term in terms(kind).values():
        yield normalise(term.label), term.code
        yield normalise(term.code.replace("_", " ")), term.code
        for alias in term.aliases:
            yield normalise(alias), term.code
    if kind is Kind.LANGUAGE:
        for tag, name in languages_elsewhere().items():
            yield normalise(name), tag
        yield from NO_LANGUAGE
    for row in rows("doubtful"):
        if row["kind"] == kind:
            yield from ((normalise(row["words"]), code) for code in parted(row["codes"]))


def _not_taken(kind: Kind) -> frozenset[str]:
    """Spelt like a language of ours: names of registered languages that are none (Shina is not Shona), and English words."""
    if kind is not Kind.LANGUAGE:
        return frozenset()
    return english_words() | {normalise(row["words"]) for row in rows("language_lookalikes")}
