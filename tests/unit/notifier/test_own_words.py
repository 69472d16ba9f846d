"""Each ask that is not about meeting has words of its own, and what a message tells people to text is understood."""
import pytest

from services.notifier.domain.answer_words import meaning
from services.notifier.domain.asks import ASKS, KNOWN, by_own_word, put_by
from services.notifier.renderers.catalogue import Catalogue
from tests.unit.notifier.told import content_of


def test_every_word_that_a_message_tells_people_to_text_is_understood_as_it_says(words: Catalogue) -> None:
    for (about, _, _), copy in words.copies.items():
        told, put = [by_own_word(word) for word in copy.answer_words], put_by(about)
        assert told == ([(put, "yes"), (put, "no")] if put in ASKS else []), about


def test_no_such_word_means_yes_no_stop_or_start() -> None:
    assert not {word for word in KNOWN if meaning(word, ("en", "cy", "pa", "pl", "so"))}


@pytest.mark.parametrize(("said", "about", "answer"), [
    ("TRUE", "your_profile_will_pause", "yes"), ("It's true!", "your_profile_will_pause", "yes"),
    ("gwir, diolch", "your_profile_will_pause", "yes"), ("Pause please", "your_profile_will_pause", "no"),
    ("I'm back", "your_profile_is_paused", "yes"), ("nôl", "your_profile_is_paused", "yes"),
])
def test_it_is_found_beside_other_signs_and_thanks(said: str, about: str, answer: str) -> None:
    assert by_own_word(said) == (about, answer)


@pytest.mark.parametrize("said", ["not true", "call me back", "true but not the rate", ""])
def test_more_than_the_word_is_no_answer(said: str) -> None:
    assert by_own_word(said) is None


def test_slip_text_and_link_say_what_a_yes_does(words: Catalogue) -> None:
    for about, audience, tag in words.copies:
        if tag == "en" and put_by(about) in ASKS:
            content = content_of(words, about, audience)
            assert len(content.answers) == len(content.answer_words) == 2
            assert any(content.answer_words[0] in line for line in content.how_to_answer)
