"""Turn the pages of a list while profiles change, and lay a few PAs of it side by side."""
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from services.matcher.domain.finding import Reason
from services.matcher.domain.introduction import NotInScope
from services.matcher.domain.kernel.columns import Rows
from services.matcher.domain.lore import Lore
from services.matcher.domain.places import Lack, Lacks, Listed, Places, codes
from services.matcher.domain.placing import Group, in_scope, place_one
from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.quote import Quote, quote
from services.matcher.domain.shortlist import Shortlist
from services.matcher.ports import Work
from services.matcher.usecases.asking import shortlist


class ListReplaced(Exception):
    """This list was replaced by a newer one. Begin again at its first page."""


@dataclass(frozen=True)
class Shown:
    """One place of a list with its reasons. There are none for a PA who left a moment ago: a new list is on its way."""

    rank: int
    listed: Listed
    unmet: tuple[tuple[Lack, Reason | None], ...]
    """None: plan or profile changed meanwhile, so its details are not known."""
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

    def rows(self, places: Places) -> Rows:
        """Which places, best first."""
        wanted = set(self.codes)
        let_in = [
            self.group in (None, group) and wanted <= set(codes(lacks))
            for group, lacks in zip(places.groups, places.said, strict=True)
        ]
        return np.flatnonzero(np.array(let_in, np.bool_)[places.lacking])


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
    rows = wanted.rows(found.listed)
    if len(rows) > size and found is newest:
        await work.shortlists.reading(council, plan_id)
    return Page(found, len(rows), await _shown(found, rows[first : first + size], lore, work), newest.edition)


async def side_by_side(council: str, plan_id: PlanId, profile_ids: Sequence[ProfileId], *, lore: Lore, work: Work) -> Page:
    """In the order asked for. Their reasons are one for each wish of the plan, in one order. Raises NotInScope."""
    found = await shortlist(council, plan_id, work=work)
    rows = [found.listed.where.get(profile_id.bytes) for profile_id in profile_ids]
    if None in rows:
        raise NotInScope
    shown = await _shown(found, np.array(rows, np.int64), lore, work)
    return Page(found, len(shown), shown, found.edition)


async def _shown(found: Shortlist, rows: Rows, lore: Lore, work: Work) -> tuple[Shown, ...]:
    plan = await work.plans.find(found.council, found.plan_id)
    those = list(found.listed.some(rows))
    profiles = await work.profiles.several(found.council, [one.profile_id for one in those])
    shown = []
    for rank, one in zip((rows + 1).tolist(), those, strict=True):
        profile = profiles.get(one.profile_id)
        if plan is None or profile is None or not in_scope(plan, profile):
            shown.append(Shown(rank, one, _detailed(one.lacks, ()), (), None))
        else:
            placed = place_one(plan, profile, found.day, lore)
            shown.append(Shown(
                rank, one, _detailed(one.lacks, placed.unmet), placed.reasons, profile.confirmed_on,
                quote(plan, profile, found.day, lore),
            ))  # fmt: skip
    return tuple(shown)


def _detailed(lacks: Lacks, unmet: Iterable[Reason]) -> tuple[tuple[Lack, Reason | None], ...]:
    """Each with the first reason that says the same, and says it of nothing before."""
    left = list(unmet)
    found: list[tuple[Lack, Reason | None]] = []
    for lack in lacks:
        reason = next((one for one in left if (one.criterion, one.code) == lack), None)
        if reason is not None:
            left.remove(reason)
        found.append((lack, reason))
    return tuple(found)
