"""Sessions: begun, used, ended. The browser holds the token; we hold its hash."""
import hashlib
from datetime import datetime
from uuid import UUID

from services.portal.domain.accounts import LASTS, AccountNotFound, NotSignedIn, Session, Viewer
from services.portal.ports import Work

MINUTE = 60


def hashed(token: str) -> bytes:
    # the token is 32 random bytes, so a plain hash is enough: there is nothing to guess
    return hashlib.sha256(token.encode()).digest()


def council_of(token: str) -> str:
    """A token reads `council.secret`, so that the council comes first in every look-up."""
    return token.partition(".")[0]


async def sign_in(
    council: str, account_id: UUID, work: Work, *, now: datetime, secret: str, form_token: str, old_token: str | None = None
) -> str:
    """The new token for the cookie. `secret` and `form_token` are 32 random bytes each, as text without dots.

    Whoever was signed in with `old_token` is signed out: a token from before signing in is never worth anything after it.
    """
    account = await work.accounts.find(council, account_id)
    if account is None or (account.chosen_name is None and await work.erased.has(council, account_id)):
        raise AccountNotFound
    if old_token:
        await sign_out(old_token, work)
    token = f"{council}.{secret}"
    await work.sessions.sweep(now)
    ends = now + LASTS[account.role]
    await work.sessions.add(Session(council, hashed(token), form_token, account_id, account.role, now, now, ends))
    return token


async def who_is(token: str | None, work: Work, *, now: datetime) -> Viewer:
    """Raises NotSignedIn. Call it first on every page."""
    if not token:
        raise NotSignedIn
    session = await work.sessions.find(council_of(token), hashed(token))
    if session is None or not session.is_good(now):
        raise NotSignedIn
    account = await work.accounts.find(session.council, session.account_id)
    if account is None or account.role is not session.role:
        raise NotSignedIn
    if (now - session.last_used_at).total_seconds() > MINUTE:  # once a minute is near enough, and spares a write a click
        await work.sessions.used(session.council, session.token_hash, now)
    return Viewer(account, session)


async def sign_out(token: str, work: Work) -> None:
    await work.sessions.end(council_of(token), hashed(token))
