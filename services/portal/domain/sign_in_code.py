"""One-time codes to sign in with: good once, for ten minutes, in the browser that asked, for five tries."""
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

LASTS = timedelta(minutes=10)
TRIES = 5
DIGITS = 6


class Tried(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"
    """Used, replaced by a newer one, too old, or tried too often."""


@dataclass(frozen=True, slots=True)
class SignInCode:
    """What we know of a code: never the code."""

    council: str
    browser_hash: bytes
    code_hash: bytes
    account_id: UUID | None
    """None: nobody we know was asked about. No code is right then."""
    expires_at: datetime
    tries_left: int = TRIES

    def tried(self, code_hash: bytes, now: datetime) -> tuple[Tried, "SignInCode"]:
        if now >= self.expires_at or self.tries_left == 0:
            return Tried.OVER, self
        same = hmac.compare_digest(code_hash, self.code_hash)
        if same and self.account_id is not None:
            return Tried.RIGHT, self
        left = replace(self, tries_left=self.tries_left - 1)
        return (Tried.WRONG if left.tries_left else Tried.OVER), left


def hashed_code(browser_token: str, code: str) -> bytes:
    """A million codes are quickly tried, so the hash is keyed with what only the browser has."""
    return hmac.digest(browser_token.encode(), code.encode(), hashlib.sha256)


@dataclass(frozen=True, slots=True)
class Asks:
    """How often codes were asked for in one council, lately."""

    for_contact: int
    for_contact_in_a_day: int
    from_address: int
    in_all: int


LATELY = timedelta(minutes=15)
A_DAY = timedelta(days=1)
MOST_FOR_CONTACT = 4
MOST_FOR_CONTACT_IN_A_DAY = 12
MOST_FROM_ADDRESS = 60
"""A library or a council's office is one address to us."""
MOST_IN_ALL = 300


def too_many(asks: Asks) -> bool:
    """Counted for known and unknown alike, so that being refused says nothing."""
    return (
        asks.for_contact >= MOST_FOR_CONTACT
        or asks.for_contact_in_a_day >= MOST_FOR_CONTACT_IN_A_DAY
        or asks.from_address >= MOST_FROM_ADDRESS
        or asks.in_all >= MOST_IN_ALL
    )
