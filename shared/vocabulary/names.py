"""Language names among other words: 'Kurdish (Sorani)' is one language, 'Farsi/Dari' two, 'Mirpuri (spoken dialect)' one."""
import re
from collections.abc import Sequence

from shared.vocabulary.languages import languages, related
from shared.vocabulary.likeness import normalise
from shared.vocabulary.spellings import meanings, spelled_exactly
from shared.vocabulary.terms import Kind

LONGEST = 6
"""Words in a name."""
BESIDE_A_NAME = frozenset((
    "language", "languages", "dialect", "dialects", "spoken", "only", "any", "other", "not", "otherwise", "specified", "nos",
    "macrolanguage", "speaking", "speaker", "also", "known", "as", "aka", "called", "or",
))
"""Words that lists put beside a name and that name nothing: 'Albanian (Not otherwise specified)', 'Igbo (also known as Ibo)'."""


def name_in(words: Sequence[str]) -> tuple[int, int, str] | None:
    """Where the longest known name stands: 'british sign language' before 'british'."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            tag = spelled_exactly(Kind.LANGUAGE, " ".join(words[start : start + length]))
            if tag and not (length == 1 and len(words) > 1 and _is_mere_tag(words[start], tag)):
                return start, start + length, tag
    return None


def names_in(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Every name, from left to right, each as long as it can be."""
    names: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        ends = range(min(at + LONGEST, len(words)), at, -1)
        tags = ((end, spelled_exactly(Kind.LANGUAGE, " ".join(words[at:end]))) for end in ends)
        found = next(((end, tag) for end, tag in tags if tag and not (end == at + 1 and _is_mere_tag(words[at], tag))), None)
        if found:
            names.append((at, *found))
        at = found[0] if found else at + 1
    return names


def named(typed: str) -> tuple[str, ...]:
    """What the names in it come to, if names are all it holds. One tag: that language. Several: it must be asked which.

    A name in brackets, or beside one, says more exactly which of a family is meant; a stroke or 'or' parts two answers.
    """
    outside, _, inside = typed.partition("(")
    around = [_all_meant(part) for part in re.split(r"[/+&]|\bor\b", outside)]
    within = [_all_meant(part) for part in re.split(r"[/+&]|\bor\b", inside)]
    if not all(meant is not None for meant in (*around, *within)):
        return ()
    general, exact = _once(around), _once(within)
    both = tuple(tag for tag in general if tag in exact)
    if len(both) == 1:
        return both
    if len(general) == len(exact) == 1:
        return of_a_family(general[0], exact[0])
    if len(general) == 2 and len(around) == 1 and not exact:
        return of_a_family(*general)
    return tuple(dict.fromkeys((*exact, *general)))


def of_a_family(one: str, other: str) -> tuple[str, ...]:
    """Of a family and one of its languages, that language; else both."""
    if one == other:
        return (one,)
    exact = tuple(tag for tag in (one, other) if not is_family(tag))
    return exact if related(one, other) and len(exact) == 1 else (one, other)


def is_family(tag: str) -> bool:
    """Arabic, Kurdish, Chinese: a name for several; and Punjabi, which people here say for its neighbours too (decision 0021)."""
    found = languages().get(tag)
    return tag == "pa" or bool(found and found.macro == tag)


def _all_meant(part: str) -> tuple[str, ...] | None:
    """Tags of words that are names and nothing else; () for words that name nothing; None where a word is neither."""
    words = normalise(part).split()
    whole = meanings(Kind.LANGUAGE, " ".join(words))
    if whole:
        return whole
    kept = [word for word in words if word not in BESIDE_A_NAME]
    if not kept:
        return ()
    whole = meanings(Kind.LANGUAGE, " ".join(kept))
    if whole:
        return None if any(_is_mere_tag(kept[0], tag) for tag in whole) else whole
    names = names_in(kept)
    covered = sum(end - start for start, end, _ in names)
    return tuple(dict.fromkeys(tag for _, _, tag in names)) if covered == len(kept) else None


def _once(parts: Sequence[tuple[str, ...] | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for part in parts for tag in part or ()))


def _is_mere_tag(word: str, tag: str) -> bool:
    """'is', 'so', 'no', 'or': tags, but in a sentence they are words."""
    return word == tag and len(word) <= 3
