"""The Accessible Information Standard's needs: all there, and no code that was mistyped."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary import formats
from shared.vocabulary.formats import CATEGORIES, FORMATS, METHODS, POINT_SIZES, STANDARD_POINT_SIZES, is_snomed, need_of, needs


def test_all_four_categories_are_whole():
    assert Counter(need.category for need in needs()) == {
        "contact_method": 9,
        "information_format": 18,
        "communication_professional": 14,
        "communication_support": 20,
    }
    assert {need.category for need in needs()} == CATEGORIES.keys()


def test_no_label_and_no_code_is_there_twice():
    assert len({need.label for need in needs()}) == len({need.snomed for need in needs()}) == 61


def test_a_need_is_met_only_by_methods_and_formats_there_are():
    assert {need.method for need in needs() if need.method} <= METHODS.keys()
    assert {need.format for need in needs() if need.format} <= FORMATS.keys()
    assert {need.point_size for need in needs() if need.point_size} == set(STANDARD_POINT_SIZES) <= set(POINT_SIZES)


def test_a_code_leads_to_its_need():
    need = need_of("957351000000102")

    assert need is not None
    assert (need.format, need.point_size) == ("large_print", 24)


def test_a_real_code_of_something_else_is_no_need():
    assert need_of("73211009") is None


@pytest.mark.parametrize(
    "code", ["7961610000001018", "73618009", "", "12", "0796161000000101", "796161000000110", "７９６１６１", "79616100000010x"]
)
def test_a_code_whose_check_digit_is_wrong_is_refused(code):
    assert not is_snomed(code)
    with pytest.raises(formats.WrongCode):
        need_of(code)


@given(st.sampled_from([need.snomed for need in needs()]), st.data())
def test_one_wrong_digit_or_two_swapped_are_always_noticed(code, data):
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[place]]))

    assert not is_snomed(code[:place] + wrong + code[place + 1 :])
    for at in range(len(code) - 1):
        if code[at] != code[at + 1]:
            assert not is_snomed(code[:at] + code[at + 1] + code[at] + code[at + 2 :])
