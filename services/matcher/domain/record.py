"""A told list as it is written down, and the same list made again from what it names, a year later."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from services.matcher.domain.finding import Reason
from services.matcher.domain.lore import Lore
from services.matcher.domain.places import NO_TIMES, Places
from services.matcher.domain.placing import Placement
from services.matcher.domain.plan import PROTECTED, Criterion, Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import Rules
from services.matcher.domain.shortlist import Shortlist, listed

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


def written_down(places: Places) -> bytes:
    """A line for each place, best first: who, revision, group, score, metres, coverage, and each must not met.

    Every character follows from the places alone, whatever version of Python or of a library writes it.
    """
    ids, groups = places.ids.tobytes().hex(), [group.value for group in places.groups]
    tails = ["".join(f" {criterion.value}:{code}" for criterion, code in lacks) for lacks in places.said]
    columns = zip(
        range(0, len(ids), 32), places.revisions.tolist(), places.scores.tolist(), places.away_m.tolist(),
        ["-" if one == NO_TIMES else one for one in places.coverage.tolist()], places.lacking.tolist(), strict=True,
    )
    return "".join([
        f"{ids[a:a + 8]}-{ids[a + 8:a + 12]}-{ids[a + 12:a + 16]}-{ids[a + 16:a + 20]}-{ids[a + 20:a + 32]} "
        f"{revision} {groups[which]} {score} {away_m} {covered}{tails[which]}\n"
        for a, revision, score, away_m, covered, which in columns
    ]).encode()  # fmt: skip


def written_with_details(placements: Sequence[Placement]) -> bytes:
    """As lists were written down before December 2026: each must not met with its details."""
    return "".join(f"{_line(one)}\n" for one in placements).encode()


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
    ways = written_down(listed(placements, rules)), written_with_details(placements)
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


def _line(one: Placement) -> str:
    unmet = " ".join(_reason(reason) for reason in one.unmet)
    covered = "-" if one.coverage is None else one.coverage
    return f"{one.profile_id} {one.profile_revision} {one.group} {one.score} {one.distance_m} {covered} {unmet}".rstrip()


def _reason(reason: Reason) -> str:
    said = ",".join(f"{name}={value}" for name, value in reason.params)
    return f"{reason.criterion}:{reason.code}({said})"
