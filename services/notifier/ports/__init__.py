"""What the notifier needs of the world outside it."""
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from services.notifier.domain.contact import Method
from services.notifier.domain.delivery import Delivery
from services.notifier.domain.failover import Pace, Turn
from services.notifier.domain.message import Artefact, Message
from services.notifier.domain.proof import Receipt, Step
from services.notifier.domain.questions import Question
from services.notifier.domain.receipt import Effect, Word
from services.notifier.domain.reply import Answer, Capability
from services.notifier.domain.task import Task, TaskState
from services.notifier.ports.askers import Askers
from services.notifier.ports.channels import AddressRefused, Channel, ChannelDown, Parcel, Teller
from services.notifier.ports.contacts import Contacts, PartyErased, PartyUnknown, RecordChanged
from services.notifier.ports.lists import Lists
from services.notifier.ports.media import Media
from services.notifier.ports.places import Places
from services.notifier.ports.press import NotMade, Press
from services.notifier.ports.translations import Translations
from shared.messaging.erased import Erased
from shared.messaging.outbox import Outbox

__all__ = [
    "AddressRefused", "Askers", "Begin", "Channel", "ChannelDown", "Clock", "Codes", "Contacts", "Deliveries", "Lists", "Media",
    "MessageUnknown", "Messages", "NotMade", "Parcel", "PartyErased", "PartyUnknown", "Places", "Press", "Proof", "Receipts",
    "RecordChanged", "Replies", "TaskClosed", "TaskUnknown", "Tasks", "Teller", "Translations", "Turns", "Work",
]  # fmt: skip


class MessageUnknown(Exception):
    """There is no such message."""


class TaskUnknown(Exception):
    """There is no such contact task."""


class TaskClosed(Exception):
    """This contact task is closed already."""


class Messages(Protocol):
    async def add(self, message: Message) -> bool:
        """False: this business key was asked for before, and nothing was done."""

    async def of(self, council: str, message_id: UUID) -> Message:
        """Raises MessageUnknown."""

    async def hold(self, council: str, message_id: UUID) -> Message:
        """Locked: the message's delivery, task and artefacts are changed only under this lock. Raises MessageUnknown."""

    async def page(self, council: str, party_id: UUID | None, page: int, size: int) -> tuple[Sequence[Message], int]:
        """Newest first, and how many there are in all. Pages count from 1."""

    async def next_to_write(self, now: datetime, busy: Collection[UUID] = ()) -> Message | None:
        """The message that waits longest to be made, locked; passes over those another writer holds, and these parties'."""

    async def save(self, message: Message) -> None: ...

    async def not_yet_sent(
        self, council: str, *, party_id: UUID | None = None, plan_id: UUID | None = None, introduction_id: UUID | None = None,
        delegation_id: UUID | None = None, about: str | None = None,
    ) -> Sequence[Message]:
        """Not handed over, or handed over with the word of its end to come: oldest first, locked. `drop` tells them apart."""

    async def told_of_introduction(self, council: str, introduction_id: UUID, about: str) -> bool:
        """Whether this message reached them, or is on its way at this moment."""

    async def told_before(
        self, council: str, introduction_id: UUID, party_id: UUID, about: Sequence[str], which: str, *, but: str | None
    ) -> bool:
        """Whether one of these messages reached this party, or is on its way. `which`: how its occurrence begins; `but`: this one
        does not count."""

    async def reached_at(self, council: str, subject: UUID, party_id: UUID, about: str) -> datetime | None:
        """When this message was handed over to this party, or told by a team. None: it was not."""

    async def made_since(
        self, council: str, party_id: UUID, since: datetime, about: Sequence[str], *, leaving_out: UUID
    ) -> int:
        """How many of these kinds were made for this party, or given to a team, and were not dropped."""

    async def last_made(self, council: str, party_id: UUID, plan_id: UUID, about: str) -> datetime | None:
        """When one of these was last made for this party, or given to a team, and not dropped."""

    async def expired(self, now: datetime) -> Sequence[Message]:
        """Those past their time and not yet sent, locked."""

    async def keep_artefacts(self, message: Message, artefacts: Sequence[Artefact]) -> None:
        """In place of any made before."""

    async def artefacts(self, council: str, message_id: UUID) -> Sequence[Artefact]: ...


class Codes(Protocol):
    """Sign-in codes in clear while they wait to be sent, and what is still to be forgotten of them, by (council, message)."""

    async def keep(self, council: str, message_id: UUID, code: str, forget_at: datetime) -> None: ...
    async def of(self, council: str, message_id: UUID) -> str | None: ...
    async def sent(self, council: str, message_id: UUID) -> None:
        """Forgets the code and what was made of it here. The channel keeps its copy until `next_over`."""

    async def next_over(self, now: datetime) -> tuple[str, UUID] | None: ...
    async def later(self, council: str, message_id: UUID, forget_at: datetime) -> None: ...
    async def forget(self, council: str, message_id: UUID) -> None: ...


