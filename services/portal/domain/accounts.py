"""Who can sign in, as what, and for how long a sign-in lasts."""
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class AccountNotFound(LookupError):
    """There is no account with that number here."""


class NotSignedIn(PermissionError):
    """Please sign in. You were signed out, or some time has passed."""


class AccountIsSomebodyElse(ValueError):
    """That number already belongs to somebody with another part to play."""


class AccountIsErased(ValueError):
    """Whoever had that number asked to be forgotten. If they want to come back, begin with a new number for them."""


class Role(StrEnum):
    PERSON = "person"
    PA = "pa"
    BROKER = "broker"
    STAFF = "staff"


# How long a sign-in lasts at most, and how long it may lie unused. People and PAs get long ones: signing in is the hard part
# for many, and what they see is their own. Workers see other people's lists, often on shared machines.
OWN, OTHERS = timedelta(days=14), timedelta(hours=10)
LASTS = {Role.PERSON: OWN, Role.PA: OWN, Role.BROKER: OTHERS, Role.STAFF: OTHERS}
OWN_UNUSED, OTHERS_UNUSED = timedelta(days=3), timedelta(hours=1)
UNUSED = {Role.PERSON: OWN_UNUSED, Role.PA: OWN_UNUSED, Role.BROKER: OTHERS_UNUSED, Role.STAFF: OTHERS_UNUSED}


@dataclass(frozen=True, slots=True)
class Account:
    """`account_id` is the person_id, profile_id or supporter_id: one number per party, everywhere."""

    council: str
    account_id: UUID
    role: Role
    chosen_name: str | None = None
    """None: known only by a number so far (their plan came before them)."""
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in. The token itself is only in the browser; here is its SHA-256."""

    council: str
    token_hash: bytes
    form_token: str
    """Goes into every form, so that another site cannot post it."""
    account_id: UUID
    role: Role
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime

    def is_good(self, now: datetime) -> bool:
        return now < self.expires_at and now - self.last_used_at < UNUSED[self.role]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in: what every page and every right is asked with."""

    account: Account
    session: Session

    @property
    def council(self) -> str:
        return self.account.council

    @property
    def account_id(self) -> UUID:
        return self.account.account_id

    @property
    def role(self) -> Role:
        return self.account.role
