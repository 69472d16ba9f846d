"""What the registry needs of the world outside it."""
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.registry.domain.profile import Profile
from services.registry.domain.values import State
from shared.messaging.erased import Erased
from shared.messaging.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody is shown of a PA beside a list: a name and their own words."""

    profile_id: UUID
    chosen_name: str
    about_me: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    profile_id: UUID
    chosen_name: str
    state: State
    outcode: str
    revision: int
    confirmed_on: date


class Profiles(Protocol):
    async def find(self, council: str, profile_id: UUID) -> Profile | None: ...

    async def hold(self, council: str, profile_id: UUID) -> Profile:
        """Read for change: nobody else may change it until this work is done. Raises ProfileNotFound."""

    async def hold_register(self, council: str, profile_ids: Collection[UUID], refs: Collection[str]) -> list[Profile]:
        """Those of these that there are, for change. Nobody else may add to this council's register until this work is done,
        so that two imports of one file cannot both find a PA missing."""

    async def add(self, profiles: Sequence[Profile]) -> None: ...

    async def save(self, profiles: Sequence[Profile]) -> None:
        """Consents are kept with their history."""

    async def forget_consents(self, council: str, profile_id: UUID) -> None: ...

    async def next_to_warn(self, confirmed_by: date, today: date) -> Profile | None:
        """In a list, last said to be true by that day, and either never warned or warned in vain until `today`. For change."""

    async def next_to_pause(self, today: date, warned_by: date) -> Profile | None:
        """Its day has come, and the warning reached them by `warned_by`. For change."""

    async def cards(self, council: str, profile_ids: Collection[UUID]) -> list[Card]:
        """Of those who are not gone."""

    async def page(self, council: str, state: State | None, *, after: int, most: int) -> tuple[list[Entry], int]:
        """By name, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Work:
    """All a use case may touch, in one transaction."""

    profiles: Profiles
    erased: Erased
    outbox: Outbox


Begin = Callable[[], AbstractAsyncContextManager[Work]]
Clock = Callable[[], datetime]
