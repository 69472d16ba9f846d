"""What GOV.UK Notify's API takes and answers, as its documentation and its own clients have it."""
import base64
import binascii
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from tests.providers.ledger import Entry
from tests.providers.plain_http import Answer

KEY = "fake_key-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
CLOCKS_WITHIN = 30  # seconds
TO = {"sms": "phone_number", "email": "email_address"}
OWN_FATES = {  # Notify's simulator
    "7700900002": "permanent-failure", "7700900003": "temporary-failure",
    "perm-fail@simulator.notify": "permanent-failure", "temp-fail@simulator.notify": "temporary-failure",
}
LINES = ("line_1", "line_2", "line_3", "line_4", "line_5", "line_6", "postcode")


class Refused(Exception):
    """An answer that is not a success, in Notify's form."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message

    def answer(self) -> Answer:
        return Answer(self.status, {"status_code": self.status, "errors": [{"error": self.error, "message": self.message}]})


def check_token(header: str, key: str) -> None:
    """HS256, issued by this service within half a minute of our clock."""
    if not header.lower().startswith("bearer "):
        raise Refused(401, "AuthError", "Unauthorized: authentication token must be provided")
    try:
        head, claims, signature = header[7:].split(".")
        says = json.loads(decoded(claims))
        algorithm = json.loads(decoded(head))["alg"]
    except (ValueError, KeyError):
        raise Refused(403, "AuthError", "Invalid token: make sure your API token matches the documented format") from None
    signed = hmac.new(key[-36:].encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    if algorithm != "HS256" or says.get("iss") != key[-73:-37] or not hmac.compare_digest(signed, decoded(signature)):
        raise Refused(403, "AuthError", "Invalid token: API key not found")
    if abs(time.time() - says.get("iat", 0)) > CLOCKS_WITHIN:
        raise Refused(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def entry(kind: str, said: Any, *, listed: bool, fate: str) -> Entry:
    """What the ledger keeps of a request; raises Refused where the real one would."""
    if kind == "letter" and "content" in said:
        to, template, given = "", None, letter(said)
    else:
        to, template, given = written_to(kind, said), said.get("template_id"), said.get("personalisation", {})
    own = OWN_FATES.get(to.lower(), OWN_FATES.get(to[-10:]))
    delivered = "received" if kind == "letter" else "delivered"
    return {
        "reference": said.get("reference"), "id": str(uuid4()), "type": kind, "to": to, "template": template,
        "personalisation": given, "at": now(), "listed": listed, "fate": own or (delivered if fate == "delivered" else fate),
    }


def written_to(kind: str, said: Any) -> str:
    name = TO.get(kind, "personalisation")
    for required in (name, "template_id"):
        if required not in said:
            raise Refused(400, "ValidationError", f"{required} is a required property")
    try:
        UUID(said["template_id"])
    except ValueError:
        raise Refused(400, "ValidationError", "template_id is not a valid UUID") from None
    given = said.get("personalisation", {})
    missing = [one for one in ("subject", "body") if one not in given and (one == "body" or kind == "email")]
    if missing:
        raise Refused(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
    to = str(said[name])
    if kind == "email" and ("@" not in to or "." not in to.rpartition("@")[2]):
        raise Refused(400, "ValidationError", "email_address Not a valid email address")
    if kind == "sms" and not 9 < len([sign for sign in to if sign.isdigit()]) < 16:
        raise Refused(400, "ValidationError", "phone_number Not enough digits")
    return to


def letter(said: Any) -> dict[str, Any]:
    if "reference" not in said:
        raise Refused(400, "ValidationError", "reference is a required property")
    try:
        pdf = base64.b64decode(said["content"], validate=True)
    except binascii.Error:
        raise Refused(400, "BadRequestError", "Cannot decode letter content (invalid base64 encoding)") from None
    if not pdf.startswith(b"%PDF"):
        raise Refused(400, "BadRequestError", "Letter content is not a valid PDF")
    return {"pdf_sha256": hashlib.sha256(pdf).hexdigest(), "pdf_bytes": len(pdf)}


def nobody(reference: str) -> dict[str, Any]:
    """A text message that nobody asked for: what a lying receipt is about."""
    template = str(uuid5(NAMESPACE_URL, "nobody"))
    return {"reference": reference, "phone_number": "07700900999", "template_id": template, "personalisation": {"body": ""}}


def created(entry: Entry, url: str, key: str) -> dict[str, Any]:
    given = entry["personalisation"]
    if "pdf_sha256" in given:
        return {"id": entry["id"], "reference": entry["reference"], "postage": "second"}
    contents = {"sms": {"from_number": "GOVUK"}, "email": {"from_email": "council@notifications.service.gov.uk"}, "letter": {}}
    subject = {} if entry["type"] == "sms" else {"subject": given.get("subject", "")}
    return {
        "id": entry["id"], "reference": entry["reference"], "uri": f"{url}/v2/notifications/{entry['id']}",
        "template": {
            "id": entry["template"], "version": 1, "uri": f"{url}/services/{key[-73:-37]}/templates/{entry['template']}",
        },
        "scheduled_for": None, "content": {"body": given.get("body", ""), **subject, **contents[entry["type"]]},
    }


def notification(entry: Entry, url: str, status: str) -> dict[str, Any]:
    ended = status not in ("created", "sending", "pending", "accepted")
    return {
        "id": entry["id"], "reference": entry["reference"], "type": entry["type"], "status": status,
        "email_address": entry["to"] if entry["type"] == "email" else None,
        "phone_number": entry["to"] if entry["type"] == "sms" else None, **dict.fromkeys(LINES),
        "postage": "second" if entry["type"] == "letter" else None,
        "template": {"id": entry["template"], "version": 1, "uri": f"{url}/v2/template/{entry['template']}/version/1"},
        "body": entry["personalisation"].get("body", ""), "subject": entry["personalisation"].get("subject"),
        "created_at": entry["at"], "created_by_name": None, "sent_at": entry["at"],
        "completed_at": entry["at"] if ended else None, "scheduled_for": None, "one_click_unsubscribe": None,
    }


def receipt(entry: Entry, status: str) -> dict[str, Any]:
    return {
        "id": entry["id"], "reference": entry["reference"], "to": entry["to"], "status": status, "created_at": entry["at"],
        "completed_at": now(), "sent_at": entry["at"], "notification_type": entry["type"], "template_id": entry["template"],
        "template_version": 1,
    }


def links(url: str, page: list[Entry]) -> dict[str, str]:
    current = f"{url}/v2/notifications"
    return {"current": current, **({"next": f"{current}?older_than={page[-1]['id']}"} if page else {})}


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
