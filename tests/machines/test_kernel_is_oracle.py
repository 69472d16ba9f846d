"""The columnar kernel against the plain rules, on whatever plans and registers can be drawn: every field, and the order."""
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.matcher.domain import placing
from services.matcher.domain.kernel import listing, ranked, zones
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.parts import place
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.kernel.what_if import what_if
from services.matcher.domain.places import ID
from services.matcher.domain.plan import Criterion, Plan, PlanId, Strength
from services.matcher.domain.profile import Point, Profile, ProfileId
from services.matcher.domain.ranking import rank
from services.matcher.domain.rules import CURRENT, Rules, Turning
from services.matcher.domain.shortlist import listed
from services.matcher.domain.turning import turn
from services.matcher.domain.what_if import what_if as plain_what_if
from tests.machines.any_council import Council
from tests.machines.broken_kernels import BROKEN, Break
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan, days, must, plans, registers

MACHINES = int(os.environ.get("MACHINES", "6000"))
"""`MACHINES=1000000`: 17,000 made-up councils, 3,000 that change, 3,000 drawn field by field."""
UNHURRIED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
seeds = st.integers(0, 2**64 - 1)


def same(found: Ranked, plan: Plan, register: Sequence[Profile], day: date, rules: Rules = CURRENT) -> None:
    expected = rank(plan, register, day, LORE, rules)

    assert found.placements() == expected.placements
    assert (found.fitting, found.near, found.others) == (len(expected.fitting), len(expected.near), len(expected.others))
    assert found.in_scope == len(expected.placements)
    assert listing.everybody(found) == listed(expected.placements, rules)
    assert what_if(found) == plain_what_if(plan, register, day, LORE, rules)
    assert found.placements(2, 3) == expected.placements[2:5]


def compare(seed: int, most: int = 12) -> None:
    council = Council(seed)
    register = council.register(most)
    index = Index("leicester", LORE, register, rules=council.rules)
    for _ in range(3):
        plan = council.plan(register)
        same(index.rank(plan, council.day), plan, register, council.day, council.rules)


