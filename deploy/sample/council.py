"""What is known of a council before anybody in it is invented: places, languages, faiths, how people get about."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from shared.vocabulary.terms import DATA

_HERE = Path(__file__).parent


class UnknownCouncil(LookupError):
    """There is no sample of that council. The ones there are can be read in the message."""


@dataclass(frozen=True, eq=False)
class Community:
    """People with a background in common. Only the sample knows it: it is on no profile, no plan and no event."""

    name: str
    share: float
    names: str
    languages: Mapping[str, float]
    """Language tag -> the share who speak it; the first is the mother tongue."""
    faiths: Mapping[str, float]
    culture: str
    english: float = 1.0
    """The share who also speak English."""
    english_level: Literal["mixed", "fluent"] = "mixed"


@dataclass(frozen=True, eq=False)
class Council:
    name: str
    title: str
    setting: Literal["urban", "rural"]
    sources: tuple[str, ...]
    towns: tuple[str, ...]
    named: tuple[str, ...]
    """The sectors where the people of the journeys live, the first two next to each other."""
    sectors: Mapping[str, float]
    """Postcode sector -> the share of people who live there."""
    travel: Mapping[str, float]
    contact: Mapping[str, float]
    communities: Mapping[Community, float]


@dataclass(frozen=True)
class Names:
    women: tuple[str, ...]
    men: tuple[str, ...]
    family: tuple[str, ...]


def councils() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in (_HERE / "councils").glob("*.toml")))


@cache
def council(name: str) -> Council:
    if name not in councils():
        raise UnknownCouncil(f"There is no sample of {name!r}. There are: {', '.join(councils())}.")
    facts: dict[str, Any] = tomllib.loads((_HERE / "councils" / f"{name}.toml").read_text(encoding="utf-8"))
    communities = [Community(**community) for community in facts["communities"]]
    return Council(
        name=facts["name"],
        title=facts["title"],
        setting=facts["setting"],
        sources=tuple(facts["sources"]),
        towns=tuple(facts["towns"]),
        named=tuple(facts["named"]),
        sectors=_sectors(facts["outcodes"]),
        travel=facts["travel"],
        contact=facts["contact"],
        communities={community: community.share for community in communities},
    )


@cache
def names(kind: str) -> Names:
    lists = tomllib.loads((_HERE / "names.toml").read_text(encoding="utf-8"))[kind]
    return Names(*(tuple(lists[part]) for part in ("women", "men", "family")))


def _sectors(outcodes: Mapping[str, float]) -> dict[str, float]:
    """Each district's share, spread over its sectors by how many postcodes they have."""
    postcodes: dict[str, dict[str, int]] = {outcode: {} for outcode in outcodes}
    for sector, count in _postcodes_by_sector().items():
        outcode = sector.split(" ")[0]
        if outcode in postcodes:
            postcodes[outcode][sector] = count
    return {
        sector: outcodes[outcode] * count / sum(sectors.values())
        for outcode, sectors in postcodes.items()
        for sector, count in sectors.items()
    }


@cache
def _postcodes_by_sector() -> dict[str, int]:
    """From the same file that places are looked up in, so every sector here is one that the services know."""
    with (DATA / "uk_postcode_sectors.csv").open(encoding="utf-8", newline="") as lines:
        return {row["sector"]: int(row["postcodes"]) for row in csv.DictReader(lines)}
