"""What is different between two lists of one plan, and what it came of."""
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations_with_replacement
from random import Random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from services.matcher.domain import pairs
from services.matcher.domain.changes import MOST_KEPT, Difference, LastChange, What, Why, last_change
from services.matcher.domain.pairs import Pairs
from services.matcher.domain.places import ID
from services.matcher.domain.plan import Criterion, Plan
from services.matcher.domain.profile import Claim, LanguageSkill, Level, Profile, ProfileId
from services.matcher.domain.rules import CURRENT, Rules
from services.matcher.domain.shortlist import Cause, Shortlist, drawn_up, everybody
from tests.unit.matcher import one_by_one
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan, days, must, plans, registers

PLAN = a_plan(must(Criterion.LANGUAGE, "so"))
POLISH = (LanguageSkill("pl", Level.FLUENT),)


def a_list(
    plan: Plan, register: Iterable[Profile], before: Shortlist | None = None, day: date = DAY, rules: Rules = CURRENT
) -> Shortlist:
    listed = everybody(plan, register, day=day, lore=LORE, rules=rules)
    return drawn_up(plan, listed, before, day=day, cause=Cause.PLAN, lore=LORE, rules=rules).now


def change(before: Shortlist, now: Shortlist) -> LastChange:
    return last_change(before, now, Pairs(before.listed, now.listed))


def between(before: Shortlist, now: Shortlist) -> dict[ProfileId, Difference]:
    return {one.profile_id: one for one in change(before, now).differences}


def the_same_later(plan: Plan, other: Plan, register: list[Profile], later: list[Profile]) -> tuple[Plan, list[Profile]]:
    """`other` as a later revision of the plan, and of those `later` as many as can be as the PAs of the register."""
    ids = [one.profile_id for one in register]
    those = [replace(one, profile_id=ids[nth], revision=10) if nth < len(ids) else one for nth, one in enumerate(later)]
    return replace(other, plan_id=plan.plan_id, revision=plan.revision + 1), those


def of(difference: Difference) -> tuple[What, tuple[Why, ...]]:
    return difference.what, difference.why


def test_a_profile_that_changed_is_added_or_lost_because_of_that() -> None:
    gains, loses, same = a_pa(languages=POLISH), a_pa(), a_pa()
    before = a_list(PLAN, [gains, loses, same])

    now = a_list(PLAN, [replace(gains, languages=same.languages, revision=2), replace(loses, languages=POLISH, revision=2), same])

    found = between(before, now)
    assert of(found[gains.profile_id]) == (What.ADDED, (Why.PROFILE,))
    assert of(found[loses.profile_id]) == (What.LOST, (Why.PROFILE,))
    assert found[loses.profile_id].unmet == ("language_not_listed",)
    assert same.profile_id not in found


def test_a_plan_that_changed_says_so_and_so_do_rules_and_both() -> None:
    pa = a_pa(languages=POLISH)
    before, easier = a_list(PLAN, [pa]), a_plan(must(Criterion.LANGUAGE, "pl"), revision=2)

    assert of(between(before, a_list(easier, [pa]))[pa.profile_id]) == (What.ADDED, (Why.PLAN,))
    both = a_list(easier, [replace(pa, revision=2)], rules=replace(CURRENT, version=CURRENT.version + 1))
    assert of(between(before, both)[pa.profile_id]) == (What.ADDED, (Why.RULES, Why.PLAN, Why.PROFILE))


def test_who_came_and_who_left_and_why_somebody_left_is_not_said() -> None:
    stays, leaves, blocked, comes = a_pa(), a_pa(), a_pa(), a_pa(languages=POLISH)
    before = a_list(PLAN, [stays, leaves, blocked])

    now = a_list(replace(PLAN, blocked=frozenset({blocked.profile_id}), revision=2), [stays, blocked, comes])

    found = between(before, now)
    assert of(found[leaves.profile_id]) == of(found[blocked.profile_id]) == (What.LOST, (Why.LEFT,))
    assert of(found[comes.profile_id]) == (What.MOVED, (Why.CAME,))
    assert (found[comes.profile_id].was_rank, found[comes.profile_id].rank) == (None, 2)


def test_a_training_that_ran_out_is_of_the_day() -> None:
    plan = a_plan(must(Criterion.SKILL, "first_aid"))
    pa = a_pa(skills=(Claim("first_aid", until=DAY),))

    found = between(a_list(plan, [pa]), a_list(plan, [pa], day=DAY + timedelta(days=1)))

    assert of(found[pa.profile_id]) == (What.LOST, (Why.DAY,))


