"""What services tell each other about delivery itself. Every service may tell these, and every service hears them."""
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts import Event

Topic = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]+\.v\d+$", examples=["registry.profile.v1"])]
Key = Annotated[str, Field(min_length=1, max_length=200)]
"""The key of an event of that topic: an id, never a name."""
SHARDS = 64
"""Into how many parts the keys of a topic fall by their hash, so that two sides need not compare them one by one."""
Shard = Annotated[int, Field(ge=0, lt=SHARDS)]
PerShard = Annotated[tuple[Annotated[int, Field(ge=0, lt=2**63)], ...], Field(min_length=SHARDS, max_length=SHARDS)]
MOST_LISTED = 500
MOST_WANTED = 200


class RepublishRequested(Event):
    """Whoever owns this topic shall tell one key again, from this version on: one before it never came.

    Each request is a thing of its own, so its revision is always 1.
    """

    topic: ClassVar[str] = "upkeep.republish.v1"
    carries: ClassVar[Literal["state", "occurrence"]] = "occurrence"

    request_id: UUID
    of_topic: Topic
    of_key: Key
    timeline: Annotated[int, Field(ge=0)]
    from_version: Annotated[int, Field(ge=0)]

    @property
    def key(self) -> str:
        return str(self.request_id)


class StatesWanted(Event):
    """Whoever owns this topic shall tell the newest state of these keys anew, each under a new id with the version it has:
    what a reader made of them is lost or damaged. Each request is a thing of its own."""

    topic: ClassVar[str] = "upkeep.states_wanted.v1"
    carries: ClassVar[Literal["state", "occurrence"]] = "occurrence"

    request_id: UUID
    of_topic: Topic
    of_keys: Annotated[tuple[Key, ...], Field(min_length=1, max_length=MOST_WANTED)]

    @property
    def key(self) -> str:
        return str(self.request_id)


class DigestTold(Event):
    """What the owner of a topic last told of a council, in two numbers for each shard of its keys."""

    topic: ClassVar[str] = "upkeep.digest.v1"

    of_topic: Topic
    many: PerShard
    """How many keys."""
    totals: PerShard
    """The sum of the hashes of each key with its timeline and version, without what passes 63 bits."""

    @property
    def key(self) -> str:
        return f"{self.of_topic}/{self.council}"


class ListingWanted(Event):
    """A reader holds something else in these shards than their owner told: which keys are there?

    Each request is a thing of its own.
    """

    topic: ClassVar[str] = "upkeep.listing_wanted.v1"
    carries: ClassVar[Literal["state", "occurrence"]] = "occurrence"

    request_id: UUID
    of_topic: Topic
    shards: Annotated[tuple[Shard, ...], Field(min_length=1, max_length=SHARDS)]

    @property
    def key(self) -> str:
        return str(self.request_id)


class ListingTold(Event):
    """One part of the answer: every key of those shards after the one and up to the other, in the order of their bytes."""

    topic: ClassVar[str] = "upkeep.listing.v1"
    carries: ClassVar[Literal["state", "occurrence"]] = "occurrence"

    request_id: UUID
    part: Annotated[int, Field(ge=0)]
    of_topic: Topic
    shards: Annotated[tuple[Shard, ...], Field(min_length=1, max_length=SHARDS)]
    after: Key | None = None
    """None: from the first key on."""
    up_to: Key | None = None
    """None: to the last."""
    keys: Annotated[tuple[Key, ...], Field(max_length=MOST_LISTED)]
    timelines: Annotated[tuple[int, ...], Field(max_length=MOST_LISTED)]
    versions: Annotated[tuple[int, ...], Field(max_length=MOST_LISTED)]

    @property
    def key(self) -> str:
        return f"{self.request_id}/{self.part}"


UPKEEP: tuple[type[Event], ...] = (RepublishRequested, StatesWanted, DigestTold, ListingWanted, ListingTold)
