"""Forgetting how somebody was reached: old versions of their wishes by themselves, and all of it when they ask."""
from datetime import datetime, timedelta

from services.notifier.domain.contact import PartyId
from services.notifier.domain.message import Dropped
from services.notifier.ports import PartyUnknown, Work
from services.notifier.usecases.asking import drop
from services.notifier.usecases.reaching import drop_all

KEPT_FOR = timedelta(days=3 * 365)
"""After another version took its place: long enough to show how somebody had asked to be told, when they complain."""
AT_ONCE = 1000


async def forget_old_wishes(now: datetime, work: Work) -> int:
    """How many versions were forgotten, of as many as one piece of work takes."""
    return await work.contacts.forget_old_versions(now - KEPT_FOR, AT_ONCE)


async def begin(council: str, party_id: PartyId, now: datetime, work: Work) -> None:
    """From now on nothing more goes to them and nothing of them comes in. What a channel has at this moment ends first, and then
    `finish` erases it all. The last message to them goes before this."""
    if not await work.erased.begin(council, party_id):
        return
    held = await work.contacts.hold(council, party_id)
    if held is not None:
        stopped = held.stop(now)
        if stopped is not held:
            await work.contacts.save(stopped, now)
    await drop(await work.messages.not_yet_sent(council, party_id=party_id), Dropped.STOPPED, now, work)


async def finish(council: str, party_id: PartyId, now: datetime, work: Work) -> bool:
    """False: a channel still has something of theirs."""
    if await work.deliveries.in_hand(council, party_id):
        return False
    await work.contacts.hold(council, party_id)
    await drop(await work.messages.not_yet_sent(council, party_id=party_id), Dropped.STOPPED, now, work)
    await work.contacts.erase(council, party_id)
    await work.erased.done(council, party_id)
    return True


async def erase(council: str, party_id: PartyId, now: datetime, work: Work) -> None:
    """Nothing more is told to them, and nothing is left of how they were reached. Raises PartyUnknown.

    Ask only when no channel has anything of theirs, as after a stop.
    """
    held = await work.contacts.hold(council, party_id)
    if held is None:
        raise PartyUnknown
    await drop_all(held, now, work)
    await work.contacts.erase(council, party_id)
