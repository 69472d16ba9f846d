"""Whatever people record, channels answer and clocks do: nothing goes against a rule, nothing twice, and nothing is left over."""
import os
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.notifier.courier.sender import Sender
from services.notifier.domain import hours
from services.notifier.domain.message import Message
from services.notifier.usecases import sending
from services.notifier.usecases.concluding import Outcome, Result
from tests.machines.rules_of_contact import london_clock
from tests.machines.timelines import Broken, Life
from tests.machines.without_a_loop import without_a_loop

LIVES = int(os.environ.get("MACHINES", "6000"))
"""`MACHINES=1000000 pytest tests/machines/test_timelines.py` lives them all, in two processes."""
FROM = 0 if os.environ.get("CI") else random.randrange(2**40)
ENOUGH = 1_500  # lives within which every broken rule is found


@pytest.fixture(autouse=True)
def stepped_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    without_a_loop(monkeypatch)


def lived(some: range) -> tuple[int, int]:
    """How many messages were asked for, and how many were sent."""
    asked = sent = 0
    for seed in some:
        try:
            life = Life(seed).live()
        except Exception as trouble:
            raise Broken(f"life {seed}: {trouble}") from trouble
        asked, sent = asked + len(life.memory.tables["message"]), sent + len(life.post.accepted)
    return asked, sent


@pytest.mark.timeout(LIVES // 50 + 120)
def test_no_life_has_a_send_against_a_rule() -> None:
    lots = [range(begin, min(begin + 5_000, FROM + LIVES)) for begin in range(FROM, FROM + LIVES, 5_000)]

    if LIVES <= 50_000:
        counted = [lived(lot) for lot in lots]
    else:
        with ProcessPoolExecutor(2) as two:
            counted = list(two.map(lived, lots))

    asked, sent = (sum(numbers) for numbers in zip(*counted, strict=True))
    print(f"{LIVES} lives, {asked} messages, {sent} sent, none against a rule")
    assert sent > LIVES // 2  # much was sent, so there was something to break


async def guess(self: Sender, delivery: Any) -> Result:
    return Result(Outcome.DOWN)


def at_any_hour(contact: Any, method: Any, now: datetime) -> datetime:
    return now


BROKEN: dict[str, tuple[Any, str, Any, str]] = {
    "quiet hours are not looked at": (hours, "may_hand_over_from", at_any_hour, "quiet hours"),
    "summer time is forgotten": (hours, "LONDON", UTC, "quiet hours"),
    "the record is not looked at again": (
        sending, "still_asked_for", lambda message, contact: contact.point(message.method), "never|did not ask|elsewhere|said yet"
    ),
    "nothing expires": (Message, "expired", lambda self, now: False, "too late"),
    "the channel is not asked about its reference": (Sender, "ask_about", guess, "told twice"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the test above would say nothing."""
    where, what, instead, found = BROKEN[name]
    monkeypatch.setattr(where, what, instead)

    with pytest.raises(Broken, match=found):
        lived(range(ENOUGH))


def test_a_stop_that_is_not_looked_at_before_the_call_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop drops what waits. Only what a sender had in hand when it died is left for the permit to hold back.

    A stop marks that too, so that it is not sent should it come back: each alone is made good by the other.
    """
    asked = sending.permit
    monkeypatch.setattr(sending, "permit", lambda message, *others: asked(replace(message, no_longer=None), *others))
    monkeypatch.setattr(sending, "as_asked", lambda contact, message: contact and replace(contact, stopped_at=None))
    monkeypatch.setattr(Life, "deadly", 0.5)
    monkeypatch.setattr(Life, "likely", (6, 6, 9, 9, 15, 30, 34, 34))  # nobody starts again, or records anything new

    with pytest.raises(Broken, match="they said stop"):
        lived(range(ENOUGH))


@pytest.mark.parametrize("year", range(2024, 2036))
def test_london_worked_out_by_hand_is_london(year: int) -> None:
    """The judge's own clock, hour by hour."""
    london = ZoneInfo("Europe/London")
    now = datetime(year, 1, 1, tzinfo=UTC)
    while now.year == year:
        assert london_clock(now) == now.astimezone(london).time(), now
        now += timedelta(hours=1)
    assert london_clock(datetime(2026, 10, 25, 0, 59, tzinfo=UTC)) == time(1, 59)
