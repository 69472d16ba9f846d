"""Weeks as bits: slots wrap, hexadecimal reads from left to right, and words come back as they went."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.vocabulary.week import (
    ALL,
    EMPTY,
    bit,
    day_mask,
    days_mask,
    from_hex,
    has,
    in_words,
    quarters,
    slot,
    slots,
    to_hex,
    week_from_words,
)

a_slot = st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(0, 96))
a_week = st.lists(a_slot, max_size=9).map(lambda several: union(slot(*each) for each in several))
any_week = a_week | st.integers(0, ALL)


def union(weeks):
    together = EMPTY
    for week in weeks:
        together |= week
    return together


def test_monday_midnight_is_the_highest_bit_of_the_first_digit():
    assert to_hex(bit(0)) == "8" + "0" * 167
    assert to_hex(bit(671)) == "0" * 167 + "1"


@given(any_week)
def test_hexadecimal_comes_back_as_it_went(week):
    assert len(to_hex(week)) == 168
    assert from_hex(to_hex(week)) == week


@pytest.mark.parametrize("digits", ["", "0" * 167, "0" * 169, "g" * 168])
def test_what_is_not_a_week_in_hexadecimal_is_refused(digits):
    with pytest.raises(ValueError):
        from_hex(digits)


@given(a_slot)
def test_a_slot_holds_exactly_its_own_quarters(a):
    day, start, end = a
    length = (end - start) if end > start else (end - start + 96)

    week = slot(day, start, end)

    assert {quarter for quarter in range(672) if has(week, quarter)} == {
        (day * 96 + start + step) % 672 for step in range(length)
    }
    assert quarters(week) == length


def test_sunday_night_runs_into_monday_morning():
    week = slot(6, 88, 24)

    assert has(week, 671) and has(week, 0) and has(week, 23) and not has(week, 24)
    assert slots(week) == [(6, 88, 24)]


@pytest.mark.parametrize("wrong", [(7, 0, 4), (-1, 0, 4), (0, 96, 4), (0, 0, 97), (0, -1, 4)])
def test_a_slot_outside_the_week_is_refused(wrong):
    with pytest.raises(ValueError):
        slot(*wrong)


@given(any_week)
@example(ALL)
@example(EMPTY)
@example(slot(0, 0, 96) | slot(6, 0, 96))
@example(slot(2, 40, 40))
def test_slots_together_are_the_week_and_never_overlap(week):
    several = slots(week)

    assert union(slot(*each) for each in several) == week
    assert sum(quarters(slot(*each)) for each in several) == quarters(week)


@given(any_week)
@example(ALL)
@example(EMPTY)
@example(ALL ^ bit(0))
@example(slot(0, 0, 96) | slot(6, 90, 96))
def test_a_week_in_words_reads_back_to_the_same_week(week):
    reading = week_from_words(in_words(week))

    if week:
        assert reading.week == week
        assert reading.not_understood == ()


def test_whole_days_are_masked_from_midnight_to_midnight():
    assert quarters(day_mask(3)) == 96
    assert days_mask(range(7)) == ALL
    assert slot(0, 32, 40) & day_mask(1) == EMPTY


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Mon-Fri 8am-10am, Mon-Fri 5pm-7pm", "Monday to Friday 8am to 10am and 5pm to 7pm"),
        ("Mon, Wed and Fri 9.30am-12pm", "Monday, Wednesday and Friday 9:30am to midday"),
        ("Sat 10pm-6am", "Saturday 10pm to 6am"),
        ("Tues 24 hours", "Tuesday all day and night"),
        ("24/7", "every day, all day and night"),
        ("every day 6pm-12am", "every day 6pm to midnight"),
    ],
)
def test_a_week_is_said_in_plain_english(words, plain):
    assert in_words(week_from_words(words).week) == plain


def test_no_time_at_all_is_said_too():
    assert in_words(EMPTY) == "no times"
