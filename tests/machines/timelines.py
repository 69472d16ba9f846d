"""Made-up contact timelines: what people record, channels that fail, clocks that jump, and deaths; judged at each send."""
import random
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from services.notifier.courier import sender
from services.notifier.courier.sender import Sender
from services.notifier.courier.writer import Writer
from services.notifier.domain.contact import Contact, Format, Method, PartyId, PartyKind, Preference
from services.notifier.domain.message import About, Artefact, Message, State
from services.notifier.domain.planning import Cannot
from services.notifier.domain.task import TaskState
from services.notifier.domain.wording import ReplyWays
from services.notifier.ports import AddressRefused, ChannelDown, NotMade, Parcel
from services.notifier.usecases import asking, reaching
from tests.machines.notifier_in_memory import Died, Memory
from tests.machines.rules_of_contact import broken_rule
from tests.machines.without_a_loop import finished

COUNCIL = "leeds"
TEAM = "contact team"
BEGINNINGS = (
    datetime(2026, 10, 24, 17, 0, tzinfo=UTC), datetime(2027, 3, 27, 18, 0, tzinfo=UTC),  # the nights the clocks change
    datetime(2026, 7, 1, 12, 0, tzinfo=UTC), datetime(2026, 12, 31, 16, 0, tzinfo=UTC),
)
CLOCKS = tuple(map(time.fromisoformat, (
    "00:00", "00:30", "01:00", "01:30", "02:00", "06:30", "08:00", "13:00", "20:00", "22:15", "23:59",
)))
WAYS = tuple(
    Preference(method, form, language, 20 if form is Format.LARGE_PRINT else None)
    for method in (*Method, Method.TEXT, Method.TEXT, Method.EMAIL, Method.LETTER)
    for form in (Format.PLAIN, Format.LARGE_PRINT) for language in ("en", "so")
)
PHONES = ("+447700900001", "+447700900001", "+447700900002", None)
EMAILS = ("a@example.org", "a@example.org", "b@example.org", None)
HOMES = (("1 High Street", "Leeds"), ("1 High Street", "Leeds"), ("2 Low Street", "Leeds"), ())
STEPS_OF_TIME = (timedelta(seconds=2), timedelta(minutes=4), timedelta(minutes=50), timedelta(hours=3), timedelta(hours=11))
MOMENTS = 14  # of one timeline
PATIENCE = 60  # waits until everything has come to its end


class Broken(AssertionError):
    """A rule was broken."""


@dataclass
class SimplePress:
    """Makes one line of words; some forms it cannot make, and some it fails to make."""

    chance: random.Random

    def edition(self, council: str) -> int:
        return 0

    def obstacle(self, message: Message, preference: Preference) -> Cannot | None:
        return Cannot.NO_COPY if (preference.language, preference.format) == ("so", Format.LARGE_PRINT) else None

    def recording(self, *_: Any) -> None:
        return None

    def title(self, message: Message) -> str:
        return "News"

    def in_words(self, preference: Preference) -> str:
        return f"{preference.method}, {preference.format}"

    async def make(self, message: Message, contact: Contact, preference: Preference, *_: Any) -> tuple[str, Sequence[Artefact]]:
        if self.chance.random() < 0.03:
            raise NotMade
        return "News", (Artefact("words.txt", "text/plain", b"News", "News"),)

    def reply_ways(self, link: str, code: str) -> ReplyWays:
        return ReplyWays(link, code)

    def script(self, *_: Any) -> str:
        return "Please tell them the news."


