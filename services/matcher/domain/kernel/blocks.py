"""An index as blocks of bytes, to be kept beside the profiles: a start without them reads every profile anew.

A block is only ever used with the cover it was written under, and only by code that writes as it was written: whatever does not
agree is refused.
"""
import json
import sys
from hashlib import blake2b
from typing import Any

import numpy as np

from services.matcher.domain.kernel.codes import CLAIMED, DECLARED
from services.matcher.domain.kernel.columns import PLAIN, WEEK_WORDS, Array, PlaneName, Rows
from services.matcher.domain.kernel.index import Index, Moment, in_order_of_place
from services.matcher.domain.kernel.writing import AGES, FAR, FURTHEST_POINT, LEVEL_BITS, TRAVELS, YES_NO
from services.matcher.domain.lore import Lore
from services.matcher.domain.rules import CURRENT, Rules

FORMAT = 1
"""One more whenever a row says something otherwise than before; a test notices when that was forgotten."""
ROWS = 4096
DIGEST = 16
STAMP = np.dtype([("profile_id", "V16"), ("revision", ">i4")])
"""Which revision of whom a row is."""
SAID = [name for name in PLAIN if name != "shown"]
AWAY = np.dtype("<i4")


class Refused(ValueError):
    """These blocks are not whole, not of this council, or not as this version of the service writes them."""


def digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=DIGEST).digest()


def made_by(rules: Rules) -> str:
    """What the numbers in a row mean, as far as it can be seen from here."""
    kinds = {name: np.dtype(kind).str for name, kind in PLAIN.items()}
    meaning = (
        kinds, WEEK_WORDS, TRAVELS, AGES, LEVEL_BITS, YES_NO, CLAIMED, DECLARED, FAR, FURTHEST_POINT, sys.byteorder, rules,
    )  # fmt: skip
    return digest(repr(meaning).encode()).hex()


