"""A wish in plain words, and what is good to know of it."""

import pytest

from services.portal.pages.language_notes import notes_on
from services.portal.pages.templating import templates
from services.portal.pages.wording import wish_in_words


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"criterion": "language", "value": "Panjabi", "mode": "spoken", "level": "fluent"}, "Speaks Panjabi (fluent)"),
        ({"criterion": "language", "value": "BSL", "mode": "spoken"}, "Signs BSL"),
        ({"criterion": "practice", "value": "cooks_halal"}, "Cooks halal"),
    ],
)
def test_a_wish_is_said_as_it_is_meant(wish, words):
    assert wish_in_words(wish) == words


def test_a_name_for_several_languages_says_so():
    assert notes_on({"criterion": "language", "value": "Kurdish"}) == ["Sorani and Kurmanji are different, so please ask which."]
    assert notes_on({"criterion": "language", "value": "Polish", "or_else": ["xyzzy"]}) == []
    assert notes_on({"criterion": "language", "value": "BSL"}) == []
    assert notes_on({"criterion": "skill", "value": "Makaton"}) == []


def asked(typed, suggestions, likely):
    parts = templates().get_template("parts.html").module
    return str(parts.did_you_mean(typed, [{"label": one} for one in suggestions], likely))


def test_a_page_asks_did_you_mean():
    assert asked("Gujaratti", ["Gujarati", "Marathi"], True) == "Did you mean Gujarati?"
    assert asked("Ghanaian", ["Twi", "Ga"], False) == "What did you mean by “Ghanaian”?"
    assert asked("xyzzy", [], False) == "What did you mean by “xyzzy”?"
