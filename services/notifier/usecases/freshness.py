"""Asking PAs to look at a profile that nobody said is true for a long time."""
from datetime import date, datetime, timedelta

from services.notifier.domain.calls import PaCopy
from services.notifier.domain.contact import PartyId, PartyKind
from services.notifier.domain.hours import LONDON
from services.notifier.domain.message import About, Dropped
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop

NEEDS_A_LOOK = "profile_needs_a_look"
LOOK_AFTER = timedelta(days=90)
"""As the registry has it (a test compares them)."""
STANDS_FOR = timedelta(days=30)


async def hear_pa(pa: PaCopy, asked: date | None, now: datetime, work: Work) -> None:
    """Whoever said meanwhile that it is true, paused or left need not be asked. `asked`: for which day they were, if ever."""
    if asked is None or (pa.looking and pa.confirmed_on == asked):
        return
    waiting = await work.messages.not_yet_sent(pa.council, party_id=pa.profile_id, about=NEEDS_A_LOOK)
    await drop(waiting, Dropped.NO_LONGER_TRUE, now, work)


async def ask_to_look(now: datetime, work: Work) -> bool:
    """One PA whose profile needs a look and who was not asked since they last said it is true; False = there is none."""
    pa = await work.lists.profile_to_look_at(now.astimezone(LONDON).date() - LOOK_AFTER)
    if pa is None or pa.confirmed_on is None:
        return False
    await work.lists.asked_to_look(pa)
    if await work.contacts.of(pa.council, PartyId(pa.profile_id)) is None:
        return True  # a register read in whole may have hundreds nobody can reach yet: no task for each of them
    await ask(
        pa.council, pa.profile_id, PartyKind.PA, NEEDS_A_LOOK, subject=pa.profile_id, occurrence=pa.confirmed_on.isoformat(),
        given={"confirmed_on": pa.confirmed_on.isoformat()}, belongs=About(), now=now, work=work, expires_at=now + STANDS_FOR,
    )
    return True
