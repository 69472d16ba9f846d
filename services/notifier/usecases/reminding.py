"""Reminders look once more before they go: nobody is chased for what they did, or for what never reached them."""
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from services.notifier.domain.asks import ask_of
from services.notifier.domain.contact import PartyId, PartyKind, first_by_post
from services.notifier.domain.meeting import SOON
from services.notifier.domain.message import About, Dropped, Message
from services.notifier.domain.offer import WAITS, Offer
from services.notifier.domain.questions import ASKED_AGAIN, REMINDS_OF, first_put
from services.notifier.domain.reply import Answer
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop

BEFORE_THE_END, BEFORE_THE_END_BY_POST = timedelta(days=2), timedelta(days=4)
"""The post takes some days there, and an answer some days back."""
AFTER_THE_ASK = timedelta(days=1)
"""An ask that came late is not followed by its reminder on the same day."""


async def ask_again(
    council: str, profile_id: UUID, subject: UUID, given: Given, belongs: About, answer_by: datetime, now: datetime, work: Work
) -> None:
    """One reminder, left to wait until the time to answer is nearly over."""
    at = await nearly_over(council, profile_id, answer_by, work)
    if now < at:
        await ask(
            council, profile_id, PartyKind.PA, ASKED_AGAIN, subject=subject, occurrence="once", given=given, belongs=belongs,
            now=now, work=work, expires_at=answer_by, not_before=at,
        )


async def remind_of_offer(offer: Offer, now: datetime, work: Work) -> None:
    at = await nearly_over(offer.council, offer.profile_id, offer.answer_by, work)
    if now < at:
        await ask(
            offer.council, offer.profile_id, PartyKind.PA, WAITS, subject=offer.introduction_id, occurrence=str(offer.number),
            given=offer.given(offer.person_id), belongs=offer.belongs, now=now, work=work, expires_at=offer.answer_by,
            not_before=at,
        )


async def nearly_over(council: str, profile_id: UUID, answer_by: datetime, work: Work) -> datetime:
    by_post = first_by_post(await work.contacts.of(council, PartyId(profile_id)))
    return answer_by - (BEFORE_THE_END_BY_POST if by_post else BEFORE_THE_END)


async def drop_reminders(council: str, ask_id: UUID, party_id: UUID, question: str, now: datetime, work: Work) -> None:
    """They have just answered: what would have reminded them of it is not sent."""
    waiting = await work.messages.not_yet_sent(council, party_id=party_id)
    reminders = [m for m in waiting if m.about in REMINDS_OF and ask_of(m) == ask_id and first_put(m) == question]
    await drop(reminders, Dropped.NO_LONGER_TRUE, now, work)


async def held_back(message: Message, now: datetime, work: Work) -> bool:
    """True: this reminder does not go now. It was answered, never reached them before, or reached them only just now."""
    ask_id = ask_of(message)
    if message.about not in (*REMINDS_OF, SOON) or ask_id is None:
        return False
    answer = await work.replies.answer_to(message.council, ask_id, message.party_id, first_put(message))
    if needless(message, answer):
        await drop([message], Dropped.NO_LONGER_TRUE, now, work)
        return True
    if message.about == SOON:
        return False
    reached_at = await work.messages.reached_at(message.council, ask_id, message.party_id, REMINDS_OF[message.about])
    again = reached_at + AFTER_THE_ASK if reached_at else None
    if again is None or message.expired(again):
        await drop([message], Dropped.NO_LONGER_TRUE, now, work)
        return True
    if now < again:
        await work.messages.save(replace(message, not_before=again))
    return now < again


def needless(message: Message, answer: Answer | None) -> bool:
    """Whoever said that a meeting suits them is still glad to be reminded of it."""
    return answer is not None if message.about in REMINDS_OF else answer == "no"
