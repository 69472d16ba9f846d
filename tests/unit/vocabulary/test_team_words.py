"""A team's times as people say them."""
import pytest

from shared.vocabulary.team_words import clock, flexible_in_words, rest_in_words, shift_in_words, time_in_words


@pytest.mark.parametrize(
    ("day", "start", "length", "said"),
    [
        (1, 32, 18, "Tuesday, 8am to 12:30pm"),
        (0, 0, 48, "Monday, midnight to midday"),
        (6, 88, 8, "Sunday, 10pm to midnight"),
        (6, 88, 32, "Sunday, 10pm to 6am on Monday"),
        (4, 90, 6 + 96 + 1, "Friday, 10:30pm to 12:15am on Sunday"),
    ],
)
def test_a_shift_says_its_day_and_where_it_ends_on_another(day: int, start: int, length: int, said: str) -> None:
    assert shift_in_words(day, start, length) == said


def test_too_little_rest_is_said_with_what_the_law_asks_for() -> None:
    assert rest_in_words(0, 32, 36, 44) == (
        "From Monday, 8am: 9 hours of rest in a row at most in 24 hours. The law says 11 hours"
    )
    assert rest_in_words(6, 88, 0, 48) == "From Sunday, 10pm: no rest in 24 hours. The law says 12 hours"


def test_clocks_and_hours() -> None:
    assert (clock(31), clock(96 + 3), time_in_words(51)) == ("07:45", "00:45", "12:45pm")
    assert (flexible_in_words(4), flexible_in_words(6)) == ("1 of your flexible hours", "1.5 of your flexible hours")
