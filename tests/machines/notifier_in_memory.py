"""The notifier's `Work` in dicts: transactions, row locks, and a place to die or to give way before each statement.

As PostgreSQL does it at READ COMMITTED: a statement sees what was committed when it began, and what its own transaction wrote;
a lock waits for whoever holds the row and then sees the row as it is. What no test here needs (answers to offers) is left out.
"""
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.notifier.domain.contact import Contact, PartyId
from services.notifier.domain.delivery import Delivery, Stage
from services.notifier.domain.lists import PlanCopy, Supporting, Told
from services.notifier.domain.message import CAN_STILL_BE_DROPPED, Artefact, Message, State
from services.notifier.domain.proof import Step
from services.notifier.domain.sign_in_code import is_code
from services.notifier.domain.task import Task, TaskState
from services.notifier.ports import MessageUnknown, TaskUnknown, Work
from shared.contracts import Event
from tests.machines.left_out import LEFT_OUT, NO_REPLIES, NO_TRANSLATIONS, NOBODY_ERASED
from tests.machines.without_a_loop import give_way

IN_HAND = (Stage.PERMITTED, Stage.SENDING)
Row = tuple[str, Any]


class Died(BaseException):
    """The process ends here. Not an Exception: nobody answers it."""


@dataclass
class Memory:
    """What is committed."""

    tables: dict[str, dict[Any, Any]] = field(
        default_factory=lambda: {name: {} for name in ("party", "message", "contact", "task", "artefact", "code", "list")}
    )
    told: list[Event] = field(default_factory=list)
    locks: dict[Row, "Transaction"] = field(default_factory=dict)
    dies_in: int = -1
    """Statements and commits from now; -1: it lives."""
    gives_way: bool = False

    def live_on(self) -> None:
        self.dies_in = -1

    def point(self) -> None:
        if self.dies_in >= 0:
            self.dies_in -= 1
            if self.dies_in < 0:
                raise Died

    def begin(self) -> "Piece":
        return Piece(self)


class Piece:
    """One piece of work: committed whole, or not at all."""

    __slots__ = ("memory", "transaction")

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    async def __aenter__(self) -> Work:
        self.transaction = Transaction(self.memory)
        return on(self.transaction)

    async def __aexit__(self, kind: Any, *_: Any) -> None:
        try:
            if kind is None:
                await self.transaction.statement()  # it may die before its commit…
                self.transaction.commit()
        finally:
            self.transaction.release()
        if kind is None:
            self.memory.point()  # …or right after


class Transaction:
    __slots__ = ("held", "memory", "told", "written")

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.written: dict[str, dict[Any, Any]] = {}
        self.told: list[Event] = []
        self.held: set[Row] = set()

    async def statement(self) -> None:
        self.memory.point()
        if self.memory.gives_way:
            await give_way()

    def get(self, table: str, key: Any) -> Any:
        own = self.written.get(table)
        if own is not None and key in own:
            return own[key]
        return self.memory.tables[table].get(key)

    def rows(self, table: str) -> list[Any]:
        own = self.written.get(table)
        seen = {**self.memory.tables[table], **own} if own else self.memory.tables[table]
        return [row for row in seen.values() if row is not None]

    def put(self, table: str, key: Any, row: Any) -> None:
        """Only of a row it holds, or that nobody holds."""
        self.written.setdefault(table, {})[key] = row

    async def hold(self, table: str, key: Any) -> Any:
        while not self.is_free(table, key):
            await give_way()
        self.take(table, key)
        return self.get(table, key)

    def is_free(self, table: str, key: Any) -> bool:
        return self.memory.locks.get((table, key), self) is self

    def take(self, table: str, key: Any) -> None:
        self.memory.locks[table, key] = self
        self.held.add((table, key))

    async def update(self, table: str, key: Any, change: Callable[[Any], Any]) -> None:
        row = await self.hold(table, key)
        if row is not None:
            self.put(table, key, change(row))

    def commit(self) -> None:
        for table, rows in self.written.items():
            self.memory.tables[table].update(rows)
        self.memory.told += self.told

    def release(self) -> None:
        for row in self.held:
            del self.memory.locks[row]
        self.held.clear()


class Part:
    __slots__ = ("t",)

    def __init__(self, t: Transaction) -> None:
        self.t = t


class Contacts(Part):
    async def of(self, council: str, party_id: PartyId) -> Contact | None:
        await self.t.statement()
        return self.t.get("party", (council, party_id))

    async def hold(self, council: str, party_id: PartyId) -> Contact | None:
        await self.t.statement()
        if self.t.get("party", (council, party_id)) is None:
            return None
        return await self.t.hold("party", (council, party_id))

    async def save(self, contact: Contact, now: datetime) -> None:
        await self.t.statement()
        await self.t.hold("party", (contact.council, contact.party_id))
        self.t.put("party", (contact.council, contact.party_id), contact)

    async def by_phone(self, council: str, phone: str) -> Sequence[Contact]:
        await self.t.statement()
        return [c for c in self.t.rows("party") if (c.council, c.phone) == (council, phone)]

    async def by_email(self, council: str, email: str) -> Sequence[Contact]:
        await self.t.statement()
        return [c for c in self.t.rows("party") if c.council == council and (c.email or "").lower() == email.lower()]


