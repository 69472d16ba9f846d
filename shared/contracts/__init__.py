"""The published language: each event one service tells the others, and the topic it travels on.

A topic's version is a promise. Within it only optional fields may be added; anything
else is a new topic, published beside the old one until nobody reads the old one.

Times of the week are `WeekBits`: 672 quarter-hours from Monday 00:00, Europe/London wall clock,
as 168 hexadecimal digits; bit 0 (the highest bit of the first digit) is Monday 00:00-00:15.
Places are metres east and north on the grid of `shared.vocabulary.geography`. Money is whole pence.
Shares and fits are millionths. No name, address, phone number or free text is ever in an event.
"""
from abc import abstractmethod
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

Council = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$", examples=["leicester"])]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,60}$", examples=["cooks_halal"])]
LanguageTag = Annotated[str, Field(pattern=r"^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$", examples=["so", "bfi"])]
WeekBits = Annotated[str, Field(pattern=r"^[0-9a-f]{168}$")]
Pence = Annotated[int, Field(ge=0)]
Quarters = Annotated[int, Field(ge=0, le=672, description="quarter-hours a week")]
Revision = Annotated[int, Field(ge=1)]


class Part(BaseModel):
    """A piece of an event. Readers are tolerant: what they do not know they leave."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Event(Part):
    """A fact, already true, that its owner tells other services."""

    topic: ClassVar[str]
    carries: ClassVar[Literal["state", "occurrence"]] = "state"
    """`state`: the whole latest truth of one key, so only the newest revision matters.
    `occurrence`: something that happened, where each revision of a key must be heard in turn."""

    council: Council
    revision: Revision

    @property
    @abstractmethod
    def key(self) -> str:
        """Events with equal keys stay in order: the id of the thing the event is about."""

    @classmethod
    def type_name(cls) -> str:
        """The CloudEvents type: `pa.<topic>`, for example `pa.registry.profile.v1`."""
        return f"pa.{cls.topic}"


class Place(Part):
    """An approximate point: the middle of a postcode sector or outward code, never a home."""

    outcode: Annotated[str, Field(pattern=r"^[A-Z]{1,2}[0-9][A-Z0-9]?$", examples=["LE5"])]
    east_m: int
    north_m: int


class Level(StrEnum):
    """How well somebody speaks, reads or signs a language, least first."""

    SOME = "some"
    GETS_BY = "gets_by"
    FLUENT = "fluent"
    MOTHER_TONGUE = "mother_tongue"


class Span(Part):
    """Days away, both ends included."""

    first: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    last: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
