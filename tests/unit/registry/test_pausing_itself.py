"""A profile that nobody says is true pauses by itself: after a warning that was had for long enough, and never else."""
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.registry.domain.profile import AT_LEAST, WARNED_FOR, Profile
from services.registry.domain.values import State
from tests.unit.registry.some import LATER, amrit, by_pa, by_register

TODAY = LATER.date()


def warned() -> Profile:
    return amrit().will_pause(TODAY).warned(TODAY + timedelta(days=1))


def paused() -> Profile:
    return warned().pause_itself(TODAY + WARNED_FOR)


def test_a_warning_names_its_day_and_is_news() -> None:
    before = amrit()

    after = before.will_pause(TODAY)

    assert (after.pauses_on, after.warned_on, after.revision) == (TODAY + WARNED_FOR, None, before.revision + 1)


def test_that_it_reached_them_is_kept_and_is_no_news() -> None:
    after = warned()

    assert after.warned_on == TODAY + timedelta(days=1)
    assert after.revision == amrit().revision + 1


@pytest.mark.parametrize("on", [TODAY - timedelta(days=1), TODAY - timedelta(days=200)])
def test_an_older_warning_does_not_count_for_this_one(on: date) -> None:
    assert amrit().will_pause(TODAY).warned(on).warned_on is None


def test_what_nobody_warned_of_cannot_have_reached_them() -> None:
    profile = amrit()

    assert profile.warned(TODAY) is profile


def test_to_say_that_it_is_true_takes_the_pause_away() -> None:
    after = warned().confirm(TODAY)

    assert (after.state, after.pauses_on, after.warned_on, after.confirmed_on) == (State.LOOKING, None, None, TODAY)


@pytest.mark.parametrize("step", [Profile.confirm, Profile.resume])
def test_coming_back_is_one_step(step: object) -> None:
    back = step(paused(), TODAY + timedelta(days=60))  # type: ignore[operator]

    assert (back.state, back.paused_itself_on, back.confirmed_on) == (State.LOOKING, None, TODAY + timedelta(days=60))


def test_the_register_that_says_it_was_confirmed_since_brings_them_back() -> None:
    before = replace(paused(), confirmed_on=TODAY - timedelta(days=300))

    back = by_register(before, LATER, confirmed_on=TODAY.isoformat()).profile

    assert (back.state, back.paused_itself_on) == (State.LOOKING, None)


def test_who_pauses_by_hand_is_not_paused_by_itself_and_is_not_to_be() -> None:
    by_hand = [warned().pause(None, TODAY), paused().pause(None, TODAY), by_pa(warned(), state="paused")]

    stands = {(one.state, one.pauses_on, one.warned_on, one.paused_itself_on) for one in by_hand}
    assert stands == {(State.PAUSED, None, None, None)}


def test_a_change_of_another_kind_leaves_the_pause_to_come() -> None:
    assert by_pa(warned(), about_me="I like gardens.").pauses_on == TODAY + WARNED_FOR


def test_the_warning_is_had_for_two_weeks_at_least() -> None:
    assert timedelta(days=14) == AT_LEAST < WARNED_FOR