def test_taking_turns_is_said_of_equals_alone() -> None:
    register = [a_pa(profile_id=ProfileId(UUID(int=nth))) for nth in range(6)]

    found = between(a_list(PLAN, register), a_list(PLAN, register, day=DAY + timedelta(days=1)))

    assert found and {of(one) for one in found.values()} == {(What.MOVED, (Why.TURN,))}


def test_a_list_keeps_what_its_last_told_change_was() -> None:
    pa, other = a_pa(), a_pa()
    first = a_list(PLAN, [pa])
    second = a_list(PLAN, [pa, other], before=first)
    same = a_list(PLAN, [pa, other], before=second, day=DAY + timedelta(days=1))

    assert first.last is None
    assert second.last is not None and (second.last.since, second.last.added) == (1, 1)
    assert (same.revision, same.last) == (second.revision, second.last)


def test_many_are_counted_and_some_are_named() -> None:
    register = [a_pa() for _ in range(MOST_KEPT + 5)]

    found = change(a_list(PLAN, []), a_list(PLAN, register))

    assert (found.added, len(found.differences)) == (MOST_KEPT + 5, MOST_KEPT)


def test_the_edition_goes_up_when_anybody_is_in_another_place() -> None:
    register = [a_pa(profile_id=ProfileId(UUID(int=nth))) for nth in range(6)]
    first = a_list(PLAN, register)
    again = a_list(PLAN, register, before=first)
    turned = a_list(PLAN, register, before=again, day=DAY + timedelta(days=1))

    assert (first.edition, again.edition, turned.edition) == (1, 1, 2)
    assert turned.revision == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans, plans, registers, registers, days, days)
def test_added_and_lost_are_all_that_came_between(
    plan: Plan, other: Plan, register: list[Profile], later: list[Profile], day: date, then: date
) -> None:
    other, later = the_same_later(plan, other, register, later)
    before, now = a_list(plan, register, day=day), a_list(other, later, day=then)

    found = between(before, now)

    was, is_now = ({one.profile_id for one in of.listed if not one.lacks} for of in (before, now))
    assert {one for one, said in found.items() if said.what is What.ADDED} == is_now - was
    assert {one for one, said in found.items() if said.what is What.LOST} == was - is_now
    assert all(said.why for said in found.values())
    assert not change(now, now).differences


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans, plans, registers, registers, days, days)
def test_columns_say_what_going_through_two_lists_one_by_one_says(
    plan: Plan, other: Plan, register: list[Profile], later: list[Profile], day: date, then: date
) -> None:
    other, later = the_same_later(plan, other, register, later)
    lists = [a_list(one, those, day=on) for one, those, on in (
        (plan, register, day), (plan, register, then), (other, register, then), (other, later, then),
    )]  # fmt: skip

    for before, now in combinations_with_replacement(lists, 2):
        was, is_now = tuple(before.listed), tuple(now.listed)
        said = [(one.what, one.was_rank, one.rank) for one in change(before, now).differences]
        assert sorted(said, key=str) == sorted(one_by_one.found(was, is_now), key=str)
        assert Pairs(before.listed, now.listed).same_meaning() == one_by_one.same_meaning(was, is_now)
        assert Pairs(before.listed, now.listed).same_places() == (
            [(one.profile_id, one.group) for one in was] == [(one.profile_id, one.group) for one in is_now]
        )


def test_everybody_is_found_again_where_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = Random(5)
    for keys in (pairs.folded, lambda both: both[:, 0] & np.uint64(3), lambda both: both[:, 0] * np.uint64(0)):
        monkeypatch.setattr(pairs, "folded", keys)
        for there, more in ((0, 0), (0, 3), (1, 0), (1, 2), (7, 0), (40, 40), (400, 30)):
            was = [dice.randbytes(16) for _ in range(there)]
            now = [*dice.sample(was, dice.randint(0, there)), *(dice.randbytes(16) for _ in range(more))]
            dice.shuffle(now)
            for asked in (now, was):
                found = pairs.found(np.frombuffer(b"".join(was), ID), np.frombuffer(b"".join(asked), ID))
                assert found.tolist() == [was.index(one) if one in was else -1 for one in asked]
