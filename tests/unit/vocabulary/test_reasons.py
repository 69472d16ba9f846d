"""Reasons in plain English: every sentence can be said, and what is missing is an error that names it."""

import re

import pytest

from shared.vocabulary.reasons import COSTS, IN_GENERAL, REASONS, cost_in_words, english, needs


@pytest.fixture
def hours_short(monkeypatch):
    monkeypatch.setitem(REASONS, "hours_short", "There {missing?is|are} {missing|hour|hours} short on {where}")
    return "hours_short"


def test_one_and_many_are_said_each_in_its_way(hours_short):
    assert english(hours_short, {"missing": 1, "where": "Monday"}) == "There is 1 hour short on Monday"
    assert english(hours_short, {"missing": "3.5", "where": "Monday"}) == "There are 3.5 hours short on Monday"
    assert english(hours_short, {"missing": 0, "where": "Monday"}) == "There are 0 hours short on Monday"


def test_what_is_missing_is_named(hours_short):
    with pytest.raises(KeyError, match="needs missing, where"):
        english(hours_short, {})


def test_a_reason_without_words_says_where_to_add_them():
    with pytest.raises(KeyError, match=r"no words for the reason 'moonlight'.*reason_words"):
        english("moonlight", {})


def test_what_a_sentence_does_not_name_is_left_out(hours_short):
    assert english(hours_short, {"missing": 2, "where": "Monday", "other": "x"}) == "There are 2 hours short on Monday"


def test_braces_in_what_is_said_are_only_said(hours_short):
    assert english(hours_short, {"missing": 2, "where": "{missing} {0}"}).endswith("on {missing} {0}")


@pytest.mark.parametrize("code", REASONS)
def test_every_sentence_can_be_said(code):
    said = english(code, {name: 2 for name in needs(code)} | {"language": "so", "related_language": "so"})

    assert said[0].isupper() or said[0].isdigit()
    assert not re.search(r"[{}|]", said)
    assert not re.search(r"\b(client|service user|case|fail|reject)", said.lower())


def test_what_is_said_in_general_is_said_of_reasons_there_are():
    assert IN_GENERAL.keys() <= REASONS.keys()


@pytest.mark.parametrize("code", COSTS)
def test_every_part_of_a_cost_can_be_said(code):
    said = cost_in_words(code, {name: 2 for name in needs(code, COSTS)})

    assert said[0].isupper()
    assert not re.search(r"[{}|]", said)
    assert not re.search(r"\b(client|service user|case|fail|reject)", said.lower())


def test_a_thousand_pounds_are_written_as_people_write_them():
    assert cost_in_words("cost_ni_below", {"pay_pence": 132184, "threshold_pence": 500000}) == (
        "Employer National Insurance: nothing, because the pay of £1,321.84 is not above £5,000 a year"
    )
