"""The rules of version 1 over whole columns, written once; each engine says what its own expressions are.

An expression is whatever the engine computes with (a Polars expression, a piece of SQL, a NumPy array): it knows + - * // and
comparisons among numbers, & | ~ among truths. What is `let` gets a name and is there from the next `step` on.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from benchmarks.ranking.answer import musts
from benchmarks.ranking.columns import AGES, Columns, claim_of, level_of, until_of
from services.matcher.domain import week
from services.matcher.domain.limits import OWN_HABITS
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import most
from services.matcher.domain.plan import Criterion, Plan, Wish
from services.matcher.domain.rules import CURRENT, WHOLE

RULES = CURRENT
SURELY = 4_000_000
"""More than any fit: who meets a wish for one of several languages comes before who does not."""

E = Any
"""An expression of some engine."""


class Sheet(Protocol):
    """What an engine must be able to say."""

    def number(self, name: str) -> E: ...

    def wide(self, name: str) -> E:
        """The same in 64 bits, where what comes out may be large."""

    def where(self, truth: E, yes: E, no: E) -> E: ...

    def largest(self, several: Sequence[E]) -> E: ...

    def root(self, square: E) -> E:
        """Whole, rounded down."""

    def shared_quarters(self, fixed: int) -> E: ...

    def any_tongue(self, bits: int) -> E: ...

    def said(self, column: str) -> E: ...

    def has(self, column: str) -> E: ...

    def sure(self, column: str) -> E: ...

    def let(self, name: str, value: E) -> E: ...

    def step(self) -> None: ...


@dataclass(frozen=True)
class Found:
    """`codes`: which of them, where the `nth` is true; the last where none is."""

    met: E
    worth: E
    codes: tuple[tuple[str, E], ...]


NOBODY, EVERYBODY = False, True
"""Known before looking; an engine never sees these."""


class Asked:
    """One plan asked of one register."""

    def __init__(self, sheet: Sheet, plan: Plan, held: Columns, day: date, lore: Lore) -> None:
        self.s, self.plan, self.held, self.lore = sheet, plan, held, lore
        self.on = plan.begins(day)
        self.own = musts(plan)

    def kept(self, column: str) -> bool:
        """Nobody ever said a word of what has no column."""
        return column in self.held.of

    # What several wishes look at

    def away(self) -> E:
        east, north = self.s.wide("east") - self.plan.place.east_m, self.s.wide("north") - self.plan.place.north_m
        return self.s.root(east * east + north * north)

    def lowest_lawful(self) -> E:
        """What is lawful to pay, by age; nothing for who works only for themselves."""
        age = self.s.number("age")
        found: E = self.lore.lowest_rate(self.on, None)
        for nth, band in enumerate(AGES):
            if band is not None:
                found = self.s.where(age == nth, self.lore.lowest_rate(self.on, band), found)
        return self.s.where(self.s.number("self_employed") == 1, 0, found)

    # The criteria

    def tongues(self, nth: int, wish: Wish) -> list[tuple[E, list[tuple[str, E]]]]:
        """Each language asked for: a key by which the best is found, and codes. To be there a step before `language`."""
        found = [self._tongue(wish, rank, tag) for rank, tag in enumerate(wish.values)]
        return [(self.s.let(f"tongue_{nth}_{rank}", key), codes) for rank, (key, codes) in enumerate(found)]

    def language(self, tongues: Sequence[tuple[E, list[tuple[str, E]]]]) -> Found:
        best = self.s.largest([key for key, _ in tongues])
        unsaid = self.s.number("tongues") == 0
        codes = [(code, (key == best) & truth) for key, some in tongues for code, truth in some]
        worth = self.s.where(unsaid, RULES.unknown, best % SURELY // 2)
        return Found((best >= SURELY) & ~unsaid, worth, (("languages_unknown", unsaid), *codes))

    def _tongue(self, wish: Wish, rank: int, tag: str) -> tuple[E, list[tuple[str, E]]]:
        """The key is twice the fit, one more where not known, `SURELY` more where met."""
        share, asked = max(0, WHOLE - rank * RULES.next_language), int(wish.level)
        alike = self.held.related(tag, self.lore)
        related = self.s.any_tongue(alike) if alike else self.s.number("tongues") < 0
        key = self.s.where(related, 2 * (share * RULES.related_language // WHOLE), 0)
        codes = [("language_related", related), ("language_not_listed", self.s.number("tongues") != 0)]
        if not self.kept(level_of(tag)):
            return key, codes
        level = self.s.number(level_of(tag))
        for had in range(1, asked):
            key = self.s.where(level == had, 2 * (share * RULES.levels_below[asked - had] // WHOLE), key)
        key = self.s.where(level == 0, 2 * RULES.unknown + 1, key)
        key = self.s.where(level >= asked, SURELY + 2 * (share * RULES.levels_below[0] // WHOLE), key)
        had_some = [("language_level_unknown", level == 0), ("language_known", level >= asked), ("language_less", level > 0)]
        return key, [*had_some, *codes]

    def having(self, wish: Wish) -> Found:
        kind, (code,) = wish.criterion, wish.values
        column = claim_of(kind, code)
        if not self.kept(column):
            return Found(NOBODY, RULES.unknown, ((f"{kind}_unknown", EVERYBODY),))
        said, has, sure = self.s.said(column), self.s.has(column), self.s.sure(column)
        refused = said & ~has
        dated = self.kept(until_of(kind, code))
        out = self.s.number(until_of(kind, code)) < self.on.toordinal() if dated else None
        met = said & has & sure & ~out if dated else said & has & sure
        worth = self.s.where(met, WHOLE, self.s.where(refused, 0, RULES.unknown))
        codes: list[tuple[str, E]] = [(f"{kind}_unknown", ~said), (f"{kind}_no", refused)]
        if dated:
            worth = self.s.where(said & has & out, RULES.out_of_date, worth)
            codes.append((f"{kind}_out_of_date", out))
        return Found(met, worth, (*codes, (f"{kind}_unconfirmed", ~sure), (f"{kind}_yes", EVERYBODY)))

    def times(self, wish: Wish, covered: E) -> Found:
        wanted = week.count(self.plan.fixed)
        unsaid = self.s.number("no_week") == 1
        enough = -(-wish.share * wanted // WHOLE)
        met = (covered >= enough) & ~unsaid
        worth = self.s.where(unsaid, RULES.unknown, covered * 2 * WHOLE // (2 * wanted))
        codes = (
            ("times_unknown", unsaid), ("times_all", covered == wanted), ("times_enough", covered >= enough),
            ("times_some", covered > 0), ("times_none", EVERYBODY),
        )  # fmt: skip
        return Found(met, worth, codes)

    def place(self, wish: Wish | None, away: E) -> Found:
        comfortable, furthest = self.s.wide("comfortable"), self.s.wide("furthest")
        out, near = away > furthest, away <= comfortable
        within = wish.within_m if wish else None
        met = ~out & (away <= within) if within is not None else ~out
        between = self.s.where(near | out, 1, furthest - comfortable)  # never nothing, wherever it is divided by
        worth = self.s.where(out, 0, self.s.where(near, WHOLE, (furthest - away) * WHOLE // between))
        beyond = (("beyond_asked", away > within),) if within is not None else ()
        return Found(met, worth, (("out_of_reach", out), *beyond, ("near", near), ("some_way", EVERYBODY)))

    def lawful(self, lowest: E) -> Found:
        limit = most(self.plan)
        if limit is None:
            return Found(EVERYBODY, WHOLE, (("pay_lawful", EVERYBODY),))
        fine = lowest <= limit
        unknown = self.s.number("age") == 0
        return Found(fine, WHOLE, (("pay_lawful", fine), ("pay_age_unknown", unknown), ("pay_below_lawful", EVERYBODY)))

    def pay(self, lowest: E) -> Found:
        limit = most(self.plan)
        if limit is None:
            return Found(NOBODY, RULES.unknown, (("pay_limit_unknown", EVERYBODY),))
        asks, unsaid, age_unsaid = self.s.wide("least_rate"), self.s.number("least_rate") == -1, self.s.number("age") == 0
        law = lowest <= limit
        asks = self.s.largest([asks, lowest])
        met = law & ~unsaid & (asks <= limit)
        stretch = limit * RULES.pay_stretch
        above = self.s.largest([stretch - (asks - limit) * WHOLE, asks * 0]) * WHOLE // stretch if stretch else asks * 0
        unknown = self.s.where(law, unsaid, age_unsaid)
        worth = self.s.where(unknown, RULES.unknown, self.s.where(met, WHOLE, self.s.where(law, above, 0)))
        return Found(met, worth, (
            ("pay_age_unknown", ~law & age_unsaid), ("pay_below_lawful", ~law), ("pay_unknown", unsaid),
            ("pay_within", asks <= limit), ("pay_above", EVERYBODY),
        ))  # fmt: skip

    def limits(self, asked: Sequence[str]) -> Found:
        codes = tuple(dict.fromkeys((*self.plan.home, *asked)))
        if not codes:
            return Found(EVERYBODY, WHOLE, (("limits_none", EVERYBODY),))
        conflict, unsaid = self.conflict(codes), self._unsaid(codes)
        nobody = self.s.number("age") < 0
        conflict, unsaid = nobody if conflict is NOBODY else conflict, nobody if unsaid is NOBODY else unsaid
        worth = self.s.where(conflict, 0, self.s.where(unsaid, RULES.unknown, WHOLE))
        return Found(~conflict & ~unsaid, worth, (
            ("limits_conflict", conflict), ("limits_unknown", unsaid), ("limits_fine", EVERYBODY)
        ))  # fmt: skip

    def conflict(self, codes: Sequence[str]) -> E:
        columns = [(code, claim_of(Criterion.LIMIT, code)) for code in codes if self.kept(claim_of(Criterion.LIMIT, code))]
        return either([
            self.s.said(column) & (self.s.has(column) if code in OWN_HABITS else ~self.s.has(column)) for code, column in columns
        ])

    def _unsaid(self, codes: Sequence[str]) -> E:
        columns = [claim_of(Criterion.LIMIT, code) for code in codes]
        if not all(self.kept(column) for column in columns):
            return self.s.number("age") >= 0
        return either([~self.s.said(column) | ~self.s.sure(column) for column in columns])

    def hours(self) -> Found:
        wanted, few = self.plan.quarters, self.plan.few_people
        least, most_, theirs = self.s.number("least"), self.s.number("most"), self.s.number("few_people")
        more, fewer, unsaid = least > wanted, (most_ != -1) & (most_ < wanted), (least == -1) & (most_ == -1)
        amount = self.s.where(more | fewer, 0, self.s.where(unsaid, RULES.unknown, WHOLE))
        met = ~more & ~fewer & ~unsaid
        codes = [("hours_wants_more", more), ("hours_wants_fewer", fewer), ("hours_unknown", unsaid)]
        if few is None:
            return Found(met, (amount + WHOLE) // 2, (*codes, ("hours_fit", EVERYBODY)))
        alike, open_ = theirs == int(few), theirs == -1
        continuity = self.s.where(alike, WHOLE, self.s.where(open_, RULES.unknown, 0))
        codes += [("hours_fit", alike), ("hours_fit_continuity_unknown", open_), ("hours_fit_continuity_apart", EVERYBODY)]
        return Found(met, (amount + continuity) // 2, tuple(codes))

    def willing(self, tasks: Sequence[str]) -> E:
        """Those of them that the plan has were not refused."""
        columns = [claim_of(Criterion.TASK, code) for code in tasks if code in self.plan.tasks]
        refused = either([self.s.said(column) & ~self.s.has(column) for column in columns if self.kept(column)])
        return EVERYBODY if refused is NOBODY else ~refused


def either(truths: Sequence[E]) -> E:
    found: E = NOBODY
    for truth in truths:
        found = truth if found is NOBODY else found | truth
    return found
