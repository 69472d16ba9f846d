"""Calls for PAs: where help is wanted near them is told to those who asked to hear of it, once a week at most."""
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.notifier.domain.calls import (
    A_GAP_NEAR_YOU,
    GATHERED_FOR,
    STANDS_FOR,
    PaCopy,
    concerns,
    newest_week,
    said_of,
)
from services.notifier.domain.contact import PartyId, PartyKind
from services.notifier.domain.delivery import Stage
from services.notifier.domain.lists import GapCopy
from services.notifier.domain.message import About, Dropped, Message, State
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases import freshness, resting
from services.notifier.usecases.asking import ask, close_task, drop
from shared.vocabulary.geography import outcodes


async def hear_gap(gap: GapCopy, now: datetime, work: Work) -> None:
    """Those whom it concerns are told. One that ended tells nobody, and what waits to tell of it is looked at again."""
    await work.lists.save_gap(gap)
    if not gap.open:
        for message in await work.messages.not_yet_sent(gap.council, about=A_GAP_NEAR_YOU):
            await look_again(message, now, work)
        return
    for pa in await work.lists.who_hear_of_gaps(gap.council):
        if concerns(gap, pa, outcodes()):
            await ask_for_call(gap.council, PartyId(pa.profile_id), gap.week, now, work)


async def hear_pa(pa: PaCopy, now: datetime, work: Work) -> None:
    if await work.erased.has(pa.council, pa.profile_id):
        pa = pa.emptied()
    before = await work.lists.save_pa(pa)
    await freshness.hear_pa(pa, before.asked_to_look, now, work)
    await resting.hear_pa(pa, before, now, work)
    contact = await work.contacts.of(pa.council, PartyId(pa.profile_id))
    if contact and contact.hear_of_gaps and not contact.stopped_at:
        for message in await work.messages.not_yet_sent(pa.council, party_id=pa.profile_id, about=A_GAP_NEAR_YOU):
            await look_again(message, now, work)
        await call(pa.council, contact.party_id, now, work)


async def call(council: str, party_id: PartyId, now: datetime, work: Work) -> None:
    """Of what is published now: of its newest week, unless they were told in that week."""
    week = newest_week(await near(council, party_id, work))
    if week is not None:
        await ask_for_call(council, party_id, week, now, work)


async def ask_for_call(council: str, party_id: PartyId, week: date, now: datetime, work: Work) -> None:
    """One message a week, however many gaps it tells of. What it says is read when it is made."""
    await ask(
        council, party_id, PartyKind.PA, A_GAP_NEAR_YOU, subject=party_id, occurrence=week.isoformat(),
        given={"week": week.isoformat()}, belongs=About(), now=now, work=work, expires_at=now + STANDS_FOR,
        not_before=now + GATHERED_FOR,
    )


async def near(council: str, party_id: UUID, work: Work) -> Sequence[GapCopy]:
    pa = await work.lists.pa(council, party_id)
    return [gap for gap in await work.lists.open_gaps(council) if pa and concerns(gap, pa, outcodes())]


async def facts(message: Message, work: Work) -> Given | None:
    """What there is to tell at this moment; None = nothing, or they no longer want to hear of it."""
    contact = await work.contacts.of(message.council, message.party_id)
    if contact is None or not contact.hear_of_gaps:
        return None
    return said_of(await near(message.council, message.party_id, work), date.fromisoformat(str(message.given["week"])))


async def look_again(message: Message, now: datetime, work: Work) -> None:
    """A gap ended, or the PA changed. What nobody has yet is made again, or dropped where there is nothing to tell."""
    told = await facts(message, work)
    if told is None:
        await drop([message], Dropped.NO_LONGER_TRUE, now, work)
    elif told != message.given and await can_be_made_again(message, work):
        await close_task(message, now, work)
        await work.messages.save(replace(message, state=State.WAITING, spent={}, not_before=None))


async def can_be_made_again(message: Message, work: Work) -> bool:
    """It was made, and neither a channel nor the party has it."""
    delivery = await work.deliveries.of(message.council, message.message_id)
    planned = message.state is State.WRITTEN and delivery is not None and delivery.stage is Stage.PLANNED
    return planned or message.state is State.TASK
