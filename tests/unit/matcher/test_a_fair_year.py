"""A year of a sample council: newcomers who are equal to others are seen as often. And what it would be with unfair rules."""
from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from deploy.sample.sample import Sample
from deploy.sample.year import Outcome, TakingTurns, Year
from services.matcher.domain.fairness.report import Row
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import WHOLE
from tests.unit.matcher.a_match import LORE

YEAR = Year(Sample("leicester", pas=40, plans=8), weeks=40, each=3, page=4)


@cache
def lived() -> Outcome:
    return YEAR.live(LORE)


def by_group(outcome: Outcome) -> Mapping[str, Row]:
    return {row.group: row for row in outcome.rows()}


def unfair(kind: str) -> TakingTurns:
    first = {one.profile_id for one in lived().there}

    def settled_first(plan: Plan, profile_id: ProfileId, day: date) -> int:
        return 0 if profile_id in first else 1

    def always_the_same(plan: Plan, profile_id: ProfileId, day: date) -> int:
        return profile_id.int

    return {"settled first": settled_first, "by number": always_the_same}[kind]


def test_equal_newcomers_are_seen_as_often_as_those_they_are_like() -> None:
    outcome = lived()

    assert outcome.others_shown > 200
    assert 0.9 < outcome.newcomers_shown / outcome.others_shown < 1.1


def test_everybody_whose_turn_it_was_has_been_seen() -> None:
    assert lived().never_seen() == []


def test_every_group_is_shown_as_often_as_it_is_its_turn() -> None:
    told = [row.shown_of_due for row in lived().rows() if row.shown_of_due is not None]

    assert len(told) > 3
    assert all(abs(one - WHOLE) < WHOLE // 10 for one in told), told


@pytest.mark.parametrize("kind", ["settled first", "by number"])
def test_rules_that_are_not_fair_would_be_noticed(kind: str) -> None:
    outcome = YEAR.live(LORE, unfair(kind))

    newcomers, others = outcome.newcomers_shown, outcome.others_shown
    assert outcome.never_seen() or not 0.9 < newcomers / others < 1.1
    if kind == "settled first":
        assert newcomers < 0.8 * others
        assert (by_group(outcome)["new"].shown_of_due or 0) < 0.8 * WHOLE


def test_a_year_is_the_same_each_time() -> None:
    small = Year(Sample("leicester", pas=10, plans=3), weeks=4, each=3)

    assert small.live(LORE).lived == small.live(LORE).lived
