"""What holds of every list, whatever the plan and whoever the PAs."""
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import HealthCheck, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from services.matcher.domain.finding import Met
from services.matcher.domain.placing import Group, in_scope, place_one
from services.matcher.domain.plan import Criterion, Plan, Strength, Wish
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.ranking import rank, touches
from services.matcher.domain.rules import CURRENT, WHOLE
from shared.vocabulary.reasons import IN_GENERAL, english
from tests.unit.matcher.a_match import DAY, LORE, days, must, plans, profiles, registers, wishes

Register = list[Profile]


def given(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A busy machine is slow at inventing whole registers: that is no fault of theirs, so no time is judged here."""
    unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    return lambda test: unhurried(given_any(*strategies)(test))



@given(plans, registers, days)
def test_the_box_is_whole(plan: Plan, register: Register, day: date) -> None:
    ranking = rank(plan, register, day, LORE)

    together = (*ranking.fitting, *ranking.near, *ranking.others)
    assert together == ranking.placements
    assert {placement.profile_id for placement in together} == {one.profile_id for one in register if in_scope(plan, one)}
    assert len(together) == len({placement.profile_id for placement in together})


@given(plans, registers, days)
def test_fewer_musts_unmet_comes_first_then_the_better_score(plan: Plan, register: Register, day: date) -> None:
    ranking = rank(plan, register, day, LORE)

    for better, worse in zip(ranking.placements, ranking.placements[1:], strict=False):
        assert len(better.unmet) <= len(worse.unmet)
        if len(better.unmet) == len(worse.unmet):
            assert better.score >= worse.score - CURRENT.score_step


@given(plans, registers, days)
def test_a_must_nobody_meets_leaves_nobody_fitting_and_loses_nobody(plan: Plan, register: Register, day: date) -> None:
    before = rank(plan, register, day, LORE)

    after = rank(replace(plan, wishes=(*plan.wishes, must(Criterion.SKILL, "juggles_fire"))), register, day, LORE)

    assert not after.fitting
    assert {one.profile_id for one in after.placements} == {one.profile_id for one in before.placements}


@given(plans, wishes(), registers, days)
def test_asking_less_firmly_never_shrinks_the_list(plan: Plan, wish: Wish, register: Register, day: date) -> None:
    firm, softer = (
        replace(plan, wishes=(*plan.wishes, replace(wish, strength=strength))) for strength in (Strength.MUST, Strength.IMPORTANT)
    )

    before, after = rank(firm, register, day, LORE), rank(softer, register, day, LORE)

    assert {one.profile_id for one in before.fitting} <= {one.profile_id for one in after.fitting}


@given(plans, registers, days, st.integers(0, 10_000), st.integers(0, 1_000_000))
def test_widening_distance_or_the_share_of_time_never_shrinks_the_list(
    plan: Plan, register: Register, day: date, metres: int, share: int
) -> None:
    wider = tuple(
        replace(wish, within_m=None if wish.within_m is None else wish.within_m + metres, share=max(0, wish.share - share))
        for wish in plan.wishes
    )

    before, after = rank(plan, register, day, LORE), rank(replace(plan, wishes=wider), register, day, LORE)

    assert {one.profile_id for one in before.fitting} <= {one.profile_id for one in after.fitting}


@given(plans, profiles, days)
def test_unknown_never_meets_a_must_and_counts_neither_yes_nor_no(plan: Plan, profile: Profile, day: date) -> None:
    placed = place_one(plan, profile, day, LORE)

    for reason in placed.reasons:
        if reason.strength is Strength.MUST and reason.met is Met.UNKNOWN:
            assert reason in placed.unmet
        assert reason.fit is None or 0 <= reason.fit <= WHOLE
    assert 0 <= placed.score <= WHOLE
    if placed.reasons and all(reason.fit is None for reason in placed.reasons):
        assert placed.score == CURRENT.unknown


@given(plans, registers, days, st.randoms())
def test_the_order_is_a_pure_function(plan: Plan, register: Register, day: date, random: object) -> None:
    shuffled = list(register)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert rank(plan, register, day, LORE) == rank(plan, shuffled, day, LORE)


@given(plans, registers, days)
def test_renaming_everybody_changes_only_the_turns_of_equals(plan: Plan, register: Register, day: date) -> None:
    renamed = {one.profile_id: ProfileId(uuid5(UUID(int=7), str(one.profile_id))) for one in register}

    before = rank(plan, register, day, LORE)
    after = rank(plan, [replace(one, profile_id=renamed[one.profile_id]) for one in register], day, LORE)

    assert [one.standing for one in before.placements] == [one.standing for one in after.placements]
    there = {one.profile_id: one for one in after.placements}
    for one in before.placements:
        other = there[renamed[one.profile_id]]
        assert replace(other, profile_id=one.profile_id, turn=one.turn) == one


@given(plans, registers, days)
def test_nobody_elses_profile_plays_a_part(plan: Plan, register: Register, day: date) -> None:
    together = {one.profile_id: one for one in rank(plan, register, day, LORE).placements}

    for profile in register:
        if in_scope(plan, profile):
            assert rank(plan, [profile], day, LORE).placements == (together[profile.profile_id],)


@given(plans, profiles, registers, days)
def test_a_blocked_pa_is_in_no_group_and_no_count(plan: Plan, profile: Profile, register: Register, day: date) -> None:
    blocked = replace(plan, blocked=frozenset({profile.profile_id}))

    ranking = rank(blocked, [profile, *register], day, LORE)

    assert ranking == rank(plan, register, day, LORE)


@given(plans, profiles, days)
def test_every_reason_has_plain_words(plan: Plan, profile: Profile, day: date) -> None:
    placed = place_one(plan, profile, day, LORE)

    for reason in (*placed.reasons, *placed.unmet):
        words = english(reason.code, dict(reason.params))
        assert words and words[0] == words[0].upper() and "{" not in words and "_" not in words
    for code in placed.codes:
        assert IN_GENERAL[code]


@given(plans, profiles, profiles, days)
def test_a_change_that_does_not_move_anybody_touches_no_plan(plan: Plan, one: Profile, other: Profile, day: date) -> None:
    later = replace(one, revision=one.revision + 1, confirmed_on=one.confirmed_on + timedelta(days=1))

    assert not touches(plan, one, later, day, LORE)
    if touches(plan, one, replace(other, profile_id=one.profile_id), day, LORE):
        assert rank(plan, [one], day, LORE) != rank(plan, [replace(other, profile_id=one.profile_id)], day, LORE)


def test_equal_people_take_turns_from_day_to_day() -> None:
    from tests.unit.matcher.a_match import a_pa, a_plan

    plan, register = a_plan(), [a_pa() for _ in range(5)]

    first = {rank(plan, register, DAY + timedelta(days=n), LORE).placements[0].profile_id for n in range(60)}

    assert first == {one.profile_id for one in register}
    assert all(one.group is Group.FITTING for one in rank(plan, register, DAY, LORE).placements)
