"""Numbers for words, in the order they first come, so that having one is a bit of a whole number."""
from collections.abc import Mapping

from services.matcher.domain.plan import Criterion

CLAIMED = (Criterion.PRACTICE, Criterion.SKILL, Criterion.TASK, Criterion.INTEREST, Criterion.LIMIT)
DECLARED = (Criterion.FAITH, Criterion.CULTURE, Criterion.SEX)


class Codes:
    """Of one index. A number, once given, stays: readers of before know fewer, and need no more."""

    def __init__(self) -> None:
        self.claims: Mapping[Criterion, dict[str, int]] = {kind: {} for kind in CLAIMED}
        """Numbers run on through all kinds: a claim is one bit among all claims."""
        self.tags: dict[str, int] = {}
        """Language tags as they are written; which are the same but for capitals is asked when a plan is compiled."""
        self.declared: Mapping[Criterion, dict[str, int]] = {kind: {} for kind in DECLARED}
        """From 1: 0 is not told."""
        self.given = 0
        """How many there are: a compiled plan is of so many."""

    def claim(self, kind: Criterion, code: str) -> int:
        known = self.claims[kind]
        if code not in known:
            known[code] = sum(len(codes) for codes in self.claims.values())
            self.given += 1
        return known[code]

    def tag(self, tag: str) -> int:
        if tag not in self.tags:
            self.tags[tag] = len(self.tags)
            self.given += 1
        return self.tags[tag]

    def told(self, kind: Criterion, code: str | None) -> int:
        if code is None:
            return 0
        known = self.declared[kind]
        if code not in known:
            known[code] = len(known) + 1
            self.given += 1
        return known[code]
