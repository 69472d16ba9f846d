"""Asking at a new number or address whether it is theirs, and what follows from a yes, a no, or a correction meanwhile."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain.checking import ANOTHER_WAY, ANSWER_WITHIN, IS_THIS_YOU, WHO_SAID_STOP, ask_id
from services.notifier.domain.contact import Contact, Method, PartyId
from services.notifier.domain.message import About, Dropped
from services.notifier.domain.questions import Question
from services.notifier.domain.reply import Answer
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop


async def ask_whether_it_is_them(contact: Contact, held: Contact | None, now: datetime, work: Work) -> None:
    """Each new point once. What was asked about a point that is no longer there, or is confirmed, is no question any more."""
    council, party_id = contact.council, contact.party_id
    asked = held.unchecked if held else {}
    for method, version in asked.items():
        if contact.unchecked.get(method) != version:
            await work.replies.revoke(council, ask_id(party_id, method, version), Question.ASK)
            waiting = await work.messages.not_yet_sent(council, party_id=party_id, about=IS_THIS_YOU)
            await drop([m for m in waiting if m.given.get("way") == method], Dropped.NO_LONGER_TRUE, now, work)
    for method, version in contact.unchecked.items():
        if asked.get(method) != version:
            await ask(
                council, party_id, contact.kind, IS_THIS_YOU, subject=ask_id(party_id, method, version), occurrence="once",
                given={"way": method, "record": version}, belongs=About(), now=now, work=work, expires_at=now + ANSWER_WITHIN,
            )


async def hear_answer(council: str, message_id: UUID, answer: Answer, now: datetime, work: Work) -> None:
    """Yes: it is used from now on. No: nothing goes there from this moment, and a person finds out how to reach them."""
    message = await work.messages.of(council, message_id)
    contact = await work.contacts.hold(council, message.party_id)
    method = Method(str(message.given["way"]))
    if contact is None or contact.unchecked.get(method) != message.given["record"]:
        return
    if answer == "yes":
        await work.contacts.save(contact.checked(method), now)
        return
    closed = contact.close(method)  # it stays unchecked: whatever comes from there later is not known to be theirs either
    if closed is not contact:
        await work.contacts.save(closed, now)
    await ask(
        council, contact.party_id, contact.kind, ANOTHER_WAY, subject=message.key.subject, occurrence="once", given={},
        belongs=About(), now=now, work=work,
    )


async def stop_there(council: str, party_id: PartyId, now: datetime, work: Work) -> None:
    """STOP from a number that nobody has said is theirs: nothing goes there from this moment, by text or by call. It may be a
    stranger who said it, so all else goes on, and a person asks them."""
    contact = await work.contacts.hold(council, party_id)
    if contact is None or (version := contact.unchecked.get(Method.TEXT)) is None:
        return
    closed = contact.close(Method.TEXT).close(Method.PHONE)
    if closed is not contact:
        await work.contacts.save(closed, now)
    asked = ask_id(party_id, Method.TEXT, version)
    await work.replies.revoke(council, asked, Question.ASK)
    waiting = await work.messages.not_yet_sent(council, party_id=party_id, about=IS_THIS_YOU)
    await drop([m for m in waiting if m.key.subject == asked], Dropped.STOPPED, now, work)
    await ask(
        council, party_id, contact.kind, WHO_SAID_STOP, subject=asked, occurrence="once", given={}, belongs=About(), now=now,
        work=work,
    )
