"""Turn the pages of a list while profiles change, and lay a few PAs of it side by side."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.finding import Reason
from services.matcher.domain.introduction import NotInScope
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Group, in_scope, place_one
from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.quote import Quote, quote
from services.matcher.domain.shortlist import Listed, Shortlist
from services.matcher.ports import Work
from services.matcher.usecases.asking import shortlist


class ListReplaced(Exception):
    """This list was replaced by a newer one. Begin again at its first page."""


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
    newest: int
    """The edition of the list as it is now."""


@dataclass(frozen=True)
class Filter:
    group: Group | None = None
    """None: everybody."""
    codes: Collection[str] = ()
    """Only those whose unmet musts are, among others, all of these."""

    def lets_in(self, one: Listed) -> bool:
        return (self.group is None or one.group is self.group) and set(self.codes) <= set(one.codes)


async def page(
    council: str, plan_id: PlanId, wanted: Filter, *, first: int, size: int, edition: int | None, lore: Lore, work: Work
) -> Page:
    """Pages of one edition are of one list: nobody twice, nobody missed. `edition` None: the list as it is now.

    The place is the list's; the reasons are made from the plan and the profile as they are now. Raises NotRankedYet, and
    ListReplaced for an edition that is no longer kept.
    """
    newest = await shortlist(council, plan_id, work=work)
    found = newest
    if edition is not None and edition != newest.edition:
        earlier = await work.shortlists.find_earlier(council, plan_id, edition)
        if earlier is None:
            raise ListReplaced
        found = earlier
    ranked = [(rank, one) for rank, one in enumerate(found.listed, start=1) if wanted.lets_in(one)]
    if len(ranked) > size and found is newest:
        await work.shortlists.reading(council, plan_id)
    return Page(found, len(ranked), await _shown(found, ranked[first : first + size], lore, work), newest.edition)


async def side_by_side(council: str, plan_id: PlanId, profile_ids: Sequence[ProfileId], *, lore: Lore, work: Work) -> Page:
    """In the order asked for. Their reasons are one for each wish of the plan, in one order. Raises NotInScope."""
    found = await shortlist(council, plan_id, work=work)
    ranked = {one.profile_id: (rank, one) for rank, one in enumerate(found.listed, start=1)}
    if not ranked.keys() >= set(profile_ids):
        raise NotInScope
    shown = await _shown(found, [ranked[profile_id] for profile_id in profile_ids], lore, work)
    return Page(found, len(shown), shown, found.edition)


async def _shown(found: Shortlist, ranked: Sequence[tuple[int, Listed]], lore: Lore, work: Work) -> tuple[Shown, ...]:
    plan = await work.plans.find(found.council, found.plan_id)
    profiles = await work.profiles.several(found.council, [one.profile_id for _, one in ranked])
    shown = []
    for rank, one in ranked:
        profile = profiles.get(one.profile_id)
        if plan is None or profile is None or not in_scope(plan, profile):
            shown.append(Shown(rank, one, (), None))
        else:
            reasons = place_one(plan, profile, found.day, lore).reasons
            shown.append(Shown(rank, one, reasons, profile.confirmed_on, quote(plan, profile, found.day, lore)))
    return tuple(shown)
