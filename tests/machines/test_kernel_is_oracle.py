"""The columnar kernel against the plain rules, on whatever plans and registers can be drawn: every field, and the order."""
import os
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain.kernel.index import Index
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import rank
from tests.unit.matcher.a_match import LORE, days, plans, profiles

DRAWN = max(50, int(os.environ.get("MACHINES", "6000")) // 20)
"""`MACHINES=1000000`: fifty thousand."""
THOROUGH = settings(
    max_examples=DRAWN, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
registers = st.lists(profiles, max_size=8, unique_by=lambda profile: profile.profile_id)


def same(plan: Plan, register: list[Profile], day: date, index: Index) -> None:
    expected, found = rank(plan, register, day, LORE), index.rank(plan, day)

    assert found.placements() == expected.placements
    assert (found.fitting, found.near, found.others) == (len(expected.fitting), len(expected.near), len(expected.others))
    assert found.placements(2, 3) == expected.placements[2:5]


@given(plans, registers, days)
@THOROUGH
def test_the_kernel_places_everybody_as_the_plain_rules_do(plan: Plan, register: list[Profile], day: date) -> None:
    same(plan, register, day, Index("leicester", LORE, register))
