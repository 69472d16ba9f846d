"""A council's index: columns kept true as profiles come, change and go, and looked at as of one moment."""
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from struct import Struct

import numpy as np

from services.matcher.domain.kernel.away import AwayTable
from services.matcher.domain.kernel.codes import Codes
from services.matcher.domain.kernel.columns import WHERE, Array, Columns, Rows, ids_in
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.kernel.scan import nobody, scan
from services.matcher.domain.kernel.views import Held
from services.matcher.domain.kernel.whose import NOBODY, Whose
from services.matcher.domain.kernel.writing import Writer
from services.matcher.domain.kernel.zones import Zones, by_place
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.rules import CURRENT, Rules

MOST_COMPILED = 2_000
halves = Struct("=2Q").unpack
"""An id as the columns hold it."""


def in_order_of_place(plain: Mapping[str, Array], count: int) -> Rows:
    """The rows of whoever is shown, neighbours by neighbours."""
    shown = np.flatnonzero(plain["shown"][:count])
    rows: Rows = shown[by_place(plain["east_m"][shown], plain["north_m"][shown])]
    return rows


class Index:
    """Of the PAs who are shown. Changing somebody costs the same however many there are.

    While nobody reads, a row is written over. While somebody does, the changed PA gets another row, and who is shown is a
    column of its own that is copied before it changes: so a reader sees everybody exactly once, as of when it began.
    """

    def __init__(
        self, council: str, lore: Lore, profiles: Iterable[Profile] = (), *, rules: Rules = CURRENT, room: int = 1024
    ) -> None:
        self.council, self.lore, self.rules = council, lore, rules
        self.codes = Codes()
        self.columns = Columns(room)
        self.zones = Zones.of(room)
        self.away = AwayTable()
        self.whose = Whose(self.columns)
        self.writer = Writer(self.columns, self.codes, rules)
        self.count = 0
        self.free: list[int] = []
        self.left: dict[bytes, list[int]] = {}
        """Rows left while somebody read, and whose they were: free once nobody does."""
        self.parted = True
        """Nobody who reads has the column of who is shown as it is now."""
        self.readers = 0
        self.ended: list[None] = []
        """One for each reader who has stopped since anybody looked: a list, because that needs no lock."""
        self.compiled: dict[tuple[PlanId, date, Lore], Compiled] = {}
        self.lock = threading.Lock()
        for profile in profiles:
            self.put(profile)
        self.sort_by_place()

    def __len__(self) -> int:
        return self.whose.count

    def put(self, profile: Profile) -> None:
        """As the profile is now. One that is not shown, or of another council, leaves."""
        if not profile.shown or profile.council != self.council:
            self.drop(profile.profile_id)
            return
        key = profile.profile_id.bytes
        one, other = halves(key)
        with self.lock:
            if self.ended:
                self._settle()
            row = self.whose.find(one, other)
            if row != NOBODY and self.readers:
                self._leave(key, row)
                row = NOBODY
            if row == NOBODY:
                row = self._room()
                self.writer.write(row, profile)
                self.columns.ids[2 * row], self.columns.ids[2 * row + 1] = one, other
                self.whose.put(one, other, row)
            else:
                if row in self.away.places:
                    self.away.drop(row)
                self.writer.write(row, profile)
            east, north, beyond = self.columns.where
            self.zones.widen(row, east[row], north[row], beyond[row])
            if profile.away:
                self.away.put(row, profile.away)
            self.columns.shown[row] = True

    def drop(self, profile_id: ProfileId) -> None:
        key = profile_id.bytes
        one, other = halves(key)
        with self.lock:
            self._settle()
            row = self.whose.find(one, other)
            if row != NOBODY:
                self.whose.drop(one, other)
                self._leave(key, row)

    def sort_by_place(self) -> None:
        """Neighbours to neighbouring rows, for plans to leave out whole zones that are out of reach. Worth it after many came at
        once; while somebody reads, rows stay where they are."""
        with self.lock:
            self._settle()
            if self.readers or not self.count:
                return
            rows = in_order_of_place(self.columns.plain, self.count)
            self.columns.take(rows)
            self.away.move({old: new for new, old in enumerate(rows.tolist())})
            self.free = []
            self.begin_with(len(rows))

    def begin_with(self, count: int) -> None:
        """The first so many rows are everybody there is."""
        self.count = count
        self.whose.fill(np.arange(count))
        self.zones = Zones.around(self.columns.room, *(self.columns.plain[name][:count] for name in WHERE))

    def rank(self, plan: Plan, day: date) -> Ranked:
        """Everybody in scope now, as the plain rules rank them. ValueError: a wish nobody can make."""
        return self.now().rank(plan, day)

    def compile(self, plan: Plan, day: date, lore: Lore) -> Compiled:
        """A plan is asked about again and again: translated once, until it, the day or the words known change."""
        key = plan.plan_id, day, lore
        known = self.compiled.get(key)
        if known is None or known.given != self.codes.given or (known.plan is not plan and known.plan != plan):
            if len(self.compiled) >= MOST_COMPILED:
                self.compiled.clear()
            known = self.compiled[key] = Compiled(plan, day, self.rules, lore, self.codes)
        return known

    def now(self, lore: Lore | None = None) -> "Moment":
        """The index as it is now, for as long as anything refers to it. `lore`: in place of the index's own; no column
        depends on it."""
        with self.lock:
            self._settle()
            self.readers += 1
            self.parted = False
            columns = self.columns
            held = Held(
                dict(columns.plain), columns.week, dict(columns.planes), dict(columns.until), self.away.held(),
                self.zones, self.count, self.ended,
            )
            return Moment(self, held, lore or self.lore)

    def ids(self) -> set[bytes]:
        """Of everybody who is in it."""
        shown = np.flatnonzero(self.columns.plain["shown"][: self.count])
        return set(ids_in(self.columns.plain["profile_id"][shown]))

    def rows_of(self, profile_ids: Iterable[ProfileId]) -> list[int]:
        """Where they are, and where readers of before still see them."""
        with self.lock:
            found: list[int] = []
            for key in (one.bytes for one in profile_ids):
                row = self.whose.find(*halves(key))
                found += [*self.left.get(key, ()), *([row] if row != NOBODY else ())]
            return found

    def _settle(self) -> None:
        """Who has stopped reading."""
        while self.ended:
            self.ended.pop()
            self.readers -= 1
        if not self.readers:
            for rows in self.left.values():
                for row in rows:
                    self._free(row)
            self.left.clear()

    def _room(self) -> int:
        if self.free and not self.readers:
            return self.free.pop()
        if self.count == self.columns.room:
            self.columns.grow(self.columns.room + max(1024, self.columns.room // 8))
            self.zones = self.zones.grown(self.columns.room)
        self.count += 1
        return self.count - 1

    def _leave(self, key: bytes, row: int) -> None:
        if self.readers:
            if not self.parted:
                self.columns.part()
                self.parted = True
            self.left.setdefault(key, []).append(row)
        self.columns.shown[row] = False
        if not self.readers:
            self._free(row)

    def _free(self, row: int) -> None:
        self.away.drop(row)
        self.free.append(row)


@dataclass(frozen=True, eq=False)
class Moment:
    """An index as it was: whatever changes meanwhile, everything asked of it is of one moment."""

    index: Index
    held: Held
    lore: Lore

    def rank(self, plan: Plan, day: date) -> Ranked:
        """Everybody in scope then."""
        compiled = self.index.compile(plan, day, self.lore)
        if plan.council != self.index.council:
            return nobody(self.held, compiled)
        return scan(self.held, compiled, [row for row in self.index.rows_of(plan.blocked) if row < self.held.count])
