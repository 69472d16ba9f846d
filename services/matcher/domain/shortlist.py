"""One plan's list as it is kept: who stands where and what they lack; and whether a new ranking means anything new."""
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from services.matcher.domain.changes import LastChange, last_change
from services.matcher.domain.finding import Reason
from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Group, Placement, in_scope, place_in_list, place_one, turn
from services.matcher.domain.plan import PersonId, Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.rules import Rules


class Cause(StrEnum):
    PLAN = "plan"
    PROFILES = "profiles"
    RULES = "rules"


@dataclass(frozen=True)
class Listed:
    """One PA's place. The reasons are made when somebody asks for them: they are long, and follow from these revisions."""

    profile_id: ProfileId
    profile_revision: int
    score: int
    unmet: tuple[Reason, ...]
    distance_m: int
    coverage: int | None
    standing: tuple[int, int]
    group: Group

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.unmet)


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
    listed: tuple[Listed, ...]
    edition: int = 1
    """Goes up when anybody is in another place or group, so that a reader of pages can tell. Oftener than the revision."""
    last: LastChange | None = None
    """What this revision has over the one before. None: it is the first since the plan was opened."""
    lore_version: str = ""

    def of(self, group: Group) -> tuple[Listed, ...]:
        return tuple(one for one in self.listed if one.group is group)

    def count(self, group: Group) -> int:
        return sum(one.group is group for one in self.listed)


@dataclass(frozen=True)
class Change:
    """What became of a list. `told` False: kept, but it means what it meant."""

    now: Shortlist
    told: bool
    added: int = 0
    lost: int = 0
    """How many fit who did not before, and the reverse."""


def everybody(
    plan: Plan, profiles: Iterable[Profile], before: Shortlist | None, *, day: date, lore: Lore, rules: Rules
) -> tuple[Listed, ...]:
    """All in scope, best first, as `rank` puts them.

    A place made earlier today for the same two revisions, with the same tables, is taken over: it would come out the same.
    So one PA's change costs one place for each list it touches, not the whole list again.
    """
    kept = _kept_places(before, (plan.revision, rules.version, lore.version, day))
    listed = [
        kept.get((profile.profile_id, profile.revision)) or _listed(place_one(plan, profile, day, lore, rules))
        for profile in profiles
        if in_scope(plan, profile)
    ]
    return tuple(sorted(listed, key=lambda one: place_in_list(one.standing, turn(plan, one.profile_id, day), one.profile_id)))


def _kept_places(before: Shortlist | None, question: tuple[int, int, str, date]) -> dict[tuple[ProfileId, int], Listed]:
    if before is None or not before.open:
        return {}
    if (before.plan_revision, before.rules_version, before.lore_version, before.day) != question:
        return {}
    return {(one.profile_id, one.profile_revision): one for one in before.listed}


def drawn_up(
    plan: Plan, listed: tuple[Listed, ...], before: Shortlist | None, *, day: date, cause: Cause, lore: Lore, rules: Rules
) -> Change:
    """The next list of an open plan. A new plan revision is always told, once: somebody waits to hear of it."""
    now = Shortlist(
        plan.council, plan.plan_id, plan.person_id, (before.revision if before else 0) + 1, plan.revision, rules.version, day,
        cause, open=True, listed=listed, lore_version=lore.version,
    )
    if before is None:
        return Change(now, told=True, added=now.count(Group.FITTING))
    now = replace(now, edition=before.edition + (_places(before) != _places(now)))
    same_question = (before.plan_revision, before.rules_version, before.open) == (now.plan_revision, now.rules_version, True)
    if same_question and same_meaning(before, now):
        return Change(replace(now, revision=before.revision, cause=before.cause, last=before.last), told=False)
    if before.open:
        now = replace(now, last=last_change(before, now))
    was, is_now = ({one.profile_id for one in shortlist.of(Group.FITTING)} for shortlist in (before, now))
    return Change(now, told=True, added=len(is_now - was), lost=len(was - is_now))


def put_away(plan: Plan, before: Shortlist | None, *, day: date) -> Change | None:
    """A paused or closed plan has no list. None: it had none to put away."""
    if before is None or not before.open:
        return None
    now = replace(
        before, revision=before.revision + 1, plan_revision=plan.revision, day=day, cause=Cause.PLAN, open=False, listed=(),
        edition=before.edition + 1, last=None,
    )
    return Change(now, told=True, lost=before.count(Group.FITTING))


def same_meaning(before: Shortlist, after: Shortlist) -> bool:
    """Nobody came or went, nobody lacks anything else, and nobody passed anybody but by taking turns."""
    if len(before.listed) != len(after.listed):
        return False
    was, is_now = _shown(before), _shown(after)
    if [_meant(one) for one in was] == [_meant(one) for one in is_now]:
        return True
    return _by_standing(was) == _by_standing(is_now)


def _places(shortlist: Shortlist) -> list[tuple[ProfileId, Group]]:
    return [(one.profile_id, one.group) for one in shortlist.listed]


def _shown(shortlist: Shortlist) -> tuple[Listed, ...]:
    return tuple(one for one in shortlist.listed if one.group is not Group.OTHERS)


def _meant(one: Listed) -> tuple[ProfileId, tuple[str, ...]]:
    return one.profile_id, one.codes


def _by_standing(listed: Iterable[Listed]) -> list[frozenset[tuple[ProfileId, tuple[str, ...]]]]:
    return [frozenset(_meant(one) for one in equals) for _, equals in groupby(listed, key=lambda one: one.standing)]


def _listed(placement: Placement) -> Listed:
    return Listed(
        placement.profile_id, placement.profile_revision, placement.score, placement.unmet, placement.distance_m,
        placement.coverage, placement.standing, placement.group,
    )
