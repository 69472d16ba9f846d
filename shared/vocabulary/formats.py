"""How information reaches somebody and in what form, beside the Accessible Information Standard's own labels.

Method, format and language are three separate things, recorded apart: a language is never an Accessible Information need, nor the
reverse.
"""
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from shared.vocabulary.terms import rows

METHODS: Mapping[str, str] = MappingProxyType({
    "text": "Text message", "email": "Email", "letter": "Letter", "phone": "Phone call", "visit": "Visit",
})
FORMATS: Mapping[str, str] = MappingProxyType({
    "plain": "Plain print", "large_print": "Large print", "easy_read": "Easy read", "audio": "Audio recording",
    "braille": "Braille (contracted)", "braille_grade_1": "Braille (uncontracted)",
    "bsl_video": "Film in British Sign Language", "makaton_video": "Film in Makaton",
    "verbal": "Somebody says it to me",
})
POINT_SIZES = (16, 18, 20, 22, 24, 28, 32, 36)
"""Offered for large print. The Standard has codes for 20, 24 and 28; 16 is the least that counts as large."""
STANDARD_POINT_SIZES = (20, 24, 28)
CATEGORIES: Mapping[str, str] = MappingProxyType({
    "contact_method": "Requires specific contact method",
    "information_format": "Requires specific information format",
    "communication_professional": "Requires communication professional",
    "communication_support": "Communication support",
})


@dataclass(frozen=True)
class Need:
    """One need of the Standard, with its label word for word."""

    category: str
    label: str
    snomed: str
    """Check digit proven; the meaning is the source's (see `data/sources.csv`)."""
    method: str | None
    """Ours that meets it; None where nothing here does, so a person must see to it."""
    format: str | None
    point_size: int | None


class WrongCode(ValueError):
    """A SNOMED CT code whose check digit does not hold: it was mistyped or cut off somewhere, and could mean anything."""


@cache
def needs() -> tuple[Need, ...]:
    found = tuple(
        Need(row["category"], row["label"], row["snomed"], row["method"] or None, row["format"] or None,
             int(row["point_size"]) if row["point_size"] else None)
        for row in rows("ais")
    )
    for need in found:
        if not is_snomed(need.snomed):
            raise WrongCode(f"{need.snomed} ({need.label})")
    return found


def need_of(snomed: str) -> Need | None:
    """The need a code stands for; None: not one of the Standard's. Raises WrongCode for what cannot be a code at all."""
    if not is_snomed(snomed):
        raise WrongCode("not a SNOMED CT code")
    return next((need for need in needs() if need.snomed == snomed), None)


_TIMES = tuple(
    tuple((i + j) % 5 if i < 5 and j < 5 else
          (i + j) % 5 + 5 if i < 5 else
          (i - j) % 5 + 5 if j < 5 else (i - j) % 5 for j in range(10))
    for i in range(10)
)
"""The symmetries of a pentagon, multiplied."""
_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def is_snomed(code: str) -> bool:
    """Six to eighteen digits whose last is right by Verhoeff's check (SNOMED CT release file specification, 6.3)."""
    if not (code.isascii() and code.isdigit() and 6 <= len(code) <= 18) or code[0] == "0":
        return False
    check = 0
    for place, digit in enumerate(reversed(code)):
        turned = int(digit)
        for _ in range(place % 8):
            turned = _TURN[turned]
        check = _TIMES[check][turned]
    return check == 0
