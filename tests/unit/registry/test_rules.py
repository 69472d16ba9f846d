"""What a profile may not be, and the one table of the law it asks."""
from datetime import UTC, date, datetime

import pytest

from services.registry.domain.profile import ProfileRefused
from services.registry.domain.values import State
from tests.unit.registry.some import LATER, NOW, amrit, by_pa, by_register


def refusals(**said: object) -> dict[str, str]:
    with pytest.raises(ProfileRefused) as refused:
        by_register(**said)
    return {error.field: error.problem for error in refused.value.errors}


@pytest.mark.parametrize(
    ("on", "band", "lawful", "too_low", "figure"),
    [
        (datetime(2026, 3, 31, 12, tzinfo=UTC), "21 and over", "12.21", "12.20", "£12.21"),
        (datetime(2026, 4, 1, 12, tzinfo=UTC), "21 and over", "12.71", "12.70", "£12.71"),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), "18 to 20", "10.85", "10.84", "£10.85"),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), "under 18", "8.00", "7.99", "£8.00"),
    ],
)
def test_a_rate_is_lawful_from_the_figure_of_its_day_and_age(on: datetime, band: str, lawful: str, too_low: str, figure: str):
    assert by_register(now=on, rate=lawful, age_band=band).profile.least_rate == round(float(lawful) * 100)

    with pytest.raises(ProfileRefused) as refused:
        by_register(now=on, rate=too_low, age_band=band)
    (error,) = refused.value.errors
    assert figure in error.problem and f"{on.day} {on:%B %Y}" in error.problem and figure in error.remedy


def test_the_day_is_the_day_in_london():
    last_hour_of_march = datetime(2026, 3, 31, 22, 59, tzinfo=UTC)  # 23:59 there
    first_of_april = datetime(2026, 3, 31, 23, 1, tzinfo=UTC)  # 00:01 there

    assert by_register(now=last_hour_of_march, rate="12.21", age_band="21+").outcome == "added"
    with pytest.raises(ProfileRefused):
        by_register(now=first_of_april, rate="12.21", age_band="21+")


def test_a_rate_that_the_law_overtook_does_not_stop_other_changes():
    before = by_register(now=datetime(2026, 3, 1, tzinfo=UTC), rate="12.21", age_band="21+").profile

    assert by_pa(before, now=NOW, travel="car").travel == "car"
    with pytest.raises(ProfileRefused):
        by_pa(before, now=NOW, rate="12.30")


def test_hours_and_days_must_make_sense():
    assert set(refusals(hours_least=20, hours_most=10)) == {"hours_least"}
    assert set(refusals(away=[{"first": "2027-01-05", "last": "2027-01-01"}])) == {"away"}
    assert set(refusals(confirmed_on="2030-01-01")) == {"confirmed_on"}
    assert set(refusals(state="soon")) == {"free_from"}
    assert set(refusals(free_from="2027-01-01")) == {"free_from"}


def test_a_pause_until_a_day_is_soon_and_coming_back_forgets_the_day():
    today = NOW.date()

    soon = amrit().pause(date(2027, 1, 5), today)

    assert (soon.state, soon.free_from) == (State.SOON, date(2027, 1, 5))
    assert (soon.resume(LATER.date()).state, soon.resume(LATER.date()).free_from) == (State.LOOKING, None)
    assert by_pa(soon, state="paused").free_from is None
    with pytest.raises(ProfileRefused):
        amrit().pause(today, today)


def test_a_postcode_is_cut_down_before_it_is_kept():
    profile = amrit(postcode="le5 3pa")

    assert (profile.area.shown, profile.area.outcode) == ("LE5 3", "LE5")
    assert "3pa" not in repr(profile).lower()


def test_confirming_asks_again_ninety_days_later_and_never_moves_back():
    profile = amrit(confirmed_on="2026-06-01").confirm(date(2026, 11, 22))

    assert (profile.confirmed_on, profile.ask_again_on) == (date(2026, 11, 22), date(2027, 2, 20))
    assert profile.confirm(date(2026, 1, 1)) is profile
