"""Recording how a party is reached, and stopping at once when they say stop."""
from dataclasses import replace
from datetime import datetime

from services.notifier.domain.calls import A_GAP_NEAR_YOU
from services.notifier.domain.checking import with_checks
from services.notifier.domain.contact import Contact, PartyId, PartyKind
from services.notifier.domain.hours import NeverSafe, have_a_moment
from services.notifier.domain.message import Dropped, State
from services.notifier.domain.task import NO_RECORD, Task, TaskState
from services.notifier.ports import PartyErased, PartyUnknown, RecordChanged, Work
from services.notifier.usecases.asking import close_task, drop
from services.notifier.usecases.asking_again import no_question_any_more
from services.notifier.usecases.calling import call
from services.notifier.usecases.checking import ask_whether_it_is_them
from services.notifier.usecases.copying import drop_copies


async def record(
    contact: Contact, stopped: bool | None, now: datetime, work: Work, hear_of_gaps: bool | None = None, *,
    left_out: frozenset[str] = frozenset(), seen: int | None = None,
) -> Contact:
    """Keep the record. What could not be told for want of one is made now. None, and what is `left_out`: as it was.

    `seen`: the version it was written over; 0 = none. Raises RecordChanged when another is there, NeverSafe, PartyErased."""
    held = await work.contacts.hold(contact.council, contact.party_id)
    if await work.erased.has(contact.council, contact.party_id):
        raise PartyErased
    if seen is not None and seen != (held.version if held else 0):
        raise RecordChanged
    contact = as_it_was(contact, held, left_out)
    if not have_a_moment(contact.safe_times, contact.quiet_from, contact.quiet_to):
        raise NeverSafe
    before = held.stopped_at if held else None
    hears = bool(held and held.hear_of_gaps) if hear_of_gaps is None else hear_of_gaps
    contact = replace(
        contact, stopped_at=before if stopped is None else (before or now) if stopped else None,
        hear_of_gaps=hears and contact.kind is PartyKind.PA,
    )
    if held is not None:
        contact = replace(contact, version=held.version, closed=contact.still_closed(held))
    contact = with_checks(contact, held, now)
    if held is not None:
        if contact == held:
            return held
        contact = replace(contact, version=held.version + 1)
    await work.contacts.save(contact, now)
    if contact.stopped_at:
        await drop_all(contact, now, work)
        return contact
    await ask_whether_it_is_them(contact, held, now, work)
    if held is None:
        await take_back_from_team(contact, now, work)
    else:
        await drop_copies(held, contact, now, work)
        await no_question_any_more(contact, held, now, work)
    if contact.hear_of_gaps and not (held and held.hear_of_gaps):
        await call(contact.council, contact.party_id, now, work)
    if held and held.hear_of_gaps and not contact.hear_of_gaps:
        waiting = await work.messages.not_yet_sent(contact.council, party_id=contact.party_id, about=A_GAP_NEAR_YOU)
        await drop(waiting, Dropped.STOPPED, now, work)
    return contact


def as_it_was(contact: Contact, held: Contact | None, left_out: frozenset[str]) -> Contact:
    """When it is confirmed anew, the day to ask again is another, though nobody named one."""
    if held is None:
        return contact
    confirmed_anew = contact.confirmed_on != held.confirmed_on
    return replace(
        contact,
        safe_times=held.safe_times if "safe_times" in left_out else contact.safe_times,
        shared_post=held.shared_post if "shared_post" in left_out else contact.shared_post,
        list_news=held.list_news if "list_news" in left_out else contact.list_news,
        needs=held.needs if "needs" in left_out else contact.needs,
        copies=held.copies if "copies" in left_out else contact.copies,
        ask_again_on=held.ask_again_on if "ask_again_on" in left_out and not confirmed_anew else contact.ask_again_on,
    )


async def take_back_from_team(contact: Contact, now: datetime, work: Work) -> None:
    for message in await work.messages.not_yet_sent(contact.council, party_id=contact.party_id):
        task = await work.tasks.of_message(message.council, message.message_id)
        if message.state is State.TASK and task and nobody_began(task):
            await close_task(message, now, work)
            await work.messages.save(replace(message, state=State.WAITING, not_before=None, spent={}))


def nobody_began(task: Task) -> bool:
    """It waits only because there was no record, and no worker has taken it or tried."""
    return task.state is TaskState.OPEN and task.why == NO_RECORD and not task.tries and task.taken_by is None


async def stop(council: str, party_id: PartyId, now: datetime, work: Work) -> Contact:
    """Nothing more is told to them. Acknowledge only when `in_hand` says that no channel has anything of theirs."""
    held = await work.contacts.hold(council, party_id)
    if held is None:
        raise PartyUnknown
    stopped = held.stop(now)
    if stopped is not held:
        await work.contacts.save(stopped, now)
    await drop_all(stopped, now, work)
    return stopped


async def start(council: str, party_id: PartyId, now: datetime, work: Work) -> Contact:
    held = await work.contacts.hold(council, party_id)
    if held is None:
        raise PartyUnknown
    started = held.start()
    if started is not held:
        await work.contacts.save(started, now)
    return started


async def drop_all(contact: Contact, now: datetime, work: Work) -> None:
    await drop(await work.messages.not_yet_sent(contact.council, party_id=contact.party_id), Dropped.STOPPED, now, work)