class Messages(Part):
    async def add(self, message: Message) -> bool:
        await self.t.statement()
        key = (message.council, message.message_id)
        known = any((m.council, m.key) == (message.council, message.key) for m in self.t.rows("message"))
        if await self.t.hold("message", key) or known:
            return False
        self.t.put("message", key, message)
        return True

    async def of(self, council: str, message_id: UUID) -> Message:
        await self.t.statement()
        return found(self.t.get("message", (council, message_id)))

    async def hold(self, council: str, message_id: UUID) -> Message:
        await self.t.statement()
        return found(await self.t.hold("message", (council, message_id)))

    async def held_where(self, fits: Callable[[Message], bool], order: Callable[[Message], Any]) -> list[Message]:
        """FOR UPDATE: each row that fitted when the statement began is waited for, and looked at again."""
        await self.t.statement()
        seen = sorted(filter(fits, self.t.rows("message")), key=order)
        held = [await self.t.hold("message", (m.council, m.message_id)) for m in seen]
        return [message for message in held if fits(message)]

    def first_free(self, fits: Callable[[Message], bool]) -> Message | None:
        """FOR UPDATE SKIP LOCKED LIMIT 1."""
        for message in sorted(filter(fits, self.t.rows("message")), key=lambda m: m.asked_at):
            if self.t.is_free("message", (message.council, message.message_id)):
                self.t.take("message", (message.council, message.message_id))
                return message
        return None

    async def next_to_write(self, now: datetime, busy: Collection[UUID] = ()) -> Message | None:
        await self.t.statement()

        def ready(message: Message) -> bool:
            return message.state is State.WAITING and (message.not_before or now) <= now and message.party_id not in busy

        return self.first_free(lambda m: is_code(m) and ready(m)) or self.first_free(ready)

    async def save(self, message: Message) -> None:
        await self.t.statement()
        await self.t.update("message", (message.council, message.message_id), lambda _: message)

    async def not_yet_sent(
        self, council: str, *, party_id: UUID | None = None, plan_id: UUID | None = None, introduction_id: UUID | None = None,
        delegation_id: UUID | None = None, about: str | None = None,
    ) -> Sequence[Message]:
        def fits(m: Message) -> bool:
            contact = self.t.get("contact", (m.council, m.message_id))
            open_yet = m.state in CAN_STILL_BE_DROPPED or (
                m.state is State.HANDED_OVER and contact is not None and contact.look_at is not None
            )
            return m.council == council and open_yet and all(
                asked in (None, given) for asked, given in (
                    (party_id, m.party_id), (plan_id, m.belongs.plan_id), (introduction_id, m.belongs.introduction_id),
                    (delegation_id, m.belongs.delegation_id), (about, m.about),
                )
            )

        return await self.held_where(fits, lambda m: (m.asked_at, m.message_id))

    async def made_since(self, council: str, party_id: UUID, since: datetime, about: Sequence[str], *, leaving_out: UUID) -> int:
        await self.t.statement()
        theirs = [m for m in self.t.rows("message") if (m.council, m.party_id) == (council, party_id) and m.about in about]
        made = [m.message_id for m in theirs if m.written_at and m.written_at >= since and m.state is not State.DROPPED]
        return len(set(made) - {leaving_out})

    async def expired(self, now: datetime) -> Sequence[Message]:
        await self.t.statement()
        over = (m for m in self.t.rows("message") if m.state in CAN_STILL_BE_DROPPED and m.expired(now))
        free = [m for m in over if self.t.is_free("message", (m.council, m.message_id))]
        for message in free:
            self.t.take("message", (message.council, message.message_id))
        return sorted(free, key=lambda m: (m.expires_at, m.message_id))

    async def told_of_introduction(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError

    reached_at = told_before = page = told_of_introduction

    async def keep_artefacts(self, message: Message, artefacts: Sequence[Artefact]) -> None:
        await self.t.statement()
        self.t.put("artefact", (message.council, message.message_id), tuple(artefacts))

    async def artefacts(self, council: str, message_id: UUID) -> Sequence[Artefact]:
        await self.t.statement()
        return self.t.get("artefact", (council, message_id)) or ()


def found(message: Message | None) -> Message:
    if message is None:
        raise MessageUnknown
    return message


class Deliveries(Part):
    async def plan(self, delivery: Delivery) -> None:
        await self.t.statement()
        key = (delivery.council, delivery.message_id)
        before = await self.t.hold("contact", key)
        if before is None or before.stage in (Stage.PLANNED, Stage.FAILED):
            business_key = before.business_key if before else delivery.business_key
            self.t.put("contact", key, replace(delivery, business_key=business_key))

    async def of(self, council: str, message_id: UUID) -> Delivery | None:
        await self.t.statement()
        return self.t.get("contact", (council, message_id))

    async def first_free(self, fits: Callable[[Delivery, Message], bool], order: Callable[[Delivery], Any]) -> Delivery | None:
        """Both the contact and its message are locked, as the statement has both."""
        await self.t.statement()
        for delivery in sorted(self.t.rows("contact"), key=lambda d: (order(d) is None, order(d))):
            key = (delivery.council, delivery.message_id)
            if fits(delivery, self.t.get("message", key)) and self.t.is_free("contact", key) and self.t.is_free("message", key):
                self.t.take("contact", key)
                self.t.take("message", key)
                return delivery
        return None

    async def next_due(self, now: datetime, busy: Collection[UUID] = ()) -> Delivery | None:
        def due(d: Delivery, m: Message) -> bool:
            return d.stage is Stage.PLANNED and d.due_at <= now and m.state is State.WRITTEN and m.party_id not in busy
        return await self.first_free(due, lambda d: d.due_at)

    async def in_doubt(self, now: datetime) -> Delivery | None:
        return await self.first_free(
            lambda d, _: d.stage in IN_HAND and d.leased_until is not None and d.leased_until <= now, lambda d: d.leased_until
        )

    async def save(self, delivery: Delivery) -> None:
        await self.t.statement()
        d = delivery
        await self.t.update("contact", (d.council, d.message_id), lambda row: replace(
            d, business_key=row.business_key, position=row.position, method=row.method
        ))

    async def in_hand(self, council: str, party_id: UUID) -> int:
        await self.t.statement()
        ours = [m for m in self.t.rows("message") if (m.council, m.party_id) == (council, party_id)]
        contacts = (self.t.get("contact", (m.council, m.message_id)) for m in ours)
        return sum(delivery is not None and delivery.stage in IN_HAND and not delivery.asked for delivery in contacts)


class Tasks(Part):
    async def save(self, task: Task) -> None:
        await self.t.statement()
        await self.t.hold("task", (task.council, task.message_id))
        before = self.t.get("task", (task.council, task.message_id))
        self.t.put("task", (task.council, task.message_id), replace(task, task_id=before.task_id) if before else task)

    async def of(self, council: str, task_id: UUID) -> Task:
        await self.t.statement()
        for task in self.t.rows("task"):
            if (task.council, task.task_id) == (council, task_id):
                return task
        raise TaskUnknown

    async def all(self, council: str, state: TaskState | None, team: str | None = None) -> Sequence[Task]:
        await self.t.statement()
        ours = [one for one in self.t.rows("task") if one.council == council and team in (None, one.team)]
        return sorted((one for one in ours if state in (None, one.state)), key=lambda task: (task.due_at, task.task_id))

    async def of_message(self, council: str, message_id: UUID) -> Task | None:
        await self.t.statement()
        return self.t.get("task", (council, message_id))


class Proof(Part):
    async def add(self, step: Step) -> None:
        await self.t.statement()  # nobody here reads it


class Codes(Part):
    async def keep(self, council: str, message_id: UUID, code: str, forget_at: datetime) -> None:
        await self.t.statement()
        if await self.t.hold("code", (council, message_id)) is None:
            self.t.put("code", (council, message_id), (code, forget_at))

    async def of(self, council: str, message_id: UUID) -> str | None:
        await self.t.statement()
        return (self.t.get("code", (council, message_id)) or (None,))[0]

    async def sent(self, council: str, message_id: UUID) -> None:
        await self.t.statement()
        await self.t.update("code", (council, message_id), lambda kept: (None, kept[1]))
        self.t.put("artefact", (council, message_id), None)


class Lists(Part):
    async def told(self, council: str, plan_id: UUID) -> Told | None:
        await self.t.statement()
        return self.t.get("list", ("told", council, plan_id))

    async def digest_due(self, now: datetime) -> Told | None:
        await self.t.statement()
        return next((one for one in self.t.rows("list") if isinstance(one, Told) and one.due_at and one.due_at <= now), None)

    async def profile_to_look_at(self, confirmed_by: date) -> None:
        """No profiles here."""
        await self.t.statement()

    async def plan(self, council: str, plan_id: UUID) -> PlanCopy | None:
        await self.t.statement()
        return self.t.get("list", ("plan", council, plan_id))

    async def supporting(self, council: str, delegation_id: UUID) -> Supporting | None:
        await self.t.statement()
        return self.t.get("list", ("supporting", council, delegation_id))

    async def sharing(self, council: str, plan_id: UUID) -> tuple[UUID, ...]:
        """Nobody shares a job here."""
        await self.t.statement()
        return ()


class Outbox(Part):
    async def append(self, event: Event) -> None:
        await self.t.statement()
        self.t.told.append(event)


def on(t: Transaction) -> Work:
    return Work(
        contacts=Contacts(t), messages=Messages(t), deliveries=Deliveries(t), tasks=Tasks(t), replies=NO_REPLIES,
        receipts=LEFT_OUT, turns=LEFT_OUT, lists=Lists(t), codes=Codes(t), proof=Proof(t), translations=NO_TRANSLATIONS,
        places=LEFT_OUT, askers=LEFT_OUT, outbox=Outbox(t), media=LEFT_OUT, erased=NOBODY_ERASED,
    )
