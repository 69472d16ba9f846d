"""A council's open plans for any of its PAs: how the PA stands over all of them, and those that fit or nearly do."""
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from services.matcher.domain.kernel.turned.seen import Seeing
from services.matcher.domain.kernel.turned.table import Table
from services.matcher.domain.lore import Lore
from services.matcher.domain.opportunities import Opportunity, name_for, opportunity
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.domain.rules import CURRENT, Rules
from services.matcher.domain.standing import Tally

STANDINGS = 32
"""Bits that no standing fills."""


@dataclass(frozen=True)
class Chances:
    """Some of the plans for a PA, and how many there are."""

    total: int
    shown: Sequence[Opportunity]


class Openings:
    """Of one council. One look at a time: the columns follow the plans, and are read, under a lock."""

    def __init__(self, council: str, rules: Rules = CURRENT) -> None:
        self.council, self.rules = council, rules
        self.table = Table(rules)
        self.lock = threading.Lock()

    def tally(self, plans: Sequence[Plan], profile: Profile, day: date, lore: Lore) -> Tally:
        """Over the lists of these plans: what adding up the plain rules' places comes to."""
        with self.lock:
            found, bits = self._seeing(plans, profile, day, lore).found, dict(self.table.bits)
        unmet, kept_out = found.unmet[found.in_scope], found.kept_out[found.in_scope]
        said = int(np.bitwise_or.reduce(kept_out))
        counts = {code: int(np.count_nonzero(kept_out & np.uint64(bit))) for code, bit in bits.items() if said & bit}
        fitting, near = int(np.count_nonzero(unmet == 0)), int(np.count_nonzero(unmet <= self.rules.near_miss))
        return Tally(len(unmet), fitting, near - fitting, Counter(counts))

    def chances(self, plans: Sequence[Plan], profile: Profile, day: date, lore: Lore, *, first: int, size: int) -> Chances:
        """A page of the plain `opportunities`, and how long all of it is. Whatever is told of a plan is the plain rules' own."""
        with self.lock:
            seeing = self._seeing(plans, profile, day, lore)
            total, rows = self._page(seeing, first, size)
            return Chances(total, [opportunity(seeing.plan(row), seeing.placed(row), day) for row in rows])

    def _page(self, seeing: Seeing, first: int, size: int) -> tuple[int, list[int]]:
        """A plan whose must on faith, culture or sex the PA does not meet is left out: to name it would tell of the person.
        Scores are worked out only of as many musts unmet as it takes to fill the page."""
        found = seeing.found
        fine = found.in_scope & ~found.protected
        rows, total = np.zeros(0, np.int64), int(np.count_nonzero(fine & (found.unmet <= self.rules.near_miss)))
        wanted = min(first + size, total)
        if first >= wanted:
            return total, []
        unmet = 0
        while len(rows) < wanted:
            rows, unmet = np.flatnonzero(fine & (found.unmet <= unmet)), unmet + 1
        step = self.rules.score_step
        place = (found.unmet[rows] << STANDINGS) - (seeing.scores(rows) + step // 2) // step
        if wanted < len(rows):
            last = np.partition(place, wanted - 1)[wanted - 1]
            rows, place = rows[place <= last], place[place <= last]
        names = [name_for(seeing.plan(row), seeing.profile.profile_id) for row in rows.tolist()]
        return total, [row for *_, row in sorted(zip(place.tolist(), names, rows.tolist(), strict=True))][first:wanted]

    def _seeing(self, plans: Sequence[Plan], profile: Profile, day: date, lore: Lore) -> Seeing:
        """Of a PA who is not shown, or of another council, no plan knows anything."""
        self.table.follow(plans if profile.council == self.council else [])
        return Seeing(self.table, profile, day, lore)
