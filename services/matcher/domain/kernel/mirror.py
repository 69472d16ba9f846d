"""The index turned round: one PA's change against every open plan, to find the few it can touch without placing anybody."""
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import numpy as np

from services.matcher.domain.kernel.codes import CLAIMED
from services.matcher.domain.kernel.columns import WEEK_WORDS, Array, Bools
from services.matcher.domain.kernel.rows import Rows
from services.matcher.domain.kernel.views import split
from services.matcher.domain.kernel.weeks import touched as words_of
from services.matcher.domain.kernel.weeks import words
from services.matcher.domain.kernel.writing import FURTHEST_POINT, on_the_map
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Criterion, Plan, PlanId
from services.matcher.domain.profile import Claim, Point, Profile
from services.matcher.domain.ranking import touches
from services.matcher.domain.rules import CURRENT, Rules

EVERY, TIMES, NIGHTS, LANGUAGE, FAITH, CULTURE, SEX, HOURS, PAY = (1 << nth for nth in range(9))
"""What a plan looks at. EVERY: what all of them do."""
LOOKS_AT = {
    Criterion.LANGUAGE: LANGUAGE, Criterion.FAITH: FAITH, Criterion.CULTURE: CULTURE, Criterion.SEX: SEX, Criterion.HOURS: HOURS,
    Criterion.PAY: PAY,
}  # fmt: skip
SEEN_BY = {
    "languages": LANGUAGE, "faith": FAITH, "culture": CULTURE, "sex": SEX, "sleep_ins": NIGHTS, "away": TIMES, "least": HOURS,
    "most": HOURS, "few_people": HOURS, "least_rate": PAY, "revision": 0, "confirmed_on": 0, "short_notice": 0,
}  # fmt: skip
"""What of a profile which of them looks at; whatever is not here nor looked at closer is taken to be seen by every plan."""
CLAIMS = {
    "practices": Criterion.PRACTICE, "skills": Criterion.SKILL, "tasks": Criterion.TASK, "interests": Criterion.INTEREST,
    "limits": Criterion.LIMIT,
}  # fmt: skip
CLOSER = {*CLAIMS, "week", "place"}


