"""Recording how a party is reached, and stopping at once when they say stop."""
from dataclasses import replace
from datetime import datetime

from services.notifier.domain.calls import A_GAP_NEAR_YOU
from services.notifier.domain.contact import Contact, PartyId, PartyKind
from services.notifier.domain.message import Dropped, State
from services.notifier.domain.task import NO_RECORD, Task, TaskState
from services.notifier.ports import PartyUnknown, Work
from services.notifier.usecases.asking import close_task, drop
from services.notifier.usecases.calling import call


async def record(
    contact: Contact, stopped: bool | None, now: datetime, work: Work, hear_of_gaps: bool | None = None
) -> Contact:
    """Keep the record. What could not be told for want of one is made now. None: as it was."""
    held = await work.contacts.hold(contact.council, contact.party_id)
    before = held.stopped_at if held else None
    hears = bool(held and held.hear_of_gaps) if hear_of_gaps is None else hear_of_gaps
    contact = replace(
        contact, stopped_at=before if stopped is None else (before or now) if stopped else None,
        hear_of_gaps=hears and contact.kind is PartyKind.PA,
    )
    if held is not None:
        contact = replace(contact, version=held.version, closed=contact.still_closed(held))
        if contact == held:
            return held
        contact = replace(contact, version=held.version + 1)
    await work.contacts.save(contact, now)
    if contact.stopped_at:
        await drop_all(contact, now, work)
        return contact
    if held is None:
        await take_back_from_team(contact, now, work)
    if contact.hear_of_gaps and not (held and held.hear_of_gaps):
        await call(contact.council, contact.party_id, now, work)
    if held and held.hear_of_gaps and not contact.hear_of_gaps:
        waiting = await work.messages.not_yet_sent(contact.council, party_id=contact.party_id, about=A_GAP_NEAR_YOU)
        await drop(waiting, Dropped.STOPPED, now, work)
    return contact


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
