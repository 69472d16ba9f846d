"""Asking for a one-time code, and signing in with it."""
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.portal.domain.accounts import AccountNotFound
from services.portal.domain.sign_in_code import A_DAY, LASTS, LATELY, SignInCode, Tried, hashed_code, too_many
from services.portal.ports import Work
from services.portal.usecases import signing_in
from services.portal.usecases.signing_in import council_of, hashed


class TooManyCodes(Exception):
    """Codes were asked for very often for this contact point, from this address, or in this council."""


class NobodyHereYet(Exception):
    """The code is right, and there is no account: the council knows how to reach them, and has not added them yet."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is counted, as keyed hashes: the contact point and the network address are never kept."""

    council: str
    contact_hash: bytes
    from_hash: bytes

    @classmethod
    def of(cls, council: str, contact: str, came_from: str, key: bytes) -> "Asking":
        def keyed(what: str) -> bytes:
            return hmac.digest(key, f"{council} {what}".encode(), hashlib.sha256)

        return cls(council, keyed(f"contact {contact}"), keyed(f"from {came_from}"))


async def note_ask(asking: Asking, work: Work, *, now: datetime) -> None:
    """Raises TooManyCodes. Call it before the notifier is asked."""
    await work.sign_in_codes.alone(asking.council)
    await work.sign_in_codes.sweep(now, now - A_DAY)
    if too_many(await work.sign_in_codes.count(asking.council, asking.contact_hash, asking.from_hash, now - LATELY, now - A_DAY)):
        raise TooManyCodes
    await work.sign_in_codes.note(asking.council, asking.contact_hash, asking.from_hash, now)


async def keep_code(
    council: str, account_id: UUID | None, code: str, work: Work, *, now: datetime, secret: str, old_token: str | None = None
) -> str:
    """The token for the browser that asked. The newest code kills older ones: this browser's, and the account's anywhere."""
    await work.sign_in_codes.alone(council)
    if old_token:
        await work.sign_in_codes.end(council_of(old_token), hashed(old_token))
    if account_id is not None:
        await work.sign_in_codes.end_of_account(council, account_id)
    token = f"{council}.{secret}"
    await work.sign_in_codes.add(SignInCode(council, hashed(token), hashed_code(token, code), account_id, now + LASTS))
    return token


async def sign_in_with(
    typed: str, token: str | None, work: Work, *, now: datetime, secret: str, form_token: str, old_token: str | None = None
) -> tuple[Tried, str]:
    """(how it went, the new sign-in's token if it was right). Raises NobodyHereYet.

    Do not raise out of the work for a wrong code: the try must be counted.
    """
    held = await work.sign_in_codes.hold(council_of(token), hashed(token)) if token else None
    if held is None or token is None:
        return Tried.OVER, ""
    tried, left = held.tried(hashed_code(token, typed), now)
    if tried is not Tried.RIGHT:
        await work.sign_in_codes.save(left)
        return tried, ""
    await work.sign_in_codes.end(held.council, held.browser_hash)
    assert held.account_id is not None
    try:
        return tried, await signing_in.sign_in(
            held.council, held.account_id, work, now=now, secret=secret, form_token=form_token, old_token=old_token
        )
    except AccountNotFound:
        raise NobodyHereYet from None
