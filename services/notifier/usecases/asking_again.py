"""Asking once a year whether what is recorded of how to reach somebody is still right, and what follows from the answer."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain.contact import Contact, PartyId
from services.notifier.domain.freshness import ANSWER_WITHIN, HAS_CHANGED, STILL_RIGHT, ask_id
from services.notifier.domain.hours import LONDON
from services.notifier.domain.message import About, Dropped
from services.notifier.domain.questions import Question
from services.notifier.domain.reply import Answer
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop


async def ask_whether_still_right(now: datetime, at_most: int, work: Work) -> int:
    """How many were asked: those whose day has come, and who were not asked since they last said so."""
    due = await work.contacts.not_yet_asked(now.astimezone(LONDON).date(), STILL_RIGHT, at_most)
    for contact in due:
        assert contact.ask_again_on is not None
        given = {"confirmed_on": contact.confirmed_on.isoformat()} if contact.confirmed_on else {}
        await ask(
            contact.council, contact.party_id, contact.kind, STILL_RIGHT, subject=ask_id(contact.party_id, contact.ask_again_on),
            occurrence=contact.ask_again_on.isoformat(), given=given, belongs=About(), now=now, work=work,
            expires_at=now + ANSWER_WITHIN,
        )
    return len(due)


async def no_question_any_more(contact: Contact, held: Contact, now: datetime, work: Work) -> None:
    """They have looked through it meanwhile, on the page or with somebody of the team."""
    if held.ask_again_on is None or contact.ask_again_on == held.ask_again_on:
        return
    await work.replies.revoke(contact.council, ask_id(contact.party_id, held.ask_again_on), Question.ASK)
    waiting = await work.messages.not_yet_sent(contact.council, party_id=contact.party_id, about=STILL_RIGHT)
    await drop(waiting, Dropped.NO_LONGER_TRUE, now, work)


async def hear_answer(council: str, party_id: PartyId, asked: UUID, answer: Answer, now: datetime, work: Work) -> None:
    """Yes: it counts as said anew today. No: somebody of the team asks what has changed."""
    contact = await work.contacts.hold(council, party_id)
    if contact is None or contact.ask_again_on is None or ask_id(contact.party_id, contact.ask_again_on) != asked:
        return
    if answer == "yes":
        await work.contacts.save(contact.still_right(now.astimezone(LONDON).date()), now)
        return
    await ask(
        contact.council, contact.party_id, contact.kind, HAS_CHANGED, subject=asked, occurrence="once", given={},
        belongs=About(), now=now, work=work,
    )
