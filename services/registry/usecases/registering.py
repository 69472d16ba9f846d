"""Taking PAs into the register, one or many, as the council's own list says: again and again without harm."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.registry.announcements import profile_changed
from services.registry.domain.consent import How
from services.registry.domain.profile import Profile, ProfileRefused
from services.registry.domain.values import Refusal
from services.registry.ports import Work
from services.registry.usecases.said import Said
from services.registry.usecases.settling import Settled, settle

NewId = Callable[[], UUID]

TWICE = Refusal("ref", "This PA is in the list twice.", "Keep one row for each PA.")
ERASED = Refusal("profile_id", "This PA asked to be forgotten.", "If they want to come back, register them as a new PA.")
TWO_PEOPLE = Refusal("ref", "This number belongs to another profile.", "Check which of the two is meant.")


@dataclass(frozen=True, slots=True)
class Refused:
    errors: tuple[Refusal, ...]


class Seen:
    """Whom a list has named so far, so that nobody is in it twice."""

    def __init__(self) -> None:
        self.names: set[object] = set()

    def again(self, said: Said) -> bool:
        names = {name for name in (said.get("ref"), said.get("profile_id")) if name is not None}
        twice = bool(names & self.names)
        self.names |= names
        return twice


async def register(council: str, said: Said, work: Work, *, now: datetime, new_id: NewId, how: How) -> Settled:
    """Raises ProfileRefused."""
    (result,) = await register_many(council, [said], work, now=now, new_id=new_id, how=how, seen=Seen())
    if isinstance(result, Refused):
        raise ProfileRefused(result.errors)
    return result


async def register_many(
    council: str, list_said: Sequence[Said], work: Work, *, now: datetime, new_id: NewId, how: How, seen: Seen
) -> list[Settled | Refused]:
    """One result for each, in order. Good ones go in even if others are refused."""
    ids = {profile_id for said in list_said if (profile_id := said.get("profile_id"))}
    refs = {ref for said in list_said if (ref := said.get("ref"))}
    held = await work.profiles.hold_register(council, ids, refs)
    erased = await work.erased.among(council, ids)
    known: dict[object, Profile] = {profile.profile_id: profile for profile in held}
    known |= {profile.ref: profile for profile in held if profile.ref}
    results = [
        Refused((ERASED,)) if said.get("profile_id") in erased
        else one(council, said, known, now=now, new_id=new_id, how=how, seen=seen)
        for said in list_said
    ]  # fmt: skip
    settled = [result for result in results if isinstance(result, Settled)]
    await work.profiles.add([result.profile for result in settled if result.outcome == "added"])
    await work.profiles.save([result.profile for result in settled if result.outcome == "changed"])
    for result in settled:
        if result.outcome != "unchanged":
            await work.outbox.append(profile_changed(result.profile))
    return results


def one(
    council: str, said: Said, known: dict[object, Profile], *, now: datetime, new_id: NewId, how: How, seen: Seen
) -> Settled | Refused:
    if seen.again(said):
        return Refused((TWICE,))
    profile_id, ref = said.get("profile_id"), said.get("ref")
    by_id, by_ref = known.get(profile_id), known.get(ref)
    if by_ref and profile_id and by_ref.profile_id != profile_id:
        return Refused((TWO_PEOPLE,))
    try:
        return settle(
            by_id or by_ref, said, council=council, profile_id=profile_id or new_id(), now=now, how=how, by_register=True
        )
    except ProfileRefused as refused:
        return Refused(refused.errors)
