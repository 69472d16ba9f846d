"""The lists themselves: every row whole, no spelling with two meanings, every code one that the contracts accept."""

import re

import pytest
from langcodes.registry_parser import parse_registry
from pydantic import TypeAdapter

from shared.contracts import Code, LanguageTag, Level
from shared.vocabulary.languages import autonym, direction, is_signed, languages, related
from shared.vocabulary.level_words import LEVELS
from shared.vocabulary.likeness import normalise
from shared.vocabulary.terms import (
    Kind,
    NoSuchTerm,
    label,
    languages_elsewhere,
    rows,
    same_interest,
    sources,
    synonyms,
    term,
    terms,
)

OPEN_TO_TWO = {("language", "ga")}
"""Irish by its tag, a language of Ghana by its name: asked."""


@pytest.mark.parametrize("kind", Kind)
def test_every_term_has_a_label_a_source_and_a_code_the_contracts_accept(kind):
    shape = TypeAdapter(LanguageTag if kind is Kind.LANGUAGE else Code)

    assert len(terms(kind)) > 2
    for code, found in terms(kind).items():
        assert shape.validate_python(code) == found.code
        assert found.label == found.label.strip() != ""
        assert found.source
        assert label(kind, code) == found.label


@pytest.mark.parametrize("kind", Kind)
def test_no_row_is_there_twice(kind):
    codes = [row["code"] for row in rows(kind.value)]
    labels = [row["label"] for row in rows(kind.value)]

    assert len(set(codes)) == len(codes)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", Kind)
def test_no_spelling_means_two_things(kind):
    claimed: dict[str, str] = {}
    for found in terms(kind).values():
        for spelling in {normalise(each) for each in (found.label, found.code.replace("_", " "), *found.aliases)}:
            other = claimed.setdefault(spelling, found.code)
            assert other == found.code or (kind.value, spelling) in OPEN_TO_TWO, f"{spelling}: {other} and {found.code}"


def test_ethnic_group_is_in_no_list():
    assert not [kind for kind in Kind if re.search("ethnic|race", kind.value)]
    assert not [file for file in sources() if re.search("ethnic|race", file)]


def test_labels_use_the_words_of_the_project():
    said = " ".join(found.label for kind in Kind for found in terms(kind).values()).lower()

    assert not re.search(r"\b(service user|client|case|challenging|suffer|wheelchair.bound)s?\b", said)


def test_an_unknown_code_says_which_list():
    with pytest.raises(NoSuchTerm, match="practice list has no 'cooks_moon'"):
        term(Kind.PRACTICE, "cooks_moon")


def test_a_tag_of_another_system_is_shown_by_name_or_as_it_is():
    assert label(Kind.LANGUAGE, "br") == "Breton"
    assert label(Kind.LANGUAGE, "qaa") == "qaa"


def test_languages_elsewhere_are_in_no_list_of_ours():
    assert not languages_elsewhere().keys() & terms(Kind.LANGUAGE).keys()


def test_an_allotment_is_gardening_and_a_garden_no_football():
    assert same_interest("allotment", "gardening") and same_interest("gardening", "allotment")
    assert same_interest("football", "football")
    assert not same_interest("football", "gardening")
    assert synonyms("football") == {"football"}


def test_interests_that_are_alike_are_in_one_group_and_in_the_list():
    grouped = [code for row in rows("interests_alike") for code in row["codes"].split("|")]

    assert len(set(grouped)) == len(grouped)
    assert set(grouped) <= terms(Kind.INTEREST).keys()


def test_there_are_at_least_ninety_languages_and_some_are_signed():
    assert len(languages()) >= 90
    assert all(is_signed(tag) for tag in ("bfi", "isg", "x-makaton", "x-sse"))
    assert not is_signed("en") and not is_signed("nowhere")


@pytest.mark.parametrize(
    ("a", "b"), [("pnb", "phr"), ("skr", "phr"), ("ckb", "kmr"), ("prs", "pes"), ("yue", "cmn"), ("fa", "prs"), ("ku", "ckb")]
)
def test_languages_of_one_macrolanguage_are_related_both_ways(a, b):
    assert related(a, b) and related(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("syl", "bn"), ("ur", "hi"), ("cy", "en"), ("bfi", "en"), ("bfi", "isg"), ("so", "so"), ("so", "xx"), ("fa", "ar")],
)
def test_nothing_else_counts_as_related(a, b):
    assert not related(a, b) and not related(b, a)


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ur", "rtl"),
        ("ar", "rtl"),
        ("ckb", "rtl"),
        ("kmr", "ltr"),
        ("pa", "ltr"),
        ("pnb", "rtl"),
        ("ar-SY", "rtl"),
        ("qaa", "ltr"),
    ],
)
def test_each_language_is_written_its_own_way(tag, way):
    assert direction(tag) == way


@pytest.fixture(scope="module")
def registry():
    """The IANA language subtag registry, as the langcodes package carries it."""
    found = {}
    for entry in parse_registry():
        if entry.get("Type") == "language":
            subtags = entry["Subtag"]
            found |= dict.fromkeys(subtags if isinstance(subtags, list) else [subtags], entry)
    return found


def test_every_tag_is_registered_and_none_is_out_of_use(registry):
    for tag in (*languages(), *languages_elsewhere()):
        if not tag.startswith("x-"):
            assert "Preferred-Value" not in registry[primary(tag)], tag


def primary(tag):
    """'sco' of 'sco-ulster'."""
    return tag.split("-")[0]


def test_a_variety_is_registered_for_its_language():
    ulster = next(entry for entry in parse_registry() if entry.get("Subtag") == "ulster")

    assert ulster["Type"] == "variant" and "sco" in ulster["Prefix"]


def test_kinship_is_that_of_the_registry(registry):
    ours = {tag: one.macro for tag, one in languages().items() if not tag.startswith("x-")}

    for tag, macro in ours.items():
        # a macrolanguage is kin to its own members; Punjabi is the one exception, see decision 0021
        assert macro in (registry[primary(tag)].get("Macrolanguage"), primary(tag)) or tag == "pa", tag
    assert ours["pa"] == "lah"


def test_a_language_has_its_own_name():
    assert autonym("so") == "Soomaali"
    assert autonym("pl") == "polski"


def test_the_levels_are_those_of_the_contracts():
    assert set(LEVELS) == {level.value for level in Level}
