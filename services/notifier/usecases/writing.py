"""Making a message into what its party can take in: claim it, make it with no transaction open, keep it."""
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from services.notifier.domain import care, hours, reply, task
from services.notifier.domain.asks import ask_of, put_by
from services.notifier.domain.calls import A_GAP_NEAR_YOU
from services.notifier.domain.checking import waits_until
from services.notifier.domain.contact import Contact
from services.notifier.domain.delivery import Delivery
from services.notifier.domain.lists import ABOUT_LISTS, LISTS_A_DAY
from services.notifier.domain.message import Artefact, Dropped, Message, State
from services.notifier.domain.planning import Cannot, Passed, Way, choose
from services.notifier.domain.proof import Step, What
from services.notifier.domain.questions import asked_in
from services.notifier.domain.sign_in_code import as_asked, is_code
from services.notifier.domain.sign_in_code import due as code_due
from services.notifier.domain.support_request import BOTH_ASKS
from services.notifier.domain.talking import TALKED_OVER
from services.notifier.domain.wording import ReplyWays
from services.notifier.ports import NotMade, Press, Work
from services.notifier.usecases.asking import close_task, drop, keep_and_tell
from services.notifier.usecases.facts import facts_now
from services.notifier.usecases.reminding import held_back

CLAIM = timedelta(minutes=2)
"""How long a writer may take with one message before another may."""

PATIENCE = 30
"""Looks for a plan's copy that has not arrived yet; each a second longer than the last."""


@dataclass(frozen=True, slots=True)
class Claimed:
    message: Message
    contact: Contact | None
    missing: bool = False
    """The plan's facts never came, so the message cannot be made."""
    recordings: Mapping[str, bytes] = field(default_factory=dict)
    """By language: the council's own recording of it, read by a person."""


@dataclass(frozen=True, slots=True)
class Made:
    way: Way | None
    """None: no recorded way is open."""
    passed: tuple[Passed, ...]
    title: str
    artefacts: Sequence[Artefact] = ()
    spent: dict[int, Cannot] | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """New codes for one offer, made by the caller."""

    link: str
    short: str


async def drop_expired(now: datetime, work: Work) -> int:
    """Whatever is past its time and was not sent is dropped, not sent late."""
    return await drop(await work.messages.expired(now), Dropped.EXPIRED, now, work)


async def claim(now: datetime, work: Work, busy: Collection[UUID] = ()) -> tuple[bool, Claimed | None]:
    """(whether a message was ready, the message, ours for a while). A ready one may turn out to be for nobody, or for later.
    `busy`: parties whose messages wait."""
    message = await work.messages.next_to_write(now, busy)
    if message is None:
        return False, None
    contact = as_asked(await work.contacts.of(message.council, message.party_id), message)
    if contact and contact.stopped_at:
        await drop([message], Dropped.STOPPED, now, work)
        return True, None
    if message.about in ABOUT_LISTS and await lists_made(message, now, work) >= LISTS_A_DAY:
        await work.messages.save(replace(message, not_before=hours.morning_after(now)))
        return True, None
    if await held_back(message, now, work):
        return True, None
    if contact and (waits := waits_until(contact, message, now)):
        await work.messages.save(replace(message, not_before=waits))
        return True, None
    facts = await facts_now(message, work)
    if is_code(message) and (contact is None or facts is None):
        await drop([message], Dropped.NO_WAY, now, work)
        return True, None
    if message.about in (A_GAP_NEAR_YOU, *BOTH_ASKS) and facts is None:
        await drop([message], Dropped.NO_LONGER_TRUE, now, work)
        return True, None
    if facts is None and message.tries < PATIENCE:
        await work.messages.save(message.later(now))
        return True, None
    held = replace(message, not_before=now + CLAIM)
    await work.messages.save(held)
    return True, Claimed(replace(held, given=facts or message.given), contact, missing=facts is None)


async def lists_made(message: Message, now: datetime, work: Work) -> int:
    """Messages about lists that this party was made on this day here, and that were not dropped. Not this one made again."""
    since = hours.day_began(now)
    return await work.messages.made_since(message.council, message.party_id, since, ABOUT_LISTS, leaving_out=message.message_id)


async def make(claimed: Claimed, press: Press, codes: ReplyWays | None, now: datetime) -> Made:
    """Made by the first recorded way that works. No transaction is open here."""
    message, contact = claimed.message, claimed.contact
    title = press.title(message)
    if contact is None or claimed.missing or message.about in TALKED_OVER:
        return Made(None, (), title)
    spent = dict(message.spent)
    while True:
        way, passed = choose(contact, lambda preference: press.obstacle(message, preference), spent)
        if way is None or way.by_a_person:
            return Made(way, passed, title, spent=spent)
        try:
            recording = claimed.recordings.get(way.preference.language)
            title, artefacts = await press.make(message, contact, way.preference, codes, now, recording)
            return Made(way, passed, title, artefacts, spent)
        except NotMade:
            spent[way.position] = Cannot.NOT_MADE


