"""Understanding a yes or a no, whatever way it comes back."""
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from services.notifier.domain.answer_words import meaning
from services.notifier.domain.contact import PartyId

Answer = Literal["yes", "no"]
Route = Literal["link", "text", "phone", "slip"]

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0/O, 1/I/L or U: codes are read aloud and copied by hand."""
CODE_LENGTH = 8

KEYS: dict[str, Answer] = {"1": "yes", "2": "no"}
"""Which key of a telephone means what, as the script of a contact task says. Any other is asked again."""

SHAPE = re.compile(rf"^(?=.*\d)[{CODE_LETTERS}]{{{CODE_LENGTH}}}$")
"""With a figure in it, so that two words of four letters are not taken for a code."""

MAYBE_CODE = re.compile(r"\b[0-9A-Za-z]{4}[\s-]?[0-9A-Za-z]{4}\b")


class Said(StrEnum):
    YES = "yes"
    NO = "no"
    STOP = "stop"
    START = "start"
    UNCLEAR = "unclear"


class Kind(StrEnum):
    LINK = "link"
    """128 bits in a link; nobody guesses it."""
    CODE = "code"
    """Short, for slips, texts and the phone; tries are limited."""


class CodeUnknown(Exception):
    """This code is not one of ours, or its time has passed."""


class AlreadyAnswered(Exception):
    """This was answered the other way before. Ring us if you have changed your mind."""


class TooLate(Exception):
    """The time to answer this has passed."""


@dataclass(frozen=True, slots=True)
class Capability:
    """One action on one offer: never a login."""

    council: str
    code_hash: bytes
    kind: Kind
    message_id: UUID
    party_id: PartyId
    ask_id: UUID
    """The introduction, or what else they are asked about (`asks.ask_of`)."""
    about: str
    expires_at: datetime
    answer: Answer | None = None
    revoked: bool = False
    question: str = "ask"
    """Which of several: see `questions.asked_in`."""

    def open_at(self, now: datetime) -> bool:
        return not self.revoked and now < self.expires_at

    def answered(self, answer: Answer) -> "Capability":
        return replace(self, answer=answer)


def hashed(code: str) -> bytes:
    """Codes are kept hashed: reading the table answers nobody's offer."""
    return hashlib.sha256(code.encode()).digest()


def tidy(code: str) -> str:
    """A typed short code as we made it; a link's code as it is."""
    short = re.sub(r"[\s-]", "", code).upper()
    return short if SHAPE.match(short) else code


def is_short(code: str) -> bool:
    return bool(SHAPE.match(tidy(code)))


def new_code(choose: Callable[[str], str]) -> str:
    """`choose` takes one letter at random from those given."""
    while True:
        code = "".join(choose(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if SHAPE.match(code):
            return code


def shown(code: str) -> str:
    """In two halves, easier to read out."""
    return f"{code[:4]}-{code[4:]}"


def understand(words: str, languages: Iterable[str] = ()) -> tuple[Said, str | None]:
    """What a text message says, and the code in it if there is one. Unsure is UNCLEAR, never a guess.

    `languages`: those they recorded, in which some short words are an answer that are other words elsewhere.
    """
    rest = plain_figures(words)
    found = [match.group() for match in MAYBE_CODE.finditer(rest) if is_short(match.group())]
    for code_typed in found:
        rest = rest.replace(code_typed, " ")
    code = tidy(found[0]) if len(found) == 1 else None
    return Said(meaning(rest, languages) or "unclear"), code


def without(words: str, code: str | None) -> str:
    """The words beside the code."""
    said = plain_figures(words)
    return MAYBE_CODE.sub(lambda match: " " if tidy(match.group()) == code else match.group(), said) if code else said


def plain_figures(words: str) -> str:
    """Wide letters, and the figures of other scripts, as a code has them."""
    wide = unicodedata.normalize("NFKC", words)
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter for letter in wide)