@given(plans, registers, days)
@settings(max_examples=max(20, MACHINES // 300), **UNHURRIED)
def test_the_kernel_places_everybody_as_the_plain_rules_do(plan: Plan, register: list[Profile], day: date) -> None:
    same(Index("leicester", LORE, register).rank(plan, day), plan, register, day)


@given(seeds)
@settings(max_examples=max(50, MACHINES // 60), **UNHURRIED)
def test_the_kernel_places_made_up_councils_as_the_plain_rules_do(seed: int) -> None:
    compare(seed)


@given(seeds)
@settings(max_examples=max(20, MACHINES // 300), **UNHURRIED)
def test_a_list_is_of_the_moment_it_was_asked_for_whatever_changes_meanwhile(seed: int) -> None:
    """Some lists are read at once, some later, some never; people come, change, pause, leave and come back."""
    council = Council(seed)
    register = {one.profile_id: one for one in council.register(8)}
    index = Index("leicester", LORE, register.values(), rules=council.rules, room=1)
    asked: list[tuple[Ranked, Plan, list[Profile]]] = []
    for _ in range(40):
        match council.dice.randrange(6):
            case 0:
                came = council.profile()
                register[came.profile_id] = came
                index.put(came)
            case 1 | 2 if register:
                who = council.one(list(register))
                register[who] = replace(council.profile(), profile_id=who)
                index.put(register[who])
            case 3 if register:
                who = council.one(list(register))
                del register[who]
                index.drop(who)
            case 4:
                plan = council.plan(list(register.values()))
                asked.append((index.rank(plan, council.day), plan, list(register.values())))
            case 5 if asked:
                same(*asked.pop(council.dice.randrange(len(asked))), council.day, council.rules)
    for found, plan, people in asked:
        same(found, plan, people, council.day, council.rules)
    del asked
    plan = council.plan(list(register.values()))
    same(index.rank(plan, council.day), plan, list(register.values()), council.day, council.rules)
    assert len(index) == sum(one.shown for one in register.values())


@given(seeds)
@settings(max_examples=max(20, MACHINES // 300), **UNHURRIED)
def test_what_must_hold_of_every_list_holds_of_the_kernels(seed: int) -> None:
    council = Council(seed)
    register, plan, day = council.register(12), council.plan(), council.day
    index = Index("leicester", LORE, register)
    before = index.rank(plan, day).placements()

    impossible = index.rank(replace(plan, wishes=(*plan.wishes, must(Criterion.SKILL, "juggles_fire"))), day)
    assert impossible.fitting == 0
    assert {one.profile_id for one in impossible.placements()} == {one.profile_id for one in before}

    softer = replace(plan, wishes=tuple(replace(wish, strength=Strength.IMPORTANT, within_m=None) for wish in plan.wishes))
    fitting = {one.profile_id for one in index.rank(softer, day).placements() if not one.unmet}
    assert {one.profile_id for one in before if not one.unmet} <= fitting

    renamed = [replace(one, profile_id=ProfileId(uuid5(UUID(int=7), str(one.profile_id)))) for one in register]
    after = Index("leicester", LORE, renamed).rank(replace(plan, blocked=frozenset()), day).placements()
    unblocked = index.rank(replace(plan, blocked=frozenset()), day).placements()
    assert [one.standing for one in after] == [one.standing for one in unblocked]

    for one in register:
        index.put(replace(council.profile(), profile_id=one.profile_id))
    for one in register:
        index.put(one)
    assert index.rank(plan, day).placements() == before


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.what)
def test_a_kernel_that_is_wrong_in_one_thing_is_noticed(broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are worth something only if they can fail."""
    broken.apply(monkeypatch)

    with pytest.raises(AssertionError):
        for seed in range(broken.seed, broken.seed + 300):
            compare(seed)


def test_equal_people_take_turns_in_the_kernel_too() -> None:
    register = [a_pa() for _ in range(5)]
    index = Index("leicester", LORE, register)

    first = {index.rank(a_plan(), DAY + timedelta(days=n)).placements(0, 1)[0].profile_id for n in range(60)}

    assert first == {one.profile_id for one in register}


def test_people_whose_turn_is_the_same_too_stand_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "turn", lambda *_: 2**64 - 1)
    monkeypatch.setattr(ranked, "turns", lambda _, ids, *__: np.full(len(ids), 2**64 - 1, np.uint64))
    for seed in range(10):
        compare(seed)
    register = [a_pa() for _ in range(9)]
    same(Index("leicester", LORE, register).rank(a_plan(), DAY), a_plan(), register, DAY)


def test_turns_that_are_nearly_the_same_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    one, many = placing.turn, ranked.turns
    monkeypatch.setattr(placing, "turn", lambda *about: one(*about) & 7)
    monkeypatch.setattr(ranked, "turns", lambda *about: many(*about) & np.uint64(7))
    for seed in range(10):
        compare(seed)


@pytest.mark.parametrize("turning", Turning)
def test_a_turn_is_the_same_one_by_one_and_for_many(turning: Turning) -> None:
    dice = Random(11)
    ids = [UUID(int=dice.getrandbits(128)) for _ in range(500)] + [UUID(int=0), UUID(int=2**128 - 1)]
    for nth in range(20):
        plan_id, day = PlanId(UUID(int=dice.getrandbits(128))), DAY + timedelta(days=nth)
        found = ranked.turns(plan_id, np.frombuffer(b"".join(who.bytes for who in ids), ID), day, turning)
        assert found.tolist() == [turn(plan_id, ProfileId(who), day, turning) for who in ids]


def spread(seed: int, patch: pytest.MonkeyPatch) -> int:
    """In zones of three, over a hundred kilometres, with people who move after they were sorted: how many zones were left out."""
    for module in (zones, place):
        patch.setattr(module, "ZONE", 3)
    patch.setattr(place, "FEW", 3)
    patch.setattr(place, "MANY", 0)
    far = 0
    whole = zones.Zones.out_of_reach

    def counted(*asked: Any) -> Any:
        nonlocal far
        found = whole(*asked)
        far += int(found.sum())
        return found

    patch.setattr(zones.Zones, "out_of_reach", counted)
    council = Council(seed)

    def somebody(who: ProfileId | None = None) -> Profile:
        one = council.profile()
        there = Point(one.place.east_m + council.one([0, 60_000, -90_000]), one.place.north_m + council.one([0, 80_000]))
        return replace(one, place=there, profile_id=who or one.profile_id)

    register = {one.profile_id: one for one in (somebody() for _ in range(40))}
    index = Index("leicester", LORE, register.values(), rules=council.rules, room=2)
    for _ in range(3):
        plan = council.plan(list(register.values()))
        same(index.rank(plan, council.day), plan, list(register.values()), council.day, council.rules)
        for _ in range(5):
            who = council.one([*register, ProfileId(council.id())])
            register[who] = somebody(who)
            index.put(register[who])
    return far


def test_whole_zones_are_left_out_and_nobody_stands_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    far = 0
    for seed in range(25):
        with monkeypatch.context() as patch:
            far += spread(seed, patch)
    assert far > 300


def test_a_zone_left_out_too_soon_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    reach = zones.Zones.widen
    monkeypatch.setattr(zones.Zones, "widen", lambda self, row, east, north, beyond: reach(self, row, east, north, beyond // 9))

    with pytest.raises(AssertionError):
        for seed in range(25):
            with monkeypatch.context() as patch:
                spread(seed, patch)


@pytest.mark.parametrize("musts", [59, 65, 300])
def test_a_plan_may_have_more_musts_than_a_machine_word_has_bits(musts: int) -> None:
    for seed in range(3):
        council = Council(seed)
        register = council.register(10)
        wishes = [replace(council.wish(), strength=Strength.MUST) for _ in range(musts)]
        plan = replace(council.plan(register), wishes=tuple(wishes))

        index = Index("leicester", LORE, register, rules=council.rules)

        same(index.rank(plan, council.day), plan, register, council.day, council.rules)