class Folding:
    """Of one moment: made at once, then read block by block, in a thread if need be, while the index goes on changing."""

    def __init__(self, moment: Moment) -> None:
        index, self.held = moment.index, moment.held
        self.count = int(np.count_nonzero(self.held.plain["shown"][: self.held.count]))
        self.digests: list[str] = []
        self.about = {
            "format": FORMAT, "made_by": made_by(index.rules), "council": index.council, "rows": self.count,
            "claims": {kind: dict(index.codes.claims[kind]) for kind in CLAIMED}, "tags": dict(index.codes.tags),
            "declared": {kind: dict(index.codes.declared[kind]) for kind in DECLARED},
            "planes": list(self.held.planes), "until": list(self.held.until),
        }  # fmt: skip

    @property
    def bodies(self) -> int:
        """How many: those of the columns, and one of days away."""
        return -(-self.count // ROWS) + 1

    def body(self, nth: int) -> bytes:
        """One after the other, from 0."""
        if nth == 0:
            self.rows = in_order_of_place(self.held.plain, self.held.count)
        found = self._away() if nth == self.bodies - 1 else self._block(self.rows[nth * ROWS : (nth + 1) * ROWS])
        self.digests.append(digest(found).hex())
        return found

    def cover(self) -> bytes:
        """When all bodies were read."""
        said = json.dumps(self.about | {"bodies": self.digests}).encode()
        return digest(said) + said

    def _block(self, rows: Rows) -> bytes:
        held = self.held
        columns = [*(held.plain[name] for name in SAID), *held.week, *held.planes.values(), *held.until.values()]
        return b"".join(column[rows].tobytes() for column in columns)

    def _away(self) -> bytes:
        away, place = self.held.away, np.full(self.held.count, -1, AWAY)
        place[self.rows] = np.arange(len(self.rows))
        of_somebody = np.flatnonzero(away.row >= 0)
        now_at = place[away.row[of_somebody]]
        spans = [now_at, away.first[of_somebody], away.last[of_somebody]]
        return np.stack(spans)[:, now_at >= 0].astype(AWAY).tobytes()


class Unfolding:
    """The reverse: a cover first, then every body in its order."""

    def __init__(self, council: str, lore: Lore, cover: bytes, rules: Rules = CURRENT) -> None:
        """Raises Refused."""
        said = cover[DIGEST:]
        if digest(said) != cover[:DIGEST]:
            raise Refused("the cover is not whole")
        self.about: dict[str, Any] = json.loads(said)
        mine = {"format": FORMAT, "made_by": made_by(rules), "council": council}
        for name, value in mine.items():
            if self.about.get(name) != value:
                raise Refused(f"another {name}")
        self.count: int = self.about["rows"]
        self.read = 0
        self.index = Index(council, lore, rules=rules, room=max(1024, self.count + self.count // 16))
        self._codes()

    @property
    def bodies(self) -> int:
        return len(self.about["bodies"])

    def add(self, body: bytes) -> None:
        """Raises Refused."""
        if self.read == self.bodies or digest(body).hex() != self.about["bodies"][self.read]:
            raise Refused("a block is not whole, or of another cover")
        self.read += 1
        if self.read < self.bodies:
            self._block(body, (self.read - 1) * ROWS)
        else:
            self._away(body)

    def done(self, unchanged: bytes, changed: bytes) -> Index:
        """`unchanged`: the stamps, in the order of their ids, of all who are as they were when it was kept. `changed`: the ids of
        those who are not. Raises Refused."""
        index, plain = self.index, self.index.columns.plain
        if self.read != self.bodies:
            raise Refused("a block is missing")
        mine = np.zeros(self.count, STAMP)
        mine["profile_id"], mine["revision"] = plain["profile_id"][: self.count], plain["revision"][: self.count]
        mine = _by_id(mine)
        if (mine["profile_id"][1:] == mine["profile_id"][:-1]).any():
            raise Refused("somebody twice")
        others = {changed[at : at + 16] for at in range(0, len(changed), 16)}
        if others:
            mine = mine[[one.tobytes() not in others for one in mine["profile_id"]]]
        if mine.tobytes() != unchanged:
            raise Refused("other PAs or revisions")
        plain["shown"][: self.count] = True
        index.begin_with(self.count)
        return index

    def _block(self, body: bytes, first: int) -> None:
        last, columns = min(first + ROWS, self.count), self.index.columns
        at = 0
        wanted = [
            *(columns.plain[name] for name in SAID), *columns.week, *(columns.planes[name] for name in self.planes),
            *(columns.until[claim] for claim in self.about["until"]),
        ]  # fmt: skip
        if len(body) != (last - first) * sum(column.dtype.itemsize for column in wanted):
            raise Refused("a block of another length")
        for column in wanted:
            column[first:last] = np.frombuffer(body, column.dtype, last - first, at)
            at += (last - first) * column.dtype.itemsize

    def _away(self, body: bytes) -> None:
        rows, first, last = np.frombuffer(body, AWAY).reshape(3, -1)
        if len(rows) and (rows.min() < 0 or rows.max() >= self.count):
            raise Refused("days away of nobody")
        self.index.away.fill(rows, first, last)

    def _codes(self) -> None:
        codes, columns = self.index.codes, self.index.columns
        for kind in CLAIMED:
            codes.claims[kind].update(self.about["claims"][kind])
        for kind in DECLARED:
            codes.declared[kind].update(self.about["declared"][kind])
        codes.tags.update(self.about["tags"])
        codes.given = len(codes.tags) + sum(len(known) for known in (*codes.claims.values(), *codes.declared.values()))
        self.planes: list[PlaneName] = [(family, word) for family, word in self.about["planes"]]
        for family, word in self.planes:
            columns.make_planes(family, word + 1)
        for claim in self.about["until"]:
            columns.last_days(claim)


def _by_id(stamps: Array) -> Array:
    high, low = np.ascontiguousarray(stamps["profile_id"]).view(">u8").reshape(-1, 2).T
    found: Array = stamps[np.lexsort((low, high))]
    return found
