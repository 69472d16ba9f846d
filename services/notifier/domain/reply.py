"""Understanding a yes or a no, whatever way it comes back."""
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from services.notifier.domain.contact import PartyId

Answer = Literal["yes", "no"]
Route = Literal["link", "text", "phone", "slip"]

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0/O, 1/I/L or U: codes are read aloud and copied by hand."""
CODE_LENGTH = 8

YES = frozenset({"yes", "y", "haan", "han", "haa", "haanji", "ydw", "hoffwn", "tak", "da"})
NO = frozenset({"no", "n", "nahi", "nahin", "nahinji", "maya", "nage", "nie"})
"""Whole words only, in English, Panjabi/Urdu/Hindi, Somali (haa/maya), Welsh, Polish, Romanian. Anything else is asked again."""

POLITE = re.compile(r"\b(please|pls|thanks|thank you|ji|diolch|dziekuje)\b", re.IGNORECASE)
"""Said beside an answer, and no part of it."""

STOP = frozenset({"stop", "stopall", "unsubscribe"})
START = frozenset({"start"})

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
    introduction_id: UUID
    about: str
    expires_at: datetime
    answer: Answer | None = None
    revoked: bool = False

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


def understand(words: str) -> tuple[Said, str | None]:
    """What a text message says, and the code in it if there is one. Unsure is UNCLEAR, never a guess."""
    rest = POLITE.sub(" ", words)
    found = [match.group() for match in MAYBE_CODE.finditer(rest) if is_short(match.group())]
    for code_typed in found:
        rest = rest.replace(code_typed, " ")
    said = re.sub(r"[^\w]", "", rest).casefold()
    code = tidy(found[0]) if len(found) == 1 else None
    for word, meaning in ((YES, Said.YES), (NO, Said.NO), (STOP, Said.STOP), (START, Said.START)):
        if said in word:
            return meaning, code
    return Said.UNCLEAR, code
