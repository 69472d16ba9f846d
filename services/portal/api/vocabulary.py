"""The coded lists, with labels and sources, and what typed words would be taken for: the same that every other way in asks."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.portal.api.shapes import Strict, SuggestionOut
from shared.vocabulary.editions import edition
from shared.vocabulary.languages import languages
from shared.vocabulary.likeness import EACH_WORD, LEAST, MARGIN, RUN_TOGETHER
from shared.vocabulary.terms import Kind, Term, label, sources, synonyms, terms
from shared.vocabulary.understanding import Known, Likely, Understood, understand

MOST_WORDS = 500
Word = Annotated[str, Field(max_length=200)]


class ListOut(BaseModel):
    kind: Kind
    source: str
    terms: int


class ConfidenceOut(BaseModel):
    """When a word that is in no list is called likely. Even then it is asked about, and meets no must until a person said yes."""

    least: float
    """Optimal string alignment with the nearest spelling, 0 to 1."""
    margin: float
    """Over the nearest spelling of the second distinct meaning."""
    each_word: float
    """Of several words, with its neighbour."""
    run_together: float
    """Of the whole, where words were run together or torn apart."""


class VocabularyOut(BaseModel):
    edition: int
    day: date
    digest: str
    confidence: ConfidenceOut
    lists: list[ListOut]


class LanguageOut(BaseModel):
    autonym: str
    macrolanguage: str | None
    """Languages of the same one are related: shown as 'a related language, please ask', and never enough for a must."""
    signed: bool
    system: bool
    """A way of communicating along with a language, and no language of its own, like Makaton."""
    direction: Literal["ltr", "rtl"]


class TermOut(BaseModel):
    code: str
    """For a language its BCP-47 tag."""
    label: str
    aliases: list[str]
    note: str
    source: str
    counts_as: list[str]
    """Codes that count as this one."""
    language: LanguageOut | None = None


class TermsOut(BaseModel):
    kind: Kind
    edition: int
    source: str
    terms: list[TermOut]


class WordsIn(Strict):
    words: Annotated[list[Word], Field(min_length=1, max_length=MOST_WORDS)]


class UnderstandingOut(BaseModel):
    typed: str
    outcome: Literal["known", "likely", "unknown"]
    """`known` counts; `likely` and `unknown` are asked about."""
    code: str | None
    label: str | None
    suggestions: list[SuggestionOut]


def router() -> APIRouter:
    routes = APIRouter(prefix="/api/vocabulary", tags=["vocabulary"])

    @routes.get("", summary="Which lists there are, of which edition, and how sure a likely word must be")
    async def lists() -> VocabularyOut:
        now = edition()
        confidence = ConfidenceOut(least=LEAST, margin=MARGIN, each_word=EACH_WORD, run_together=RUN_TOGETHER)
        found = [ListOut(kind=kind, source=sources()[kind.value], terms=len(terms(kind))) for kind in Kind]
        return VocabularyOut(edition=now.number, day=now.day, digest=now.digest, confidence=confidence, lists=found)

    @routes.get("/{kind}", summary="One list: codes, labels, other spellings, sources")
    async def one_list(kind: Kind, response: Response) -> TermsOut:
        response.headers["ETag"] = f'"{edition().digest}"'
        found = [term_out(kind, term) for term in terms(kind).values()]
        return TermsOut(kind=kind, edition=edition().number, source=sources()[kind.value], terms=found)

    @routes.post("/{kind}/understand", summary="What each of these words would be taken for")
    async def understand_words(kind: Kind, given: WordsIn) -> list[UnderstandingOut]:
        """Nothing is kept. Send words as people type them; a code of the list is known too."""
        return [understanding_out(kind, understand(kind, word)) for word in given.words]

    return routes


def term_out(kind: Kind, term: Term) -> TermOut:
    alike = sorted(synonyms(term.code) - {term.code}) if kind is Kind.INTEREST else []
    return TermOut(
        code=term.code, label=term.label, aliases=list(term.aliases), note=term.note, source=term.source, counts_as=alike,
        language=language_out(term.code) if kind is Kind.LANGUAGE else None,
    )  # fmt: skip


def language_out(tag: str) -> LanguageOut:
    one = languages()[tag]
    return LanguageOut(
        autonym=one.autonym, macrolanguage=one.macro, signed=one.signed, system=one.system, direction=one.direction
    )  # fmt: skip


def understanding_out(kind: Kind, word: Understood) -> UnderstandingOut:
    code = word.code if isinstance(word, Known | Likely) else None
    near = () if isinstance(word, Known) else word.suggestions
    return UnderstandingOut(
        typed=word.typed,
        outcome="known" if isinstance(word, Known) else "likely" if isinstance(word, Likely) else "unknown",
        code=code,
        label=label(kind, code) if code else None,
        suggestions=[SuggestionOut(code=one, label=label(kind, one)) for one in near],
    )
