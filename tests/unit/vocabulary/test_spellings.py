"""How people really write: several hundred labelled words, none of them taken for something else. `-s` prints the shares."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from deploy.lookalikes import lookalikes, registered_names
from shared.vocabulary.terms import Kind, languages_elsewhere, rows, terms
from shared.vocabulary.understanding import Known, Unknown, understand

FOLDER = Path(__file__).with_name("spellings")
LISTS = (
    "census_england_wales_2021",
    "census_northern_ireland_2021",
    "census_scotland_2022",
    "courts_interpreters",
    "school_census",
)
SOURCES = frozenset(("uhb", "leicester", "bexley", "mhcc", "interpreters", "colleges", "census", "school", "cldr", "ours"))
"""What each stands for is in spellings/README.md."""


def table(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(kind, typed, means):
    """known or likely, and right; asked with the right ones offered, asked without them, asked as it should be; or wrong."""
    understood = understand(kind, typed)
    if isinstance(understood, Unknown):
        return "rightly asked" if len(means) != 1 else "asked" if means[0] in understood.suggestions else "asked, not offered"
    if (understood.code,) != means:
        return "wrong"
    return "known" if isinstance(understood, Known) else "likely"


def counted(name, labelled):
    """Counts by judgement; what was wrong is in the message of the test that fails."""
    found = {typed: judged(kind, typed, means) for kind, typed, means in labelled}
    counts = Counter(found.values())
    print(f"\n{name}: {len(found)} words;", ", ".join(f"{judgement} {count}" for judgement, count in counts.most_common()))
    assert not [typed for typed, judgement in found.items() if judgement == "wrong"]
    return counts


def languages_of(name):
    return [(Kind.LANGUAGE, row["typed"], codes(row)) for row in table(name)]


def codes(row):
    return tuple(row["means"].split("|")) if row["means"] else ()


@pytest.mark.parametrize("name", LISTS)
def test_names_of_the_uks_own_lists_are_known_or_rightly_asked(name):
    counts = counted(name, languages_of(name))

    assert counts["asked"] + counts["likely"] <= 0.01 * counts.total()
    assert not counts["asked, not offered"]


@pytest.mark.parametrize("name", LISTS)
def test_every_language_a_list_of_the_uk_names_is_in_ours(name):
    named = {code for row in table(name) for code in codes(row)}

    assert named <= terms(Kind.LANGUAGE).keys() | languages_elsewhere().keys()


def test_a_word_for_several_languages_is_asked_with_all_of_them():
    for name in (*LISTS, "spellings"):
        for row in table(name):
            if len(codes(row)) > 1:
                offered = understand(Kind.LANGUAGE, row["typed"]).suggestions

                assert len(set(offered) & set(codes(row))) > 1, row["typed"]


def test_spellings_of_people_are_understood_or_asked_and_none_is_wrong():
    counts = counted("spellings", languages_of("spellings"))
    single = counts.total() - counts["rightly asked"]

    assert counts.total() >= 500
    assert counts["known"] + counts["likely"] >= 0.95 * single
    assert counts["asked"] + counts["asked, not offered"] <= 0.05 * single
    assert counts["asked, not offered"] <= 0.01 * single


def test_slips_alone_are_mostly_understood_and_none_is_wrong():
    slips = [(Kind.LANGUAGE, row["typed"], codes(row)) for row in table("spellings") if row["sort"] == "slip"]
    counts = counted("slips alone", slips)

    assert counts["known"] + counts["likely"] >= 0.90 * counts.total()


def test_words_of_the_other_lists_are_understood_or_asked_and_none_is_wrong():
    counts = counted("other lists", [(Kind(row["kind"]), row["typed"], codes(row)) for row in table("other_lists")])
    single = counts.total() - counts["rightly asked"]

    assert counts["known"] + counts["likely"] >= 0.90 * single


def test_what_is_no_language_of_ours_is_never_taken_for_one():
    counts = counted("no language of ours", [(Kind.LANGUAGE, row["typed"], ()) for row in table("unknown")])

    assert counts.total() >= 200


def test_no_name_of_another_registered_language_is_likely_to_be_one_of_ours():
    ours, elsewhere = terms(Kind.LANGUAGE).keys(), languages_elsewhere().keys()
    others = [(Kind.LANGUAGE, name, (tag,)) for tag, name in registered_names() if tag not in ours and tag not in elsewhere]
    found = {typed: understand(kind, typed) for kind, typed, _ in others}
    likely = [typed for typed, understood in found.items() if not isinstance(understood, Known | Unknown)]
    known = [typed for typed, understood in found.items() if isinstance(understood, Known)]
    print(f"\nregistered, none of ours: {len(found)} names; likely {len(likely)}, known by that very name {len(known)}")

    assert len(found) > 7_500
    assert not likely
    assert len(known) <= 50  # names that people here use for another language: Roma, Filipino, Goan Konkani


def test_the_list_of_lookalikes_was_made_anew_since_a_spelling_was_added():
    assert {row["words"]: row["tag"] for row in rows("language_lookalikes")} == lookalikes()


def test_every_spelling_says_where_it_was_seen_and_is_there_once():
    labelled = table("spellings")

    assert {row["source"] for row in labelled} == SOURCES
    assert {row["sort"] for row in labelled} == {"autonym", "variant", "slip"}
    assert len({row["typed"] for row in labelled}) == len(labelled)
