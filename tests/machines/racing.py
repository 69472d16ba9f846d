"""Stop racing send: the API's stop and the sender, each giving way before every statement, in an order that is given."""
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from services.notifier.api import contacts
from services.notifier.courier.sender import Sender
from services.notifier.courier.writer import Writer
from services.notifier.domain.contact import Contact, Format, Method, PartyId, PartyKind, Preference
from services.notifier.domain.message import About
from services.notifier.ports import Begin, Parcel
from services.notifier.usecases import asking, reaching
from tests.machines.notifier_in_memory import Died, Memory
from tests.machines.timelines import COUNCIL, TEAM, SimplePress
from tests.machines.without_a_loop import finished, give_way

PARTY = PartyId(UUID(int=7))
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TEXT = Preference(Method.TEXT, Format.PLAIN, "en")
SAID = {
    "kind": "person", "address_as": "Amina", "phone": "+447700900001",
    "preferences": [{"method": "text", "format": "plain", "language": "en"}],
}
PATIENCE = 4_000  # steps until everybody is done


class Broken(AssertionError):
    """Something left after stopped was confirmed, or left twice."""


@dataclass
class Line:
    """A channel that takes its time. It knows what it accepted."""

    confirmed: Callable[[], bool]
    takes: int = 2
    calling: int = 0
    wrong: list[str] = field(default_factory=list)
    """Kept, not raised: the sender takes whatever a channel raises for doubt."""
    accepted: list[Parcel] = field(default_factory=list)
    name: str = "line"
    keeps_ledger: bool = True
    gives_word: bool = False

    def carries(self, parcel: Parcel) -> bool:
        return parcel.method is Method.TEXT

    async def send(self, parcel: Parcel) -> None:
        if self.confirmed():
            self.wrong.append("a send was begun after stopped was confirmed")
        self.calling += 1
        try:
            for _ in range(self.takes):
                await give_way()
            if self.confirmed():
                self.wrong.append("a send came to its end after stopped was confirmed")
            if any(other.message_id == parcel.message_id for other in self.accepted):
                self.wrong.append("the same was told twice")
            self.accepted.append(parcel)
            await give_way()
        finally:
            self.calling -= 1

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        await give_way()
        return any(parcel.attempt_ref == attempt_ref for parcel in self.accepted)

    async def forget(self, council: str, message_id: UUID) -> None:
        return


class Certain(SimplePress):
    async def make(self, *said: Any) -> Any:
        self.chance = SimpleNamespace(random=lambda: 1.0)  # type: ignore[assignment]
        return await super().make(*said)


def record(**changes: Any) -> Contact:
    return Contact(**{
        "council": COUNCIL, "party_id": PARTY, "kind": PartyKind.PERSON, "address_as": "Amina", "preferences": (TEXT,),
        "phone": "+447700900001", "confirmed_on": date(2026, 1, 1), **changes,
    })


def endpoint(begin: Begin, clock: Any, path: str, method: str = "POST") -> Any:
    """What the API does when it is asked this."""
    routes: list[Any] = list(contacts.router(begin, clock).routes)
    return next(route.endpoint for route in routes if route.path.endswith(path) and method in route.methods)


RACING: list["Race"] = []
"""The one that runs. The API is made once: that takes longer than a race."""
STOP, RECORD = (
    endpoint(lambda: RACING[-1].memory.begin(), lambda: RACING[-1].now, path, method)
    for path, method in (("/stop", "POST"), ("/contact", "PUT"))
)


class Race:
    def __init__(self, *, messages: int = 1, made: bool = True, dies_in: int = -1, one_leads: bool = True) -> None:
        self.memory = Memory()
        self.now = NOON
        self.confirmed = False
        self.dies_in = dies_in
        self.one_leads = one_leads
        self.line = Line(lambda: self.confirmed)
        press = Certain(SimpleNamespace(random=lambda: 1.0))  # type: ignore[arg-type]
        self.writer = Writer(self.memory.begin, press, TEAM, self.clock)
        self.sender = Sender(self.memory.begin, None, press, [self.line], TEAM, self.clock)  # type: ignore[arg-type]
        finished(self.prepare(messages))
        if made:
            while finished(self.writer.write_one()):
                pass
        self.memory.gives_way = True

    def clock(self) -> datetime:
        return self.now

    async def prepare(self, messages: int) -> None:
        async with self.memory.begin() as work:
            await reaching.record(record(), None, self.now, work)
            for n in range(messages):
                await asking.ask(
                    COUNCIL, PARTY, PartyKind.PERSON, "list_changed", subject=UUID(int=n), occurrence="once", given={},
                    belongs=About(), now=self.now, work=work,
                )

    # who takes part

    async def sends(self) -> None:
        """A sender; the process dies where it is told to, and the next one takes the lead."""
        for _ in range(4):
            await self.sender.send_one()
            await give_way()

    async def next_sender(self) -> None:
        """It begins when the first is gone; with a lease alone it would not wait for that."""
        while self.one_leads and not self.first_is_gone:
            await give_way()
        for _ in range(8):
            self.now += timedelta(minutes=4)
            await self.sender.send_one()
            await give_way()

    async def writes(self) -> None:
        for _ in range(3):
            await self.writer.write_one()
            await give_way()

    async def stops(self) -> None:
        await STOP(COUNCIL, PARTY)
        self.confirm()

    async def records_a_stop(self) -> None:
        said = contacts.ContactIn.model_validate({**SAID, "stopped": True})
        await RECORD(COUNCIL, PARTY, said)
        self.confirm()

    async def says_never(self) -> None:
        said = contacts.ContactIn.model_validate({**SAID, "never": ["text"]})
        await RECORD(COUNCIL, PARTY, said)
        self.confirm()

    def confirm(self) -> None:
        self.confirmed = True
        if self.line.calling:
            self.line.wrong.append("stopped was confirmed while a channel was at work")

    # the order

    def run(self, who: dict[str, Coroutine[Any, Any, Any]], order: Iterable[str]) -> "Race":
        """Each name is one step of that one; when the order ends, they go on in turn until all are done."""
        RACING[:] = [self]
        self.first_is_gone = "sends" not in who
        self.steps = 0
        for name in order:
            self.step(who, name)
        while who:
            for name in tuple(who):
                self.step(who, name)
        return self

    def step(self, who: dict[str, Coroutine[Any, Any, Any]], name: str) -> None:
        if name not in who:
            return
        self.steps += 1
        if self.steps > PATIENCE:
            raise Broken(f"{sorted(who)} wait for each other")
        self.memory.dies_in = self.dies_in if name == "sends" else -1
        try:
            who[name].send(None)
        except (StopIteration, Died):
            del who[name]
            self.first_is_gone |= name == "sends"
        finally:
            if name == "sends":
                self.dies_in = self.memory.dies_in
            self.memory.live_on()
        if self.line.wrong:
            raise Broken(self.line.wrong[0])
