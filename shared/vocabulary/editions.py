"""Which edition of the lists this is: it has a number, a day, and a digest of every row."""
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

from shared.vocabulary.terms import DATA, Kind, rows

LISTS = (
    *(kind.value for kind in Kind), "doubtful", "english_words", "interests_alike", "language_elsewhere", "language_lookalikes"
)
"""The files that decide what a typed word means."""


@dataclass(frozen=True)
class Edition:
    number: int
    """Grows by one with each change of a list."""
    day: date
    digest: str
    what: str
    """What changed, in a sentence."""


@cache
def edition() -> Edition:
    newest = max(rows("editions"), key=lambda row: int(row["number"]))
    return Edition(int(newest["number"]), date.fromisoformat(newest["day"]), newest["digest"], newest["what"])


def digest() -> str:
    """Of the lists as they stand, line ends aside."""
    whole = sha256()
    for name in LISTS:
        whole.update(name.encode() + b"\n" + (DATA / f"{name}.csv").read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()[:16]
