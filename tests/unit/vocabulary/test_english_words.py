"""An everyday English word is no language, however a language is spelt: it is asked about, with what it may mean."""
import pytest

from services.registry.usecases.speaking import from_form
from services.registry.usecases.words import Reading
from shared.vocabulary.likeness import normalise
from shared.vocabulary.spellings import english_words, index
from shared.vocabulary.terms import Kind, terms
from shared.vocabulary.understanding import Known, Likely, Unknown, languages_from_words, understand
from tests.unit.vocabulary.common_english import COMMON


def a_tag_of_two(word: str) -> bool:
    """As systems write tags: 'so' and 'it'. What a person types begins with a capital, or is longer."""
    return len(word) == 2 and word in terms(Kind.LANGUAGE)


def test_no_everyday_word_is_taken_for_a_language() -> None:
    typed = [form for word in COMMON for form in (word, word.capitalize(), word.upper()) if not a_tag_of_two(form)]

    assert {one for one in typed if isinstance(understand(Kind.LANGUAGE, one), Known | Likely)} == set()
    assert {one for one in typed if languages_from_words(one).languages} == set()


def test_there_are_enough_words_to_find_those_that_are_spelt_like_one() -> None:
    assert len(COMMON) > 1_000
    assert len({word for word in COMMON if normalise(word) in index(Kind.LANGUAGE).exact}) > 20


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("men", "men"), ("New", "new"), ("WAR", "war"), ("fan", "fan"), ("Can't", "sth"), ("So", "so"), ("UK", "uk")],
)
def test_it_is_asked_with_the_language_that_may_be_meant(typed: str, meant: str) -> None:
    understood = understand(Kind.LANGUAGE, typed)
    (question,) = languages_from_words(typed).questions

    assert isinstance(understood, Unknown) and understood.suggestions[0] == meant
    assert (question.about, question.tag, question.suggestions[0]) == ("language", None, meant)


@pytest.mark.parametrize("tag", ["so", "it", "pa", "my", "hi", "uk"])
def test_a_tag_of_two_letters_as_systems_write_it_is_a_tag(tag: str) -> None:
    assert understand(Kind.LANGUAGE, tag) == Known(tag, tag)
    assert [one.tag for one in languages_from_words(f"{tag}, fr").languages] == [tag, "fr"]


def test_every_word_of_the_list_would_be_taken_were_it_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    spelled, near = index(Kind.LANGUAGE).exact, index(Kind.LANGUAGE)
    monkeypatch.setattr(near, "_not_taken", frozenset())

    assert {word for word in english_words() if word not in spelled and not near.near(word).sure} == set()
    assert {word for word in english_words() if word != normalise(word)} == set()


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("Polish", "pl"), ("polish", "pl"), ("Fang language", "fan"), ("Mende", "men"), ("Newari", "new"), ("Somali", "so")],
)
def test_the_name_of_the_language_is_still_understood(typed: str, tag: str) -> None:
    assert understand(Kind.LANGUAGE, typed) == Known(tag, typed)


def test_a_tag_chosen_from_the_list_is_no_word() -> None:
    reading = Reading(())

    (skill,) = from_form(reading, {"tag": "men", "spoken": "fluent"})

    assert (skill.tag, skill.confirmed, reading.asked) == ("men", True, [])
