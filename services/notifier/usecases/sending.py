"""Handing a made message to the world, at most once: permit, reference, call, outcome."""
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.notifier.domain import hours
from services.notifier.domain.contact import Contact, Preference
from services.notifier.domain.delivery import Delivery, Stage
from services.notifier.domain.message import Dropped, Message, State
from services.notifier.domain.planning import Cannot, stands_in_the_way
from services.notifier.domain.sign_in_code import as_asked, is_code
from services.notifier.ports import Parcel, Press, Work
from services.notifier.usecases.asking import drop, keep_and_tell
from services.notifier.usecases.writing import leave_to_a_person


class Outcome(StrEnum):
    SENT = "sent"
    REFUSED = "refused"
    DOWN = "down"
    DOUBT = "doubt"


async def permit(message: Message, delivery: Delivery, now: datetime, work: Work) -> Contact | None:
    """The rules as they are at this instant; None = not now, and what follows from that has been done."""
    contact = as_asked(await work.contacts.of(message.council, message.party_id), message)
    if contact is None or contact.stopped_at:
        await work.deliveries.save(delivery.failed())
        await drop([message], Dropped.NO_WAY if is_code(message) else Dropped.STOPPED, now, work)
        return None
    if message.expired(now):
        await work.deliveries.save(delivery.failed())
        await drop([message], Dropped.EXPIRED, now, work)
        return None
    if not still_asked_for(message, contact):
        await work.deliveries.save(delivery.failed())
        await work.messages.save(replace(message, state=State.WAITING, spent={}, not_before=None))
        return None
    may_from = hours.may_hand_over_from(contact, delivery.method, now)
    if may_from > now:
        await work.deliveries.save(delivery.waits_until(may_from))
        return None
    return contact


def still_asked_for(message: Message, contact: Contact) -> bool:
    """Whether the way this was made for is still among those recorded, and open."""
    assert message.method and message.format and message.language
    made_for = Preference(message.method, message.format, message.language, message.point_size)
    return made_for in contact.preferences and stands_in_the_way(contact, made_for, lambda _: None) is None


async def claim(attempt_ref: UUID, now: datetime, work: Work) -> tuple[bool, Delivery | None]:
    """(whether a contact was due, the contact, permitted and ours)."""
    delivery = await work.deliveries.next_due(now)
    if delivery is None:
        return False, None
    message = await work.messages.of(delivery.council, delivery.message_id)
    if await permit(message, delivery, now, work) is None:
        return True, None
    permitted = delivery.permitted(attempt_ref, now)
    await work.deliveries.save(permitted)
    return True, permitted


async def begin_sending(permitted: Delivery, now: datetime, work: Work) -> tuple[Delivery, Parcel] | None:
    """The permit once more, and the reference committed, immediately before the call."""
    message = await work.messages.hold(permitted.council, permitted.message_id)
    delivery = await work.deliveries.of(permitted.council, permitted.message_id)
    if delivery != permitted or message.state is not State.WRITTEN:
        return None
    contact = await permit(message, delivery, now, work)
    if contact is None:
        return None
    sending = delivery.sending()
    await work.deliveries.save(sending)
    assert sending.attempt_ref is not None
    to = contact.point(sending.method)
    assert to is not None
    artefacts = await work.messages.artefacts(message.council, message.message_id)
    return sending, Parcel(
        message.council, message.message_id, sending.attempt_ref, sending.method, to, message.title or "", tuple(artefacts)
    )


async def in_doubt(now: datetime, work: Work) -> Delivery | None:
    """A contact whose sender went away. If nothing had left yet it is simply planned again; else it must be asked about."""
    delivery = await work.deliveries.in_doubt(now)
    if delivery is not None and delivery.stage is Stage.PERMITTED:
        await work.deliveries.save(delivery.waits_until(now))
        return None
    return delivery


async def conclude(delivery: Delivery, outcome: Outcome, press: Press, team: str, now: datetime, work: Work) -> None:
    """What came of one attempt. Concluding twice is concluding once."""
    message = await work.messages.hold(delivery.council, delivery.message_id)
    held = await work.deliveries.of(delivery.council, delivery.message_id)
    if held is None or held.attempt_ref != delivery.attempt_ref or held.stage is not Stage.SENDING:
        return
    if is_code(message):
        await conclude_code(message, held, outcome, now, work)
        return
    match outcome:
        case Outcome.SENT:
            await work.deliveries.save(held.sent())
            await keep_and_tell(message.handed_over(now), now, work)
        case Outcome.REFUSED:
            await work.deliveries.save(held.failed())
            await work.messages.save(message.back(held.position, Cannot.REFUSED))
        case Outcome.DOWN:
            again = held.again(now)
            await work.deliveries.save(again or held.failed())
            if again is None:
                await work.messages.save(message.back(held.position, Cannot.CHANNEL_DOWN))
        case Outcome.DOUBT:
            await work.deliveries.save(held.unknown())
            contact = await work.contacts.of(message.council, message.party_id)
            if contact and contact.stopped_at:  # nobody is asked to ring somebody who said stop
                await drop([message], Dropped.STOPPED, now, work)
                return
            why = f"We began to send this, but {Cannot.UNSURE}. Please ask them, and tell them if it did not."
            await leave_to_a_person(message, None, contact, why, press, team, now, work)


async def conclude_code(message: Message, held: Delivery, outcome: Outcome, now: datetime, work: Work) -> None:
    """A code that did not go is not told another way, and nobody rings about it: whoever asked is at the page, and asks again."""
    again = held.again(now) if outcome is Outcome.DOWN else None
    if again is not None:
        await work.deliveries.save(again)
        return
    await work.codes.sent(message.council, message.message_id)
    if outcome is Outcome.SENT:
        await work.deliveries.save(held.sent())
        await keep_and_tell(message.handed_over(now), now, work)
        return
    await work.deliveries.save(held.unknown() if outcome is Outcome.DOUBT else held.failed())
    await drop([message], Dropped.NO_WAY, now, work)
