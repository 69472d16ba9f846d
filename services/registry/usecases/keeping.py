"""Keeping one profile true: change it, pause it, come back, confirm it, answer what was asked."""
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from services.registry.announcements import profile_changed
from services.registry.domain.consent import How
from services.registry.domain.profile import Profile, ProfileChangedMeanwhile, ProfileNotFound
from services.registry.ports import Work
from services.registry.usecases.answering import answered
from services.registry.usecases.said import Said
from services.registry.usecases.settling import Settled, settle, today


async def change(
    council: str, profile_id: UUID, how_so: Callable[[Profile], Profile], work: Work, *, seen_revision: int | None = None
) -> Profile:
    """Load, decide, save, tell. A change that changes nothing is not told.

    `seen_revision`: the one that whoever asks has looked at. Raises ProfileNotFound, ProfileChangedMeanwhile.
    """
    profile = await work.profiles.hold(council, profile_id)
    if await work.erased.has(council, profile_id):
        raise ProfileNotFound(profile_id)
    if seen_revision is not None and seen_revision != profile.revision:
        raise ProfileChangedMeanwhile(profile_id)
    after = how_so(profile)
    if after is not profile:
        await work.profiles.save([after])
        await work.outbox.append(profile_changed(after))
    return after


async def revise(
    council: str, profile_id: UUID, said: Said, work: Work, *, now: datetime, seen_revision: int | None
) -> Profile:
    """Only the fields said are changed. Raises ProfileRefused."""

    def decide(profile: Profile) -> Profile:
        settled: Settled = settle(
            profile, said, council=council, profile_id=profile_id, now=now, how=How.PAGE, by_register=False
        )
        return settled.profile

    return await change(council, profile_id, decide, work, seen_revision=seen_revision)


async def pause(council: str, profile_id: UUID, until: date | None, work: Work, *, now: datetime) -> Profile:
    return await change(council, profile_id, lambda profile: profile.pause(until, today(now)), work)


async def resume(council: str, profile_id: UUID, work: Work, *, now: datetime) -> Profile:
    return await change(council, profile_id, lambda profile: profile.resume(today(now)), work)


async def confirm(council: str, profile_id: UUID, work: Work, *, now: datetime) -> Profile:
    return await change(council, profile_id, lambda profile: profile.confirm(today(now)), work)


async def answer(council: str, profile_id: UUID, number: int, code: str | None, work: Work, *, now: datetime) -> Profile:
    """`code` None: it was none of these. Raises QuestionNotFound, ProfileRefused."""
    return await change(council, profile_id, lambda profile: answered(profile, number, code, today(now)), work)
