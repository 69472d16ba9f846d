"""One PA's change against all plans at once finds the plans that the plain rules, asked of each, say it touches."""
import os
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain.kernel.mirror import SEEN_BY, Mirror
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import touches
from tests.machines.any_council import Council
from tests.unit.matcher.a_match import LORE

CHANGES = int(os.environ.get("MACHINES", "6000")) // 200
"""`MACHINES=1000000`: five thousand councils, some 250,000 questions."""
FACETS = [one.name for one in fields(Profile) if one.name not in ("council", "profile_id")]


def compare(seed: int) -> None:
    """Nobody before, nobody after, somebody altogether different, and somebody with one thing changed."""
    council = Council(seed)
    one = council.profile()
    plans = [council.plan([one]) for _ in range(6)]
    mirror = Mirror("leicester", LORE, council.rules)
    other = replace(council.profile(), profile_id=one.profile_id)
    changes = [(None, one), (one, None), (one, other)]
    changes += [(one, replace(one, **{name: getattr(other, name)})) for name in council.dice.sample(FACETS, 8)]
    for before, after in changes:
        plans[council.dice.randrange(len(plans))] = council.plan([one])
        mirror.follow(plans)

        found = mirror.touched(before, after, council.day)

        assert sorted(found) == sorted(
            plan.plan_id for plan in plans if touches(plan, before, after, council.day, LORE, council.rules)
        )


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=max(20, CHANGES), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_mirror_finds_what_the_plain_rules_find(seed: int) -> None:
    compare(seed)


@pytest.mark.parametrize("forgotten", ["languages", "away", "sleep_ins", "least", "least_rate", "faith"])
def test_a_mirror_that_forgets_a_facet_is_noticed(forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SEEN_BY, forgotten, 0)

    with pytest.raises(AssertionError):
        for seed in range(400):
            compare(seed)


def test_most_plans_are_not_looked_at_for_a_new_interest() -> None:
    """What makes it cheap: only plans that mention what changed are asked about one by one."""
    council = Council(3)
    plans = [council.plan() for _ in range(200)]
    mirror = Mirror("leicester", LORE)
    mirror.follow(plans)
    one = council.profile()

    sure, perhaps = mirror.masks(one, replace(one, interests=()))

    asked_about = sum(any(wish.criterion == "interest" for wish in plan.wishes) for plan in plans)
    assert not sure.any() and np.count_nonzero(perhaps) <= asked_about < 150
