"""Languages with how well and in which way, as councils keep them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.understanding import languages_from_words


def readings(text):
    return {each.tag: (each.spoken, each.read, each.signed) for each in languages_from_words(text).languages}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("English (fluent)", {"en": ("fluent", None, None)}),
        ("Urdu - mother tongue; some Arabic", {"ur": ("mother_tongue", None, None), "ar": ("some", None, None)}),
        ("BSL level 2", {"bfi": (None, None, "gets_by")}),
        ("British Sign Language (fluent)", {"bfi": (None, None, "fluent")}),
        ("speaks Twi fluently", {"tw": ("fluent", None, None)}),
        ("Hindi: speak fluent, read some", {"hi": ("fluent", "some", None)}),
        ("fluent speaking and basic reading of Arabic", {"ar": ("fluent", "some", None)}),
        ("speak and read Urdu fluently", {"ur": ("fluent", "fluent", None)}),
        (
            "Polish native, English good, Russian a bit",
            {"pl": ("mother_tongue", None, None), "en": ("gets_by", None, None), "ru": ("some", None, None)},
        ),
        ("native Polish speaker", {"pl": ("mother_tongue", None, None)}),
        ("Somali fluent (not read)", {"so": ("fluent", None, None)}),
        ("Arabic (Iraqi) fluent", {"acm": ("fluent", None, None)}),
        ("Punjabi (Mirpuri) - fluent", {"phr": ("fluent", None, None)}),
        ("Sorani (Kurdish) - fluent", {"ckb": ("fluent", None, None)}),
        ("Mirpuri (spoken dialect), fluent", {"phr": ("fluent", None, None)}),
        ("Bengali (Sylheti), fluent", {"syl": ("fluent", None, None)}),
        ("English fluent Urdu some", {"en": ("fluent", None, None), "ur": ("some", None, None)}),
        ("fluent English some Urdu", {"en": ("fluent", None, None), "ur": ("some", None, None)}),
        ("basic Makaton", {"x-makaton": (None, None, "some")}),
        ("conversational Spanish", {"es": ("gets_by", None, None)}),
        ("Fluent in Gujarati and Kutchi (some)", {"gu": ("fluent", None, None), "kfr": ("some", None, None)}),
    ],
)
def test_levels_and_ways_are_read_as_they_were_said(typed, meant):
    assert readings(typed) == meant
    assert languages_from_words(typed).questions == ()


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("Panjabi", "pa"),
        ("reads Gujarati", "gu"),
        ("Somali (speak, not read)", "so"),
        ("understands Hindi", "hi"),
        ("Makaton", "x-makaton"),
    ],
)
def test_a_level_nobody_gave_is_asked_and_never_assumed(typed, tag):
    reading = languages_from_words(typed)

    assert readings(typed) == {tag: (None, None, None)}
    assert [(each.about, each.tag, each.typed) for each in reading.questions] == [("level", tag, typed)]


def test_each_language_of_a_list_is_its_own():
    reading = languages_from_words("Panjabi, English (fluent)")

    assert [each.tag for each in reading.languages] == ["pa", "en"]
    assert [each.tag for each in reading.questions] == ["pa"]


def test_words_we_cannot_weigh_leave_the_level_open():
    reading = languages_from_words("Portuguese (was fluent once)")

    assert readings("Portuguese (was fluent once)") == {"pt": (None, None, None)}
    assert reading.questions[0].about == "level"


@pytest.mark.parametrize("typed", ["no English", "cannot speak Welsh", "doesn't speak French"])
def test_a_language_somebody_does_not_have_is_not_taken(typed):
    reading = languages_from_words(typed)

    assert reading.languages == ()
    assert len(reading.questions) == 1


def test_a_misspelt_language_is_kept_unsure_and_asked():
    reading = languages_from_words("Gujaratti (fluent)")

    assert [(each.tag, each.spoken, each.sure) for each in reading.languages] == [("gu", "fluent", False)]
    assert [(each.about, each.tag) for each in reading.questions] == [("language", "gu")]


def test_an_unknown_language_is_asked_as_it_was_typed():
    reading = languages_from_words("Xyzzyish (fluent)")

    assert reading.languages == ()
    assert reading.questions[0].typed == "Xyzzyish (fluent)"


@pytest.mark.parametrize("typed", ["no", "No", "none", "n/a", "-", "Ga"])
def test_an_answer_that_is_no_language_adds_none(typed):
    assert languages_from_words(typed).languages == ()


@pytest.mark.parametrize(
    "typed", ["English/Urdu", "English & Urdu", "English and Urdu", "English + Urdu", "English. Urdu.", "English Urdu"]
)
def test_several_signs_part_two_languages(typed):
    assert list(readings(typed)) == ["en", "ur"]


@pytest.mark.parametrize(
    ("typed", "some"),
    [("Sign language", "bfi"), ("Bangladeshi", "syl"), ("Nigerian", "ig"), ("Creole", "ht"), ("Spanish (Latin something)", "es")],
)
def test_a_word_for_several_languages_is_asked_with_all_of_them(typed, some):
    reading = languages_from_words(typed)

    assert reading.languages == ()
    assert some in reading.questions[0].suggestions


def test_two_names_with_a_stroke_between_are_two():
    assert list(readings("Farsi/Dari")) == ["fa", "prs"]
    assert list(readings("Farsi (Dari)")) == ["prs"]
    assert list(readings("Filipino/Tagalog")) == ["tl"]


def test_a_language_said_twice_is_one():
    assert readings("speaks Urdu fluently, reads some Urdu") == {"ur": ("fluent", "some", None)}


@given(st.text(max_size=80))
def test_no_words_break_the_reading(typed):
    reading = languages_from_words(typed)

    assert len({each.tag for each in reading.languages}) == len(reading.languages)


@given(
    st.lists(
        st.sampled_from(
            [
                "Urdu",
                "English",
                "BSL",
                "fluent",
                "some",
                "not",
                "read",
                "speak",
                "and",
                ",",
                "(",
                ")",
                ";",
                "/",
                "level",
                "2",
                "no",
                "Ga",
                "Gujaratti",
                "xx",
            ]
        ),
        max_size=9,
    )
)
def test_no_heap_of_known_words_breaks_the_reading(pieces):
    languages_from_words(" ".join(pieces))
