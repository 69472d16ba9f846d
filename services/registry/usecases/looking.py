"""Looking things up: a profile, the names on cards, a page of the register."""
from collections.abc import Collection
from uuid import UUID

from services.registry.domain.profile import Profile, ProfileNotFound
from services.registry.domain.values import State
from services.registry.ports import Card, Entry, Work


async def profile(council: str, profile_id: UUID, work: Work) -> Profile:
    found = await work.profiles.find(council, profile_id)
    if found is None:
        raise ProfileNotFound(profile_id)
    return found


async def cards(council: str, profile_ids: Collection[UUID], work: Work) -> list[Card]:
    """Those who are gone, or were never here, are simply not among them."""
    return await work.profiles.cards(council, profile_ids)


async def page(council: str, state: State | None, work: Work, *, page: int, size: int) -> tuple[list[Entry], int]:
    return await work.profiles.page(council, state, after=(page - 1) * size, most=size)
