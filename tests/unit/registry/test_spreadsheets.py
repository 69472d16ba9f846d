"""Cells and headings as councils write them."""
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from services.registry.api.answers import refusals_in
from services.registry.api.headings import BY_KEY, HEADINGS, field_of, key
from services.registry.api.register_csv import NotARegister, read_sheet
from services.registry.api.said import ProfileIn
from services.registry.usecases.days import NoSuchDay, day_from_words


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("travel", "Car driver", "car"),
        ("travel", "On foot", "walk"),
        ("rate", "£12.71 per hour", Decimal("12.71")),
        ("rate", "13", Decimal("13")),
        ("furthest_miles", "5 miles", Decimal("5")),
        ("furthest_miles", "8 km", Decimal("4.97")),
        ("smokes", "N", False),
        ("age_band", "34", "21_and_over"),
        ("age_band", "Over 21", "21_and_over"),
        ("age_band", "21+", "21_and_over"),
        ("age_band", "18-20", "18_to_20"),
        ("age_band", "19", "18_to_20"),
        ("age_band", "Under 18", "under_18"),
        ("employment", "Self-employed", "self_employed"),
        ("state", "On hold", "paused"),
        ("confirmed_on", "1 March 2026", date(2026, 3, 1)),
        ("consents", "faith and sex", ["faith", "sex"]),
        ("consents", "none", []),
    ],
)
def test_single_values_as_people_type_them(field: str, typed: str, meant: object):
    assert getattr(ProfileIn.model_validate({field: typed}), field) == meant


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("travel", "hovercraft"), ("rate", "12-14"), ("rate", "12,50"), ("furthest_miles", "far"), ("smokes", "sometimes"),
        ("age_band", "old"), ("employment", "maybe"), ("consents", "everything"), ("confirmed_on", "31/02/2026"),
        ("away", "1/1/2027 to 2/1/2027 to 3/1/2027"), ("hours_most", "10.1"),
    ],
)  # fmt: skip
def test_what_is_unclear_is_refused_with_a_remedy_and_without_what_was_typed(field: str, typed: str):
    with pytest.raises(ValidationError) as error:
        ProfileIn.model_validate({field: typed})

    (refusal,) = refusals_in(error.value)
    assert refusal.field == field
    assert refusal.remedy and typed not in refusal.problem and refusal.typed == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-31", date(2027, 3, 31)), ("31/3/27", date(2027, 3, 31)), ("31.03.2027", date(2027, 3, 31)),
        ("31st March 2027", date(2027, 3, 31)), ("Mar 2027", date(2027, 3, 31)), ("02/2028", date(2028, 2, 29)),
        ("1 Sept 2027", date(2027, 9, 1)), ("2027-03-31 00:00:00", date(2027, 3, 31)),
    ],
)  # fmt: skip
def test_days_are_read_day_before_month(typed: str, meant: date):
    assert day_from_words(typed) == meant


@pytest.mark.parametrize("typed", ["", "soon", "13/13/2027", "31 Marz 2027", "2027", "March"])
def test_what_is_no_day_is_not_guessed(typed: str):
    with pytest.raises(NoSuchDay):
        day_from_words(typed)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Lang", "languages"), ("POST CODE", "postcode"), ("Post-Code:", "postcode"), ("Language 2", "languages"),
        ("PA Name", "chosen_name"), ("Won't do", "will_not_do"), ("Rate (£ per hour)", "rate"), ("chosen_name", "chosen_name"),
        ("Favourite colour", None), ("", None), ("Rate 2", None),
    ],
)  # fmt: skip
def test_headings_in_most_spellings(heading: str, field: str | None):
    assert field_of(heading) == field


def test_no_heading_means_two_things():
    spellings = [one for field, several in HEADINGS.items() for one in {key(words) for words in (field, *several.split("|"))}]

    assert sorted(spellings) == sorted(BY_KEY)


@pytest.mark.parametrize(
    ("typed", "least", "most"),
    [("10-20", "10", "20"), ("up to 16", None, "16"), ("10+", "10", None), ("16 hours a week", None, "16"),
     ("8 to 12hrs", "8", "12")],
)
def test_hours_wanted_in_one_column(typed: str, least: str | None, most: str | None):
    ((_, said, refusals),) = read_sheet(f"Ref,Hours wanted\n1,{typed}\n".encode()).rows()

    assert (said.get("hours_least"), said.get("hours_most"), refusals) == (least, most, ())


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_rows_are_numbered_as_the_sheet_shows_them(mark: str):
    text = f"Register\n\nRef{mark}Name{mark}About\n1{mark}A{mark}\"two\nlines\"\n\n2{mark}B{mark}x\n"

    rows: list[Any] = list(read_sheet(text.encode()).rows())

    assert [(number, said["chosen_name"]) for number, said, _ in rows] == [(4, "A"), (6, "B")]


def test_a_sheet_may_name_its_own_separator():
    (row,) = read_sheet(b"sep=;\r\nRef;Name\r\n1;A, B\r\n").rows()

    assert row[1] == {"ref": "1", "chosen_name": "A, B"}


def test_a_cell_that_goes_on_for_ever_is_no_register():
    with pytest.raises(NotARegister):
        read_sheet(b'Ref,Name\n1,"' + b"x" * 200_000)
