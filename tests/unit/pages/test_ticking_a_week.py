from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.week import PARTS, table, ticked
from shared.vocabulary import week

A_WEEK = st.integers(0, 2**672 - 1)


def names_ticked(digits: str) -> set[str]:
    return {cell.name for _, cells in table(digits) for cell in cells if cell.ticked}


def test_the_parts_of_the_day_make_the_whole_week_once() -> None:
    parts = [week.slot(day, start, end) for day in range(7) for _, _, _, start, end in PARTS]

    assert sum(week.quarters(part) for part in parts) == 672
    together = 0
    for part in parts:
        together |= part
    assert week.quarters(together) == 672


@given(A_WEEK)
def test_saving_the_table_as_it_was_shown_changes_nothing(known: int) -> None:
    digits = week.to_hex(known)

    assert ticked(digits, names_ticked(digits)) == known


def test_taking_a_tick_off_takes_the_whole_part_away() -> None:
    digits = week.to_hex(week.slot(0, 36, 68))  # Monday 9am to 5pm
    wanted = ticked(digits, names_ticked(digits) - {"0-afternoon"})

    assert week.in_words(wanted) == "Monday 9am to midday"


def test_a_part_that_is_partly_free_says_which_times() -> None:
    [_, cells] = table(week.to_hex(week.slot(1, 40, 44)))[1]
    [morning] = [cell for cell in cells if cell.name == "1-morning"]

    assert not morning.ticked
    assert "10am to 11am" in morning.some
