"""A register as whole-number columns: what each engine that is not ours is given to keep in its own way."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np
import numpy.typing as npt

from services.matcher.domain.lore import Lore
from services.matcher.domain.place import reach
from services.matcher.domain.plan import Criterion
from services.matcher.domain.profile import AgeBand, Claim, Employment, Looking, Profile
from services.matcher.domain.rules import CURRENT

Column = npt.NDArray[np.signedinteger]

NOT_SAID = -1
AGES: tuple[AgeBand | None, ...] = (None, *AgeBand)
KINDS = {
    Criterion.PRACTICE: "practices",
    Criterion.SKILL: "skills",
    Criterion.TASK: "tasks",
    Criterion.LIMIT: "limits",
}
NUMBERS: Mapping[str, type[np.signedinteger]] = {
    "east": np.int32, "north": np.int32, "comfortable": np.int32, "furthest": np.int32, "free_from": np.int32,
    "soon_unknown": np.int8, "age": np.int8, "self_employed": np.int8, "least_rate": np.int32, "least": np.int16,
    "most": np.int16, "few_people": np.int8, "no_week": np.int8, "tongues": np.int64,
}
WORDS = tuple(f"w{nth}" for nth in range(11))


def level_of(tag: str) -> str:
    """Spoken level 1 to 4; 0: listed, no level given; -1: not listed."""
    return f"level_{tag.lower().replace('-', '_')}"


def claim_of(kind: Criterion, code: str) -> str:
    """-1: not said; else 1 for yes and 2 more when it is confirmed."""
    return f"{kind.value}_{code}"


def until_of(kind: Criterion, code: str) -> str:
    """The last day it counts, as a number; a day far off where it does not run out."""
    return f"until_{kind.value}_{code}"


FAR_OFF = date.max.toordinal()


@dataclass(frozen=True, eq=False)
class Columns:
    """Of those who are shown, in the register's order. `ids`: 16 bytes each."""

    ids: npt.NDArray[np.void]
    of: Mapping[str, Column]
    tags: tuple[str, ...]
    """Bit n of `tongues` is the nth of these, in lower case."""

    def __len__(self) -> int:
        return len(self.ids)

    def related(self, tag: str, lore: Lore) -> int:
        """The bits of the languages of one family with it, itself aside."""
        return sum(1 << nth for nth, other in enumerate(self.tags) if lore.related(tag, other))


def columns(profiles: Iterable[Profile], at_once: int = 50_000) -> Columns:
    """Read once, some at a time, so that a million profiles are never in memory together."""
    shown = (profile for profile in profiles if profile.shown)
    parts: list[tuple[bytes, dict[str, Column]]] = []
    tags: dict[str, int] = {}
    while some := list(islice(shown, at_once)):
        parts.append(_part(some, tags))
    sparse = sorted(set().union(*(part[1] for part in parts)))
    joined = {name: np.concatenate([_or_not_said(part[1], name) for part in parts]) for name in sparse}
    ids = np.frombuffer(b"".join(part[0] for part in parts), np.dtype("V16"))
    return Columns(ids, joined, tuple(tags))


def _or_not_said(part: Mapping[str, Column], name: str) -> Column:
    if name in part:
        return part[name]
    count = len(part["east"])
    return np.full(count, FAR_OFF, np.int32) if name.startswith("until_") else np.full(count, NOT_SAID, np.int8)


def _part(some: list[Profile], tags: dict[str, int]) -> tuple[bytes, dict[str, Column]]:
    found: dict[str, Column] = {name: np.empty(len(some), kind) for name, kind in NUMBERS.items()}
    weeks = bytearray()
    for nth, profile in enumerate(some):
        for name, value in _numbers(profile, tags).items():
            found[name][nth] = value
        weeks += (profile.week << 32).to_bytes(88, "big")
        for skill in profile.languages:
            _sparse(found, level_of(skill.tag), len(some), np.int8, NOT_SAID)[nth] = skill.spoken or 0
        for kind, name in KINDS.items():
            claims: tuple[Claim, ...] = getattr(profile, name)
            for claim in claims:
                _sparse(found, claim_of(kind, claim.code), len(some), np.int8, NOT_SAID)[nth] = claim.has + 2 * claim.confirmed
                if claim.until is not None:
                    until = _sparse(found, until_of(kind, claim.code), len(some), np.int32, FAR_OFF)
                    until[nth] = claim.until.toordinal()
    words = np.frombuffer(bytes(weeks), ">u8").reshape(len(some), 11).astype(np.uint64).view(np.int64)
    found |= {name: np.ascontiguousarray(words[:, nth]) for nth, name in enumerate(WORDS)}
    return b"".join(profile.profile_id.bytes for profile in some), found


def _sparse(found: dict[str, Column], name: str, count: int, kind: type[np.signedinteger], unsaid: int) -> Column:
    if name not in found:
        found[name] = np.full(count, unsaid, kind)
    return found[name]


def _numbers(profile: Profile, tags: dict[str, int]) -> dict[str, int]:
    limit = reach(profile, CURRENT)
    tongues = 0
    for tag in profile.known_languages:
        tongues |= 1 << tags.setdefault(tag, len(tags))
    return {
        "east": profile.place.east_m,
        "north": profile.place.north_m,
        "comfortable": limit.comfortable_m,
        "furthest": limit.furthest_m,
        "free_from": profile.free_from.toordinal() if profile.free_from else 0,
        "soon_unknown": profile.free_from is None and profile.state is Looking.SOON,
        "age": AGES.index(profile.age_band),
        "self_employed": profile.employment is Employment.SELF_EMPLOYED,
        "least_rate": _or(profile.least_rate),
        "least": _or(profile.least),
        "most": _or(profile.most),
        "few_people": _or(profile.few_people),
        "no_week": not profile.week,
        "tongues": tongues,
    }


def _or(value: int | None) -> int:
    return NOT_SAID if value is None else int(value)
