"""What services tell each other about delivery itself. Every service may tell these, and every service hears them."""
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts import Event

Topic = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]+\.v\d+$", examples=["registry.profile.v1"])]
Key = Annotated[str, Field(min_length=1, max_length=200)]
"""The key of an event of that topic: an id, never a name."""


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


UPKEEP: tuple[type[Event], ...] = (RepublishRequested,)
