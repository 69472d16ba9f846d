"""A person is asked whether to let a supporter in; the supporter hears when its time is over, and never why."""
from datetime import datetime
from uuid import UUID

from services.notifier.domain.contact import Method, PartyKind
from services.notifier.domain.hours import LONDON
from services.notifier.domain.message import About, Dropped, Message
from services.notifier.domain.questions import Question
from services.notifier.domain.reply import Capability
from services.notifier.domain.support_request import (
    ASKS_TO_ACT,
    BOTH_ASKS,
    KEPT_FOR,
    NO_NAME,
    NOT_LET_IN,
    REMINDED_AFTER,
    STILL_ASKS,
    Asker,
    State,
    SupportRequest,
    whose,
)
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop


async def find_person(
    council: str, request_id: UUID, contact: str | None, person_id: UUID | None, name: str | None, organisation: str | None,
    now: datetime, work: Work,
) -> UUID | None:
    """Whom a supporter means; who asks is kept for the message to them. None = nobody, and nothing is kept."""
    if contact is not None:
        by_email = "@" in contact
        find = work.contacts.by_email if by_email else work.contacts.by_phone
        found = whose(await find(council, contact), Method.EMAIL if by_email else Method.TEXT)
        person_id = found.party_id if found else None
    if person_id is not None:
        await work.askers.keep(Asker(council, request_id, name or NO_NAME, organisation, now + KEPT_FOR))
    return person_id


async def hear_request(request: SupportRequest, now: datetime, work: Work) -> None:
    """Open: the person is asked, and reminded once. Else it is no longer a question; where its time is over, the supporter hears
    that."""
    r = request
    if r.state is State.OPEN and r.person_id is not None:
        given: Given = {
            "asker": str(r.request_id), "relation": r.relation, "scopes": list(r.scopes), "until": r.until.isoformat(),
            "answer_by": r.answer_by.isoformat(),
        }
        for about, not_before in ((ASKS_TO_ACT, None), (STILL_ASKS, r.asked_at + REMINDED_AFTER)):
            await ask(
                r.council, r.person_id, PartyKind.PERSON, about, subject=r.request_id, occurrence="once", given=given,
                belongs=About(), now=now, work=work, expires_at=r.answer_by, not_before=not_before,
            )
        return
    if r.person_id is not None:
        await take_back(r, r.person_id, now, work)
    if r.state is State.OVER:
        asked_on = r.asked_at.astimezone(LONDON).date().isoformat()
        await ask(
            r.council, r.supporter_id, PartyKind.SUPPORTER, NOT_LET_IN, subject=r.request_id, occurrence="once",
            given={"asked_on": asked_on}, belongs=About(), now=now, work=work,
        )


async def take_back(request: SupportRequest, person_id: UUID, now: datetime, work: Work) -> None:
    await work.replies.revoke(request.council, request.request_id, Question.ASK)
    waiting = await work.messages.not_yet_sent(request.council, party_id=person_id)
    theirs = [m for m in waiting if m.about in BOTH_ASKS and m.key.subject == request.request_id]
    await drop(theirs, Dropped.NO_LONGER_TRUE, now, work)
    await work.askers.forget(request.council, request.request_id)


async def facts(message: Message, work: Work) -> Given | None:
    """With who asks; None = that is forgotten, so the ask is over."""
    who = await work.askers.of(message.council, UUID(str(message.given["asker"])))
    if who is None:
        return None
    return {**message.given, "name": who.name, **({"organisation": who.organisation} if who.organisation else {})}


async def who_asks(capability: Capability, now: datetime, work: Work) -> Given | None:
    """For the page that the link opens, while it is a question: a text message does not say it."""
    if capability.about != ASKS_TO_ACT or capability.answer is not None or not capability.open_at(now):
        return None
    return await facts(await work.messages.of(capability.council, capability.message_id), work)
