"""What came of one attempt to hand a message over, and what follows for the message."""
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.notifier.domain import failover
from services.notifier.domain.delivery import Delivery, Stage
from services.notifier.domain.message import Dropped, Message
from services.notifier.domain.planning import Cannot
from services.notifier.domain.proof import Step, What
from services.notifier.domain.sign_in_code import is_code
from services.notifier.domain.task import Kind
from services.notifier.domain.waits import Waits
from services.notifier.ports import Press, Work
from services.notifier.usecases.asking import give_back, keep_and_tell
from services.notifier.usecases.copying import tell_supporters_too
from services.notifier.usecases.writing import leave_to_a_person

BEGUN_BUT = f"We began to send this, but {Cannot.UNSURE}. Please ask them, and tell them if it did not."


class Outcome(StrEnum):
    SENT = "sent"
    REFUSED = "refused"
    DOWN = "down"
    """Not now, and nothing has left."""
    DOUBT = "doubt"
    """No clear answer: it may have been accepted."""
    NOT_THERE = "not_there"
    """The channel was asked about a doubt, and knows nothing of it."""
    NOT_ANSWERED = "not_answered"
    """The channel could not be asked about a doubt."""


IN_PROOF = {
    Outcome.SENT: What.ACCEPTED, Outcome.REFUSED: What.REFUSED, Outcome.DOWN: What.NOT_NOW, Outcome.DOUBT: What.DOUBT,
    Outcome.NOT_THERE: What.NOT_THERE, Outcome.NOT_ANSWERED: What.NOT_ANSWERED,
}


@dataclass(frozen=True, slots=True)
class Result:
    outcome: Outcome
    provider_id: str | None = None
    keeps_ledger: bool = False
    """Whether the channel can be asked later."""
    gives_word: bool = False
    carriers: tuple[str, ...] = ()
    """Every channel that could have carried it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What concluding needs besides the attempt: who takes over, how they are told, and how long to wait."""

    press: Press
    team: str
    waits: Waits


async def conclude(delivery: Delivery, result: Result, desk: Desk, now: datetime, work: Work) -> None:
    """Concluding twice is concluding once."""
    message = await work.messages.hold(delivery.council, delivery.message_id)
    held = await work.deliveries.of(delivery.council, delivery.message_id)
    if held is None or held.attempt_ref != delivery.attempt_ref or held.stage is not Stage.SENDING:
        return
    if held.attempts != delivery.attempts and result.outcome is not Outcome.SENT:
        return  # a sender that slept: its contact has been taken up by another, and only an acceptance is news
    await work.proof.add(
        Step(
            message.council, message.message_id, now, IN_PROOF[result.outcome], message.made_for, held.channel, held.attempt_ref
        )
    )
    match result.outcome:
        case Outcome.SENT:
            await sent(message, held, result, desk, now, work)
        case Outcome.REFUSED:
            await in_vain(message, held.failed(), Cannot.REFUSED, now, work)
        case Outcome.DOWN:
            again = await by_another_channel(held, result, desk.waits, now, work) or held.again(now, desk.waits)
            await go_on(message, held, again, desk, now, work)
        case Outcome.NOT_THERE:
            doubted = held.doubted(now)
            await go_on(message, doubted, doubted.not_there(now, desk.waits), desk, now, work)
        case Outcome.DOUBT:
            await go_on(message, held.doubted(now), held.doubted(now) if result.keeps_ledger else None, desk, now, work)
        case Outcome.NOT_ANSWERED:
            asks_again = result.keeps_ledger and not (is_code(message) and message.expired(now))
            later = held.not_answered(now, desk.waits) if asks_again else None
            await go_on(message, held.doubted(now), later, desk, now, work)


async def sent(message: Message, held: Delivery, result: Result, desk: Desk, now: datetime, work: Work) -> None:
    assert held.attempt_ref is not None
    early = result.gives_word and await work.receipts.about(held.attempt_ref)
    look_at = now if early else now + desk.waits.look_after  # a receipt may be quicker than the answer: then we ask at once
    await work.deliveries.save(held.sent(result.provider_id, look_at if result.gives_word else None, now))
    if is_code(message):
        await work.codes.sent(message.council, message.message_id)
    await keep_and_tell(message.handed_over(now), now, work)
    await tell_supporters_too(message, now, work)


async def by_another_channel(held: Delivery, result: Result, waits: Waits, now: datetime, work: Work) -> Delivery | None:
    """At once by another, if the one that said *not now* has been slow for a while; None = it waits for the same."""
    if len(result.carriers) < 2 or held.channel is None:
        return None
    paces = await work.deliveries.paces(now - waits.slow_window, waits.slow, now)
    turn = failover.switched(
        held.method, result.carriers, await work.turns.of(held.method), said_not_now=held.channel,
        may_have_left=held.doubted_at is not None, paces=paces, now=now, waits=waits,
    )
    if turn is None:
        return None
    await work.turns.save(turn)
    return held.waits_until(now)


async def go_on(message: Message, held: Delivery, next_: Delivery | None, desk: Desk, now: datetime, work: Work) -> None:
    """The contact as it waits now; None = this way has come to its end. What may have been accepted is then a person's to ask."""
    if next_ is not None:
        await work.deliveries.save(next_)
    elif held.doubted_at is None:
        await in_vain(message, held.failed(), Cannot.CHANNEL_DOWN, now, work)
    else:
        await unsure(message, held.unknown(), BEGUN_BUT, desk, now, work)


async def in_vain(message: Message, failed: Delivery, why: Cannot, now: datetime, work: Work) -> None:
    await work.deliveries.save(failed)
    await give_back(message, why, now, work)


async def unsure(message: Message, unknown: Delivery, why: str, desk: Desk, now: datetime, work: Work) -> None:
    """Somebody of the team finds out. Never the next way: they may have been told."""
    await work.deliveries.save(unknown)
    if is_code(message):
        await work.codes.sent(message.council, message.message_id)
    contact = await work.contacts.of(message.council, message.party_id)
    stopped = Dropped.STOPPED if contact and contact.stopped_at else None  # nobody is asked to ring somebody who said stop
    code = Dropped.NO_WAY if is_code(message) else None
    if why_not := message.no_longer or code or stopped:
        await keep_and_tell(message.drop(why_not), now, work)
        return
    await leave_to_a_person(message, None, contact, why, Kind.FIND_OUT, desk.press, desk.team, now, work)
