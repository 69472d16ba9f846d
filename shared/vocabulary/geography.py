"""Where an area is, as a point in whole metres, and how far apart two are. Never a home: sectors and outward codes only."""
import csv
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from shared.vocabulary.terms import DATA

ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025. "
    "Contains National Statistics data © Crown copyright and database right 2025."
)
METRES_PER_MILE = 1609.344


@dataclass(frozen=True)
class Spot:
    outcode: str
    sector: str | None
    """'LE5 3', or None where only the outward code was given or known."""
    east_m: int
    north_m: int
    approximate: bool
    """True: a sector was typed that we do not know, so this is the middle of its outward code."""


class UnknownArea(Exception):
    """We do not know this area (Northern Ireland, the islands, a new or mistyped code): ask, never guess.

    The message never carries what was typed: it could be somebody's whole postcode.
    """

    def __init__(self, typed: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__("we do not know this area")
        self.typed = typed
        self.suggestions = suggestions


_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_WHOLE = re.compile(rf"({_OUTWARD})([0-9])[A-Z]{{2}}")
_SPACED = re.compile(rf"({_OUTWARD})\s+([0-9])[A-Z]{{0,2}}")


def spot_of(typed: str) -> Spot:
    """The point of an outward code ('LE5'), a sector ('LE5 3') or a whole postcode, which is cut down to its sector."""
    outcode, digit = _read(typed)
    if outcode not in outcodes():
        raise UnknownArea(typed, _near(outcode))
    if digit is None:
        return Spot(outcode, None, *outcodes()[outcode], approximate=False)
    sector = f"{outcode} {digit}"
    known = sectors().get(sector)
    if known is None:
        return Spot(outcode, None, *outcodes()[outcode], approximate=True)
    return Spot(outcode, sector, *known, approximate=False)


def _read(typed: str) -> tuple[str, str | None]:
    shown = re.sub(r"[^A-Z0-9 ]", " ", typed.upper()).strip()
    solid = shown.replace(" ", "")
    for found in (_WHOLE.fullmatch(solid), _SPACED.fullmatch(shown)):
        if found:
            return found[1], found[2]
    if re.fullmatch(_OUTWARD, solid):
        # "LE53" without its space: an outward code if there is one, else the sector it can only be
        if solid not in outcodes() and f"{solid[:-1]} {solid[-1]}" in sectors():
            return solid[:-1], solid[-1]
        return solid, None
    raise UnknownArea(typed, _near(shown.split()[0] if shown else ""))


OFF_THE_MAP = ("BT", "JE", "GY", "IM")
"""Northern Ireland, Jersey, Guernsey and Man: real areas our data does not have, so no neighbour in spelling is suggested."""
_LOOK_ALIKE = str.maketrans("OILSZB", "011528")
_LOOK_ALIKE_LETTER = str.maketrans("01528", "OISZB")


def _near(outcode: str) -> tuple[str, ...]:
    """Up to five outward codes a slip of the finger or the eye away, likeliest first."""
    if outcode.startswith(OFF_THE_MAP):
        return ()
    area = re.match(r"[A-Z0]{1,2}?(?=[0-9OISZB][A-Z0-9]?$)|", outcode)
    start = area[0] if area else ""
    digit, rest = outcode[len(start) :][:1], outcode[len(start) + 1 :]
    seen = start.translate(_LOOK_ALIKE_LETTER) + digit.translate(_LOOK_ALIKE) + rest
    close = {known for known in outcodes() if OSA.distance(outcode, known, score_cutoff=1) <= 1} | ({seen} & outcodes().keys())
    return tuple(sorted(close, key=lambda known: _unlike(known, outcode, seen))[:5])


def _unlike(known: str, outcode: str, seen: str) -> tuple[bool, bool, bool, bool, int, str]:
    more = known[len(outcode) :] if known.startswith(outcode) else None
    # 'SW1' wants its letter: SW1A before SW10
    return known != seen, more is None, bool(more and more.isdigit()), known[0] != outcode[0], len(known), known


def distance_m(a_east: int, a_north: int, b_east: int, b_north: int) -> int:
    """As the crow flies, in whole metres, rounded down. Integers only, so that every engine agrees to the metre."""
    return math.isqrt((a_east - b_east) ** 2 + (a_north - b_north) ** 2)


@cache
def outcodes() -> Mapping[str, tuple[int, int]]:
    return _points("uk_outcodes.csv", "outcode")


@cache
def sectors() -> Mapping[str, tuple[int, int]]:
    return _points("uk_postcode_sectors.csv", "sector")


def _points(name: str, key: str) -> dict[str, tuple[int, int]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row[key]: metres(float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


# The British National Grid's origin and scale on the GRS80 ellipsoid (which WGS84 shares to a tenth of a millimetre).
# So a point lies some 100 m from its OSGB36 grid reference, and distances are right, which is all we use.
_A, _B = 6_378_137.0, 6_356_752.3141
_SCALE = 0.9996012717
_LAT0, _LON0 = math.radians(49), math.radians(-2)
_EAST0, _NORTH0 = 400_000.0, -100_000.0
_E2 = (_A * _A - _B * _B) / (_A * _A)
_N = (_A - _B) / (_A + _B)


def metres(latitude: float, longitude: float) -> tuple[int, int]:
    """WGS84 degrees to metres east and north: transverse Mercator by Redfearn's series.

    Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", annex C.1.
    """
    lat, away = math.radians(latitude), math.radians(longitude) - _LON0
    sin, cos, tan = math.sin(lat), math.cos(lat), math.tan(lat)
    nu = _A * _SCALE / math.sqrt(1 - _E2 * sin * sin)
    rho = _A * _SCALE * (1 - _E2) / (1 - _E2 * sin * sin) ** 1.5
    eta2 = nu / rho - 1
    t2, t4 = tan**2, tan**4
    north = (
        _arc(lat) + _NORTH0
        + nu / 2 * sin * cos * away**2
        + nu / 24 * sin * cos**3 * (5 - t2 + 9 * eta2) * away**4
        + nu / 720 * sin * cos**5 * (61 - 58 * t2 + t4) * away**6
    )
    east = (
        _EAST0
        + nu * cos * away
        + nu / 6 * cos**3 * (nu / rho - t2) * away**3
        + nu / 120 * cos**5 * (5 - 18 * t2 + t4 + 14 * eta2 - 58 * t2 * eta2) * away**5
    )
    return round(east), round(north)


def _arc(lat: float) -> float:
    """Metres along the meridian from the grid's true origin."""
    less, more = lat - _LAT0, lat + _LAT0
    n, n2, n3 = _N, _N**2, _N**3
    return _B * _SCALE * (
        (1 + n + 5 / 4 * n2 + 5 / 4 * n3) * less
        - (3 * n + 3 * n2 + 21 / 8 * n3) * math.sin(less) * math.cos(more)
        + (15 / 8 * n2 + 15 / 8 * n3) * math.sin(2 * less) * math.cos(2 * more)
        - 35 / 24 * n3 * math.sin(3 * less) * math.cos(3 * more)
    )
