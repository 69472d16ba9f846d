"""Reads how well and in which way somebody uses a language: 'fluent', 'speak, not read', 'level 2', 'a little'."""
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MODES = {
    "spoken": "speak speaks spoken speaking talk talks talking oral orally verbal verbally",
    "read": "read reads reading write writes writing written literate",
    "signed": "sign signs signed signing signer",
}
LEVELS = {
    "mother_tongue": (
        "mother tongue|mothertongue|native speaker|native|first language|1st language|home language|l1|main language"
    ),
    "fluent": "fluent|fluently|bilingual|advanced|very good|very well|excellent|proficient|level 4|level 5|level 6|c1|c2",
    "gets_by": (
        "gets by|get by|getting by|conversational|conversation|intermediate|good|well|ok|okay|reasonable|fair|everyday"
        "|level 2|level 3|b1|b2"
    ),
    "some": (
        "some|a little bit|a little|little|a bit of|a bit|bit|basic|basics|beginner|beginners|a few words|few words|learning"
        "|elementary|limited|simple|level 1|a1|a2"
    ),
}
"""The words for each level of `shared.contracts.Level`, best first. Numbered BSL levels are those of the usual UK awards.
Where a word lies between two levels, the lower counts."""
REFUSALS = frozenset(("not", "no", "cannot", "cant", "dont", "doesnt", "never", "neither", "nor", "without", "unable"))
FILLERS = frozenset((
    "i", "a", "an", "the", "my", "is", "am", "as", "and", "or", "in", "of", "at", "to", "can", "do", "does", "able", "language",
    "languages", "dialect", "speaker", "user", "also", "very", "only", "with", "it", "its", "both",
))

_MODE_OF = {word: mode for mode, words in MODES.items() for word in words.split()}
_LEVEL_OF = {words: level for level, several in LEVELS.items() for words in several.split("|")}
_LEVEL_PATTERN = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _LEVEL_OF), key=len, reverse=True)) + r")\b")


@dataclass(frozen=True)
class Skill:
    levels: Mapping[str, str]
    """Level by mode: spoken, read, signed; '' where only the level was said."""
    other: tuple[str, ...]
    """Words we have no meaning for. With any of these, no level is taken: it could be 'was once fluent'."""
    refused: bool
    """They said that they do *not* have the language."""
    modes: tuple[str, ...] = ()
    """The ways they said, with a level or without."""


def read_skill(before: Sequence[str], after: Sequence[str]) -> Skill:
    """From the normalised words before and after a language's name."""
    marks = [*_marks(before), *_marks(after)]
    other = tuple(word for sort, word in marks if sort == "other")
    modes: dict[str, bool] = {}
    refusing = False
    for sort, word in marks:
        if sort == "refusal":
            refusing = True
        elif sort == "mode":
            modes[word] = modes.get(word, False) or not refusing
        elif sort == "stop":
            refusing = False
    had = [mode for mode, has in modes.items() if has]
    levels = [word for sort, word in marks if sort == "level"]
    refused = _refused(marks, modes)
    if other or refused or not levels:
        return Skill({}, other, refused, tuple(had))
    if len(set(levels)) == 1 or not had:
        lowest = max(levels, key=list(LEVELS).index)
        # 'fluent (not read)' is about speaking
        return Skill({mode: lowest for mode in had} or {"": lowest}, other, refused, tuple(had))
    return Skill(_paired(marks, had), other, refused, tuple(had))


def _refused(marks: Sequence[tuple[str, str]], modes: Mapping[str, bool]) -> bool:
    """'No English', 'cannot speak Welsh'; but 'Somali (not read)' is Somali all the same."""
    sorts = {sort for sort, _ in marks}
    return "refusal" in sorts and "level" not in sorts and not any(modes.values()) and (not modes or "spoken" in modes)


def _paired(marks: Sequence[tuple[str, str]], had: Sequence[str]) -> dict[str, str]:
    """'speak fluent, read some' or 'fluent speaking, basic reading': a level belongs to the ways on its own side."""
    kept = [mark for mark in marks if mark[0] == "level" or (mark[0] == "mode" and mark[1] in had)]
    level_first = kept[0][0] == "level"
    paired: dict[str, str] = {}
    waiting: list[str] = []
    level = ""
    for sort, word in kept:
        if sort == "level":
            level = word
            if not level_first:
                paired |= {mode: word for mode in waiting}
                waiting = []
        elif level_first:
            paired[word] = level
        else:
            waiting.append(word)
    return paired


def _marks(words: Sequence[str]) -> list[tuple[str, str]]:
    """Each word's sort, with levels of several words found first."""
    text = " ".join(words)
    marks: list[tuple[str, str]] = []
    at = 0
    for found in _LEVEL_PATTERN.finditer(text):
        marks += [_mark(word) for word in text[at : found.start()].split()]
        marks.append(("level", _LEVEL_OF[found[0]]))
        at = found.end()
    marks += [_mark(word) for word in text[at:].split()]
    return [mark for mark in marks if mark[0]]


def _mark(word: str) -> tuple[str, str]:
    if word in _MODE_OF:
        return "mode", _MODE_OF[word]
    if word in REFUSALS:
        return "refusal", word
    if word == "but":
        return "stop", word
    return ("", "") if word in FILLERS else ("other", word)