@dataclass
class Post:
    """A channel that refuses, fails, cannot be asked, and leaves us in doubt or dead."""

    life: "Life"
    methods: frozenset[Method]
    keeps_ledger: bool
    accepted: list[Parcel]
    name: str
    gives_word: bool = False

    def carries(self, parcel: Parcel) -> bool:
        return parcel.method in self.methods

    async def send(self, parcel: Parcel) -> None:
        fate = self.life.chance.random()
        if self.life.calm or fate < 0.6:
            self.accept(parcel)
        elif fate < 0.68:
            raise AddressRefused
        elif fate < 0.8:
            raise ChannelDown
        elif fate < 0.86:
            self.accept(parcel)
            raise RuntimeError("no answer")
        elif fate < 0.92:
            raise RuntimeError("no answer")
        elif fate < 0.96:
            self.accept(parcel)
            raise Died
        else:
            raise Died

    def accept(self, parcel: Parcel) -> None:
        life = self.life
        record = life.memory.tables["party"].get((COUNCIL, life.party_id))
        message = life.memory.tables["message"][COUNCIL, parcel.message_id]
        broken = broken_rule(record, message, str(parcel.method), parcel.to, life.now)
        if broken:
            raise_died(life, f"{broken}: {parcel.method} at {life.now}")
        if any(other.message_id == parcel.message_id for other in self.accepted):
            raise_died(life, "the same was told twice")
        if life.confirmed:
            raise_died(life, "it left after stopped was confirmed")
        self.accepted.append(parcel)

    async def has(self, council: str, message_id: UUID, attempt_ref: UUID) -> bool | None:
        if not self.keeps_ledger or (not self.life.calm and self.life.chance.random() < 0.3):
            return None
        return any(parcel.attempt_ref == attempt_ref for parcel in self.accepted)

    async def forget(self, council: str, message_id: UUID) -> None:
        return


def raise_died(life: "Life", why: str) -> None:
    """Past the sender's own `except Exception`, which would take it for doubt."""
    life.broken = why
    raise Died


