"""Invented registers of up to a million, drawn by the thousand: the sample's own shares of languages, skills and habits."""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

import numpy as np

from benchmarks.ranking.said import AT_ONCE, DAY, Draw, claims, practice_shares, skills, yes_and_no
from deploy.sample.council import Community, Council
from deploy.sample.council import council as council_facts
from deploy.sample.dice import Dice
from deploy.sample.pas import habits
from deploy.sample.week import DAYS, times_to_work
from services.matcher.domain import week
from services.matcher.domain.profile import (
    AgeBand,
    Employment,
    LanguageSkill,
    Level,
    Looking,
    Point,
    Profile,
    ProfileId,
    Travel,
)
from shared.vocabulary.geography import METRES_PER_MILE, sectors, spot_of
from shared.vocabulary.rates import lowest_legal_rate

SETTINGS: Mapping[str, str] = {"urban": "leicester", "rural": "powys", "national": "leicester"}
"""Whose people they are. `national`: Leicester's people spread over all of Great Britain by its postcodes."""
_IDS = UUID("1c1f7d2e-6f0b-5b43-9a0e-bd3d6a7c0011")


@dataclass(frozen=True)
class Register:
    setting: str
    size: int
    seed: int = 7

    @property
    def facts(self) -> Council:
        return council_facts(SETTINGS[self.setting])

    def profiles(self) -> Iterator[Profile]:
        """One at a time: a million of them need not fit in memory."""
        for first in range(0, self.size, AT_ONCE):
            yield from self._drawn(first, min(AT_ONCE, self.size - first))

    def _drawn(self, first: int, count: int) -> Iterator[Profile]:
        draw = np.random.Generator(np.random.PCG64([self.seed, first, *self.setting.encode()]))
        columns = _columns(draw, self.facts, self.setting)
        for nth, row in zip(range(count), zip(*columns.values(), strict=True), strict=False):
            facets = dict(zip(columns, row, strict=True))
            profile_id = ProfileId(uuid5(_IDS, f"{self.setting}/{self.seed}/{first + nth}"))
            yield Profile(council=self.setting, profile_id=profile_id, revision=1, **facets)


def _columns(draw: Draw, facts: Council, setting: str) -> dict[str, Sequence[Any]]:
    communities = list(facts.communities)
    of = _weighted(draw, facts.communities)
    faiths = [_pick(draw, communities[nth].faiths) for nth in of]
    travel = [Travel(how) for how in _picks(draw, facts.travel)]
    backgrounds = [(faith, communities[nth].culture) for faith, nth in zip(faiths, of, strict=True)]
    least_rate, age_band = _pay(draw)
    least, most = _hours(draw)
    states = draw.random(AT_ONCE)
    soon = draw.integers(7, 60, AT_ONCE)
    woman = draw.random(AT_ONCE) < 0.79
    told = draw.random((3, AT_ONCE)) < np.array([[0.33], [0.26], [0.46]])
    return {
        "state": [Looking.PAUSED if x < 0.03 else Looking.SOON if x < 0.075 else Looking.LOOKING for x in states],
        "free_from": [
            DAY + timedelta(days=int(days)) if 0.03 <= x < 0.07 else None for x, days in zip(states, soon, strict=True)
        ],
        "place": _places(draw, setting),
        "travel": travel,
        "furthest_m": _furthest(draw, facts, travel),
        "week": [_weeks()[nth] for nth in draw.integers(0, len(_weeks()), AT_ONCE)],
        "confirmed_on": [DAY - timedelta(days=int(days)) for days in draw.integers(0, 170, AT_ONCE)],
        "languages": [_languages(draw, communities[nth]) for nth in of],
        "practices": claims(draw, practice_shares(backgrounds)),
        "skills": skills(draw),
        "tasks": yes_and_no(draw, habits()["tasks"]),
        "interests": claims(draw, {code: np.float64(share) for code, share in habits()["interests"].items()}),
        "limits": yes_and_no(draw, habits()["limits"] | {"smokes": (0.11, 0.80)}),
        "faith": [faith if yes and faith != "no_religion" else None for faith, yes in zip(faiths, told[0], strict=True)],
        "culture": [culture if yes else None for (_, culture), yes in zip(backgrounds, told[1], strict=True)],
        "sex": [("woman" if she else "man") if yes else None for she, yes in zip(woman, told[2], strict=True)],
        "sleep_ins": _picks(draw, {True: 22, False: 58, None: 20}),
        "least": least,
        "most": most,
        "few_people": _picks(draw, {True: 33, False: 27, None: 40}),
        "least_rate": least_rate,
        "age_band": age_band,
        "employment": _picks(draw, {Employment.EMPLOYED: 53, Employment.SELF_EMPLOYED: 14, Employment.EITHER: 18, None: 15}),
    }


