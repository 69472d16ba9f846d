"""A council's index: columns kept true as profiles come, change and go, and looked at as of one moment."""
import threading
import weakref
from collections.abc import Iterable
from datetime import date

import numpy as np

from services.matcher.domain.kernel.away import AwayTable
from services.matcher.domain.kernel.codes import Codes
from services.matcher.domain.kernel.columns import Columns
from services.matcher.domain.kernel.compiled import Compiled
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.kernel.scan import nobody, scan
from services.matcher.domain.kernel.views import Held
from services.matcher.domain.kernel.writing import write
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan, PlanId
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.domain.rules import VERSION_1, Rules

MOST_COMPILED = 2_000


class Index:
    """Of the PAs who are shown. Changing somebody costs the same however many there are.

    While nobody reads, a row is written over. While somebody does, the changed PA gets another row, and who is shown is a
    column of its own that is copied before it changes: so a reader sees everybody exactly once, as of when it began.
    """

    def __init__(
        self, council: str, lore: Lore, profiles: Iterable[Profile] = (), *, rules: Rules = VERSION_1, room: int = 1024
    ) -> None:
        self.council, self.lore, self.rules = council, lore, rules
        self.codes = Codes()
        self.columns = Columns(room)
        self.away = AwayTable()
        self.row_of: dict[bytes, int] = {}
        self.count = 0
        self.free: list[int] = []
        self.left: list[int] = []
        """Rows left while somebody read: free once nobody does."""
        self.readers = 0
        self.ended: list[None] = []
        """One for each reader who has stopped since anybody looked: a list, because that needs no lock."""
        self.compiled: dict[tuple[PlanId, date], Compiled] = {}
        self.lock = threading.Lock()
        for profile in profiles:
            self.put(profile)

    def __len__(self) -> int:
        return len(self.row_of)

    def put(self, profile: Profile) -> None:
        """As the profile is now. One that is not shown, or of another council, leaves."""
        if not profile.shown or profile.council != self.council:
            self.drop(profile.profile_id)
            return
        with self.lock:
            self._settle()
            key = profile.profile_id.bytes
            row = self.row_of.get(key)
            if row is not None and self.readers:
                self._leave(row)
                row = None
            if row is None:
                row = self._room()
            else:
                self.away.drop(row)
            write(self.columns, row, profile, self.codes, self.rules)
            if profile.away:
                self.away.put(row, profile.away)
            self.row_of[key] = row

    def drop(self, profile_id: ProfileId) -> None:
        with self.lock:
            self._settle()
            row = self.row_of.pop(profile_id.bytes, None)
            if row is not None:
                self._leave(row)

    def rank(self, plan: Plan, day: date) -> Ranked:
        """Everybody in scope, as the plain rules rank them. ValueError: a wish nobody can make, or more than 64 musts."""
        held = self.held(plan.blocked)
        compiled = self._compiled(plan, day)
        return scan(held, compiled) if plan.council == self.council else nobody(held, compiled)

    def _compiled(self, plan: Plan, day: date) -> Compiled:
        """A plan is asked about again and again: translated once, until it, the day or the words known change."""
        key = plan.plan_id, day
        known = self.compiled.get(key)
        if known is None or known.given != self.codes.given or known.plan != plan:
            if len(self.compiled) >= MOST_COMPILED:
                self.compiled.clear()
            known = self.compiled[key] = Compiled(plan, day, self.rules, self.lore, self.codes)
        return known

    def held(self, blocked: Iterable[ProfileId] = ()) -> Held:
        """The index as of now, without those who are blocked, for as long as anything refers to it."""
        with self.lock:
            self._settle()
            self.readers += 1
            columns = self.columns
            apart = [row for one in blocked if (row := self.row_of.get(one.bytes)) is not None]
            held = Held(
                dict(columns.plain), tuple(columns.week), dict(columns.planes), dict(columns.until), self.away.held(),
                self.count, np.array(apart, np.int64),
            )
            weakref.finalize(held, self.ended.append, None)
            return held

    def _settle(self) -> None:
        """Who has stopped reading."""
        while self.ended:
            self.ended.pop()
            self.readers -= 1
        if not self.readers:
            for row in self.left:
                self._free(row)
            self.left.clear()

    def _room(self) -> int:
        if self.free and not self.readers:
            return self.free.pop()
        if self.count == self.columns.room:
            self.columns.grow(self.columns.room + max(1024, self.columns.room // 4))
        self.count += 1
        return self.count - 1

    def _leave(self, row: int) -> None:
        if self.readers:
            self.columns.plain["shown"] = self.columns.plain["shown"].copy()
            self.left.append(row)
        self.columns.plain["shown"][row] = False
        if not self.readers:
            self._free(row)

    def _free(self, row: int) -> None:
        self.away.drop(row)
        self.free.append(row)

