"""Erasing a PA who asked to be forgotten: the profile and every consent go, and nothing of them comes again."""
from uuid import UUID

from services.registry.announcements import profile_changed
from services.registry.domain.profile import ProfileNotFound
from services.registry.ports import Work


async def erase(council: str, party_id: UUID, work: Work) -> None:
    """Whoever has no profile here is remembered too: one that comes later is not taken in."""
    if not await work.erased.begin(council, party_id):
        return
    try:
        profile = await work.profiles.hold(council, party_id)
    except ProfileNotFound:
        profile = None
    if profile is not None:
        after = profile.erased()
        await work.profiles.save([after])
        await work.profiles.forget_consents(council, party_id)
        await work.outbox.append(profile_changed(after))
    await work.erased.done(council, party_id)
