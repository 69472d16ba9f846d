"""One person's unmet need, as the few words it is counted under."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.matcher.domain import week
from services.matcher.domain.gaps.rules import FACETS, Facet, GapRules
from services.matcher.domain.plan import Criterion, PersonId, Plan, PlanId, Strength
from services.matcher.domain.rules import CURRENT, Rules
from services.matcher.domain.shared_out import hours_shared
from services.matcher.domain.times import wanted_quarters

ASKED = {Facet.LANGUAGE: Criterion.LANGUAGE, Facet.PRACTICE: Criterion.PRACTICE, Facet.SKILL: Criterion.SKILL}
NOT_ASKED = ""
"""The value of a facet that this person does not ask for."""


def _daily(days: Iterable[int], first_hour: int, hours: int) -> int:
    bits = 0
    for day in days:
        bits |= week.span(day * week.QUARTERS_A_DAY + first_hour * 4, hours * 4)
    return bits


WEEKDAYS, WEEKEND = range(5), (5, 6)
BANDS = {
    "weekday_mornings": _daily(WEEKDAYS, 7, 5),
    "weekday_afternoons": _daily(WEEKDAYS, 12, 5),
    "weekday_evenings": _daily(WEEKDAYS, 17, 5),
    "weekend_days": _daily(WEEKEND, 7, 10),
    "weekend_evenings": _daily(WEEKEND, 17, 5),
    "nights": _daily(range(7), 22, 9),
}
"""Every quarter-hour of the week is in one of them; they begin and end where the words for times do (decision 0023)."""


@dataclass(frozen=True)
class Need:
    person_id: PersonId
    values: tuple[str, ...]
    """One for each of `FACETS`."""
    quarters: int
    """Wanted quarter-hours a week."""

    def value(self, facet: Facet) -> str:
        return self.values[FACETS.index(facet)]


def needs_of(counted: Iterable[tuple[Plan, int]], day: date, rules: GapRules) -> list[Need]:
    """Of open plans and how many PAs meet every must of each. A person counts once: by the plan that asks for most hours.

    Hours that people share are asked for by the job: each of them counts there with their own part of it, and in their own plan
    with what is left.
    """
    counted = list(counted)
    shared = hours_shared(plan for plan, _ in counted)
    found: dict[PersonId, tuple[tuple[int, bytes], Need]] = {}
    for plan, fitting in counted:
        if fitting >= rules.enough:
            continue
        for need in _each_need(plan, day, shared):
            rank = need.quarters, plan.plan_id.bytes
            if need.person_id not in found or found[need.person_id][0] < rank:
                found[need.person_id] = rank, need
    return [need for _, need in sorted(found.values(), key=lambda one: one[1].person_id.bytes)]


def _each_need(plan: Plan, day: date, shared: Mapping[PlanId, int]) -> Iterator[Need]:
    need = need_of(plan, day)
    for share in plan.shares:
        yield replace(need, person_id=share.person_id, quarters=share.quarters)
    left = need.quarters - shared.get(plan.plan_id, 0)
    if not plan.shares and left > 0:
        yield replace(need, quarters=left)


def need_of(plan: Plan, day: date, rules: Rules = CURRENT) -> Need:
    values = {
        **{facet: _asked(plan, criterion, day) for facet, criterion in ASKED.items()},
        Facet.AREA: plan.outcode or NOT_ASKED,
        Facet.BAND: _most_wanted(plan, rules),
    }
    return Need(plan.person_id, tuple(values[facet] for facet in FACETS), wanted_quarters(plan, rules) or plan.quarters)


def _asked(plan: Plan, criterion: Criterion, day: date) -> str:
    """The first that is a must, else the first that is important: what is nice to have makes no gap."""
    for strength in (Strength.MUST, Strength.IMPORTANT):
        for wish in plan.wishes:
            if wish.criterion is criterion and wish.confirmed and plan.strength_of(wish, day) is strength:
                return wish.values[0].lower() if criterion is Criterion.LANGUAGE else wish.values[0]
    return NOT_ASKED


def _most_wanted(plan: Plan, rules: Rules) -> str:
    """The part of the week with most of the wanted time; of equal ones the first. Flexible hours lie evenly in their window."""
    wanted = {name: week.count(plan.fixed & band) * 100 for name, band in BANDS.items()}
    wanted["nights"] += len(plan.sleep_ins) * rules.sleep_in_quarters * 100
    for ask in plan.flexible:
        for name, band in BANDS.items():
            wanted[name] += ask.quarters * 100 * week.count(ask.window & band) // max(1, week.count(ask.window))
    return max(wanted, key=lambda name: wanted[name]) if any(wanted.values()) else NOT_ASKED


def hours_told(needs: Sequence[Need], rules: GapRules) -> int:
    """At least so many hours a week, together. One person who wants far more than the others does not show in it."""
    quarters = sorted((need.quarters for need in needs), reverse=True)
    most = quarters[min(rules.equals, len(quarters)) - 1] if quarters else 0
    return sum(min(one, most) for one in quarters) // (4 * rules.hours_step) * rules.hours_step
