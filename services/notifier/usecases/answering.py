"""A yes or a no coming back: by link, code, text message, or through somebody of the team."""
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from services.notifier import announcements
from services.notifier.domain.asks import ASKS, by_own_word, put_by
from services.notifier.domain.checking import IS_THIS_YOU
from services.notifier.domain.contact import Contact, Method, PartyId
from services.notifier.domain.freshness import STILL_RIGHT
from services.notifier.domain.message import BusinessKey, Message, State
from services.notifier.domain.proof import Step, What
from services.notifier.domain.questions import ASKED_IN, Question
from services.notifier.domain.reply import (
    AlreadyAnswered,
    Answer,
    Capability,
    CodeUnknown,
    Kind,
    Route,
    Said,
    TooLate,
    hashed,
    tidy,
    understand,
    without,
)
from services.notifier.domain.task import Kind as TaskKind
from services.notifier.ports import Press, Work
from services.notifier.usecases import asking_again, checking, reaching
from services.notifier.usecases.asking import ask, message_id
from services.notifier.usecases.facts import facts_now
from services.notifier.usecases.reminding import drop_reminders
from services.notifier.usecases.writing import leave_to_a_person
from shared.contracts import Event


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is to, where it came with no code."""

    council: str
    message_id: UUID
    party_id: UUID
    about: str
    ask_id: UUID
    question: str = Question.ASK


UNCLEAR_AGAIN = "Their answer was not clear, twice. Please ask them: yes or no?"
UNCLEAR = "Their answer was not clear. Please ask them: yes or no?"


async def look(code: str, work: Work) -> Capability:
    """What a code is for. Looking never uses it up."""
    return await work.replies.by_hash(hashed(tidy(code)))


async def answer(code: str, said: Answer, now: datetime, work: Work) -> Capability:
    capability = await look(code, work)
    return await take(capability, said, "link" if capability.kind is Kind.LINK else "slip", now, work)


async def take(capability: Capability, said: Answer, route: Route, now: datetime, work: Work) -> Capability:
    """The first answer counts; the same again changes nothing."""
    before = capability.answer
    if before == said:
        return capability
    if before is not None:
        raise AlreadyAnswered
    if not capability.open_at(now):
        raise TooLate
    c = capability
    await give(c, said, route, now, work)
    return c.answered(said)


async def give(
    asked: Asked | Capability, said: Answer, route: Route, now: datetime, work: Work, worker_id: UUID | None = None
) -> None:
    """The answer, told to all, and written down with the message it answers."""
    a = asked
    await work.replies.answered(a.council, a.ask_id, a.party_id, a.question, said)
    await work.proof.add(Step(a.council, a.message_id, now, What.ANSWERED, answer=said, route=route, worker_id=worker_id))
    await drop_reminders(a.council, a.ask_id, a.party_id, a.question, now, work)
    # one reply to each question, whatever ways it comes by
    reply_id = uuid5(a.ask_id, f"reply/{a.party_id}" if a.question == Question.ASK else f"reply/{a.party_id}/{a.question}")
    if a.about == IS_THIS_YOU:
        await checking.hear_answer(a.council, a.message_id, said, now, work)
        return
    if a.about == STILL_RIGHT:
        await asking_again.hear_answer(a.council, PartyId(a.party_id), a.ask_id, said, now, work)
        return
    if a.about in ASKS:
        event: Event = announcements.answer_received(a.council, reply_id, a.party_id, a.about, a.ask_id, said, route, now)
    else:
        event = announcements.reply_received(a.council, reply_id, a.party_id, a.ask_id, a.question, said, route, now)
    await work.outbox.append(event)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of a text message."""

    said: Said
    known_sender: bool
    answered: bool = False
    in_hand_of: tuple[UUID, ...] = ()
    """Parties stopped by it: acknowledge when no channel has anything of theirs."""


async def text(council: str, phone: str, words: str, press: Press, team: str, now: datetime, work: Work) -> Heard:
    """A text message from this number (E.164). What is unclear is asked once more, then a person asks."""
    parties = await work.contacts.by_phone(council, phone)
    if not parties:
        return Heard(Said.UNCLEAR, known_sender=False)
    said, code = understand(words, {one.language for party in parties for one in party.preferences})
    if said is Said.UNCLEAR and (own := by_own_word(without(words, code))):
        return await by_word(own, code, parties, press, team, now, work)
    match said:
        case Said.STOP:
            for party in parties:
                stops = checking.stop_there if Method.TEXT in party.unchecked else reaching.stop
                await stops(council, party.party_id, now, work)
            return Heard(said, True, in_hand_of=tuple(party.party_id for party in parties))
        case Said.START:
            for party in parties:
                if Method.TEXT in party.unchecked:
                    continue  # a stranger starts nothing that somebody stopped
                await reaching.start(council, party.party_id, now, work)
            return Heard(said, True)
    party_ids = [party.party_id for party in parties]
    open_asks = await work.replies.open_for(council, party_ids, now)
    meant = await by_code(council, party_ids, code, work) if code else meant_by_bare(open_asks)
    if said is not Said.UNCLEAR and meant is None and not open_asks:
        meant = await work.replies.latest_answered(council, party_ids, now)
    if said is not Said.UNCLEAR and meant is not None:
        return await take_text(meant, "yes" if said is Said.YES else "no", parties, press, team, now, work)
    for ask_open in meetings(open_asks) or open_asks:
        await ask_again(ask_open, whose(ask_open, parties), press, team, now, work)
    return Heard(Said.UNCLEAR, True)


