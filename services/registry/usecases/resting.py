"""A profile that nobody says is true pauses by itself: never without a warning that reached the PA, or a task to reach them."""
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.registry.announcements import profile_changed
from services.registry.domain.profile import AT_LEAST, WARN_AFTER, Profile, ProfileNotFound
from services.registry.ports import Work
from services.registry.usecases.keeping import change
from services.registry.usecases.settling import today

WARNING = "your_profile_will_pause"
PAUSED = "your_profile_is_paused"


async def warn_one(now: datetime, work: Work) -> bool:
    """False = there is none to warn."""
    day = today(now)
    return await keep(await work.profiles.next_to_warn(day - WARN_AFTER, day), lambda profile: profile.will_pause(day), work)


async def pause_one(now: datetime, work: Work) -> bool:
    """False = there is none whose day has come."""
    day = today(now)
    return await keep(await work.profiles.next_to_pause(day, day - AT_LEAST), lambda profile: profile.pause_itself(day), work)


async def hear_reached(council: str, profile_id: UUID, on: date, work: Work) -> None:
    """The warning was handed over, or a team was asked to reach them. Nobody else need know, so nothing is told."""
    try:
        profile = await work.profiles.hold(council, profile_id)
    except ProfileNotFound:
        return
    warned = profile.warned(on)
    if warned is not profile:
        await work.profiles.save([warned])


async def hear_answer(council: str, profile_id: UUID, about: str, answer: Literal["yes", "no"], at: datetime, work: Work) -> None:
    """Yes: it is true, so it stays or comes back. No, to the warning: it pauses now; after the pause: it stays as it is."""

    def decide(profile: Profile) -> Profile:
        if answer == "yes":
            return profile.confirm(today(at))
        return profile.pause(None, today(at)) if about == WARNING and profile.pauses_on else profile

    await change(council, profile_id, decide, work)


async def keep(profile: Profile | None, how_so: Callable[[Profile], Profile], work: Work) -> bool:
    if profile is None:
        return False
    after = how_so(profile)
    await work.profiles.save([after])
    await work.outbox.append(profile_changed(after))
    return True
