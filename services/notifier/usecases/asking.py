"""Asking for a message, and dropping one that is no longer true or wanted."""
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from services.notifier import announcements
from services.notifier.domain.contact import PartyId, PartyKind
from services.notifier.domain.delivery import Stage
from services.notifier.domain.message import About, BusinessKey, Dropped, Message, State
from services.notifier.domain.planning import Cannot
from services.notifier.domain.proof import Step, What
from services.notifier.domain.sign_in_code import is_code
from services.notifier.domain.task import TaskState
from services.notifier.domain.wording import Given
from services.notifier.ports import Work

IN_HAND = (Stage.PERMITTED, Stage.SENDING)


async def ask(
    council: str, party_id: UUID, audience: PartyKind, about: str, *, subject: UUID, occurrence: str, given: Given,
    belongs: About, now: datetime, work: Work, expires_at: datetime | None = None, not_before: datetime | None = None,
    purpose: str | None = None,
) -> bool:
    """Leave a message to be made. False: it was asked for before, so nothing happened. `purpose`: where several messages are for
    the same, and only one of them is sent. Nobody asks for anything to somebody who was erased."""
    if await work.erased.has(council, party_id):
        return False
    key = BusinessKey(PartyId(party_id), purpose or about, subject, occurrence)
    return await work.messages.add(
        Message(
            council=council, message_id=message_id(council, key), key=key, about=about, audience=audience, given=given,
            belongs=belongs, asked_at=now, expires_at=expires_at, not_before=not_before,
        )
    )


def message_id(council: str, key: BusinessKey) -> UUID:
    """The same for the same business key, so that whatever is told twice is one message everywhere."""
    return uuid5(NAMESPACE_URL, f"{council}/{key.party_id}/{key.purpose}/{key.subject}/{key.occurrence}")


async def drop(messages: Iterable[Message], why: Dropped, now: datetime, work: Work) -> int:
    """Drop those that no channel has; how many were. One that a channel has is not made or sent again, should it come back."""
    dropped = 0
    for message in messages:
        if await in_hand(message, work):
            await work.messages.save(replace(message, no_longer=why))
            continue
        delivery = await work.deliveries.of(message.council, message.message_id)
        if delivery and delivery.stage is Stage.PLANNED:
            await work.deliveries.save(delivery.failed())
        await close_task(message, now, work)
        await keep_and_tell(message.drop(why), now, work)
        await note(message, What.DROPPED, now, work, why=why)
        dropped += 1
    return dropped


async def in_hand(message: Message, work: Work) -> bool:
    """Whether a channel has it, so that it can be told no other way."""
    delivery = await work.deliveries.of(message.council, message.message_id)
    sending = delivery is not None and delivery.stage in IN_HAND and message.state is State.WRITTEN
    return sending or message.state is State.HANDED_OVER


async def give_back(message: Message, why: Cannot, now: datetime, work: Work) -> None:
    """The way it was made for came to nothing: the next recorded is taken, unless the message is no longer wanted.

    A code that did not go is not told another way, and nobody rings about it: whoever asked is at the page, and asks again.
    """
    if is_code(message):
        await work.codes.sent(message.council, message.message_id)
    if is_code(message) or message.no_longer:
        await keep_and_tell(message.drop(message.no_longer or Dropped.NO_WAY), now, work)
        return
    contact = await work.contacts.of(message.council, message.party_id)
    await work.messages.save(message.back(contact.preferences if contact else (), why))


async def close_task(message: Message, now: datetime, work: Work) -> None:
    """Nobody need reach them about this any more."""
    task = await work.tasks.of_message(message.council, message.message_id)
    if task and task.state is TaskState.OPEN:
        await work.tasks.save(task.not_needed(now))
        await note(message, What.NOT_NEEDED, now, work, team=task.team)


async def note(
    message: Message, what: What, now: datetime, work: Work, *, why: str | None = None, team: str | None = None
) -> None:
    """One step more in the proof of its delivery."""
    await work.proof.add(Step(message.council, message.message_id, now, what, why=why, team=team))


async def keep_and_tell(message: Message, now: datetime, work: Work) -> None:
    await work.messages.save(message)
    await work.outbox.append(announcements.message_changed(message, now))
