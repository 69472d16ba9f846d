"""A PA's answers to every question there is: those of somebody who says nothing of it, but where it is of what they said."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from services.matcher.domain.kernel.columns import Array, Bools, Ints
from services.matcher.domain.kernel.turned.asks import (
    SILENT,
    STRANGER,
    Answer,
    Asking,
    Asks,
    Word,
    settling_words_of,
    told_by,
    words_of,
)
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import PROTECTED, Criterion
from services.matcher.domain.profile import Profile
from services.matcher.domain.rules import Rules

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

    def copy(self) -> "Answers":
        return Answers(self.fit.copy(), self.said.copy(), self.softer.copy(), self.unsure.copy())

    def put(self, where: Array, others: "Answers") -> None:
        self.fit[where], self.said[where] = others.fit, others.said
        self.softer[where], self.unsure[where] = others.softer, others.unsure

    def some(self, where: Array) -> "Answers":
        return Answers(self.fit[where], self.said[where], self.softer[where], self.unsure[where])

    def __add__(self, more: "Answers") -> "Answers":
        columns = ("fit", "said", "softer", "unsure")
        return Answers(*(np.concatenate([getattr(self, name), getattr(more, name)]) for name in columns))


class Answering:
    """For one lore. Most answers are those of somebody who says nothing, or of whoever says the one thing that settles it; the
    plain rules are asked again only where a PA said some other word of the question, or one of the same family."""

    def __init__(self, asks: Asks, rules: Rules, lore: Lore, bit: Callable[[str], int]) -> None:
        self.asks, self.rules, self.lore, self.bit = asks, rules, lore, bit
        self.silent = self.stranger = self.settled = Answers.of([Answer(0, None)], bit)
        self.about: Array = np.array([ANYTHING_ELSE])
        self.mentioned: dict[Word, list[int]] = {}
        self.settled_by: dict[Word, list[int]] = {}

    def of(self, profile: Profile, day: date) -> Answers:
        self._follow()
        said = np.array([bool(profile.languages), *(told is not None for _, told in told_by(profile)), False])
        stranger = np.flatnonzero(said[self.about])
        found = self.silent.copy()
        found.put(stranger, self.stranger.some(stranger))
        settled, protected = set[int](), set[int]()
        for word in settling_words_of(profile):
            (protected if word[0] in PROTECTED else settled).update(self.settled_by.get(word, ()))
        there = np.array([*settled, *protected], np.int64)
        found.put(there, self.settled.some(there))
        again = set[int]().union(*(self.mentioned.get(word, ()) for word in words_of(profile, self.lore))) - settled
        asking, asked = Asking(profile, day, self.rules, self.lore), self.asks.asked
        found.put(np.array([*again], np.int64), Answers.of([asking.answer(asked[number - 1]) for number in again], self.bit))
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
        self.settled += Answers.of([ask.settled(self.rules, self.lore) for ask in new], self.bit)
        about = [TOLD.index(ask.about) if ask.about in TOLD else ANYTHING_ELSE for ask in new]
        self.about = np.concatenate([self.about, about])
        for number, ask in enumerate(new, start=known):
            for words, numbers in ((ask.words(self.lore), self.mentioned), (ask.settled_by(), self.settled_by)):
                for word in set(words):
                    numbers.setdefault(word, []).append(number)
