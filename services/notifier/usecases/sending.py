"""Handing a made message to the world, at most once: permit, channel, reference; then the call, and its conclusion."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.notifier.domain import failover, hours
from services.notifier.domain.contact import Contact
from services.notifier.domain.delivery import Delivery, Stage
from services.notifier.domain.message import Dropped, Message, State
from services.notifier.domain.planning import Cannot, stands_in_the_way
from services.notifier.domain.sign_in_code import as_asked, is_code
from services.notifier.domain.waits import Waits
from services.notifier.ports import Channel, Parcel, Work
from services.notifier.usecases.asking import drop, give_back


@dataclass(frozen=True, slots=True)
class Permitted:
    """A contact that is ours to begin, and whom it is with."""

    delivery: Delivery
    party_id: UUID


@dataclass(frozen=True, slots=True)
class Begun:
    """A contact that may now be handed over, to whom, and who else could have carried it."""

    delivery: Delivery
    parcel: Parcel
    channel: Channel
    carriers: tuple[str, ...]


async def permit(message: Message, delivery: Delivery, now: datetime, work: Work) -> Contact | None:
    """The rules as they are at this instant; None = not now, and what follows from that has been done."""
    contact = as_asked(await work.contacts.of(message.council, message.party_id), message)
    if message.no_longer:
        await work.deliveries.save(delivery.failed())
        await drop([message], message.no_longer, now, work)
        return None
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
    made_for = message.made_for
    return made_for in contact.preferences and stands_in_the_way(contact, made_for, lambda _: None) is None


async def claim(
    attempt_ref: UUID, now: datetime, waits: Waits, work: Work, busy: Collection[UUID] = ()
) -> tuple[bool, Permitted | None]:
    """(whether a contact was due, the contact, permitted and ours). `busy`: parties whose contacts wait."""
    delivery = await work.deliveries.next_due(now, busy)
    if delivery is None:
        return False, None
    message = await work.messages.of(delivery.council, delivery.message_id)
    if await permit(message, delivery, now, work) is None:
        return True, None
    permitted = delivery.permitted(attempt_ref, now, waits)
    await work.deliveries.save(permitted)
    return True, Permitted(permitted, message.party_id)


async def begin_sending(
    permitted: Delivery, channels: Sequence[Channel], now: datetime, waits: Waits, work: Work
) -> Begun | None:
    """The permit once more, and channel and reference committed, immediately before the call."""
    message = await work.messages.hold(permitted.council, permitted.message_id)
    delivery = await work.deliveries.of(permitted.council, permitted.message_id)
    if delivery != permitted or message.state is not State.WRITTEN:
        return None
    contact = await permit(message, delivery, now, work)
    if contact is None:
        return None
    parcel = await parcel_of(message, delivery, contact, work)
    carriers = {channel.name: channel for channel in channels if channel.carries(parcel)}
    name = await in_turn(delivery, tuple(carriers), now, waits, work)
    if name is None:
        await work.deliveries.save(delivery.failed())
        await give_back(message, Cannot.NO_CHANNEL, now, work)
        return None
    sending = delivery.sending(name, contact.version, now)
    await work.deliveries.save(sending)
    return Begun(sending, parcel, carriers[name], tuple(carriers))


async def parcel_of(message: Message, delivery: Delivery, contact: Contact, work: Work) -> Parcel:
    assert delivery.attempt_ref is not None
    to = contact.point(delivery.method)
    assert to is not None
    artefacts = await work.messages.artefacts(message.council, message.message_id)
    return Parcel(
        message.council, message.message_id, delivery.attempt_ref, delivery.method, to, message.title or "", tuple(artefacts)
    )


async def in_turn(delivery: Delivery, carriers: tuple[str, ...], now: datetime, waits: Waits, work: Work) -> str | None:
    """The channel to call; None = none can. One that may have accepted it before is the only one that may be called again."""
    if delivery.doubted_at is not None:
        return delivery.channel if delivery.channel in carriers else None
    turn = await work.turns.of(delivery.method) if len(carriers) > 1 else None
    return failover.first(carriers, turn, now, waits) if carriers else None


async def in_doubt(now: datetime, work: Work) -> Delivery | None:
    """A contact whose sender went away or heard no clear answer. If nothing had left yet it is simply planned again; else its
    channel must be asked."""
    delivery = await work.deliveries.in_doubt(now)
    if delivery is not None and delivery.stage is Stage.PERMITTED:
        await work.deliveries.save(delivery.waits_until(now))
        return None
    return delivery
