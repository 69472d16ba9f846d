"""Sign-in codes: asked for by the portal, sent to the point that was typed, forgotten when their time is over."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain.contact import Method, PartyId
from services.notifier.domain.message import About, BusinessKey, Dropped
from services.notifier.domain.sign_in_code import LASTS, SIGN_IN_CODE, is_code, whose
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop, message_id


async def ask_for_code(council: str, point: str, code: str, code_ref: UUID, now: datetime, work: Work) -> PartyId | None:
    """The party this point belongs to, who is now sent the code; None = nobody is sent anything. Asking twice sends once."""
    if "@" in point:
        method, found = Method.EMAIL, await work.contacts.by_email(council, point)
    else:
        method, found = Method.TEXT, await work.contacts.by_phone(council, point)
    contact = whose(found, method)
    if contact is None:
        return None
    party_id = contact.party_id
    older = [m for m in await work.messages.not_yet_sent(council, party_id=party_id) if is_code(m) and m.key.subject != code_ref]
    await drop(older, Dropped.SUPERSEDED, now, work)
    asked = await ask(
        council, party_id, contact.kind, SIGN_IN_CODE, subject=code_ref, occurrence="once",
        given={"by": str(method), "record": contact.version}, belongs=About(), now=now, work=work, expires_at=now + LASTS,
    )
    if asked:
        key = BusinessKey(party_id, SIGN_IN_CODE, code_ref, "once")
        await work.codes.keep(council, message_id(council, key), code, now + LASTS)
    return party_id
