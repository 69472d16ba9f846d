"""Languages: listed and at what level in the mode asked, or one of the same family, or none."""
import numpy as np

from services.matcher.domain.finding import Finding, Met, Reason, no, unknown, yes
from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.parts.part import Keyed, Question, Said, best
from services.matcher.domain.kernel.views import View
from services.matcher.domain.kernel.writing import LEVEL_BITS, family
from services.matcher.domain.plan import Strength, Wish
from services.matcher.domain.profile import Level
from services.matcher.domain.rules import WHOLE

RELATED, NOT_LISTED, NONE_AT_ALL = 6, 7, 8
STATES = 9
"""States after the levels' own: a listed language is its level's bits, 0 where no level was given."""
LISTED, KIN = 8, 16
STATE = np.array([(bits & 7 if bits & LISTED else RELATED if bits & KIN else NOT_LISTED) for bits in range(2 * KIN)], np.int64)
"""By the bits of a level, whether the language is listed, and whether another of its family is."""
LEVELS = {bits: level for level, bits in LEVEL_BITS.items()}
AT_LEAST = {Level.SOME: (0, 1, 2), Level.GETS_BY: (1, 2), Level.FLUENT: (2,)}
"""Which planes have a bit for so much or more; a mother tongue has the first and the third."""


class Tag:
    """One of the languages asked for."""

    def __init__(self, tag: str, rank: int, wish: Wish, question: Question) -> None:
        rules = question.rules
        known = tuple(question.codes.tags.items())  # at once: others may add to it meanwhile
        self.tag, self.wish = tag, wish
        self.listed = sum(1 << number for other, number in known if other.lower() == tag.lower())
        self.kin = sorted((other, 1 << number) for other, number in known if question.lore.related(tag, other))
        self.related = sum(bit for _, bit in self.kin)
        share = max(0, WHOLE - rank * rules.next_language)
        self.fits = np.zeros(STATES, np.int64)
        self.keys = np.zeros(STATES, np.int64)
        self.fits[0] = rules.unknown
        for bits, level in LEVELS.items():
            if level is not None:
                self.fits[bits] = share * rules.levels_below[max(0, wish.level - level)] // WHOLE
        self.fits[RELATED] = share * rules.related_language // WHOLE
        self.fits[NONE_AT_ALL] = rules.unknown
        for state in range(STATES):
            had = LEVELS.get(state)
            met = had is not None and had >= wish.level
            self.keys[state] = (met << 40) + 2 * int(self.fits[state]) + (state == 0)

    def met(self, view: View) -> Bools:
        if self.wish.level is Level.MOTHER_TONGUE:
            return self._plane(view, 0) & self._plane(view, 2)
        first, *others = AT_LEAST[self.wish.level]
        found = self._plane(view, first)
        for nth in others:
            found |= self._plane(view, nth)
        return found

    def state(self, view: View) -> Array:
        bits = view.bits("listed", self.listed) * np.uint8(LISTED)
        for nth in range(3):
            bits |= self._plane(view, nth) * np.uint8(1 << nth)
        if self.related:
            bits |= view.bits("listed", self.related) * np.uint8(KIN)
        return STATE[bits]

    def _plane(self, view: View, nth: int) -> Bools:
        return view.bits(family(self.wish.mode, nth), self.listed)

    def finding(self, state: int, kin: str) -> Finding:
        asked, mode, fit = ("language", self.tag), ("mode", self.wish.mode.value), int(self.fits[state])
        if state == RELATED:
            return no("language_related", asked, ("related_language", kin), mode, fit=fit)
        if state == NOT_LISTED:
            return no("language_not_listed", asked)
        had = LEVELS[state]
        if had is None:
            return unknown("language_level_unknown", asked, mode)
        said = (asked, mode, ("level", had.name.lower()))
        if had >= self.wish.level:
            return yes("language_known", *said, fit=fit)
        return no("language_less", *said, ("asked_level", self.wish.level.name.lower()), fit=fit)


class Language(Keyed):
    def __init__(self, wish: Wish, strength: Strength, question: Question) -> None:
        self.said, self.question = Said(wish.criterion, strength), question
        self.tags = [Tag(tag, rank, wish, question) for rank, tag in enumerate(wish.values)]
        unsaid = Finding("languages_unknown", Met.UNKNOWN, None, (("language", wish.values[0]),))
        self.unsaid = self.said.reason(unsaid)
        self.made: dict[int, Reason] = {}

    def unmet(self, view: View) -> Bools:
        first, *others = self.tags
        met = first.met(view)
        for tag in others:
            met |= tag.met(view)
        return ~met

    def worth(self, view: View) -> Ints:
        which, *states = self._best(view)
        fits = [tag.fits[state] for tag, state in zip(self.tags, states, strict=True)]
        return np.where(self._lists_any(view), fits[0] if len(fits) == 1 else np.choose(which, fits), self.question.rules.unknown)

    def told_by(self, view: View) -> Ints:
        which, *states = self._best(view)
        if len(states) == 1:
            keys = self._kin(view, self.tags[0], states[0]) * STATES + states[0]
        else:
            kin = np.choose(which, [self._kin(view, tag, state) for tag, state in zip(self.tags, states, strict=True)])
            keys = (kin * len(self.tags) + which) * STATES + np.choose(which, states)
        return np.where(self._lists_any(view), keys, -1)

    def _best(self, view: View) -> tuple[Array, ...]:
        """Which of the tags, then the state of each."""
        return view.kept(self, self._work_out)

    def _work_out(self, view: View) -> tuple[Array, ...]:
        states = [tag.state(view) for tag in self.tags]
        if len(states) == 1:
            return np.zeros(len(view), np.int64), states[0]
        return best([tag.keys[state] for tag, state in zip(self.tags, states, strict=True)]), *states

    def _lists_any(self, view: View) -> Bools:
        every = (1 << len(self.question.codes.tags)) - 1
        found: Bools = view.kept("lists any", lambda some: some.bits("listed", every))
        return found

    def _kin(self, view: View, tag: Tag, state: Array) -> Ints:
        """Which of the related languages is the first listed, where that is what was found; else 0."""
        found = np.zeros(len(view), np.int64)
        related = state == RELATED
        if related.any():
            for nth, (_, bit) in reversed(list(enumerate(tag.kin))):
                found[related & view.bits("listed", bit)] = nth
        return found

    def _reason(self, key: int) -> Reason:
        if key < 0:
            return self.unsaid
        found, state = divmod(key, STATES)
        kin, which = divmod(found, len(self.tags))
        tag = self.tags[which]
        return self.said.reason(tag.finding(state, tag.kin[kin][0] if state == RELATED else ""))
