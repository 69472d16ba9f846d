"""GOV.UK Notify: text messages and emails by one template each, and letters as PDF.

Notify has no key for asking twice and being taken once, so each attempt goes under a reference of its own, and a doubt is
resolved by listing what was accepted under it. Sources: docs.notifications.service.gov.uk and its own Python client, version 13.
"""
import asyncio
import base64
import hashlib
import hmac
import json
import ssl
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import structlog
from pydantic import SecretStr

from services.notifier.domain.contact import Method
from services.notifier.domain.message import Artefact
from services.notifier.domain.receipt import Word
from services.notifier.ports import AddressRefused, ChannelDown, Parcel
from shared.runtime.clock import utc

CONNECT_WITHIN = 0.5
"""Of the time for a call. Not connected is a clear *not now*; later there is doubt."""
OURS_TO_MEND = (400, 401, 403, 404, 413)
NOT_NOW = (429, 503)

log = structlog.get_logger()


class NoClearAnswer(Exception):
    """It answered something that leaves open whether it accepted."""


@dataclass(frozen=True)
class Notify:
    api_key: SecretStr
    url: str
    text_template: UUID | None
    email_template: UUID | None
    letters: bool
    timeout: float
    """Seconds for one whole call, however slowly its answer drips in."""
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context, repr=False)

    name = "notify"
    keeps_ledger = True
    gives_word = True

    @property
    def methods(self) -> frozenset[Method]:
        joined = {Method.TEXT: self.text_template, Method.EMAIL: self.email_template, Method.LETTER: self.letters or None}
        return frozenset(method for method, how in joined.items() if how is not None)

    def carries(self, parcel: Parcel) -> bool:
        """What it takes whole: it attaches nothing to an email, and a letter is one PDF."""
        kinds = [artefact.media_type for artefact in parcel.artefacts]
        whole = kinds == ["application/pdf"] if parcel.method is Method.LETTER else all(k.startswith("text/") for k in kinds)
        return whole and parcel.method in self.methods

    async def send(self, parcel: Parcel) -> str | None:
        match parcel.method:
            case Method.TEXT:
                path, body = "sms", written(self.text_template, "phone_number", parcel, {"body": plain(parcel)})
            case Method.EMAIL:
                said = {"subject": " ".join(parcel.title.split()), "body": plain(parcel)}
                path, body = "email", written(self.email_template, "email_address", parcel, said)
            case _:
                path, body = "letter", {"content": base64.b64encode(parcel.artefacts[0].body).decode()}
        answer = await self.call("POST", f"/{path}", json={**body, "reference": str(parcel.attempt_ref)})
        if answer.status_code == 201:
            return id_in(answer)
        if answer.status_code == 400 and is_about_the_address(answer):
            raise AddressRefused
        if answer.status_code in (*OURS_TO_MEND, *NOT_NOW):
            if answer.status_code in OURS_TO_MEND:
                log.error("GOV.UK Notify will not take our messages", status=answer.status_code, kinds=kinds_in(answer))
            raise ChannelDown
        raise NoClearAnswer

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        try:
            return await self.word_of(attempt_ref) is not None
        except ChannelDown:
            return None

    async def word_of(self, attempt_ref: UUID) -> Word | None:
        try:
            answer = await self.call("GET", "", params={"reference": str(attempt_ref)})
            listed = answer.json()["notifications"] if answer.status_code == 200 else None
            ours = [one for one in listed or () if one["reference"] == str(attempt_ref)]
            word = Word(str(ours[0]["id"]), attempt_ref, str(ours[0]["status"])) if ours else None
        except (httpx.HTTPError, TimeoutError, ValueError, KeyError, TypeError) as trouble:
            raise ChannelDown from trouble
        if listed is None:
            raise ChannelDown
        return word

    async def forget(self, council: str, message_id: UUID) -> None:
        """Notify forgets after seven days, by itself; it cannot be asked to sooner."""

    async def call(self, method: str, path: str, **said: Any) -> httpx.Response:
        """A connection for each call: one kept from before may be dead, and finding out by sending would be doubt."""
        headers = {"Authorization": f"Bearer {token(self.api_key.get_secret_value(), int(utc().timestamp()))}"}
        limits = httpx.Limits(max_keepalive_connections=0)
        patience = httpx.Timeout(self.timeout, connect=self.timeout * CONNECT_WITHIN)
        async with httpx.AsyncClient(verify=self.tls, limits=limits, timeout=patience) as http:
            try:
                async with asyncio.timeout(self.timeout):
                    return await http.request(method, f"{self.url.rstrip('/')}/v2/notifications{path}", headers=headers, **said)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as trouble:
                raise ChannelDown from trouble  # nothing was sent yet


def token(api_key: str, now: int) -> str:
    """`api_key` is the key's name, the service's id and the secret, each of the last two a UUID. Good for half a minute."""
    claims = {"iss": api_key[-73:-37], "iat": now}
    said = b".".join(in_base64(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "HS256"}, claims))
    return b".".join([said, in_base64(hmac.digest(api_key[-36:].encode(), said, hashlib.sha256))]).decode()


def in_base64(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def written(template: UUID | None, to: str, parcel: Parcel, said: dict[str, str]) -> dict[str, object]:
    return {to: parcel.to, "template_id": str(template), "personalisation": said}


def plain(parcel: Parcel) -> str:
    text: Artefact = next(a for a in parcel.artefacts if a.media_type.startswith("text/plain"))
    return text.body.decode()


def id_in(answer: httpx.Response) -> str | None:
    """It said 201, so it accepted, whatever else it said."""
    try:
        return str(answer.json()["id"])
    except (ValueError, KeyError, TypeError):
        return None


def is_about_the_address(answer: httpx.Response) -> bool:
    """Notify names the field first ("phone_number Not enough digits"). Its other refusals are of our key, template or service:
    nobody's address is wrong for those, also not for 'team only' and 'trial mode'."""
    return any(
        one.get("error") != "BadRequestError" and str(one.get("message", "")).startswith(("phone_number ", "email_address "))
        for one in errors_in(answer)
    )


def kinds_in(answer: httpx.Response) -> list[str]:
    """The kinds only: the messages may repeat what was sent."""
    return [str(one.get("error", ""))[:60] for one in errors_in(answer)]


def errors_in(answer: httpx.Response) -> list[dict[str, Any]]:
    try:
        return [one for one in answer.json()["errors"] if isinstance(one, dict)]
    except (ValueError, KeyError, TypeError):
        return []