class Mirror:
    """Of one council's open plans."""

    def __init__(self, council: str, lore: Lore, rules: Rules = CURRENT) -> None:
        self.council, self.lore, self.rules = council, lore, rules
        self.numbers: dict[tuple[Criterion, str], int] = {}
        self.rows = Rows()
        self.looks_at = np.zeros(64, np.uint16)
        self.east = np.zeros(64, np.int64)
        self.north = np.zeros(64, np.int64)
        self.week = np.zeros((WEEK_WORDS, 64), np.uint64)
        """The times that are wanted, flexible or not."""
        self.mentions = np.zeros((1, 64), np.uint64)
        """Claims that are wished for or asked about, or that count as one of those; one bit each."""

    def follow(self, plans: Sequence[Plan]) -> None:
        """These are the open plans now."""
        written, left = self.rows.follow(plans)
        for row in left:
            self._clear(row)
        for row, plan in written:
            self._write(row, plan)

    def put(self, plan: Plan) -> None:
        self._write(self.rows.put(plan), plan)

    def _write(self, row: int, plan: Plan) -> None:
        while row >= len(self.looks_at):
            self._grow()
        self.looks_at[row] = _looks_at(plan)
        self.east[row], self.north[row] = on_the_map(plan.place.east_m), on_the_map(plan.place.north_m)
        wanted = plan.fixed
        for ask in plan.flexible:
            wanted |= ask.window
        self.week[:, row] = words(wanted)
        mentioned = sum(1 << self._number(kind, code) for kind, code in self._mentioned(plan))
        self.mentions[:, row] = 0
        for word, mask in split(mentioned):
            self.mentions[word, row] = mask

    def _clear(self, row: int) -> None:
        self.looks_at[row] = self.mentions[:, row] = self.week[:, row] = 0

    def touched(self, before: Profile | None, after: Profile | None, day: date) -> list[PlanId]:
        """Plans for which somebody who changed stands otherwise than before: those of the plain `touches`."""
        was, is_now = (one if one is not None and one.shown and one.council == self.council else None for one in (before, after))
        somebody = was or is_now
        if somebody is None:
            return []
        if was is None or is_now is None:
            return [plan.plan_id for plan in self.rows.plans if plan and somebody.profile_id not in plan.blocked]
        sure, perhaps = self.masks(was, is_now)
        found = []
        for row in np.flatnonzero(sure | perhaps).tolist():
            plan = self.rows.plans[row]
            if plan is None or somebody.profile_id in plan.blocked:
                continue
            if sure[row] or touches(plan, was, is_now, day, self.lore, self.rules):
                found.append(plan.plan_id)
        return found

    def masks(self, was: Profile, is_now: Profile) -> tuple[Bools, Bools]:
        """By row: which plans are touched for certain, because the distance is another, and which must be looked at."""
        count = len(self.rows.plans)
        changed = [one.name for one in fields(Profile) if getattr(was, one.name) != getattr(is_now, one.name)]
        seen_by = 0
        for name in changed:
            seen_by |= 0 if name in CLOSER else SEEN_BY.get(name, EVERY)
        if bool(was.week) is not bool(is_now.week) or _off_the_map(was) or _off_the_map(is_now):
            seen_by |= EVERY
        perhaps: Bools = (self.looks_at[:count] & np.uint16(seen_by)) != 0
        for word, mask in words_of(was.week ^ is_now.week):
            perhaps |= (self.week[word, :count] & mask) != 0
        for word, bits in split(self._said_otherwise(was, is_now)):
            perhaps |= (self.mentions[word, :count] & np.uint64(bits)) != 0
        if was.place == is_now.place:
            return np.zeros(count, np.bool_), perhaps
        return self._away_m(was.place) != self._away_m(is_now.place), perhaps

    def _away_m(self, point: Point) -> Array:
        count = len(self.rows.plans)
        east, north = self.east[:count] - point.east_m, self.north[:count] - point.north_m
        return np.sqrt((east * east + north * north).astype(np.float64)).astype(np.int64)

    def _said_otherwise(self, was: Profile, is_now: Profile) -> int:
        bits = 0
        for name, kind in CLAIMS.items():
            before, after = _by_code(getattr(was, name)), _by_code(getattr(is_now, name))
            for code in before.keys() | after.keys():
                if before.get(code) != after.get(code) and (kind, code) in self.numbers:
                    bits |= 1 << self.numbers[kind, code]
        return bits

    def _mentioned(self, plan: Plan) -> set[tuple[Criterion, str]]:
        found = {(wish.criterion, code) for wish in plan.wishes if wish.criterion in CLAIMED for code in wish.values}
        found |= {(Criterion.TASK, code) for code in plan.tasks} | {(Criterion.LIMIT, code) for code in plan.home}
        alike = self.lore.same_interests
        return found | {(kind, other) for kind, code in found if kind is Criterion.INTEREST for other in alike.get(code, ())}

    def _number(self, kind: Criterion, code: str) -> int:
        number = self.numbers.setdefault((kind, code), len(self.numbers))
        if number >= 64 * len(self.mentions):
            self.mentions = np.concatenate([self.mentions, np.zeros_like(self.mentions[:1])])
        return number

    def _grow(self) -> None:
        self.looks_at, self.east, self.north = (_doubled(one) for one in (self.looks_at, self.east, self.north))
        self.week, self.mentions = _doubled(self.week), _doubled(self.mentions)


def _looks_at(plan: Plan) -> int:
    """Coverage is told of every list, so every plan that wants any time looks at times."""
    seen = EVERY
    if plan.fixed or plan.flexible or plan.sleep_ins:
        seen |= TIMES
    if plan.sleep_ins:
        seen |= NIGHTS
    for wish in plan.wishes:
        seen |= LOOKS_AT.get(wish.criterion, 0)
    return seen


def _by_code(claims: tuple[Claim, ...]) -> dict[str, Claim]:
    return {claim.code: claim for claim in claims}


def _off_the_map(profile: Profile) -> bool:
    return max(abs(profile.place.east_m), abs(profile.place.north_m)) > FURTHEST_POINT


def _doubled(array: Array) -> Array:
    return np.concatenate([array, np.zeros_like(array)], axis=-1)
