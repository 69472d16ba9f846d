"""Once somebody has been told "stopped", nothing leaves: in every order of the statements of a stop and a send."""
import asyncio
import os
import random
from collections.abc import Iterator
from itertools import islice, product
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.courier.sender import Sender
from services.notifier.courier.writer import Writer
from services.notifier.domain.contact import PartyKind
from services.notifier.domain.message import About
from services.notifier.store import Store
from services.notifier.usecases import asking, reaching, sending
from tests.conftest import MakeDatabase
from tests.machines.notifier_in_memory import Deliveries
from tests.machines.racing import NOON, PARTY, Broken, Certain, Race, endpoint, record
from tests.machines.timelines import COUNCIL, TEAM
from tests.machines.without_a_loop import silent, without_a_loop

RACES = int(os.environ.get("MACHINES", "30000")) // 10
"""`MACHINES=1000000`: a hundred thousand, besides every order with two changes of turn."""
LONGEST = 42  # steps of a sender with one contact, at most
ROUNDS = 400 if RACES > 10_000 else 60  # on PostgreSQL itself


@pytest.fixture(autouse=True)
def stepped_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    without_a_loop(monkeypatch)


def orders_with_two_changes_of_turn() -> Iterator[tuple[str, ...]]:
    """The sender is interrupted anywhere, for any number of steps; then it goes on to its end, or again only at the last."""
    for before, during in product(range(LONGEST), range(1, 18)):
        yield ("sends",) * before + ("stops",) * during + ("sends",) * LONGEST


def race(order: Any, *, stop: str = "stops", **how: Any) -> Race:
    it = Race(**how)
    who = {"sends": it.sends(), "stops": getattr(it, stop)(), "next": it.next_sender()}
    if not how.get("made", True):
        who["writes"] = it.writes()
    try:
        return it.run(who, order)
    finally:
        for one in who.values():
            one.close()


@pytest.mark.parametrize("stop", ["stops", "records_a_stop", "says_never"])
def test_in_every_order_with_two_changes_of_turn_nothing_leaves_after_it_was_confirmed(stop: str) -> None:
    left = [len(race(order, stop=stop).line.accepted) for order in orders_with_two_changes_of_turn()]

    assert set(left) == {0, 1}  # sometimes the send was first, sometimes the stop


@pytest.mark.parametrize("dies_in", range(LONGEST))
def test_nor_does_it_when_the_sender_dies_at_any_statement(dies_in: int) -> None:
    for before in range(0, LONGEST, 3):
        race(("sends",) * before + ("stops",) * 9 + ("sends",) * LONGEST + ("stops",) * 9, dies_in=dies_in)


def at_random(seed: int) -> Race:
    chance = random.Random(seed)
    often = {"sends": chance.randrange(1, 6), "stops": chance.randrange(1, 6), "writes": 2, "next": 1}
    order = chance.choices(list(often), list(often.values()), k=90)
    return race(
        order, stop=chance.choice(("stops", "stops", "records_a_stop", "says_never")), messages=chance.randrange(1, 4),
        made=chance.random() < 0.7, dies_in=chance.choice((-1, chance.randrange(60))),
    )


@pytest.mark.timeout(RACES // 20 + 120)
def test_nor_in_any_order_at_random_with_several_messages_a_writer_and_a_death() -> None:
    begin = 0 if os.environ.get("CI") else random.randrange(2**40)

    for seed in range(begin, begin + RACES):
        try:
            at_random(seed)
        except Broken as broken:
            raise Broken(f"race {seed}: {broken}") from broken


def found(races: int = 3_000) -> None:
    with pytest.raises(Broken):
        for order in islice(orders_with_two_changes_of_turn(), 0, None, 3):
            race(order)
        for seed in range(races):
            at_random(seed)


def test_a_stop_that_is_confirmed_without_waiting_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: Any) -> int:
        return 0

    monkeypatch.setattr(Deliveries, "in_hand", nothing)

    found()


def test_a_permit_that_is_asked_for_only_when_claiming_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Together with a wait that does not count what is permitted: each alone is made good by the other."""
    async def only_sending(self: Deliveries, council: str, party_id: UUID) -> int:
        await self.t.statement()
        return sum(delivery.stage is sending.Stage.SENDING for delivery in self.t.rows("contact"))

    asked = sending.permit

    async def once(message: Any, delivery: Any, now: Any, work: Any) -> Any:
        if delivery.stage is sending.Stage.PERMITTED:
            return await work.contacts.of(message.council, message.party_id)
        return await asked(message, delivery, now, work)

    monkeypatch.setattr(Deliveries, "in_hand", only_sending)
    monkeypatch.setattr(sending, "permit", once)

    found()


def test_a_lease_instead_of_one_leader_is_found() -> None:
    """A sender that slept longer than its lease would send beside the next one."""
    with pytest.raises(Broken, match=r"twice|confirmed"):
        for asleep in range(LONGEST):
            race(("sends",) * asleep + ("next",) * 300 + ("sends",) * LONGEST, one_leads=False)


class SlowLine:
    """A channel that takes a few thousandths of a second, and remembers when it was at work."""

    name, keeps_ledger, gives_word = "slow", False, False

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.confirmed, self.calling = chance, False, 0
        self.wrong: list[str] = []
        self.sent = 0

    def carries(self, _: Any) -> bool:
        return True

    async def send(self, _: Any) -> None:
        self.calling += 1
        if self.confirmed:
            self.wrong.append("begun")
        await asyncio.sleep(self.chance.random() * 0.004)
        if self.confirmed:
            self.wrong.append("ended")
        self.calling -= 1
        self.sent += 1


async def test_on_postgresql_itself_nothing_leaves_after_it_was_confirmed(
    database_for: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # here time passes
    silent(monkeypatch)
    store, chance = Store(await database_for("notifier")), random.Random()
    sent = 0

    for _ in range(ROUNDS):
        line = SlowLine(chance)
        council = f"{COUNCIL}-{uuid4().hex[:8]}"
        sent += await one_round(store, line, council, chance)
        assert not line.wrong

    assert 0 < sent < ROUNDS  # either was first at times


async def one_round(store: Store, line: SlowLine, council: str, chance: random.Random) -> int:
    press = Certain(chance)
    async with store.begin() as work:
        await reaching.record(record(council=council), None, NOON, work)
        await asking.ask(
            council, PARTY, PartyKind.PERSON, "list_changed", subject=uuid4(), occurrence="once", given={}, belongs=About(),
            now=NOON, work=work,
        )
    while await Writer(store.begin, press, TEAM, lambda: NOON).write_one():
        pass

    async def send() -> None:
        await asyncio.sleep(chance.random() * 0.004)
        while await Sender(store.begin, store.lead, press, [line], TEAM, lambda: NOON).send_one():
            pass

    async def stop() -> None:
        await asyncio.sleep(chance.random() * 0.012)
        await endpoint(store.begin, lambda: NOON, "/stop")(council, PARTY)
        line.confirmed = True
        if line.calling:
            line.wrong.append("confirmed while calling")

    await asyncio.gather(send(), stop())
    await send()
    return line.sent
