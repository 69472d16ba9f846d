from datetime import date
from decimal import Decimal

import pytest
from starlette.datastructures import FormData

from services.portal.pages.typed import Typed


def test_what_was_typed_is_kept_as_it_was() -> None:
    typed = Typed.of(FormData([("hours", " lots "), ("day", "mon"), ("day", "tue")]))

    assert typed.one("hours") == "lots"
    assert typed.many("day") == ["mon", "tue"]


@pytest.mark.parametrize(("written", "meant"), [("12.60", "12.60"), ("£12.60", "12.60"), (" 1,000 ", "1000"), ("", None)])
def test_a_number_is_read_as_people_write_it(written: str, meant: str | None) -> None:
    typed = Typed.showing({"rate": written})

    assert typed.number("rate", "your pay", most=2000) == (None if meant is None else Decimal(meant))
    assert typed.wrong == {}


@pytest.mark.parametrize("written", ["a lot", "-1", "NaN", "Infinity", "1e999", "2001"])
def test_what_is_no_number_is_said_beside_its_field(written: str) -> None:
    typed = Typed.showing({"rate": written})

    assert typed.number("rate", "your pay", most=2000) is None
    assert typed.summary == [{"text": typed.wrong["rate"], "href": "#rate"}]


def test_a_day_is_read_or_asked_for() -> None:
    typed = Typed.showing({"until": "2027-01-31", "start": "soon"})

    assert typed.day("until", "the last day") == date(2027, 1, 31)
    assert typed.day("start", "the first day") is None
    assert list(typed.wrong) == ["start"]


def test_the_first_thing_said_of_a_field_stays() -> None:
    typed = Typed()
    typed.say("hours", "Write a number")
    typed.say("hours", "Something else")

    assert typed.wrong == {"hours": "Write a number"}
