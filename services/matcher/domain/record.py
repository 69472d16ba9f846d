"""A told list as it is written down, and the same list made again from what it names, a year later."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from services.matcher.domain.lore import Lore
from services.matcher.domain.places import Places
from services.matcher.domain.placing import Placement
from services.matcher.domain.plan import PROTECTED, Criterion, Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import Rules
from services.matcher.domain.shortlist import Shortlist, listed
from services.matcher.domain.written import in_lines, in_lines_with_details, written_down

KEPT_FOR = timedelta(days=2 * 365)
"""How long a told list, and what it was made from, is kept."""


@dataclass(frozen=True)
class ListTold:
    """All a list was made from, by name, and the digest of what it then was."""

    council: str
    plan_id: PlanId
    revision: int
    plan_revision: int
    rules_version: int
    lore_version: str
    day: date
    clock: int
    """The moment of the council's register: it stands for the revision of every profile. Nothing for a list put away."""
    open: bool
    digest: str
    told_at: datetime


@dataclass(frozen=True)
class Remembered:
    """A PA as of a moment of the register."""

    profile_id: ProfileId
    revision: int
    shown: bool
    profile: Profile | None
    """None: they have left since, and nothing of them is kept."""
    withheld: frozenset[Criterion] = frozenset()
    """What they shared then and took back since."""


class Why(StrEnum):
    LEFT = "left"
    TOOK_BACK = "took_back"


@dataclass(frozen=True)
class Missing:
    """A place that cannot be made again."""

    profile_id: ProfileId
    profile_revision: int
    why: Why


class Outcome(StrEnum):
    EQUAL = "equal"
    UNEQUAL = "unequal"
    NOT_WHOLE = "not_whole"
    """Some places cannot be made again, so the digest of all of them cannot be compared."""


@dataclass(frozen=True)
class Rebuilt:
    told: ListTold
    outcome: Outcome
    placements: tuple[Placement, ...]
    missing: tuple[Missing, ...]
    written: bytes
    """The list as it was made now, written down as it was then."""

    @property
    def digest(self) -> str:
        return sha256(self.written).hexdigest()


def digest(places: Places) -> str:
    return sha256(written_down(places)).hexdigest()


def rebuild(told: ListTold, plan: Plan, register: Sequence[Remembered], lore: Lore, rules: Rules) -> Rebuilt:
    """`plan`, `register`, `lore` and `rules` are those that `told` names."""
    in_scope = [one for one in register if one.shown and one.profile_id not in plan.blocked]
    asked = {wish.criterion for wish in plan.wishes}
    missing = [
        Missing(one.profile_id, one.revision, Why.LEFT if one.profile is None else Why.TOOK_BACK)
        for one in in_scope
        if one.profile is None or one.withheld & asked
    ]
    gone = {one.profile_id for one in missing}
    there = [one.profile for one in in_scope if one.profile is not None and one.profile_id not in gone]
    placements = rank(plan, there, told.day, lore, rules).placements
    places = listed(placements, rules)
    ways = written_down(places), in_lines(places), in_lines_with_details(placements)
    equal = [way for way in ways if sha256(way).hexdigest() == told.digest]
    compared = Outcome.EQUAL if equal else Outcome.UNEQUAL
    missing.sort(key=lambda one: one.profile_id.bytes)
    return Rebuilt(told, Outcome.NOT_WHOLE if missing else compared, placements, tuple(missing), (equal or ways)[0])


def put_away_again(told: ListTold) -> Rebuilt:
    """A list that was put away holds nobody."""
    found = Rebuilt(told, Outcome.EQUAL, (), (), b"")
    return found if found.digest == told.digest else replace(found, outcome=Outcome.UNEQUAL)


def for_the_record(shortlist: Shortlist, clock: int, now: datetime) -> ListTold:
    return ListTold(
        shortlist.council, shortlist.plan_id, shortlist.revision, shortlist.plan_revision, shortlist.rules_version,
        shortlist.lore_version, shortlist.day, clock, shortlist.open, digest(shortlist.listed), now,
    )


def taken_back(before: Profile | None, now: Profile) -> frozenset[Criterion]:
    """What of faith, culture and sex is not shared any more: it leaves the record too.

    `before` None: nothing is known of before, so it is whatever is not shared now.
    """
    return frozenset(
        kind for kind in PROTECTED if _own(now, kind) is None and (before is None or _own(before, kind) is not None)
    )


def without(profile: Profile, kinds: Collection[Criterion]) -> Profile:
    """`profile` itself where it never had any of them."""
    if all(_own(profile, kind) is None for kind in kinds):
        return profile
    return replace(
        profile,
        faith=None if Criterion.FAITH in kinds else profile.faith,
        culture=None if Criterion.CULTURE in kinds else profile.culture,
        sex=None if Criterion.SEX in kinds else profile.sex,
    )


def _own(profile: Profile, kind: Criterion) -> str | None:
    return {Criterion.FAITH: profile.faith, Criterion.CULTURE: profile.culture, Criterion.SEX: profile.sex}[kind]
