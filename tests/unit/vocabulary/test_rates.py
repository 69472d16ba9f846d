"""The lowest lawful pay, by day and age."""

from datetime import date

import pytest

from shared.contracts.registry import AgeBand
from shared.vocabulary.rates import AGE_BANDS, RateUnknown, lowest_legal, lowest_legal_rate, minimum_wages, rates


@pytest.mark.parametrize(
    ("on", "age_band", "pence"),
    [
        (date(2026, 4, 1), "21_and_over", 1271),
        (date(2026, 11, 22), "18_to_20", 1085),
        (date(2026, 11, 22), "under_18", 800),
        (date(2026, 3, 31), "21_and_over", 1221),
        (date(2025, 4, 1), "21_and_over", 1221),
        (date(2025, 3, 31), "21_and_over", 1144),
    ],
)
def test_the_rate_is_the_one_in_force_that_day(on, age_band, pence):
    assert lowest_legal_rate(on, age_band) == pence


def test_before_the_table_begins_there_is_no_rate():
    with pytest.raises(RateUnknown, match="2023-12-31 and 21_and_over"):
        lowest_legal_rate(date(2023, 12, 31), "21_and_over")


def test_an_age_band_that_is_none_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="'old' is not an age band"):
        lowest_legal_rate(date(2026, 4, 1), "old")


def test_the_bands_are_those_of_the_contracts():
    assert set(AGE_BANDS) == {band.value for band in AgeBand}


def test_every_rate_has_a_source_and_comes_once():
    assert all(rate.source for rate in rates())
    assert len({(rate.from_day, rate.item, rate.of) for rate in rates()}) == len(rates())


def test_nobody_older_is_owed_less():
    for day in {rate.from_day for rate in minimum_wages()}:
        assert (
            lowest_legal(day, "under_18").pence <= lowest_legal(day, "18_to_20").pence <= lowest_legal(day, "21_and_over").pence
        )


def test_every_figure_says_what_it_is_a_figure_of():
    assert {rate.unit for rate in rates()} == {
        "pounds an hour", "pounds a week", "pounds a year", "per cent", "weeks a year"
    }  # fmt: skip
