"""How many more people would fit if a person asked for something a little less firmly: exact counts, for the person to weigh."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from services.matcher.domain.lore import Lore
from services.matcher.domain.placing import in_scope, place_one
from services.matcher.domain.plan import Criterion, Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.relaxing import Kind, Step, compatible, relaxed, steps, touched
from services.matcher.domain.rules import CURRENT, Rules


@dataclass(frozen=True)
class Outcome:
    """One step, or two together."""

    steps: tuple[Step, ...]
    more: int
    """People in scope who do not fit now and then would: nothing at all would be unmet."""
    fewer: int = 0
    """People who fit now and then would not: another hour of the day does not suit everybody."""

    @property
    def gain(self) -> int:
        return self.more - self.fewer


@dataclass(frozen=True)
class WhatIf:
    fitting: int
    in_scope: int
    singles: tuple[Outcome, ...]
    """Every step there is for this plan, in the order of `steps`, those that change nothing among them."""
    best: Outcome | None
    """The single with the greatest gain, the first of equals. None: no step gains anybody."""
    best_pair: Outcome | None
    """The pair with the greatest gain, the first of equals. None: no pair gains more people than `best` alone."""


@dataclass(frozen=True)
class Stands:
    """One PA now, and what they lack: the criteria of the musts not met."""

    profile: Profile
    lacks: frozenset[Criterion]


def what_if(plan: Plan, profiles: Iterable[Profile], day: date, lore: Lore, rules: Rules = CURRENT) -> WhatIf:
    """For any step: `more` and `fewer` compare who fits `plan` with who fits `relaxed(plan, step)`, both on `day`.
    For a pair, the second step is taken of the plan the first one gives.

    Steps on a must with a lawful reason are counted among the singles, and are never the best, nor part of a pair.
    """
    stand = [
        Stands(profile, frozenset(reason.criterion for reason in place_one(plan, profile, day, lore, rules).unmet))
        for profile in profiles
        if in_scope(plan, profile)
    ]
    singles = tuple(outcome(plan, (step,), stand, day, lore, rules) for step in steps(plan, day, rules, lore))
    offered = [single for single in singles if single.steps[0].kind is not Kind.SOFTER_LAWFUL]
    best = max((single for single in offered if single.gain > 0), key=lambda single: single.gain, default=None)
    return WhatIf(
        fitting=sum(not one.lacks for one in stand),
        in_scope=len(stand),
        singles=singles,
        best=best,
        best_pair=pair([single.steps[0] for single in offered], best.gain if best else 0, plan, stand, day, lore, rules),
    )


def pair(
    offered: Sequence[Step], least: int, plan: Plan, stand: Sequence[Stands], day: date, lore: Lore, rules: Rules
) -> Outcome | None:
    """The first with the greatest gain above `least`. A pair cannot gain more people than those who lack only what it touches,
    so most are never looked at."""
    found = None
    for one, other in combinations(offered, 2):
        at_most = sum(bool(pa.lacks) and pa.lacks <= touched(one) | touched(other) for pa in stand)
        if at_most > least and compatible(one, other):
            both = outcome(plan, (one, other), stand, day, lore, rules)
            if both.gain > least:
                found, least = both, both.gain
    return found


def outcome(
    plan: Plan, taken: tuple[Step, ...], stand: Sequence[Stands], day: date, lore: Lore, rules: Rules
) -> Outcome:
    """Only those who lack nothing else can be gained or lost by it."""
    after, reached = plan, frozenset[Criterion]()
    for step in taken:
        after, reached = relaxed(after, step, rules), reached | touched(step)
    looked_at = [pa for pa in stand if pa.lacks <= reached]
    would_fit = [not place_one(after, pa.profile, day, lore, rules).unmet for pa in looked_at]
    return Outcome(
        taken,
        more=sum(bool(pa.lacks) and fits for pa, fits in zip(looked_at, would_fit, strict=True)),
        fewer=sum(not pa.lacks and not fits for pa, fits in zip(looked_at, would_fit, strict=True)),
    )