def meetings(asks: Sequence[Capability]) -> list[Capability]:
    return [one for one in asks if one.about not in ASKS]


def meant_by_bare(asks: Sequence[Capability]) -> Capability | None:
    """What a yes or no without a code answers: the one ask to meet, or, where there is none, the one other ask."""
    likely = meetings(asks) or asks
    return likely[0] if len(likely) == 1 else None


async def by_word(
    own: tuple[str, Answer], code: str | None, parties: Sequence[Contact], press: Press, team: str, now: datetime, work: Work
) -> Heard:
    """A word that belongs to one message: its ask, if one of these is open; else it was not clear."""
    council, party_ids = parties[0].council, [party.party_id for party in parties]
    about, said = own
    theirs = [one for one in await work.replies.open_for(council, party_ids, now) if one.about == about]
    meant = await by_code(council, party_ids, code, work) if code else theirs[0] if len(theirs) == 1 else None
    if meant is not None and meant.about == about:
        return await take_text(meant, said, parties, press, team, now, work)
    for one in theirs:
        await ask_again(one, whose(one, parties), press, team, now, work)
    return Heard(Said.UNCLEAR, True)


async def take_text(
    meant: Capability, said: Answer, parties: Sequence[Contact], press: Press, team: str, now: datetime, work: Work
) -> Heard:
    """The answer, or, when they had answered the other way, somebody of the team to ask them."""
    try:
        await take(meant, said, "text", now, work)
    except TooLate:
        return Heard(Said(said), True)
    except AlreadyAnswered:
        changed = f"They texted {said}, after they had said {meant.answer}. Please ask them what they would like."
        await ask_by_team(meant, whose(meant, parties), changed, press, team, now, work)
        return Heard(Said(said), True)
    return Heard(Said(said), True, answered=True)


async def by_code(council: str, party_ids: Sequence[UUID], code: str, work: Work) -> Capability | None:
    """The ask with this code, if it is theirs. A code of somebody else's is as good as none."""
    try:
        capability = await look(code, work)
    except CodeUnknown:
        return None
    return capability if capability.council == council and capability.party_id in party_ids else None


def whose(asked: Capability, parties: Sequence[Contact]) -> Contact:
    return next(party for party in parties if party.party_id == asked.party_id)


async def ask_again(asked: Capability, contact: Contact, press: Press, team: str, now: datetime, work: Work) -> None:
    if asked.question != Question.ASK:
        await ask_by_team(asked, contact, UNCLEAR, press, team, now, work)
        return
    if await work.replies.unclear_before(asked.council, asked.party_id, asked.ask_id):
        await ask_by_team(asked, contact, UNCLEAR_AGAIN, press, team, now, work)
        return
    await once_more(asked, "once", now, work)


async def once_more(asked: Capability, occurrence: str, now: datetime, work: Work) -> tuple[Message, UUID]:
    """What they were asked, and the id of the message that asks it again: of a meeting that we did not understand, else the same
    words once more."""
    m = await work.messages.of(asked.council, asked.message_id)
    same_words = put_by(m.about) in ASKS or asked.question != Question.ASK
    about = put_by(m.about) if same_words else "we_did_not_understand"
    which = f"{m.key.occurrence.split(' ')[0]} {occurrence}" if m.about in ASKED_IN else f"again/{occurrence}"
    key = BusinessKey(m.party_id, about, asked.ask_id, which if same_words else occurrence)
    await ask(
        asked.council, asked.party_id, m.audience, about, subject=key.subject, occurrence=key.occurrence, given=m.given,
        belongs=m.belongs, now=now, work=work, expires_at=asked.expires_at,
    )
    return m, message_id(asked.council, key)


async def ask_by_team(
    asked: Capability, contact: Contact, why: str, press: Press, team: str, now: datetime, work: Work
) -> None:
    """A message that goes straight to the team. Asked for twice it is one."""
    original, again = await once_more(asked, "by_team", now, work)
    message = await work.messages.hold(asked.council, again)
    if message.state is State.WAITING:
        known = replace(message, given=await facts_now(message, work) or original.given)
        await leave_to_a_person(known, None, contact, why, TaskKind.ASK_THEM, press, team, now, work)
