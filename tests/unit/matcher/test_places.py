"""A list as columns is the list: place by place, cut anywhere, put into a row and read again, of today and of before."""
import json
import zlib
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from services.matcher.domain.places import Listed, Places
from services.matcher.domain.placing import Group, Placement
from services.matcher.domain.plan import Criterion, Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.shortlist import listed
from services.matcher.domain.written import in_lines, written_down
from services.matcher.store.places import NOBODY, packed, unpacked
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan, days, plans, registers

some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def places_of(plan: Plan, register: list[Profile], day: date) -> tuple[tuple[Placement, ...], Places]:
    placements = rank(plan, register, day, LORE).placements
    return placements, listed(placements, CURRENT)


@some
@given(plans, registers, days)
def test_each_place_says_what_the_plain_rules_say(plan: Plan, register: list[Profile], day: date) -> None:
    placements, places = places_of(plan, register, day)

    assert [
        Listed(
            one.profile_id, one.profile_revision, one.score, tuple((reason.criterion, reason.code) for reason in one.unmet),
            one.distance_m, one.coverage, one.standing, one.group,
        )
        for one in placements
    ] == list(places) == [places[nth] for nth in range(len(places))]
    for group in Group:
        assert [one.profile_id for one in places.of_group(group)] == [one.profile_id for one in placements if one.group is group]
    assert list(places[1:3]) == list(places)[1:3]


@some
@given(plans, registers, days)
def test_what_was_put_into_a_row_comes_out_of_it(plan: Plan, register: list[Profile], day: date) -> None:
    _, places = places_of(plan, register, day)

    assert unpacked({"places": packed(places), "listed": NOBODY}) == places


@some
@given(plans, registers, days)
def test_a_list_that_an_earlier_release_kept_is_read(plan: Plan, register: list[Profile], day: date) -> None:
    placements, places = places_of(plan, register, day)
    kept = json.dumps([
        {
            **{name: str(value) if name == "profile_id" else value for name, value in asdict(one).items() if name in KEPT},
            "unmet": [asdict(reason) for reason in one.unmet], "standing": one.standing, "group": one.group,
        }
        for one in placements
    ]).encode()  # fmt: skip

    assert unpacked({"places": None, "listed": zlib.compress(kept)}) == unpacked({"places": None, "listed": kept}) == places


KEPT = ("profile_id", "profile_revision", "score", "distance_m", "coverage")


@some
@given(plans, registers, days)
def test_what_is_written_down_says_all_of_every_place(plan: Plan, register: list[Profile], day: date) -> None:
    _, places = places_of(plan, register, day)

    assert read(written_down(places)) == read_lines(in_lines(places)) == [
        (
            str(one.profile_id), one.profile_revision, one.score, one.distance_m, one.coverage,
            (one.group.value, *(f"{criterion.value}:{code}" for criterion, code in one.lacks)),
        )
        for one in places
    ]


@some
@given(plans, registers, days)
def test_what_is_written_down_does_not_hang_on_how_the_columns_came_about(plan: Plan, register: list[Profile], day: date) -> None:
    _, places = places_of(plan, register, day)
    said = ((Criterion.AGE, "age_unknown"),), *places.said[::-1]
    more = replace(places, said=said, lacking=len(places.said) - places.lacking)

    assert written_down(more) == written_down(places)
    assert read(written_down(places[1:])) == read(written_down(places))[1:]


def read(written: bytes) -> list[tuple[object, ...]]:
    head, _, body = written.decode().partition("\n\n")
    lacks = {number: tuple(said) for number, *said in (line.split() for line in head.splitlines())}
    assert list(lacks) == [str(nth) for nth in range(len(lacks))] and len({len(line) for line in body.splitlines()}) <= 1
    return [(*place(line.split()[:5]), lacks[line.split()[5]]) for line in body.splitlines()]


def read_lines(written: bytes) -> list[tuple[object, ...]]:
    lines = [line.split() for line in written.decode().splitlines()]
    return [(*place([who, revision, *rest[:3]]), (group, *rest[3:])) for who, revision, group, *rest in lines]


def place(said: list[str]) -> tuple[object, ...]:
    who, revision, score, metres, covered = said
    return who, int(revision), int(score), int(metres), None if set(covered) == {"-"} else int(covered)


def test_there_is_no_place_beyond_the_last_and_the_last_may_be_asked_for_from_the_end() -> None:
    places = listed(rank(a_plan(), [a_pa(), a_pa()], DAY, LORE).placements, CURRENT)

    assert (places[-1], len(places[5:])) == (list(places)[1], 0)
    with pytest.raises(IndexError):
        places[2]
