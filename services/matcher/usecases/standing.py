"""How a PA stands: now, week by week, and which plans would fit them. Nothing about whose plans they are."""
import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

from services.matcher.domain.kernel.turned.openings import Chances
from services.matcher.domain.lore import Lore
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.shared_out import asked_for
from services.matcher.domain.standing import Tallies, Tally, Week, monday_of
from services.matcher.ports import Work
from services.matcher.usecases.asking import ProfileNotFound

KEPT_WEEKS = 53


async def standing(council: str, profile_id: ProfileId, *, day: date, lore: Lore, work: Work) -> Tally:
    profile = await _profile(council, profile_id, work)
    plans = asked_for(await work.plans.open(council))
    # in a thread, so that the service still answers and listens while it thinks
    return await asyncio.to_thread(work.plans.openings(council).tally, plans, profile, day, lore)


async def looked_for(
    council: str, profile_id: ProfileId, *, first: int, size: int, day: date, lore: Lore, work: Work
) -> Chances:
    profile = await _profile(council, profile_id, work)
    plans, openings = asked_for(await work.plans.open(council)), work.plans.openings(council)
    return await asyncio.to_thread(lambda: openings.chances(plans, profile, day, lore, first=first, size=size))


async def weeks(council: str, profile_id: ProfileId, *, work: Work) -> Sequence[Week]:
    """Newest first, at most a year of them."""
    await _profile(council, profile_id, work)
    return await work.standings.of(council, profile_id)


async def count_week(council: str, day: date, *, work: Work) -> int:
    """Count the lists as they stand into this week's row of each PA; the last count of a week is the one that stays.

    Lists of plans that wait, as all their hours are shared in an open job, are not counted: nobody is asked for there.
    """
    tallies = Tallies()
    wanted = {plan.plan_id for plan in asked_for(await work.plans.open(council))}
    async for plan_id, listed in work.standings.open_lists(council):
        if plan_id in wanted:
            await asyncio.to_thread(tallies.add, listed)
    await work.standings.keep(council, monday_of(day), day, tallies.of)
    await work.standings.drop_before(council, monday_of(day) - timedelta(weeks=KEPT_WEEKS))
    return len(tallies.of)


async def _profile(council: str, profile_id: ProfileId, work: Work) -> Profile:
    profile = await work.profiles.find(council, profile_id)
    if profile is None:
        raise ProfileNotFound
    return profile
