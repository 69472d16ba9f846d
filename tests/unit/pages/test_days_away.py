from datetime import date

import pytest

from services.portal.pages.away import days_typed
from services.portal.pages.typed import Typed

TODAY = date(2026, 11, 22)


def days(**typed: date) -> Typed:
    return Typed.showing(dict(typed))


def test_one_day_away_is_typed_once() -> None:
    assert days_typed(days(first=date(2026, 12, 24)), TODAY) == {"first": "2026-12-24", "last": "2026-12-24"}


def test_a_holiday_that_has_begun_can_be_told() -> None:
    assert days_typed(days(first=date(2026, 11, 20), last=date(2026, 11, 25)), TODAY) is not None


@pytest.mark.parametrize(("typed", "field"), [
    ({}, "first"),
    ({"last": date(2026, 12, 24)}, "first"),
    ({"first": date(2026, 12, 24), "last": date(2026, 12, 23)}, "last"),
    ({"first": date(2026, 11, 1), "last": date(2026, 11, 2)}, "first"),
])  # fmt: skip
def test_what_cannot_be_is_said_beside_its_day(typed: dict[str, date], field: str) -> None:
    form = days(**typed)

    assert days_typed(form, TODAY) is None
    assert list(form.wrong) == [field]
