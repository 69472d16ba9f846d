"""Where one PA stands for one plan: the reasons, the musts not met, and a score. Nobody else's profile plays a part."""
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.matcher.domain.always import always
from services.matcher.domain.declared import declared
from services.matcher.domain.finding import Finding, Met, Reason
from services.matcher.domain.having import having
from services.matcher.domain.hours import hours
from services.matcher.domain.languages import language
from services.matcher.domain.lawful import for_its_tasks, strength_for
from services.matcher.domain.limits import limits
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import pay
from services.matcher.domain.place import distance_m, place
from services.matcher.domain.plan import PROTECTED, Criterion, Plan, Strength, Wish
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.rules import CURRENT, WHOLE, Rules, rounded
from services.matcher.domain.times import Coverage, coverage, times
from services.matcher.domain.turning import turn


class Group(StrEnum):
    FITTING = "fitting"
    NEAR = "near"
    OTHERS = "others"


@dataclass(frozen=True)
class Placement:
    profile_id: ProfileId
    profile_revision: int
    score: int
    """Millionths."""
    unmet: tuple[Reason, ...]
    """The musts not met, those that always hold among them: one entry for each."""
    reasons: tuple[Reason, ...]
    """One for each wish, in the order wished."""
    distance_m: int
    coverage: int | None
    """Millionths of the wanted time; None: the plan asks for no times."""
    turn: int
    """Equal people are ordered by this: it changes with the plan and with the day, so that they take turns."""
    near_miss: int = CURRENT.near_miss
    step: int = CURRENT.score_step

    @property
    def group(self) -> Group:
        return group_of(len(self.unmet), self.near_miss)

    @property
    def standing(self) -> tuple[int, int]:
        """Best first; people with the same standing are equal."""
        return len(self.unmet), -rounded(self.score, self.step)

    @property
    def order(self) -> tuple[int, int, int, bytes]:
        return place_in_list(self.standing, self.turn, self.profile_id)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.unmet)


def group_of(unmet: int, near_miss: int) -> Group:
    if not unmet:
        return Group.FITTING
    return Group.NEAR if unmet <= near_miss else Group.OTHERS


def place_in_list(standing: tuple[int, int], turn: int, profile_id: ProfileId) -> tuple[int, int, int, bytes]:
    """What every list is sorted by: best first, equals by whose turn it is."""
    return (*standing, turn, profile_id.bytes)


def in_scope(plan: Plan, profile: Profile) -> bool:
    """Blocked pairs, and PAs who paused or left, are not listed, not counted and not explained."""
    return plan.council == profile.council and profile.shown and profile.profile_id not in plan.blocked


def place_one(plan: Plan, profile: Profile, day: date, lore: Lore, rules: Rules = CURRENT) -> Placement:
    """Of a PA in scope. A pure function: the same plan, profile, day, lore and rules give the same placement, to the bit."""
    on = plan.begins(day)
    away_m, covered = distance_m(plan.place, profile.place), coverage(plan, profile, on, rules)
    reasons, unmet, total, weights = [], [], 0, 0
    for wish in plan.wishes:
        finding = look_at(wish, plan, profile, on, away_m, covered, rules, lore)
        strength = strength_for(wish, plan, profile, on)
        if strength is Strength.MUST and wish.criterion in PROTECTED:
            finding = for_its_tasks(finding, wish, plan, profile)
        reason = Reason(wish.criterion, strength, finding.code, finding.met, finding.fit, finding.params)
        weight = rules.weights[strength]
        weights += weight
        total += weight * (rules.unknown if finding.fit is None else finding.fit)
        reasons.append(reason)
        if strength is Strength.MUST and finding.met is not Met.YES:
            unmet.append(reason)
        elif strength is Strength.MUST and not wish.confirmed:
            unmet.append(Reason(wish.criterion, strength, "wish_unconfirmed", Met.UNKNOWN, None))
    for criterion, finding in always(plan, profile, on, away_m, rules, lore):
        unmet.append(Reason(criterion, Strength.MUST, finding.code, finding.met, finding.fit, finding.params))
    return Placement(
        profile_id=profile.profile_id,
        profile_revision=profile.revision,
        score=total // weights if weights else WHOLE,
        unmet=tuple(unmet),
        reasons=tuple(reasons),
        distance_m=away_m,
        coverage=covered.share,
        turn=turn(plan.plan_id, profile.profile_id, day, rules.turning),
        near_miss=rules.near_miss,
        step=rules.score_step,
    )


def look_at(
    wish: Wish, plan: Plan, profile: Profile, on: date, away_m: int, covered: Coverage, rules: Rules, lore: Lore
) -> Finding:
    """What one wish finds in one profile."""
    match wish.criterion:
        case Criterion.LANGUAGE:
            return language(wish, profile, rules, lore)
        case Criterion.PRACTICE | Criterion.SKILL | Criterion.TASK | Criterion.INTEREST:
            return having(wish, profile, on, rules, lore)
        case Criterion.FAITH | Criterion.CULTURE | Criterion.SEX:
            return declared(wish, profile)
        case Criterion.TIMES:
            return times(wish, covered)
        case Criterion.PLACE:
            return place(wish, profile, away_m, rules)
        case Criterion.PAY:
            return pay(plan, profile, on, rules, lore)
        case Criterion.LIMIT:
            return limits(plan, profile, wish.values)
        case Criterion.HOURS:
            return hours(plan, profile, rules)
        case Criterion.LOOKING | Criterion.AGE:
            raise ValueError(f"{wish.criterion} always holds, so nobody can wish for it")
        case _:
            assert_never(wish.criterion)
