"""Answer who stands where on a list and why, and a PA's question how they stand."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.finding import Reason
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Group, in_scope, place_one
from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.quote import Quote, quote
from services.matcher.domain.shortlist import Listed, Shortlist
from services.matcher.ports import Work


class NotRankedYet(Exception):
    """There is no list for this plan yet."""


class ProfileNotFound(Exception):
    """There is no such profile here."""


@dataclass(frozen=True)
class Shown:
    """One place of a list with its reasons. There are none for a PA who left a moment ago: a new list is on its way."""

    rank: int
    listed: Listed
    reasons: tuple[Reason, ...]
    confirmed_on: date | None
    quote: Quote | None = None
    """What they would cost a week. None: it cannot be said."""


@dataclass(frozen=True)
class Page:
    shortlist: Shortlist
    total: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Standing:
    """How a PA stands, with nothing about whose plans they are."""

    in_lists: int
    fitting: int
    near: int
    kept_out_by: Sequence[tuple[str, int]]


async def shortlist(council: str, plan_id: PlanId, *, work: Work) -> Shortlist:
    found = await work.shortlists.find(council, plan_id)
    if found is None:
        raise NotRankedYet
    return found


async def page(council: str, plan_id: PlanId, group: Group | None, *, first: int, size: int, lore: Lore, work: Work) -> Page:
    """`group` None: everybody. The place is the list's; the reasons are made from the plan and the profile as they are now."""
    found = await shortlist(council, plan_id, work=work)
    plan = await work.plans.find(council, plan_id)
    ranked = [(rank, one) for rank, one in enumerate(found.listed, start=1) if group is None or one.group is group]
    wanted = ranked[first : first + size]
    profiles = await work.profiles.several(council, [one.profile_id for _, one in wanted])
    shown = []
    for rank, one in wanted:
        profile = profiles.get(one.profile_id)
        if plan is None or profile is None or not in_scope(plan, profile):
            shown.append(Shown(rank, one, (), None))
        else:
            reasons = place_one(plan, profile, found.day, lore).reasons
            shown.append(Shown(rank, one, reasons, profile.confirmed_on, quote(plan, profile, found.day, lore)))
    return Page(found, len(ranked), tuple(shown))


async def standing(council: str, profile_id: ProfileId, *, day: date, lore: Lore, work: Work) -> Standing:
    profile = await work.profiles.find(council, profile_id)
    if profile is None:
        raise ProfileNotFound
    placed = [place_one(plan, profile, day, lore) for plan in await work.plans.open(council) if in_scope(plan, profile)]
    kept_out = Counter(code for placement in placed for code in set(placement.codes))
    return Standing(
        in_lists=len(placed),
        fitting=sum(placement.group is Group.FITTING for placement in placed),
        near=sum(placement.group is Group.NEAR for placement in placed),
        kept_out_by=sorted(kept_out.items(), key=lambda counted: (-counted[1], counted[0])),
    )