class Life:
    """One party, and all that happens to them."""

    likely = (8, 9, 10, 12, 18, 24, 30, 34)
    """Of each happening, added up."""
    deadly = 0.12
    """How often a process dies in one."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = self.chance.choice(BEGINNINGS) + timedelta(minutes=self.chance.randrange(600))
        self.party_id = PartyId(UUID(int=seed + 1))
        self.memory = Memory()
        self.calm = False
        self.confirmed = False
        self.broken: str | None = None
        self.asked = 0
        self.post = Post(self, frozenset({Method.TEXT, Method.LETTER}), True, [], "post")
        mail = Post(self, frozenset({Method.EMAIL}), False, self.post.accepted, "mail")
        self.writer = Writer(self.memory.begin, SimplePress(self.chance), TEAM, self.clock)
        self.sender = Sender(self.memory.begin, self.lead, SimplePress(self.chance), [self.post, mail], TEAM, self.clock)

    def clock(self) -> datetime:
        """The machine's clock may be put right, or wrong, between any two looks at it."""
        if not self.calm and self.chance.random() < 0.02:
            self.now += self.chance.choice((-1, 1)) * timedelta(hours=1)
        return self.now

    @asynccontextmanager
    async def lead(self) -> Any:
        yield sender.alone

    def live(self) -> "Life":
        self.record()
        for _ in range(MOMENTS):
            happens = self.chance.choices(HAPPENINGS, cum_weights=self.likely)[0]
            self.attempt(happens)
        self.come_to_rest()
        return self

    def attempt(self, happens: Any) -> None:
        if self.chance.random() < self.deadly:
            self.memory.dies_in = self.chance.randrange(14)
        try:
            happens(self)
        except Died:
            if self.broken:
                raise Broken(self.broken) from None
        finally:
            self.memory.live_on()

    # what happens

    def ask(self) -> None:
        self.asked += 1
        lasts = self.chance.choice((None, None, timedelta(minutes=40), timedelta(hours=9), timedelta(days=3)))

        async def asked() -> None:
            async with self.memory.begin() as work:
                await asking.ask(
                    COUNCIL, self.party_id, PartyKind.PERSON, "list_changed", subject=UUID(int=self.asked), occurrence="once",
                    given={}, belongs=About(), now=self.now, work=work, expires_at=lasts and self.now + lasts,
                )

        finished(asked())

    def record(self) -> None:
        chance = self.chance
        contact = Contact(
            COUNCIL, self.party_id, PartyKind.PERSON, "Amina", tuple(dict.fromkeys(chance.choices(WAYS, k=chance.randrange(5)))),
            chance.choice(PHONES), chance.choice(EMAILS), chance.choice(HOMES), chance.choice(CLOCKS), chance.choice(CLOCKS),
            frozenset(chance.sample(tuple(Method), chance.choice((0, 0, 1, 2)))), confirmed_on=date(2026, 1, 1),
        )
        if chance.random() < 0.5:
            contact = replace(contact, quiet_from=time(20), quiet_to=time(8))
        stopped = chance.choice((None, None, None, None, None, False, False, True))

        async def recorded() -> Contact:
            async with self.memory.begin() as work:
                return await reaching.record(contact, stopped, self.now, work)

        self.confirmed = False
        self.is_stopped(finished(recorded()))

    def stop(self) -> None:
        async def stopped() -> Contact:
            async with self.memory.begin() as work:
                return await reaching.stop(COUNCIL, self.party_id, self.now, work)

        self.is_stopped(finished(stopped()))

    def is_stopped(self, contact: Contact) -> None:
        """Confirmed as the API does it: once no channel has anything of theirs."""

        async def in_hand() -> int:
            async with self.memory.begin() as work:
                return await work.deliveries.in_hand(COUNCIL, self.party_id)

        self.confirmed = contact.stopped_at is not None and not finished(in_hand())

    def start(self) -> None:
        async def started() -> None:
            async with self.memory.begin() as work:
                await reaching.start(COUNCIL, self.party_id, self.now, work)

        self.confirmed = False
        finished(started())

    def write(self) -> None:
        finished(self.writer.write_one())

    def send(self) -> None:
        finished(self.sender.send_one())

    def time_passes(self) -> None:
        self.now += self.chance.choice(STEPS_OF_TIME) * self.chance.random()

    def much_happens(self) -> None:
        """Until there is nothing to do."""
        for _ in range(12):
            wrote = finished(self.writer.write_one())
            if not finished(self.sender.send_one()) and not wrote:
                return

    # how it ends

    def come_to_rest(self) -> None:
        """No more trouble: every message ends, and none is left without a reason."""
        self.calm = True
        for _ in range(PATIENCE):
            self.attempt_calmly()
            waits = [moment for message in self.open_messages() if (moment := self.next_moment(message))]
            if not waits:
                break
            self.now = max(self.now, min(waits))
        left = [message.state for message in self.open_messages()]
        if left:
            raise Broken(f"still {left[0]}, and nothing will happen to it")
        self.judge_the_end()

    def attempt_calmly(self) -> None:
        try:
            self.much_happens()
        except Died:
            raise Broken(self.broken or "it died in peace") from None

    def open_messages(self) -> list[Message]:
        return [m for m in self.memory.tables["message"].values() if m.state in (State.WAITING, State.WRITTEN)]

    def next_moment(self, message: Message) -> datetime:
        delivery = self.memory.tables["contact"].get((COUNCIL, message.message_id))
        if message.state is State.WAITING or delivery is None:
            return message.not_before or self.now
        return delivery.leased_until or delivery.due_at

    def judge_the_end(self) -> None:
        record = self.memory.tables["party"].get((COUNCIL, self.party_id))
        messages = self.memory.tables["message"]
        told = {parcel.message_id for parcel in self.post.accepted}
        for (_, message_id), message in messages.items():
            task = self.memory.tables["task"].get((COUNCIL, message_id))
            open_task = task is not None and task.state is TaskState.OPEN
            if open_task != (message.state is State.TASK):
                raise Broken(f"{message.state}, and its task is {task and task.state}")
            if open_task and record and record.stopped_at:
                raise Broken("a team is asked to reach somebody who said stop")
            if message.state is State.HANDED_OVER and message_id not in told:
                raise Broken("said to be handed over, and nobody has it")
            if message.state is State.DROPPED and message.dropped_why is None:
                raise Broken("dropped without a reason")


HAPPENINGS = (Life.ask, Life.record, Life.stop, Life.start, Life.write, Life.send, Life.time_passes, Life.much_happens)
