"""Whom a published gap concerns, and that a call says nothing that is not published."""
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from services.matcher.domain.profile import Travel
from services.matcher.domain.rules import CURRENT
from services.notifier.domain.calls import FURTHEST_M, PaCopy, concerns, said_of
from services.notifier.domain.lists import GapCopy

WEEK = date(2026, 11, 23)
SPOTS = {"LE5": (460_000, 305_000), "LE4": (460_000, 309_000), "LE67": (445_000, 313_000)}
SYLHETI = ("language", True, ("syl",))
IN_LE4 = ("area", True, ("LE4",))
PA = PaCopy("leicester", uuid4(), True, "LE5", 460_100, 305_100, 6_000, ("en", "syl"), 1)


def gap(*bounds: tuple[str, bool, tuple[str, ...]], **changes: object) -> GapCopy:
    return replace(GapCopy("leicester", uuid4(), WEEK, bounds, True, 7, 40, 1), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bounds", "concerned"),
    [
        ((SYLHETI, IN_LE4), True),
        ((SYLHETI,), True),
        ((("language", True, ("gu",)), IN_LE4), False),
        ((("language", True, ("",)), IN_LE4), True),
        ((SYLHETI, ("area", True, ("LE67",))), False),
        ((SYLHETI, ("area", True, ("ZZ9",))), False),
        ((("language", False, ("", "gu")), IN_LE4), True),
        ((("language", False, ("", "en", "syl")), IN_LE4), False),
        ((SYLHETI, ("area", False, ("LE4", "LE5"))), True),
        ((SYLHETI, IN_LE4, ("band", True, ("nights",)), ("skill", True, ("peg_feeding",))), True),
        ((("language", False, ("gu",)), ("area", False, ("LE4",))), False),
        ((("band", True, ("nights",)),), False),
        ((), False),
    ],
)
def test_a_gap_concerns_who_is_near_and_uses_the_language(
    bounds: tuple[tuple[str, bool, tuple[str, ...]], ...], concerned: bool
) -> None:
    assert concerns(gap(*bounds), PA, SPOTS) is concerned


def test_a_gap_that_ended_and_a_pa_who_paused_concern_each_other_no_more() -> None:
    assert concerns(gap(SYLHETI), PA, SPOTS)
    assert not concerns(gap(SYLHETI, open=False), PA, SPOTS)
    assert not concerns(gap(SYLHETI), replace(PA, looking=False), SPOTS)


def test_an_area_is_near_where_it_is_ones_own_however_short_the_way_one_goes() -> None:
    at_home = replace(PA, reach_m=0)

    assert concerns(gap(("area", True, ("LE5",))), at_home, SPOTS)
    assert not concerns(gap(IN_LE4), at_home, SPOTS)


def test_a_call_names_one_gap_and_counts_the_others_and_no_people() -> None:
    both = gap(SYLHETI, IN_LE4, ("band", True, ("nights",)), ("practice", False, ("cooks_halal",)), people=8, hours=50)
    bigger, older = gap(IN_LE4, people=31, hours=200), gap(SYLHETI, week=date(2026, 11, 16), people=9, hours=90)

    assert said_of([bigger, older, both], WEEK) == {
        "week": "2026-11-23", "language": "syl", "area": "LE4", "band": "nights", "hours": 200, "others": 2,
    }
    assert said_of([bigger], WEEK) == {"week": "2026-11-23", "area": "LE4", "hours": 800}
    assert said_of([older], WEEK) is None
    assert said_of([replace(both, gap_id=UUID(int=1), hours=0)], WEEK) == {
        "week": "2026-11-23", "language": "syl", "area": "LE4", "band": "nights",
    }


def test_calls_go_as_far_as_the_lists_do() -> None:
    assert {travel.value: reach.furthest_m for travel, reach in CURRENT.reaches.items()} == FURTHEST_M
    assert {travel.value for travel in Travel} == FURTHEST_M.keys()
