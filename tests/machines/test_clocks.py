"""Clocks: the two nights a year when London's is changed, a machine's own that is put right or wrong, and what that may do."""
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest

from services.notifier.domain.contact import Contact, Method
from services.notifier.domain.delivery import Stage
from services.notifier.domain.hours import may_hand_over_from
from services.notifier.usecases import reaching
from tests.machines.racing import NOON, Race, record
from tests.machines.rules_of_contact import rings_in_quiet_hours
from tests.machines.timelines import CLOCKS
from tests.machines.without_a_loop import finished, without_a_loop

BACK, ON, PLAIN = (datetime(*day, 18, 0, tzinfo=UTC) for day in ((2026, 10, 24), (2027, 3, 27), (2026, 7, 1)))
"""Evenings: the clocks go back that night, they go on, they stay."""
MINUTES = 15


@pytest.mark.parametrize("night", [BACK, ON, PLAIN])
def test_every_moment_of_a_night_is_judged_as_by_hand(night: datetime) -> None:
    for since, until in product(CLOCKS, CLOCKS):
        contact = record(quiet_from=since, quiet_to=until)
        moments = [night + timedelta(minutes=n) for n in range(0, 18 * 60, MINUTES)]
        quiet = {now: rings_in_quiet_hours(contact, "text", now) for now in moments}
        for now in moments:
            first = in_the_end(contact, now)
            assert not rings_in_quiet_hours(contact, "text", first), (now, since, until)
            assert (first > now) == quiet[now], (now, since, until)
            too_long = [at for at in moments if now <= at < first and not quiet[at]]
            assert not too_long or night is not PLAIN, (now, since, until)  # a change may make it later, never earlier


def in_the_end(contact: Contact, now: datetime) -> datetime:
    """A moment that was due is looked at again when it has come: with few minutes a day it may be another day's."""
    for _ in range(4):
        first = may_hand_over_from(contact, Method.TEXT, now)
        if first == now:
            return now
        now = first
    raise AssertionError("it never comes")


def test_in_the_hour_that_comes_twice_it_is_quiet_both_times() -> None:
    """Until half past one, on the night the clocks go back: a quarter past one comes at 00:15 and again at 01:15 UTC."""
    contact = record(quiet_from=time(22, 15), quiet_to=time(1, 30))

    first, again = (datetime(2026, 10, 25, hour, 15, tzinfo=UTC) for hour in (0, 1))

    assert may_hand_over_from(contact, Method.TEXT, first) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert may_hand_over_from(contact, Method.TEXT, again) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


class Jumps:
    """A clock that shows each of these in turn, and then stays."""

    def __init__(self, *shown: datetime) -> None:
        self.shown = list(shown)

    def __call__(self) -> datetime:
        return self.shown.pop(0) if len(self.shown) > 1 else self.shown[0]


def test_a_clock_that_jumps_between_the_claim_and_the_call_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left are the few thousandths of a second between the last look and the call itself. Nothing can guard those."""
    without_a_loop(monkeypatch)
    race = Race()
    race.memory.gives_way = False
    jumps = Jumps(NOON, NOON + timedelta(hours=9))  # noon when it is claimed, nine in the evening when it would be sent

    finished(replace(race.sender, clock=jumps).send_one())

    [contact] = race.memory.tables["contact"].values()
    assert not race.line.accepted
    assert (contact.stage, contact.due_at) == (Stage.PLANNED, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1)])
def test_a_clock_that_jumps_never_gives_one_contact_to_two_senders(jump: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease is by that clock, and may be over at once or last for ever. The lock of the one sender is what guards."""
    without_a_loop(monkeypatch)
    for asleep in range(42):
        race = Race()
        race.now += jump
        who = {"sends": race.sends(), "next": race.next_sender()}
        race.run(who, ("sends",) * asleep + ("next",) * 200)
        assert len(race.line.accepted) == (0 if jump < timedelta() else 1)  # put back: it is not due yet


def test_a_stop_holds_whatever_the_clock_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a fact in the record, not a time."""
    without_a_loop(monkeypatch)
    race = Race()
    race.memory.gives_way = False

    async def stop_tomorrow() -> None:
        async with race.memory.begin() as work:
            await reaching.record(record(), True, NOON + timedelta(days=1), work)

    finished(stop_tomorrow())
    finished(race.sender.send_one())

    assert not race.line.accepted
