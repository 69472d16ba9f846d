"""A PA's answers to every question there is: those of somebody who says nothing of it, but where it is of what they said."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.turned.asks import Answer, Ask, Asking, Asks, Word, words_of
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PROTECTED, Criterion
from services.matcher.domain.profile import LanguageSkill, Looking, Point, Profile, ProfileId, Travel
from services.matcher.domain.rules import Rules

SILENT = Profile("", ProfileId(UUID(int=0)), 0, Looking.LOOKING, Point(0, 0), Travel.WALK, 0, date.min)
UNHEARD_OF = "\0"
STRANGER = replace(
    SILENT, languages=(LanguageSkill(UNHEARD_OF),), faith=UNHEARD_OF, culture=UNHEARD_OF, sex=UNHEARD_OF
)  # fmt: skip
"""Who says something of each thing, and never what was asked for."""
TOLD = (Criterion.LANGUAGE, Criterion.FAITH, Criterion.CULTURE, Criterion.SEX)
"""What silence and another answer are not the same for."""
ANYTHING_ELSE = len(TOLD)


@dataclass(frozen=True, eq=False)
class Answers:
    """By number of the question, that of no question first. `said`: the bit of what is said where it is not met; 0: it is."""

    fit: Ints
    said: Array
    softer: Bools
    unsure: Bools

    @classmethod
    def of(cls, some: Sequence[Answer], bit: Callable[[str], int]) -> "Answers":
        return cls(
            np.array([one.fit for one in some], np.int64),
            np.array([bit(one.code) if one.code else 0 for one in some], np.uint64),
            np.array([one.softer for one in some], np.bool_),
            np.array([not one.sure for one in some], np.bool_),
        )

    def put(self, where: Array, others: "Answers") -> None:
        self.fit[where], self.said[where] = others.fit, others.said
        self.softer[where], self.unsure[where] = others.softer, others.unsure

    def some(self, where: Array) -> "Answers":
        return Answers(self.fit[where], self.said[where], self.softer[where], self.unsure[where])

    def __add__(self, more: "Answers") -> "Answers":
        columns = ("fit", "said", "softer", "unsure")
        return Answers(*(np.concatenate([getattr(self, name), getattr(more, name)]) for name in columns))


class Answering:
    """For one lore. Only questions of a word that a PA said, in its family, or refused, are asked of the plain rules again."""

    def __init__(self, asks: Asks, rules: Rules, lore: Lore, bit: Callable[[str], int]) -> None:
        self.asks, self.rules, self.lore, self.bit = asks, rules, lore, bit
        nothing = Answers.of([Answer(0, None)], bit)
        self.silent = self.stranger = self.wished = nothing
        """`wished`: of whoever told of faith, culture or sex what was asked for, and refuses nothing."""
        self.about: Array = np.array([ANYTHING_ELSE])
        self.mentioned: dict[Word, list[int]] = {}
        self.told: dict[Word, list[int]] = {}

    def of(self, profile: Profile, day: date) -> Answers:
        self._follow()
        asking = Asking(profile, day, self.rules, self.lore)
        said = np.array([bool(profile.languages), *(bool(told) for _, told in _told(profile)), False])
        stranger = np.flatnonzero(said[self.about])
        found = self.silent.some(np.arange(len(self.about)))
        found.put(stranger, self.stranger.some(stranger))
        for word in _told(profile):
            if numbers := self.told.get((word[0], word[1] or "")):
                found.put(same := np.array(numbers), self.wished.some(same))
        words = (self.mentioned.get(word) for word in words_of(profile, self.lore))
        numbers = list({number for some in words if some for number in some})
        if numbers:
            asked = self.asks.asked
            again = [asking.answer(asked[number - 1]) for number in numbers]
            found.put(np.array(numbers), Answers.of(again, self.bit))
        return found

    def _follow(self) -> None:
        """Questions that are new."""
        known = len(self.about)
        new = self.asks.asked[known - 1 :]
        if not new:
            return
        silent, stranger = (Asking(who, date.min, self.rules, self.lore) for who in (SILENT, STRANGER))
        self.silent += Answers.of([silent.answer(ask) for ask in new], self.bit)
        self.stranger += Answers.of([stranger.answer(ask) for ask in new], self.bit)
        self.wished += Answers.of([self._as_wished(ask) for ask in new], self.bit)
        about = [TOLD.index(ask.about) if ask.about in TOLD else ANYTHING_ELSE for ask in new]
        self.about = np.concatenate([self.about, about])
        for number, ask in enumerate(new, start=known):
            for word in ask.words(self.lore):
                self.mentioned.setdefault(word, []).append(number)
            if ask.about in PROTECTED and ask.wish is not None:
                for value in ask.wish.values:
                    self.told.setdefault((ask.about, value), []).append(number)

    def _as_wished(self, ask: Ask) -> Answer:
        told = ask.wish.values[0] if ask.about in PROTECTED and ask.wish is not None and ask.wish.values else None
        who = replace(SILENT, faith=told, culture=told, sex=told)
        return Asking(who, date.min, self.rules, self.lore).answer(ask)


def _told(profile: Profile) -> tuple[tuple[Criterion, str | None], ...]:
    return (Criterion.FAITH, profile.faith), (Criterion.CULTURE, profile.culture), (Criterion.SEX, profile.sex)
