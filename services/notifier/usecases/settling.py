"""What a provider says became of a message after it accepted it: true or not, once or often, early, late, or out of order."""
from dataclasses import replace
from datetime import datetime

from services.notifier.domain.delivery import Delivery, Stage
from services.notifier.domain.message import Message, State
from services.notifier.domain.planning import Cannot
from services.notifier.domain.proof import Step, What
from services.notifier.domain.receipt import Effect, Fate, Word
from services.notifier.domain.waits import Waits
from services.notifier.ports import Work
from services.notifier.usecases.asking import give_back
from services.notifier.usecases.concluding import Desk, unsure

SENT_BUT = "We sent this, but nobody told us that it arrived. Please ask them, and tell them if it did not."


async def hear(word: Word, now: datetime, work: Work) -> Effect:
    """Nothing it says changes what was told before, and the same said again changes nothing."""
    found = await work.deliveries.by_reference(word.attempt_ref)
    if found is None:
        await work.receipts.keep(word, Effect.UNKNOWN, None, now)
        return Effect.UNKNOWN
    party_id = (await work.messages.of(found.council, found.message_id)).party_id
    await work.contacts.hold(found.council, party_id)  # before the message, as whoever changes the record does
    message = await work.messages.hold(found.council, found.message_id)
    delivery = await work.deliveries.of(found.council, found.message_id)
    assert delivery is not None
    effect = effect_of(word, delivery, message)
    await work.receipts.keep(word, effect, found.council, now)
    if effect is Effect.SETTLED:
        await apply(message, delivery, word, now, work)
    return effect


def effect_of(word: Word, delivery: Delivery, message: Message) -> Effect:
    if delivery.attempt_ref != word.attempt_ref:
        return Effect.UNKNOWN
    if delivery.stage in (Stage.PLANNED, Stage.PERMITTED, Stage.SENDING):
        return Effect.NOT_SENT_YET
    if delivery.provider_id not in (None, word.provider_id):
        return Effect.NOT_ITS_OWN
    if not expected(delivery, message):
        return Effect.TOO_LATE
    return Effect.SETTLED if word.fate.final else Effect.NOTHING_FINAL


def expected(delivery: Delivery, message: Message) -> bool:
    """Whether its end is still to come."""
    return delivery.stage is Stage.SENT and delivery.look_at is not None and message.state is State.HANDED_OVER


async def apply(message: Message, delivery: Delivery, word: Word, now: datetime, work: Work) -> None:
    """The end of one handing over."""
    settled = delivery.settled(word.provider_id, word.fate)
    if word.fate is Fate.REACHED:
        await work.deliveries.save(settled)
        return
    if word.fate is Fate.NEVER:
        await close(message, delivery, now, work)
    await work.deliveries.save(settled.failed())
    await give_back(message, Cannot.NOT_REACHED, now, work)


async def close(message: Message, delivery: Delivery, now: datetime, work: Work) -> None:
    """The address does not work, so nothing more goes there until somebody has seen to it."""
    contact = await work.contacts.hold(message.council, message.party_id)
    if contact is None or contact.version != delivery.record_version:
        return  # the record was changed since: the address may be another
    closed = contact.close(delivery.method)
    if closed is not contact:
        await work.contacts.save(closed, now)


async def next_to_look_at(now: datetime, waits: Waits, work: Work) -> Delivery | None:
    """One whose end has not been told to us in time; ours to ask about until it is looked at again."""
    delivery = await work.deliveries.next_to_look_at(now)
    if delivery is not None:
        await work.deliveries.save(delivery.looked_at(now, waits))
    return delivery


async def give_up(overdue: Delivery, known: bool, desk: Desk, now: datetime, work: Work) -> None:
    """No end after days. One that is known there and still under way was not told: the networks have given up too.

    Of one that nobody knows, or when nobody answers, we cannot tell: a person asks.
    """
    message = await work.messages.hold(overdue.council, overdue.message_id)
    delivery = await work.deliveries.of(overdue.council, overdue.message_id)
    if delivery is None or not expected(delivery, message) or delivery.attempt_ref != overdue.attempt_ref:
        return
    await work.proof.add(
        Step(
            message.council, message.message_id, now, What.NO_WORD, message.made_for, delivery.channel, delivery.attempt_ref
        )
    )
    if known:
        await work.deliveries.save(replace(delivery.failed(), fate=Fate.NOT_REACHED))
        await give_back(message, Cannot.NOT_REACHED, now, work)
    else:
        await unsure(message, delivery.unknown(), SENT_BUT, desk, now, work)
