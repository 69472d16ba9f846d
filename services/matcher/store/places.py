"""The places of a list as they lie in a row: what was said once, as JSON, then the columns one after another."""
import json
import zlib
from collections.abc import Mapping
from typing import Any

import asyncpg
import numpy as np
from pydantic import BaseModel, TypeAdapter

from services.matcher.domain.places import ID, NO_TIMES, Lacks, Listed, Places, lacks_of
from services.matcher.domain.placing import Group
from services.matcher.domain.plan import Criterion
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import VERSION_1

COLUMNS = ("revisions", "scores", "away_m", "coverage", "lacking")
NOBODY = zlib.compress(b"[]")
"""What stands where lists were kept until December 2026: that column goes with the next release."""
LENGTH = 4
"""Bytes that say how long the JSON is, the highest first."""


def packed(places: Places) -> bytes:
    """About 30 bytes a place: each column in the fewest bytes that hold it, the lowest first."""
    columns = [getattr(places, name) - (NO_TIMES if name == "coverage" else 0) for name in COLUMNS]
    kinds = [np.min_scalar_type(int(column.max(initial=0))).newbyteorder("<") for column in columns]
    said = json.dumps({
        "places": len(places), "near_miss": places.near_miss, "score_step": places.score_step,
        "said": [[[criterion.value, code] for criterion, code in lacks] for lacks in places.said],
        "kinds": [kind.str for kind in kinds],
    }).encode()  # fmt: skip
    whole = [column.astype(kind).tobytes() for column, kind in zip(columns, kinds, strict=True)]
    return b"".join([len(said).to_bytes(LENGTH), said, places.ids.tobytes(), *whole])


def unpacked(row: Mapping[str, Any] | asyncpg.Record) -> Places:
    """`row` has `places`, and `listed` for lists of before there were places."""
    kept = row["places"]
    if kept is None:
        return _of_before(row["listed"])
    start = LENGTH + int.from_bytes(kept[:LENGTH])
    said = json.loads(kept[LENGTH:start])
    count, columns = said["places"], []
    ids = np.frombuffer(kept, ID, count, start)
    start += ids.nbytes
    for kind in map(np.dtype, said["kinds"]):
        columns.append(np.frombuffer(kept, kind, count, start).astype(np.int64))
        start += columns[-1].size * kind.itemsize
    columns[COLUMNS.index("coverage")] += NO_TIMES
    lacks: list[Lacks] = [tuple((Criterion(about), code) for about, code in lacks) for lacks in said["said"]]
    return Places(tuple(lacks), said["near_miss"], said["score_step"], ids, *columns)


class Lacking(BaseModel):
    criterion: Criterion
    code: str


class PlaceOfBefore(BaseModel):
    profile_id: ProfileId
    profile_revision: int
    score: int
    unmet: tuple[Lacking, ...]
    distance_m: int
    coverage: int | None
    standing: tuple[int, int]
    group: Group


OF_BEFORE = TypeAdapter(tuple[PlaceOfBefore, ...])


def _of_before(listed: bytes) -> Places:
    read = OF_BEFORE.validate_json(listed if listed[:1] == b"[" else zlib.decompress(listed))
    return Places.of([
        Listed(
            one.profile_id, one.profile_revision, one.score, lacks_of(one.unmet), one.distance_m, one.coverage, one.standing,
            one.group,
        )
        for one in read
    ], VERSION_1)  # fmt: skip