class Deliveries(Protocol):
    async def plan(self, delivery: Delivery) -> None:
        """In place of an earlier way's row, with a new reference; the business key stays."""

    async def of(self, council: str, message_id: UUID) -> Delivery | None: ...

    async def next_due(self, now: datetime, busy: Collection[UUID] = ()) -> Delivery | None:
        """Planned and due, with its message still written, and not to one of these parties. Locked."""

    async def in_doubt(self, now: datetime) -> Delivery | None:
        """One that was begun and has no clear end: its lease is over. Locked."""

    async def by_reference(self, attempt_ref: UUID) -> Delivery | None:
        """Of whatever council: a provider knows nothing but the reference. Not locked."""

    async def next_to_look_at(self, now: datetime) -> Delivery | None:
        """Sent, and the word of its end has not come by now. Locked."""

    async def save(self, delivery: Delivery) -> None: ...

    async def in_hand(self, council: str, party_id: UUID) -> int:
        """How many contacts with this party a channel may be taking at this moment."""

    async def paces(self, since: datetime, slow_before: timedelta, now: datetime) -> Mapping[str, Pace]:
        """How quickly each channel took what it was first called for since then."""


class Receipts(Protocol):
    """What providers said became of things, each saying once, without anybody's address."""

    async def keep(self, word: Word, effect: Effect, council: str | None, now: datetime) -> bool:
        """False: it had been said before."""

    async def about(self, attempt_ref: UUID) -> Sequence[Word]: ...


class Turns(Protocol):
    """Which of several channels that carry a method is asked first."""

    async def of(self, method: Method) -> Turn | None: ...
    async def save(self, turn: Turn) -> None: ...


class Tasks(Protocol):
    async def save(self, task: Task) -> None: ...

    async def of(self, council: str, task_id: UUID) -> Task:
        """Raises TaskUnknown."""

    async def all(self, council: str, state: TaskState | None, team: str | None = None) -> Sequence[Task]:
        """The most urgent first."""

    async def next_late(self, now: datetime) -> Task | None:
        """One that the next team is to be asked about by now. It and its message are locked."""

    async def counts(self, council: str, now: datetime) -> Mapping[str, tuple[int, int]]:
        """Of each team that has any: how many are open, and how many of those are late."""

    async def of_message(self, council: str, message_id: UUID) -> Task | None: ...


class Replies(Protocol):
    async def offer(self, capability: Capability) -> None:
        """Newest kills older: earlier codes of the same kind for the same message end."""

    async def by_hash(self, code_hash: bytes) -> Capability:
        """Locked. Raises CodeUnknown, also when two councils' short codes are alike."""

    async def open_for(self, council: str, party_ids: Sequence[UUID], now: datetime) -> Sequence[Capability]:
        """Unanswered short codes of these parties, one for each thing that is asked."""

    async def latest_answered(self, council: str, party_ids: Sequence[UUID], now: datetime) -> Capability | None:
        """The ask these parties answered last, while its time runs: where a changed mind belongs."""

    async def answer_to(self, council: str, introduction_id: UUID, party_id: UUID, question: str) -> Answer | None:
        """What this party answered, by whatever way."""

    async def answered(self, council: str, introduction_id: UUID, party_id: UUID, question: str, answer: Answer) -> None:
        """Marks every code by which this party may answer this."""

    async def revoke(self, council: str, introduction_id: UUID, kind: Question, *, but: str | None = None) -> None:
        """All codes for questions of this kind, but not for this one."""

    async def unclear_before(self, council: str, party_id: UUID, introduction_id: UUID) -> bool:
        """Remembers an unclear answer, and says whether there was one already."""


class Proof(Protocol):
    """Each step of getting a message to somebody. Only ever added to."""

    async def add(self, step: Step) -> None: ...
    async def of(self, council: str, message_id: UUID) -> Sequence[Step]:
        """In the order they came."""

    async def receipts(self, attempt_refs: Sequence[UUID]) -> Sequence[Receipt]: ...


@dataclass(frozen=True, slots=True)
class Work:
    contacts: Contacts
    messages: Messages
    deliveries: Deliveries
    receipts: Receipts
    turns: Turns
    tasks: Tasks
    replies: Replies
    lists: Lists
    codes: Codes
    places: Places
    askers: Askers
    proof: Proof
    translations: Translations
    media: Media
    erased: Erased
    outbox: Outbox


Begin = Callable[[], AbstractAsyncContextManager[Work]]
Clock = Callable[[], datetime]