def _weighted(draw: Draw, weights: Mapping[Any, float]) -> list[int]:
    bounds = np.cumsum(list(weights.values()))
    found: list[int] = np.searchsorted(bounds, draw.random(AT_ONCE) * bounds[-1], side="right").clip(0, len(weights) - 1).tolist()
    return found


def _picks(draw: Draw, weights: Mapping[Any, float]) -> list[Any]:
    things = list(weights)
    return [things[nth] for nth in _weighted(draw, weights)]


def _pick(draw: Draw, weights: Mapping[str, float]) -> str:
    mark = draw.random() * sum(weights.values())
    for thing, weight in weights.items():
        mark -= weight
        if mark < 0:
            return thing
    return thing


@cache
def spots(setting: str) -> Mapping[Point, float]:
    """Where people live there: the middles of postcode sectors, as the registry tells them, with their shares."""
    if setting == "national":
        return {Point(*point): 1.0 for point in sorted(set(sectors().values()))}
    shares = council_facts(SETTINGS[setting]).sectors
    found: dict[Point, float] = {}
    for sector, share in shares.items():
        spot = spot_of(sector)
        point = Point(spot.east_m, spot.north_m)
        found[point] = found.get(point, 0.0) + share
    return found


def _places(draw: Draw, setting: str) -> list[Any]:
    return _picks(draw, spots(setting))


def _furthest(draw: Draw, facts: Council, travel: Sequence[Travel]) -> list[int | None]:
    miles = {Travel.WALK: (1, 2), Travel.BUS: (3, 7), Travel.CYCLE: (2, 6), Travel.CAR: (4, 12)}
    further = 2 if facts.setting == "rural" else 1
    said, mark = draw.random(AT_ONCE) > 0.35, draw.random(AT_ONCE)
    found: list[int | None] = []
    for how, is_said, x in zip(travel, said, mark, strict=True):
        low, high = miles[how]
        far = low + int(x * (high - low + 1))
        found.append(round(far * (further if how is Travel.CAR else 1) * METRES_PER_MILE) if is_said else None)
    return found


@cache
def _weeks() -> Sequence[int]:
    """Two thousand weeks of the sample's habits. One in fifty said nothing."""
    found = []
    for number in range(2000):
        bits = 0
        for slot in times_to_work(Dice("benchmark", 7, "week", number)).slots if number % 50 else ():
            start, end = (int(clock[:2]) * 4 + int(clock[3:]) // 15 for clock in (slot["from"], slot["to"]))
            bits |= week.span(DAYS.index(slot["day"]) * 96 + start, (end - start) % 96)
        found.append(bits)
    return found


@cache
def _skill(tag: str, spoken: Level | None, read: Level | None, signed: Level | None) -> LanguageSkill:
    return LanguageSkill(tag, spoken, read, signed)


def _languages(draw: Draw, community: Community) -> tuple[LanguageSkill, ...]:
    """Mother tongue first; some gave no level; one in a hundred filled in nothing; some sign."""
    mark = draw.random(len(community.languages) + 5)
    if mark[-1] < 0.01:
        return ()
    said = []
    for (tag, share), x in zip(community.languages.items(), mark, strict=False):
        if x < share:
            spoken = Level.MOTHER_TONGUE if not said else Level(1 + int(x / share * 3))
            said.append(_skill(tag, spoken if mark[-2] > 0.03 else None, Level.FLUENT if mark[-3] < 0.6 else None, None))
    if all(skill.tag != "en" for skill in said) and mark[-4] < community.english:
        said.append(_skill("en", Level.FLUENT if mark[-3] < 0.62 else Level.GETS_BY, Level.GETS_BY, None))
    if mark[-5] < 0.025:
        said.append(_skill("bfi", None, None, Level.GETS_BY))
    return tuple(said)


def _pay(draw: Draw) -> tuple[list[int | None], list[AgeBand | None]]:
    bands = _picks(draw, {AgeBand.FROM_21: 915, AgeBand.FROM_18_TO_20: 60, AgeBand.UNDER_18: 5, None: 20})
    above = _picks(draw, {0: 26, 29: 14, 50: 12, 79: 12, 129: 12, 179: 9, 229: 7, 300: 4, 429: 3, 550: 1})
    lowest = {band: lowest_legal_rate(DAY, (band or AgeBand.FROM_21).value) for band in (*AgeBand, None)}
    said = draw.random(AT_ONCE) < 0.94
    return [lowest[band] + more if yes else None for band, more, yes in zip(bands, above, said, strict=True)], bands


def _hours(draw: Draw) -> tuple[list[int | None], list[int | None]]:
    least = _picks(draw, {None: 6, 0: 20, 8: 20, 16: 25, 32: 19, 40: 10})
    more, said = draw.integers(8, 150, AT_ONCE), draw.random(AT_ONCE) < 0.95
    return least, [(few or 0) + int(many) if yes else None for few, many, yes in zip(least, more, said, strict=True)]
