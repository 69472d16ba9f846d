"""One PA seen by all plans at once, over columns, stands and is offered what the plain rules, asked plan by plan, say."""
import os
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain.finding import Met
from services.matcher.domain.kernel.turned import answers, meeting, table
from services.matcher.domain.kernel.turned.asks import CONFLICT, REFUSED, Asks, settling_words_of, words_of
from services.matcher.domain.kernel.turned.cases import STRENGTHS, Case
from services.matcher.domain.kernel.turned.meeting import Meeting
from services.matcher.domain.kernel.turned.openings import Openings
from services.matcher.domain.kernel.turned.seen import Seeing
from services.matcher.domain.kernel.turned.table import Table
from services.matcher.domain.opportunities import opportunities
from services.matcher.domain.placing import in_scope, place_one
from services.matcher.domain.plan import Criterion, Plan, Strength, Wish
from services.matcher.domain.profile import Point, Profile
from services.matcher.domain.standing import Tally
from tests.machines.any_council import Council
from tests.unit.matcher.a_match import LORE, plans, profiles

LOOKS = int(os.environ.get("MACHINES", "3000")) // 100
"""`MACHINES=1000000`: ten thousand councils."""


def plain_tally(some: list[Plan], one: Profile, council: Council) -> Tally:
    tally = Tally()
    for plan in some:
        if in_scope(plan, one):
            placed = place_one(plan, one, council.day, LORE, council.rules)
            tally.add(placed.group, placed.codes)
    return tally


def compare(council: Council, openings: Openings, some: list[Plan], one: Profile) -> None:
    day, rules = council.day, council.rules
    assert openings.tally(some, one, day, LORE) == plain_tally(some, one, council)
    expected = opportunities(one, some, day, LORE, rules)
    for first, size in ((0, 100), (0, 2), (1, 3), (50, 2)):
        found = openings.chances(some, one, day, LORE, first=first, size=size)
        assert (found.total, found.shown) == (len(expected), expected[first : first + size])


def compare_all(seed: int) -> None:
    """Several PAs, while plans come, change and go; some far off the map, some with numbers no column holds."""
    council = Council(seed)
    register = council.register(4) or [council.profile()]
    some = [council.plan(register) for _ in range(council.dice.randint(0, 12))]
    openings = Openings("leicester", council.rules)
    for one in register[:4]:
        compare(council, openings, some, one)
        some = [plan for plan in some if council.dice.random() < 0.8] + [council.plan(register)]
        nth = council.dice.randrange(len(some))
        odd = council.one([{"place": Point(10**9, 5)}, {"quarters": 10**12}, {"most_rate": 10**15}, {"blocked": frozenset()}])
        some[nth] = replace(some[nth], **odd)
        some = [replace(plan) if council.dice.random() < 0.2 else plan for plan in some]  # read anew, and the same
        compare(council, openings, some, council.one([one, replace(one, place=Point(-(10**8), 10**9)), one]))


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=max(20, LOOKS), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_plans_at_once_are_each_plan_asked(seed: int) -> None:
    compare_all(seed)


@given(st.lists(plans, max_size=6, unique_by=lambda plan: plan.plan_id), profiles)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_for_plans_and_pas_that_are_drawn(some: list[Plan], one: Profile) -> None:
    compare(Council(0), Openings("leicester", Council(0).rules), some, one)


def test_what_nobody_asks_any_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    council = Council(5)
    openings, one = Openings("leicester", council.rules), council.profile()
    for _ in range(300):
        openings.tally([council.plan() for _ in range(4)], one, council.day, LORE)

    assert len(openings.table.rows.plans) < 20 and len(openings.table.asks.asked) < 2_000 and openings.table.changed < 1_050


def nothing_asked(*_: Any) -> int:
    return 0


def words_but(kind: str) -> Any:
    return lambda profile, lore: [word for word in words_of(profile, lore) if word[0] != kind]


def nothing_settled_by(kind: str) -> Any:
    return lambda profile: [word for word in settling_words_of(profile) if word[0] != kind]


def firm_for_no_reason(ask: int, _: Plan, wish: Wish) -> Case:
    return Case(ask, STRENGTHS.index(wish.strength), wish.strength is Strength.MUST)


WRONG: dict[str, tuple[Any, str, Any]] = {
    "days away and flexible hours": (Meeting, "_covered_by_itself", lambda self, row: (0, 0)),
    "a task refused": (Asks, "willing", nothing_asked),
    "the home": (Asks, "home", nothing_asked),
    "how far somebody comes": (Meeting, "out_of_reach", property(lambda self: self.squared_m > 13_000**2)),
    "lawful pay": (Meeting, "unlawful", property(lambda self: np.zeros(self.count, np.bool_))),
    "training that runs out, and numbers too large": (Seeing, "_plainly", lambda self, found, row: None),
    "blocks": (Table, "blocking", lambda self, profile_id: []),
    "what somebody says they know": (answers, "words_of", words_but(Criterion.PRACTICE)),
    "languages": (answers, "words_of", words_but(Criterion.LANGUAGE)),
    "what somebody can and cannot": (answers, "words_of", words_but(Criterion.LIMIT)),
    "the tasks that a must on sex is for": (answers, "words_of", words_but(REFUSED)),
    "tasks refused": (answers, "settling_words_of", nothing_settled_by(REFUSED)),
    "what cannot be at home": (answers, "settling_words_of", nothing_settled_by(CONFLICT)),
    "the faith asked for": (answers, "settling_words_of", nothing_settled_by(Criterion.FAITH)),
    "who told of another faith": (answers, "told_by", lambda profile: [(one, None) for one in answers.TOLD[1:]]),
    "musts without a lawful reason": (table, "wished", firm_for_no_reason),
    "how few people": (meeting, "_continuity", lambda asked, said: Met.YES),
}


@pytest.mark.parametrize("forgotten", WRONG)
def test_one_that_forgets_something_is_noticed(forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*WRONG[forgotten])

    with pytest.raises(AssertionError):
        for seed in range(300):
            compare_all(seed)
