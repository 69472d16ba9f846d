"""A PA is told that their profile will pause by itself, and that it has: what they answer goes to the registry, which does it."""
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from services.notifier.domain.calls import PaBefore, PaCopy
from services.notifier.domain.contact import PartyKind
from services.notifier.domain.hours import LONDON
from services.notifier.domain.message import About, Dropped
from services.notifier.domain.questions import Question
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop
from services.notifier.usecases.freshness import NEEDS_A_LOOK

WILL_PAUSE = "your_profile_will_pause"
IS_PAUSED = "your_profile_is_paused"
STANDS_FOR = timedelta(days=90)
"""How long they can come back by the link of the message. After that, by their page."""


async def hear_pa(pa: PaCopy, before: PaBefore, now: datetime, work: Work) -> None:
    """Told once for each day it is to pause, and once for each time it has. What they did meanwhile takes the question away."""
    if pa.pauses_on != before.pauses_on:
        await take_back(pa, WILL_PAUSE, before.pauses_on, now, work)
        if pa.pauses_on and pa.confirmed_on:
            given: Given = {"pauses_on": pa.pauses_on.isoformat(), "confirmed_on": pa.confirmed_on.isoformat()}
            await drop_waiting(pa, NEEDS_A_LOOK, now, work)  # this one says it too
            await tell(pa, WILL_PAUSE, pa.pauses_on, given, midnight(pa.pauses_on), now, work)
    if pa.paused_itself_on != before.paused_itself_on:
        await take_back(pa, IS_PAUSED, before.paused_itself_on, now, work)
        if pa.paused_itself_on:
            given = {"paused_on": pa.paused_itself_on.isoformat()}
            await tell(pa, IS_PAUSED, pa.paused_itself_on, given, now + STANDS_FOR, now, work)


async def tell(pa: PaCopy, about: str, day: date, given: Given, expires_at: datetime, now: datetime, work: Work) -> None:
    await ask(
        pa.council, pa.profile_id, PartyKind.PA, about, subject=ask_id(pa.profile_id, about, day), occurrence=day.isoformat(),
        given=given, belongs=About(), now=now, work=work, expires_at=expires_at,
    )


async def take_back(pa: PaCopy, about: str, day: date | None, now: datetime, work: Work) -> None:
    """What was asked for that day is no longer a question."""
    if day is not None:
        await work.replies.revoke(pa.council, ask_id(pa.profile_id, about, day), Question.ASK)
        await drop_waiting(pa, about, now, work)


async def drop_waiting(pa: PaCopy, about: str, now: datetime, work: Work) -> None:
    waiting = await work.messages.not_yet_sent(pa.council, party_id=pa.profile_id, about=about)
    await drop(waiting, Dropped.NO_LONGER_TRUE, now, work)


def ask_id(profile_id: UUID, about: str, day: date) -> UUID:
    """Each asking is a thing of its own: an answer to an earlier one is none to this."""
    return uuid5(profile_id, f"{about}/{day.isoformat()}")


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
