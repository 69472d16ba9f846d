"""One plan's list as it is kept: who stands where and what they lack; and whether a new ranking means anything new."""
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.matcher.domain.changes import LastChange, last_change
from services.matcher.domain.lore import Lore
from services.matcher.domain.pairs import Pairs
from services.matcher.domain.places import Listed, Places, lacks_of
from services.matcher.domain.placing import Group, Placement
from services.matcher.domain.plan import PersonId, Plan, PlanId
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import Rules


class Cause(StrEnum):
    PLAN = "plan"
    PROFILES = "profiles"
    RULES = "rules"


@dataclass(frozen=True)
class Shortlist:
    """Best first, everybody in scope. The revision goes up when the list means something else, and that is when it is told."""

    council: str
    plan_id: PlanId
    person_id: PersonId
    revision: int
    plan_revision: int
    rules_version: int
    day: date
    cause: Cause
    open: bool
    listed: Places
    edition: int = 1
    """Goes up when anybody is in another place or group, so that a reader of pages can tell. Oftener than the revision."""
    last: LastChange | None = None
    """What this revision has over the one before. None: it is the first since the plan was opened."""
    lore_version: str = ""

    def of(self, group: Group) -> Places:
        return self.listed.of_group(group)

    def count(self, group: Group) -> int:
        return len(self.of(group))


@dataclass(frozen=True)
class Change:
    """What became of a list. `told` False: kept, but it means what it meant."""

    now: Shortlist
    told: bool
    added: int = 0
    lost: int = 0
    """How many fit who did not before, and the reverse."""


def everybody(plan: Plan, profiles: Iterable[Profile], *, day: date, lore: Lore, rules: Rules) -> Places:
    """All in scope, best first, by the plain rules."""
    return listed(rank(plan, profiles, day, lore, rules).placements, rules)


def listed(placements: Iterable[Placement], rules: Rules) -> Places:
    return Places.of(map(_listed, placements), rules)


def drawn_up(
    plan: Plan, listed: Places, before: Shortlist | None, *, day: date, cause: Cause, lore: Lore, rules: Rules
) -> Change:
    """The next list of an open plan. A new plan revision is always told, once: somebody waits to hear of it."""
    now = Shortlist(
        plan.council, plan.plan_id, plan.person_id, (before.revision if before else 0) + 1, plan.revision, rules.version, day,
        cause, open=True, listed=listed, lore_version=lore.version,
    )
    if before is None:
        return Change(now, told=True, added=now.count(Group.FITTING))
    pairs = Pairs(before.listed, now.listed)
    now = replace(now, edition=before.edition + (not pairs.same_places()))
    same_question = (before.plan_revision, before.open) == (now.plan_revision, True)
    if same_question and pairs.same_meaning():
        return Change(replace(now, revision=before.revision, cause=before.cause, last=before.last), told=False)
    if before.open:
        now = replace(now, last=last_change(before, now, pairs))
    (came, _), (stayed, left) = pairs.added(), pairs.lost()
    return Change(now, told=True, added=len(came), lost=len(stayed) + len(left))


def put_away(plan: Plan, before: Shortlist | None, *, day: date) -> Change | None:
    """A paused or closed plan has no list. None: it had none to put away."""
    if before is None or not before.open:
        return None
    now = replace(
        before, revision=before.revision + 1, plan_revision=plan.revision, day=day, cause=Cause.PLAN, open=False,
        listed=before.listed[:0], edition=before.edition + 1, last=None,
    )
    return Change(now, told=True, lost=before.count(Group.FITTING))


def _listed(placement: Placement) -> Listed:
    return Listed(
        placement.profile_id, placement.profile_revision, placement.score, lacks_of(placement.unmet), placement.distance_m,
        placement.coverage, placement.standing, placement.group,
    )
