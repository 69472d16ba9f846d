"""The catalogue with a council's own signed-off words in it, and how a translation comes out."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.samples import given_for
from services.notifier.domain.translation import (
    EVERYBODY,
    SHARED,
    Passages,
    Translation,
    Unit,
    counts,
    of_copy,
    of_language,
    problems,
    to_copy,
    to_language,
)
from services.notifier.domain.wording import Copy, CopyState, Language, Places, ReplyWays, compose
from services.notifier.ports.translations import Looks, NoSuchTranslation
from services.notifier.renderers import text
from services.notifier.renderers.catalogue import Catalogue, settled, signed_off
from services.notifier.renderers.letter_shapes import not_shown
from shared.vocabulary.languages import direction, written_languages

AT = datetime(2026, 9, 24, 12, tzinfo=UTC)


def with_signed(words: Catalogue, kept: Sequence[Translation]) -> Catalogue:
    """Each unit in its newest version: sent where that is signed off and still counts, else a draft. A language that a council
    began is there once what all its messages share is signed off."""
    told, originals = dict(words.languages), dict(words.originals)
    english = words.languages["en"]
    for one in sorted(kept, key=lambda one: one.unit != SHARED):
        shipped = told.get(one.language)
        if one.language == "en":
            continue
        if one.unit == SHARED and counts(of_language(english), one):
            told[one.language] = to_language(english, one.language, direction(one.language), one.passages)
        elif one.unit == SHARED and shipped:
            told[one.language] = replace(shipped, state=CopyState.DRAFT)
        elif shipped is None:
            continue  # a council began it, and what all its messages share is a draft
        elif model := copy_of(words, "en", one.unit):
            key = (model.about, model.audience, one.language)
            if counts(of_copy(model), one):
                originals[key] = to_copy(model, one.passages)
            elif key in originals:
                originals[key] = replace(originals[key], state=CopyState.DRAFT)
    return settled(told, originals)


def copy_of(words: Catalogue, tag: str, unit: Unit) -> Copy | None:
    if unit.audience == EVERYBODY or unit.audience not in set(PartyKind):
        return None
    return words.originals.get((unit.about, PartyKind(unit.audience), tag))


@dataclass(frozen=True)
class Shelves:
    """The words that came with the product, unit by unit."""

    words: Catalogue
    places: Places

    def languages(self) -> Mapping[str, str]:
        return {tag: language.direction for tag, language in self.words.languages.items() if tag != "en"}

    def may_begin(self, language: str) -> bool:
        return language in written_languages() and language not in self.words.languages

    def units(self) -> Sequence[Unit]:
        told = sorted((about, str(audience)) for about, audience, tag in self.words.originals if tag == "en")
        return [SHARED, *[Unit(about, audience) for about, audience in told]]

    def english(self, unit: Unit) -> Passages:
        if unit == SHARED:
            return of_language(self.words.languages["en"])
        copy = copy_of(self.words, "en", unit)
        if copy is None:
            raise NoSuchTranslation
        return of_copy(copy)

    def shipped(self, language: str, unit: Unit) -> tuple[Passages | None, bool]:
        if self.may_begin(language):
            return None, False
        if language not in self.languages():
            raise NoSuchTranslation
        found: Copy | Language | None
        if unit == SHARED:
            shared = found = self.words.languages[language]
            said = of_language(shared)
        else:
            copy = found = copy_of(self.words, language, unit)
            said = of_copy(copy) if copy else {}
        return (said, signed_off(language, found, self.english(unit))) if found else (None, False)

    def looks(self, language: str, unit: Unit, said: Passages, shared: Passages | None) -> Looks:
        words = "\n".join(said.values())
        return Looks(len(words), self.segments(language, unit, said, shared), not_shown(words))

    def segments(self, language: str, unit: Unit, said: Passages, shared: Passages | None) -> int | None:
        model, english = copy_of(self.words, "en", unit), self.words.languages["en"]
        if model is None or problems(of_copy(model), said):
            return None
        if shared and not problems(of_language(english), shared):
            frame = to_language(english, language, direction(language), shared)
        elif language in self.words.languages:
            frame = self.words.language(language)
        else:
            return None
        link = f"{self.places.list_link}/r/{'x' * 22}"
        content = compose(
            to_copy(model, said), frame, given_for(model, language, AT), address_as="", places=self.places, now=AT,
            names=lambda _, code, __: code, reply=ReplyWays(link, "K7P4-M2QX") if model.reply else None,
        )
        return text.segments(text.words_of(content))
