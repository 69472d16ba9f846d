"""Practices, skills, tasks and interests: who has one, in date and confirmed, and what counts as it."""
from dataclasses import dataclass
from datetime import date

import numpy as np

from services.matcher.domain.finding import Finding, Met, Reason, no, unknown, yes
from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.parts.part import Keyed, Question, Said, best
from services.matcher.domain.kernel.views import View
from services.matcher.domain.plan import Criterion, Strength, Wish
from services.matcher.domain.rules import WHOLE

NOT_SAID, NO, OUT_OF_DATE, UNSURE, YES = range(5)
EACH = 3
"""Out of date, unsure and yes again for each other thing that counts as the one asked for."""
FIRST = 1 << 40
"""Above every fit: what is met comes before what is not."""


@dataclass(frozen=True)
class Source:
    """The thing itself, or another that counts as it."""

    code: str
    claim: int


class Having(Keyed):
    def __init__(self, wish: Wish, strength: Strength, question: Question) -> None:
        self.kind, self.said, self.question = wish.criterion, Said(wish.criterion, strength), question
        self.on = question.on.toordinal()
        self.values = [(code, self._sources(code)) for code in wish.values]
        most = max(len(sources) for _, sources in self.values)
        rules = question.rules
        self.fits = np.array([rules.unknown, 0, *([rules.out_of_date, rules.unknown, WHOLE] * most)], np.int64)
        self.keys = self.fits + FIRST * (np.arange(len(self.fits)) % EACH == YES % EACH) * (np.arange(len(self.fits)) >= YES)
        self.made: dict[int, Reason] = {}
        """By what was found, and the last day where that plays a part."""

    def _sources(self, code: str) -> list[Source | None]:
        """The thing itself first, None where nobody said anything of it yet; then, in order, what counts as it."""
        known = self.question.codes.claims[self.kind]
        alike = sorted(self.question.lore.same_interests.get(code, ())) if self.kind is Criterion.INTEREST else []
        itself = Source(code, known[code]) if code in known else None
        return [itself, *(Source(other, known[other]) for other in alike if other in known)]

    def unmet(self, view: View) -> Bools:
        met: Bools | None = None
        for _, sources in self.values:
            one = self._met(view, sources)
            met = one if met is None else met | one
        return ~view.none() if met is None else ~met

    def _met(self, view: View, sources: list[Source | None]) -> Bools:
        itself, *alike = sources
        met = self._counts(view, itself) if itself is not None else view.none()
        if any(alike):
            said = view.none() if itself is None else view.bits("has", 1 << itself.claim) | view.bits("no", 1 << itself.claim)
            for other in alike:
                assert other is not None
                met |= ~said & self._counts(view, other)
                said |= view.bits("has", 1 << other.claim)  # the first that is had stands for all
        return met

    def _counts(self, view: View, source: Source) -> Bools:
        """Who has it, confirmed and in date."""
        bit = 1 << source.claim
        has = view.bits("has", bit)
        if view.any("unsure"):
            has &= ~view.bits("unsure", bit)
        last_days = view.last_days(source.claim)
        return has if last_days is None else has & (last_days >= self.on)

    def worth(self, view: View) -> Ints:
        _, state = self._best(view)
        return self.fits[state]

    def told_by(self, view: View) -> Ints:
        which, state = self._best(view)
        found = state if len(self.values) == 1 else which * len(self.fits) + state
        if (state % EACH == OUT_OF_DATE % EACH).any():
            found = self._until(view, which, state) * (len(self.values) * len(self.fits)) + found
        return found

    def _best(self, view: View) -> tuple[Ints, Array]:
        return view.kept(self, self._work_out)

    def _work_out(self, view: View) -> tuple[Ints, Array]:
        states = [self._state(view, sources) for _, sources in self.values]
        if len(states) == 1:
            return np.zeros(len(view), np.int64), states[0]
        which = best([self.keys[state] for state in states])
        return which, np.choose(which, states)

    def _state(self, view: View, sources: list[Source | None]) -> Array:
        itself, *alike = sources
        if itself is None:
            state = np.zeros(len(view), np.int64)
        else:
            bit = 1 << itself.claim
            has = view.bits("has", bit)
            state = has * YES + view.bits("no", bit)  # NO is 1
            self._had(view, itself, state, has, 0)
        for nth, other in enumerate(alike, start=1):
            assert other is not None
            has = (state == NOT_SAID) & view.bits("has", 1 << other.claim)
            state[has] = YES + EACH * nth
            self._had(view, other, state, has, nth)
        return state

    def _had(self, view: View, source: Source, state: Array, has: Bools, nth: int) -> None:
        """Of those who have it: who is not sure, and whose is out of date."""
        if view.any("unsure"):
            state[has & view.bits("unsure", 1 << source.claim)] = UNSURE + EACH * nth
        last_days = view.last_days(source.claim)
        if last_days is not None:
            state[has & (last_days < self.on)] = OUT_OF_DATE + EACH * nth

    def _until(self, view: View, which: Ints, state: Array) -> Ints:
        """The last day, where that is what was found; else 0."""
        until = np.zeros(len(view), np.int64)
        for value, (_, sources) in enumerate(self.values):
            for nth, source in enumerate(sources):
                last_days = None if source is None else view.last_days(source.claim)
                if last_days is not None:
                    here = (which == value) & (state == OUT_OF_DATE + EACH * nth)
                    until[here] = last_days[here]
        return until

    def _reason(self, key: int) -> Reason:
        found, state = divmod(key, len(self.fits))
        until, which = divmod(found, len(self.values))
        return self.said.reason(self._finding(which, state, until))

    def _finding(self, which: int, state: int, until: int) -> Finding:
        code, sources = self.values[which]
        asked = (self.kind.value, code)
        if state == NOT_SAID:
            return unknown(f"{self.kind}_unknown", asked)
        if state == NO:
            return no(f"{self.kind}_no", asked)
        nth, found = divmod(state - OUT_OF_DATE, EACH)
        if found + OUT_OF_DATE == OUT_OF_DATE:
            said = ("until_on", date.fromordinal(until).isoformat())
            return no(f"{self.kind}_out_of_date", asked, said, fit=self.question.rules.out_of_date)
        if found + OUT_OF_DATE == UNSURE:
            return unknown(f"{self.kind}_unconfirmed", asked)
        source = sources[nth]
        if nth and source is not None:
            return yes(f"{self.kind}_alike", asked, (f"alike_{self.kind}", source.code))
        return Finding(f"{self.kind}_yes", Met.YES, WHOLE, (asked,))
