from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
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


def dated(day: str, month: str, year: str) -> Typed:
    return Typed({"until-day": [day], "until-month": [month], "until-year": [year]})


@pytest.mark.parametrize("month", ["1", "01", " jan ", "January"])
def test_a_day_is_read_as_people_write_it(month: str) -> None:
    typed = dated("31", month, "2027")

    assert typed.day("until", "the last day") == date(2027, 1, 31)
    assert typed.wrong == {}


@pytest.mark.parametrize(("written", "said"), [
    (("31", "2", "2027"), "a real date"), (("31", "ja", "2027"), "a real date"), (("-1", "1", "2027"), "a real date"),
    (("1_0", "1", "2027"), "a real date"), (("٣", "1", "2027"), "a real date"), (("31", "1", "99999"), "a real date"),
    (("31", "1", "27"), "four figures"), (("31", "", "2027"), "with a month"), (("", "1", ""), "with a day and a year"),
])  # fmt: skip
def test_what_is_no_day_is_said_beside_its_field(written: tuple[str, str, str], said: str) -> None:
    typed = dated(*written)

    assert typed.day("until", "the last day") is None
    assert said in typed.wrong["until"]
    assert typed.summary[0]["href"] == "#until"


def test_nothing_typed_is_no_day_and_no_mistake() -> None:
    typed = dated("", " ", "")

    assert typed.day("until", "the last day") is None
    assert typed.wrong == {}


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_that_is_shown_is_read_back(day: date) -> None:
    assert Typed.showing({"until": day}).day("until", "the last day") == day


@given(st.tuples(st.text(max_size=5), st.text(max_size=12), st.text(max_size=6)))
def test_no_typing_breaks_a_day(written: tuple[str, str, str]) -> None:
    typed = dated(*written)

    found = typed.day("until", "the last day")

    assert found is None or not typed.wrong


def test_the_first_thing_said_of_a_field_stays() -> None:
    typed = Typed()
    typed.say("hours", "Write a number")
    typed.say("hours", "Something else")

    assert typed.wrong == {"hours": "Write a number"}
