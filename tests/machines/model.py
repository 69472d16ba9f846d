"""A model of an owner's database, a broker that forgets and a reader's database, small enough to be read."""
from dataclasses import dataclass, field, replace
from typing import Any

from shared.messaging import helping
from shared.messaging.order import Carries, Held, follows
from shared.messaging.partitions import partition_of

Key = tuple[str, str, str]
KEYS: tuple[Key, ...] = (
    ("leeds", "state.v1", "a"), ("leeds", "fact.v1", "a"), ("york", "fact.v1", "a"),
)
PLACES = sorted({(topic, partition_of(council)) for council, topic, _ in KEYS})


@dataclass(frozen=True, slots=True)
class Told:
    id: int
    key: Key
    version: int

    def __getitem__(self, name: str) -> Any:
        return {"id": self.id, "topic": self.key[1], "council": self.key[0]}[name]

    @property
    def carries(self) -> Carries:
        return "state" if self.key[1] == "state.v1" else "occurrence"


@dataclass
class Owner:
    """Ids are given when a row is put in, not when it is committed: a later one may be seen first."""

    log: dict[int, Told] = field(default_factory=dict)
    pending: set[int] = field(default_factory=set)
    open: list[Told] = field(default_factory=list)
    versions: dict[Key, int] = field(default_factory=dict)
    filled: list[int] = field(default_factory=list)
    """The brokers that were told everything, the newest last."""
    last_id: int = 0

    def write(self, key: Key) -> None:
        if all(told.key != key for told in self.open):  # else its row is locked
            self.last_id += 1
            self.open.append(Told(self.last_id, key, self.versions.get(key, 0) + 1))

    def end(self, which: int, *, commits: bool) -> None:
        told = self.open.pop(which)
        if commits:
            self.log[told.id], self.versions[told.key] = told, told.version
            self.pending.add(told.id)

    def fill_again(self, epoch: int, *, everything: bool) -> None:
        self.filled.append(epoch)
        if not everything:
            return
        newest = {told.key: told.id for told in self.log.values() if self.versions[told.key] == told.version}
        self.pending |= {told.id for told in self.log.values() if told.carries == "occurrence" or newest[told.key] == told.id}


@dataclass
class Broker:
    epoch: int = 1
    logs: dict[helping.Place, list[Told]] = field(default_factory=lambda: {place: [] for place in PLACES})


@dataclass
class Session:
    """What a relay has in hand, and the broker it was begun for."""

    epoch: int
    places: dict[helping.Place, list[Told]]
    answers: dict[helping.Place, list[int] | BaseException] = field(default_factory=dict)


@dataclass
class Letter:
    told: Told
    gap: bool = False
    due: bool = False
    waits: bool = False
    """For its pause to be over."""


@dataclass
class Reader:
    inbox: set[int] = field(default_factory=set)
    held: dict[Key, Held] = field(default_factory=dict)
    parked: list[Letter] = field(default_factory=list)
    applied: list[Told] = field(default_factory=list)
    position: dict[helping.Place, int] = field(default_factory=lambda: dict.fromkeys(PLACES, 0))
    committed: dict[helping.Place, int] = field(default_factory=lambda: dict.fromkeys(PLACES, 0))
    told_to_go_on: set[Key] = field(default_factory=set)
    """Keys of which a person said: go on without the one that is missing."""

    def of(self, key: Key) -> Held:
        return self.held.get(key, Held())

    def mark(self, key: Key, *, parked: bool) -> None:
        self.held[key] = replace(self.of(key), parked=parked)

    def apply(self, told: Told) -> None:
        self.held[told.key] = replace(self.of(told.key), timeline=1, version=told.version)
        self.applied.append(told)

    def park(self, told: Told, **why: bool) -> None:
        if all(letter.told.id != told.id for letter in self.parked):
            self.parked.append(Letter(told, **why))

    def waiting(self, key: Key) -> list[Letter]:
        """As `next_parked` gives them."""
        shut = self.of(key).parked
        found = [letter for letter in self.parked if letter.told.key == key and (shut or letter.due)]
        return sorted(found, key=lambda letter: (letter.told.version, letter.told.id))

    def is_due(self, key: Key) -> bool:
        """As `due_parked_keys` lists them."""
        shut, waiting = self.of(key).parked, self.waiting(key)
        if not shut:
            return any(letter.due for letter in waiting)
        return bool(waiting) and (waiting[0].due or (waiting[0].gap and self.missing_came(waiting[0].told)))

    def missing_came(self, told: Told) -> bool:
        return follows(self.of(told.key), 1, told.version, told.carries)

    def unpark(self, letter: Letter) -> None:
        self.parked.remove(letter)
        if all(other.told.key != letter.told.key for other in self.parked):
            self.mark(letter.told.key, parked=False)
