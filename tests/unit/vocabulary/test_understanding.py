"""What people type: known as it stands, likely and asked, or unknown and asked. Never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.likeness import normalise
from shared.vocabulary.spellings import english_words
from shared.vocabulary.terms import Kind, terms
from shared.vocabulary.understanding import Known, Likely, Unknown, split_words, understand, understand_words


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("Panjabi", "pa"),
        ("punjabi", "pa"),
        ("Gurmukhi", "pa"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("Mirpuri", "phr"),
        ("Pahari", "phr"),
        ("Potwari", "phr"),
        ("Sylheti", "syl"),
        ("Siloti", "syl"),
        ("Sylhety", "syl"),
        ("BSL", "bfi"),
        ("B.S.L.", "bfi"),
        ("british sign language", "bfi"),
        ("ISL", "isg"),
        ("Makaton", "x-makaton"),
        ("Farsi", "fa"),
        ("Persian", "fa"),
        ("Dari", "prs"),
        ("Sorani", "ckb"),
        ("Kurdish (Sorani)", "ckb"),
        ("Kurmanji", "kmr"),
        ("Kurdish", "ku"),
        ("Cantonese", "yue"),
        ("Mandarin", "cmn"),
        ("Twi", "tw"),
        ("Yoruba", "yo"),
        ("YORÙBÁ", "yo"),
        ("Ibo", "ig"),
        ("Tigrinya", "ti"),
        ("Ukrainian", "uk"),
        ("Polish", "pl"),
        ("polski", "pl"),
        ("Romanian", "ro"),
        ("Română", "ro"),
        ("romana", "ro"),
        ("Welsh", "cy"),
        ("Cymraeg", "cy"),
        ("Irish", "ga"),
        ("Gaelic", "gd"),
        ("Urdu", "ur"),
        ("Gujerati", "gu"),
        ("Bengali", "bn"),
        ("Bangla", "bn"),
        ("বাংলা", "bn"),
        ("Hindi", "hi"),
        ("Tamil", "ta"),
        ("தமிழ்", "ta"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("Portuguese", "pt"),
        ("Lithuanian", "lt"),
        ("lietuvių", "lt"),
        ("Soomaali", "so"),
        ("Af-Soomaali", "so"),
        ("Patois", "jam"),
        ("Pidgin", "pcm"),
        ("Pashto", "ps"),
        ("Pushto", "ps"),
        ("so", "so"),
        ("en-GB", "en"),
        ("x-makaton", "x-makaton"),
        ("ga", "ga"),
        ("Breton", "br"),
        ("中文", "zh"),
        ("廣東話", "yue"),
    ],
)
def test_languages_are_known_by_the_names_people_here_use(typed, tag):
    assert understand(Kind.LANGUAGE, typed) == Known(tag, typed)


def test_sylheti_is_never_bengali_nor_mirpuri_punjabi():
    for typed in terms(Kind.LANGUAGE)["syl"].aliases:
        assert understand(Kind.LANGUAGE, typed) == Known("syl", typed)
    for typed in terms(Kind.LANGUAGE)["phr"].aliases:
        assert understand(Kind.LANGUAGE, typed) == Known("phr", typed)


@pytest.mark.parametrize("kind", Kind)
def test_every_label_alias_and_code_is_known_for_what_it_is(kind):
    for found in terms(kind).values():
        for typed in (found.code, found.label, *found.aliases):
            if normalise(typed) not in {"ga", "no", "kriol", *(english_words() if kind is Kind.LANGUAGE else ())}:  # asked
                assert understand(kind, typed) == Known(found.code, typed)
                assert understand(kind, f"  {typed.upper()}. ") == Known(found.code, f"  {typed.upper()}. ")


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Kind.LANGUAGE, "Gujaratti", "gu"),
        (Kind.LANGUAGE, "Somaliy", "so"),
        (Kind.LANGUAGE, "Lithuanain", "lt"),
        (Kind.PRACTICE, "haalal", "cooks_halal"),
        (Kind.SKILL, "epilepsey", "epilepsy"),
        (Kind.INTEREST, "gardning", "gardening"),
        (Kind.TASK, "shoping", "shopping"),
    ],
)
def test_a_slip_of_the_finger_is_likely_and_to_be_confirmed(kind, typed, code):
    understood = understand(kind, typed)

    assert isinstance(understood, Likely)
    assert understood.code == code == understood.suggestions[0]


@pytest.mark.parametrize("typed", ["", "  ", "xyzzy", "42", "!!"])
@pytest.mark.parametrize("kind", Kind)
def test_what_is_like_nothing_is_unknown(kind, typed):
    assert isinstance(understand(kind, typed), Unknown)


def test_a_language_close_to_two_is_asked_with_both():
    understood = understand(Kind.LANGUAGE, "Somadi")

    assert isinstance(understood, Unknown) or understood.code == "so"
    assert "so" in understood.suggestions


def test_one_name_for_two_languages_is_asked():
    assert understand(Kind.LANGUAGE, "Ga") == Unknown("Ga", ("ga", "gaa"))
    assert understand(Kind.LANGUAGE, "No") == Unknown("No", ("no", "en"))
    assert understand(Kind.LANGUAGE, "Kriol") == Unknown("Kriol", ("pov", "kea"))


@pytest.mark.parametrize("typed", ["Javanese", "Guarani", "Marshallese", "Kachin"])
def test_a_language_few_speak_here_is_itself_and_not_its_neighbour_in_spelling(typed):
    understood = understand(Kind.LANGUAGE, typed)

    assert isinstance(understood, Known)
    assert understood.code in {"jv", "gn", "mh", "kac"}


def test_nothing_is_likely_to_be_a_language_few_speak_here():
    assert isinstance(understand(Kind.LANGUAGE, "Marshalese"), Unknown)


@given(st.sampled_from(Kind), st.text(max_size=40))
def test_whatever_is_typed_is_understood_or_asked(kind, typed):
    understood = understand(kind, typed)

    assert understood.typed == typed
    if isinstance(understood, Known | Likely) and kind is not Kind.LANGUAGE:
        assert understood.code in terms(kind)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(words):
    assert normalise(normalise(words)) == normalise(words)


def test_pieces_are_parted_by_commas_but_not_within_brackets():
    assert split_words("Panjabi, English (fluent, read) ; BSL\n• Urdu,,") == ("Panjabi", "English (fluent, read)", "BSL", "Urdu")


def test_things_joined_by_and_are_parted_only_where_they_are_two():
    assert [each.code for each in understand_words(Kind.INTEREST, "Football and gardening, arts and crafts")] == [
        "football",
        "gardening",
        "crafts",
    ]
    assert [each.code for each in understand_words(Kind.TASK, "cooking & cleaning")] == ["cooking", "cleaning"]


def test_a_thing_said_twice_counts_once():
    assert len(understand_words(Kind.INTEREST, "gardens, Gardening, garden")) == 1
