"""Who fits a plan, best first, who nearly does and what they lack, and everybody else: the whole box."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import Group, Placement, in_scope, place_one
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.rules import CURRENT, Rules


@dataclass(frozen=True)
class Ranking:
    """Everybody in scope, best first. The three groups are cut from one list, so nobody is lost between them."""

    placements: tuple[Placement, ...]

    def of(self, group: Group) -> tuple[Placement, ...]:
        return tuple(placement for placement in self.placements if placement.group is group)

    @property
    def fitting(self) -> tuple[Placement, ...]:
        return self.of(Group.FITTING)

    @property
    def near(self) -> tuple[Placement, ...]:
        return self.of(Group.NEAR)

    @property
    def others(self) -> tuple[Placement, ...]:
        return self.of(Group.OTHERS)


def rank(plan: Plan, profiles: Iterable[Profile], day: date, lore: Lore, rules: Rules = CURRENT) -> Ranking:
    placements = (place_one(plan, profile, day, lore, rules) for profile in profiles if in_scope(plan, profile))
    return Ranking(tuple(sorted(placements, key=lambda placement: placement.order)))


def touches(plan: Plan, before: Profile | None, after: Profile | None, day: date, lore: Lore, rules: Rules = CURRENT) -> bool:
    """Whether a profile that changed stands otherwise for this plan than it did. None: there was none, or it is gone."""
    return _as_placed(plan, before, day, lore, rules) != _as_placed(plan, after, day, lore, rules)


def _as_placed(plan: Plan, profile: Profile | None, day: date, lore: Lore, rules: Rules) -> object:
    if profile is None or not in_scope(plan, profile):
        return None
    placed = place_one(plan, profile, day, lore, rules)
    return placed.score, placed.unmet, placed.reasons, placed.distance_m, placed.coverage
