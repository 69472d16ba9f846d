"""Telling a supporter too, once the person has been told, while the person lets them."""
from datetime import datetime

from services.notifier.domain.contact import Contact, PartyKind
from services.notifier.domain.copies import NEWS, topic_of
from services.notifier.domain.hours import london_day
from services.notifier.domain.message import About, Dropped, Message
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop

MAY_SEE = "see_shortlist"


async def tell_supporters_too(message: Message, now: datetime, work: Work) -> None:
    """The person has it now. Whoever they chose for this topic hears that there is news, and signs in to read it."""
    topic = topic_of(message)
    if topic is None:
        return
    contact = await work.contacts.of(message.council, message.party_id)
    chosen = {copy.supporter_id for copy in contact.copies if topic in copy.topics} if contact else set()
    if not chosen:
        return
    today = london_day(now)
    for supporting in await work.lists.let_in_by(message.council, message.party_id):
        if supporting.supporter_id in chosen and MAY_SEE in supporting.scopes and supporting.until.isoformat() >= today:
            await ask(
                message.council, supporting.supporter_id, PartyKind.SUPPORTER, NEWS, subject=message.message_id,
                occurrence=str(topic), given={"of": str(message.party_id), "told_on": today},
                belongs=About(plan_id=message.belongs.plan_id, delegation_id=supporting.delegation_id), now=now, work=work,
            )


async def drop_copies(held: Contact, record: Contact, now: datetime, work: Work) -> None:
    """A supporter who is no longer told of a topic is not told what waits about it either."""
    gone = {(copy.supporter_id, topic) for copy in held.copies for topic in copy.topics} - {
        (copy.supporter_id, topic) for copy in record.copies for topic in copy.topics
    }
    for supporter_id in sorted({supporter_id for supporter_id, _ in gone}):
        waiting = await work.messages.not_yet_sent(record.council, party_id=supporter_id, about=NEWS)
        theirs = [m for m in waiting if m.given.get("of") == str(record.party_id)]
        await drop([m for m in theirs if (supporter_id, m.key.occurrence) in gone], Dropped.NO_LONGER_TRUE, now, work)
