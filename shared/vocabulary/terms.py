"""The coded lists: what can be said of a PA or a plan, each with a plain label and the ways people write it."""
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).with_name("data")


class Kind(StrEnum):
    """Which list a word belongs to. Ethnicity has no list here, and never will."""

    LANGUAGE = "language"
    PRACTICE = "practice"
    SKILL = "skill"
    TASK = "task"
    INTEREST = "interest"
    LIMIT = "limit"
    FAITH = "faith"
    CULTURE = "culture"
    SEX = "sex"


@dataclass(frozen=True)
class Term:
    code: str
    """A code, or for languages a BCP-47 tag."""
    label: str
    aliases: tuple[str, ...]
    """Other ways people write it, autonyms included."""
    source: str
    note: str = ""
    """What is good to know about it, in plain words; mostly nothing."""


class NoSuchTerm(KeyError):
    """A code that is in no list: a mistake of ours or of another system, never of a person typing."""

    def __str__(self) -> str:
        kind, code = self.args
        return f"the {kind} list has no {code!r}"


@cache
def terms(kind: Kind) -> Mapping[str, Term]:
    """The whole list, in the order it is shown in."""
    source = sources()[kind.value]
    return MappingProxyType({
        row["code"]: Term(row["code"], row["label"], _aliases(row), row.get("source") or source, row.get("note") or "")
        for row in rows(kind.value)
    })


def _aliases(row: Mapping[str, str]) -> tuple[str, ...]:
    own_name = (row["autonym"],) if row.get("autonym") else ()
    return own_name + parted(row["aliases"])


def term(kind: Kind, code: str) -> Term:
    found = terms(kind).get(code)
    if found is None:
        raise NoSuchTerm(kind.value, code)
    return found


def label(kind: Kind, code: str) -> str:
    """What a person reads for a code. A language tag in no list of ours is shown as it is: another system may know it."""
    if kind is Kind.LANGUAGE and code not in terms(kind):
        return languages_elsewhere().get(code, code)
    return term(kind, code).label


@cache
def languages_elsewhere() -> Mapping[str, str]:
    """Tag to name of languages few people speak here: understood when named exactly, never offered, never taken by likeness.
    They keep 'Javanese' from being taken for Japanese."""
    return MappingProxyType({row["code"]: row["label"] for row in rows("language_elsewhere")})


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    groups = (frozenset(parted(row["codes"])) for row in rows("interests_alike"))
    return {code: group for group in groups for code in group}


def synonyms(code: str) -> frozenset[str]:
    """Every interest that counts as this one, itself included."""
    return _alike().get(code, frozenset({code}))


def same_interest(a: str, b: str) -> bool:
    return b in synonyms(a)


@cache
def sources() -> Mapping[str, str]:
    return {row["list"]: row["source"] for row in rows("sources")}


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def parted(cell: str | None) -> tuple[str, ...]:
    """A cell that holds several values, kept apart by upright bars."""
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())
