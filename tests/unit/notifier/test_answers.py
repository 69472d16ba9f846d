"""Yes and no in many languages and both scripts, with slips of the thumb; and nothing else is taken for one."""
import pytest

from services.notifier.domain.answer_words import KNOWN, ONLY_WITH, WORDS, meaning, plain
from services.notifier.domain.reply import KEYS, Said, understand
from tests.unit.vocabulary.common_english import COMMON


def test_every_word_of_every_language_is_understood_and_none_means_two_things() -> None:
    for means, languages in WORDS.items():
        for words in languages.values():
            for word in words.split():
                assert KNOWN[plain(word)] == means, word
                assert meaning(word.upper()) == means, word


def test_the_languages_of_the_catalogue_have_words_for_yes_and_for_no() -> None:
    wanted = {"en", "cy", "pa", "gu", "ur", "bn", "pl", "ro", "so", "ar", "uk", "zh"}

    assert wanted <= WORDS["yes"].keys() and wanted <= WORDS["no"].keys()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yess", "yes"), ("yse", "yes"), ("YESSS!!", "yes"), ("yed", "yes"), ("haann ji", "yes"), ("hann", "yes"),
        ("nooo", "no"), ("nahni", "no"), ("naheen", None), ("maaya", "no"), ("tka", "yes"), ("stpo", "stop"), ("STOPP", "stop"),
        ("हां", "yes"), ("हा", "yes"), ("नही", "no"), ("ਹਾ", "yes"), ("ਨਹੀ", "no"), ("نَعَم", "yes"), ("نعم، شكرا", "yes"),
        ("جی نہیں", "no"), ("جی ہاں", "yes"), ("不，谢谢", "no"),
        ("Na hoffwn, diolch", "no"), ("Так, дякую", "yes"), ("ＹＥＳ", "yes"),
        ("yes yes", "yes"), ("yes no", None), ("da", "yes"), ("nie", "no"),
    ],
)  # fmt: skip
def test_slips_of_the_thumb_and_both_scripts(typed: str, said: str | None) -> None:
    assert meaning(typed) == said


@pytest.mark.parametrize("typed", ["later", "maybe", "ok", "yes, but not Tuesdays", "no idea", "who?", "step", "iyo", "naham"])
def test_what_may_mean_something_else_is_asked_again(typed: str) -> None:
    assert understand(typed) == (Said.UNCLEAR, None)


def test_no_everyday_english_word_is_taken_for_an_answer() -> None:
    taken = {word: meaning(word) for word in COMMON if meaning(word)}

    assert taken == {"yes": "yes", "no": "no", "stop": "stop", "start": "start"}


def test_short_words_count_only_for_those_who_recorded_the_language() -> None:
    for means, words in ONLY_WITH.items():
        for word, languages in words.items():
            assert meaning(word) is None, word
            assert meaning(word, [languages.split()[0]]) == means, word
            assert meaning(word, ["en-GB"]) is None, word


def test_a_code_may_be_typed_in_other_figures_and_wide_letters() -> None:
    assert understand("نعم K٧P٤-M٢QX") == (Said.YES, "K7P4M2QX")
    assert understand("ｙｅｓ Ｋ７Ｐ４Ｍ２ＱＸ") == (Said.YES, "K7P4M2QX")


def test_two_keys_of_a_telephone_are_an_answer() -> None:
    assert KEYS == {"1": "yes", "2": "no"}
