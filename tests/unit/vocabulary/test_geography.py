"""Areas as points in metres: cut to the sector, asked where unknown, and true to the real distance within a thousandth."""

import csv
import math
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.vocabulary.geography import ATTRIBUTION, Spot, UnknownArea, distance_m, metres, outcodes, sectors, spot_of
from shared.vocabulary.terms import DATA


@pytest.mark.parametrize("typed", ["LE5 3PA", "le5 3pa", "LE53PA", " le5  3pa ", "LE5 3", "le5 3p", "LE5-3PA"])
def test_a_postcode_is_cut_to_its_sector(typed):
    spot = spot_of(typed)

    assert (spot.outcode, spot.sector, spot.approximate) == ("LE5", "LE5 3", False)


@pytest.mark.parametrize("typed", ["EC1A 1BB", "ec1a1bb", "EC1A 1"])
def test_london_outward_codes_may_end_in_a_letter(typed):
    assert spot_of(typed).sector == "EC1A 1"


def test_an_outward_code_alone_is_enough():
    spot = spot_of("le5")

    assert spot == Spot("LE5", None, *outcodes()["LE5"], approximate=False)


def test_a_new_sector_falls_back_to_its_outward_code_and_says_so():
    unknown = next(digit for digit in "0123456789" if f"LE5 {digit}" not in sectors())

    assert spot_of(f"LE5 {unknown}AA") == Spot("LE5", None, *outcodes()["LE5"], approximate=True)


@pytest.mark.parametrize("typed", ["BT1 1AA", "JE2 3AB", "GY1 1AA", "IM1 1AA", "ZZ99 9ZZ", "LE", "Leicester", "", "12345"])
def test_an_area_we_do_not_know_is_asked(typed):
    with pytest.raises(UnknownArea) as asked:
        spot_of(typed)

    assert asked.value.typed == typed


@pytest.mark.parametrize("typed", ["BT1 1AA", "JE2", "GY1", "IM4"])
def test_a_real_area_that_is_not_on_our_map_gets_no_wrong_suggestion(typed):
    with pytest.raises(UnknownArea) as asked:
        spot_of(typed)

    assert asked.value.suggestions == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("LES 3PA", "LE5"), ("LEO5 3PA", "LE5"), ("L5E 3PA", "L5"), ("0X1 2AB", "OX1"), ("SW1 2AA", "SW1A")]
)
def test_a_slip_of_the_finger_gets_suggestions(typed, meant):
    with pytest.raises(UnknownArea) as asked:
        spot_of(typed)

    assert meant in asked.value.suggestions
    assert set(asked.value.suggestions) <= outcodes().keys()


def test_the_error_never_repeats_what_was_typed():
    with pytest.raises(UnknownArea) as asked:
        spot_of("BT1 1AA")

    assert "BT1" not in str(asked.value)


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_place_or_asked(typed):
    try:
        assert spot_of(typed).outcode in outcodes()
    except UnknownArea as asked:
        assert asked.typed == typed


@given(st.sampled_from(sorted(sectors())), st.sampled_from(sorted(sectors())))
def test_distances_are_right_to_a_thousandth(a, b):
    assume(a != b)
    from_, to = sectors()[a], sectors()[b]

    true = geodesic_m(*degrees(a), *degrees(b))

    # a metre for rounding each end to whole metres
    assert abs(distance_m(*from_, *to) - true) <= true * 0.001 + 2


def test_the_projection_puts_a_known_point_where_the_national_grid_has_it():
    # the Ordnance Survey's worked example, Caister water tower, on this ellipsoid: within 150 m of its OSGB36 grid reference
    east, north = metres(52.65798, 1.71605)

    assert math.hypot(east - 651_409.903, north - 313_177.270) < 150


def test_every_point_is_within_the_island_s_grid():
    for east, north in (*outcodes().values(), *sectors().values()):
        assert -10_000 < east < 700_000 and -10_000 < north < 1_250_000


def test_distance_is_rounded_down_to_whole_metres():
    assert distance_m(0, 0, 3, 4) == 5
    assert distance_m(0, 0, 1, 1) == 1
    assert distance_m(5, 5, 5, 5) == 0


def test_the_attribution_stands_beside_the_data():
    kept = " ".join((DATA / "README.md").read_text(encoding="utf-8").split())

    for sentence in ATTRIBUTION.split(". "):
        assert sentence.rstrip(".") in kept


@cache
def all_degrees():
    with (DATA / "uk_postcode_sectors.csv").open(encoding="utf-8", newline="") as file:
        return {row["sector"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


def degrees(sector):
    return all_degrees()[sector]


def geodesic_m(lat1, lon1, lat2, lon2):
    """The shortest way over the GRS80 ellipsoid (Vincenty 1975, inverse): a sphere would itself be half a per cent out."""
    a, b = 6_378_137.0, 6_356_752.3141
    flat = (a - b) / a
    u1, u2 = (math.atan((1 - flat) * math.tan(math.radians(lat))) for lat in (lat1, lat2))
    far = lam = math.radians(lon2 - lon1)
    for _ in range(100):
        sin_s = math.hypot(
            math.cos(u2) * math.sin(lam), math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam)
        )
        if sin_s == 0:
            return 0.0
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        s = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_s
        cos2_a = 1 - sin_a**2
        cos_m = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos2_a
        c = flat / 16 * cos2_a * (4 + flat * (4 - 3 * cos2_a))
        was, lam = lam, far + (1 - c) * flat * sin_a * (s + c * sin_s * (cos_m + c * cos_s * (2 * cos_m**2 - 1)))
        if abs(lam - was) < 1e-12:
            break
    big_u = cos2_a * (a**2 - b**2) / b**2
    big_a = 1 + big_u / 16384 * (4096 + big_u * (-768 + big_u * (320 - 175 * big_u)))
    big_b = big_u / 1024 * (256 + big_u * (-128 + big_u * (74 - 47 * big_u)))
    step = (
        big_b
        * sin_s
        * (cos_m + big_b / 4 * (cos_s * (2 * cos_m**2 - 1) - big_b / 6 * cos_m * (4 * sin_s**2 - 3) * (4 * cos_m**2 - 3)))
    )
    return b * big_a * (s - step)
