"""A service's time goes on evenly, whatever is done to the clock of its machine."""
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from shared.runtime.clock import Clock
from shared.runtime.postgres import Database

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


class Machine:
    """Its wall clock can be set; the other one only goes on."""

    def __init__(self) -> None:
        self.wall, self.ticked = NOON, 100.0

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.ticked += seconds


class Asked:
    """A database that knows what time it is."""

    def __init__(self, machine: Machine, ahead: timedelta, takes: float = 0.0) -> None:
        self.machine, self.ahead, self.takes, self.true = machine, ahead, takes, machine.wall

    def connection(self) -> "Asked":
        return self

    async def __aenter__(self) -> "Asked":
        return self

    async def __aexit__(self, *_: object) -> None: ...

    async def fetchval(self, _: str) -> datetime:
        self.machine.passes(self.takes / 2)
        said = self.true + self.ahead
        self.machine.passes(self.takes / 2)
        return said


def a_clock(machine: Machine) -> Clock:
    return Clock(lambda: machine.wall, lambda: machine.ticked)


async def test_until_a_database_has_answered_the_machine_is_believed() -> None:
    assert a_clock(Machine())() == NOON


async def test_then_a_machine_whose_clock_is_set_changes_nothing() -> None:
    machine = Machine()
    clock = a_clock(machine)
    await clock.look(cast(Database, Asked(machine, timedelta(0))))

    machine.wall += timedelta(hours=1)
    machine.passes(5)
    ahead = clock()
    machine.wall -= timedelta(days=400)

    assert ahead == clock() == NOON + timedelta(seconds=5)


async def test_a_machine_that_begins_with_a_wrong_clock_is_put_right() -> None:
    machine = Machine()
    clock = a_clock(machine)

    await clock.look(cast(Database, Asked(machine, timedelta(hours=-1))))

    assert clock() == NOON - timedelta(hours=1)


async def test_what_the_answer_took_is_counted_by_half() -> None:
    machine = Machine()
    clock = a_clock(machine)

    await clock.look(cast(Database, cast(Any, Asked(machine, timedelta(0), takes=4.0))))

    assert clock() == NOON + timedelta(seconds=2)
