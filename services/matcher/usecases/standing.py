"""How a PA stands: now, week by week, and which plans would fit them. Nothing about whose plans they are."""
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.matcher.domain.lore import Lore
from services.matcher.domain.opportunities import Opportunity, opportunities
from services.matcher.domain.placing import in_scope, place_one
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.shared_out import asked_for
from services.matcher.domain.standing import Tallies, Tally, Week, monday_of
from services.matcher.ports import Work
from services.matcher.usecases.asking import ProfileNotFound

KEPT_WEEKS = 53


@dataclass(frozen=True)
class Looked:
    """Some of the plans for a PA, and how many there are."""

    total: int
    shown: Sequence[Opportunity]


async def standing(council: str, profile_id: ProfileId, *, day: date, lore: Lore, work: Work) -> Tally:
    profile = await _profile(council, profile_id, work)
    plans = asked_for(await work.plans.open(council))
    # in a thread, so that the service still answers and listens while it thinks
    return await asyncio.to_thread(_tally, profile, plans, day, lore)


def _tally(profile: Profile, plans: Sequence[Plan], day: date, lore: Lore) -> Tally:
    tally = Tally()
    for plan in plans:
        if in_scope(plan, profile):
            placed = place_one(plan, profile, day, lore)
            tally.add(placed.group, placed.codes)
    return tally


async def looked_for(
    council: str, profile_id: ProfileId, *, first: int, size: int, day: date, lore: Lore, work: Work
) -> Looked:
    profile = await _profile(council, profile_id, work)
    found = await asyncio.to_thread(opportunities, profile, asked_for(await work.plans.open(council)), day, lore)
    return Looked(len(found), found[first : first + size])


async def weeks(council: str, profile_id: ProfileId, *, work: Work) -> Sequence[Week]:
    """Newest first, at most a year of them."""
    await _profile(council, profile_id, work)
    return await work.standings.of(council, profile_id)


async def count_week(council: str, day: date, *, work: Work) -> int:
    """Count the lists as they stand into this week's row of each PA; the last count of a week is the one that stays."""
    tallies = Tallies()
    async for listed in work.standings.open_lists(council):
        await asyncio.to_thread(tallies.add, listed)
    await work.standings.keep(council, monday_of(day), day, tallies.of)
    await work.standings.drop_before(council, monday_of(day) - timedelta(weeks=KEPT_WEEKS))
    return len(tallies.of)


async def _profile(council: str, profile_id: ProfileId, work: Work) -> Profile:
    profile = await work.profiles.find(council, profile_id)
    if profile is None:
        raise ProfileNotFound
    return profile
