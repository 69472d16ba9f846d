"""A PA's rate below the law for their age comes in by no road, whoever says it and however they work."""
from decimal import Decimal

import pytest

from services.registry.api.lists import read, read_row
from services.registry.api.register_csv import read_sheet
from services.registry.domain.profile import ProfileRefused
from services.registry.usecases.said import Said
from tests.unit.registry.some import amrit, by_pa, by_register

HEADINGS = "Ref,PA name,Postcode,Travel,Rate,Age"


def from_csv(rate: str) -> Said:
    (row,) = read_sheet(f"{HEADINGS}\nPA-1,Amrit,LE5 3,bus,£{rate},21 and over\n".encode()).rows()
    said = read_row(row)
    assert isinstance(said, dict)
    return said


def from_json(rate: str) -> Said:
    said = read({
        "ref": "PA-1", "chosen_name": "Amrit", "postcode": "LE5 3", "travel": "bus", "rate": rate, "age_band": "21_and_over",
    })  # fmt: skip
    assert isinstance(said, dict)
    return said


@pytest.mark.parametrize("road", [from_csv, from_json])
def test_the_registers_roads(road) -> None:
    assert by_register(**road("12.71")).profile.least_rate == 1271
    with pytest.raises(ProfileRefused, match="rate"):
        by_register(**road("12.70"))


def test_the_pas_own_change() -> None:
    profile = amrit(rate="13.00", age_band="21_and_over")

    with pytest.raises(ProfileRefused, match="rate"):
        by_pa(profile, rate=Decimal("12.70"))


def test_growing_older_is_looked_at_as_well_as_the_rate() -> None:
    young = amrit(rate="11.00", age_band="18_to_20")

    with pytest.raises(ProfileRefused, match="rate"):
        by_pa(young, age_band="21_and_over")


def test_working_for_oneself_does_not_open_a_way_below_it() -> None:
    with pytest.raises(ProfileRefused, match="rate"):
        amrit(rate="12.70", age_band="21_and_over", employment="self_employed")