async def keep(claimed: Claimed, made: Made, press: Press, codes: Codes | None, team: str, now: datetime, work: Work) -> None:
    """Keep what was made, unless the message was dropped or the record changed meanwhile: then it is made again."""
    message = await work.messages.hold(claimed.message.council, claimed.message.message_id)
    if message.state is not State.WAITING:
        return
    contact = as_asked(await work.contacts.of(message.council, message.party_id), message)
    if (contact.version if contact else 0) != (claimed.contact.version if claimed.contact else 0):
        await work.messages.save(replace(message, not_before=None, spent={}))
        return
    given = message.given if is_code(message) else claimed.message.given  # a code is not kept with its message
    message = replace(message, given=given, spent=made.spent or {}, not_before=None)
    if is_code(message) and made.way is None:
        await drop([message], Dropped.NO_WAY, now, work)
        return
    for one in made.passed:
        await work.proof.add(
            Step(message.council, message.message_id, now, What.PASSED_OVER, one.preference, why=one.why.name.lower())
        )
    if contact is None or made.way is None or made.way.by_a_person:
        why = why_in_words(claimed, made, press)
        unmade = [one.preference for one in made.passed if one.why in (Cannot.NO_FORMAT, Cannot.NOT_MADE)]
        kind = task.kind_for(made.way.preference if made.way else None, unmade)
        await leave_to_a_person(message, made.way, contact, why, kind, press, team, now, work)
        return
    if message.written_at is not None:
        await close_task(message, now, work)  # a team had it, and now it can be made
    await work.messages.keep_artefacts(message, made.artefacts)
    if codes:
        await offer(message, codes, work)
    if made.way.by_a_braille_house:
        why = f"{why_in_words(claimed, made, press)} {task.TO_A_BRAILLE_HOUSE}"
        await leave_to_a_person(message, made.way, contact, why, task.Kind.HAVE_IT_MADE, press, team, now, work)
        return
    method = made.way.preference.method
    await work.deliveries.plan(
        Delivery(
            message.council, message.message_id, business_key(message), made.way.position, method,
            code_due(message, hours.may_hand_over_from(contact, method, now)),
        )
    )
    await keep_and_tell(message.written(made.way, made.title, now), now, work)


def business_key(message: Message) -> str:
    k = message.key
    return f"{k.party_id}/{k.purpose}/{k.subject}/{k.occurrence}"


async def offer(message: Message, codes: Codes, work: Work) -> None:
    ask_id = ask_of(message)
    assert ask_id is not None and message.expires_at is not None
    for code, kind in ((codes.link, reply.Kind.LINK), (codes.short, reply.Kind.CODE)):
        await work.replies.offer(
            reply.Capability(
                message.council, reply.hashed(code), kind, message.message_id, message.party_id, ask_id,
                put_by(message.about), message.expires_at, question=asked_in(message),
            )
        )


async def leave_to_a_person(
    message: Message, way: Way | None, contact: Contact | None, why: str, kind: task.Kind, press: Press, team: str,
    now: datetime, work: Work,
) -> None:
    """A contact task: a named team reaches them. One that a team has already stays with it; what to say follows."""
    before = await work.tasks.of_message(message.council, message.message_id)
    script = press.script(message, contact, now)
    if before and before.state is task.TaskState.OPEN:
        await work.tasks.save(replace(before, why=why, what_to_say=script))
    else:
        by = task.due(kind, now, message.expires_at)
        await work.tasks.save(
            task.Task(
                message.council, uuid5(message.message_id, "task"), message.message_id, message.party_id, why, script, team, by,
                kind=kind, next_team_at=by,
            )
        )
        preference = way.preference if way else None
        await work.proof.add(
            Step(message.council, message.message_id, now, What.ASKED, preference, why=kind, team=team, until=by)
        )
    await keep_and_tell(message.left_to_a_person(way, press.title(message), now), now, work)


def why_in_words(claimed: Claimed, made: Made, press: Press) -> str:
    """For the team: what was asked for, and why the ways before it were not taken."""
    if claimed.contact is None:
        return task.NO_RECORD
    if claimed.missing:
        return "The support plan this is about has not reached us, so the message could not be made."
    if claimed.message.about in TALKED_OVER:
        return " ".join([TALKED_OVER[claimed.message.about], *care.to_mind(claimed.contact)])
    first = (
        f"They asked for this: {press.in_words(made.way.preference)}." if made.way
        else "None of the ways they asked for can be used now. Please find out how to reach them."
    )
    passed = [f"Not used: {press.in_words(p.preference)}, because {p.why}." for p in made.passed]
    return " ".join([first, *passed, *care.to_mind(claimed.contact)])
