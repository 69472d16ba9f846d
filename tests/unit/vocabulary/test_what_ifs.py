"""What-ifs in plain English: every step there is has words, for whatever it is about."""
import re

import pytest

from services.matcher.domain.plan import Criterion
from services.matcher.domain.relaxing import Kind, steps
from services.matcher.domain.rules import CURRENT
from shared.vocabulary.reasons import needs
from shared.vocabulary.what_if_words import IFS
from shared.vocabulary.what_ifs import clause, what_if, wish
from tests.unit.matcher.a_match import DAY, LORE, WORDS, a_plan, must


def test_every_step_has_words_and_nothing_else_has() -> None:
    assert set(IFS) == {kind.value for kind in Kind}


def test_a_step_says_what_it_would_be_and_what_would_come_of_it() -> None:
    further = ("if_further", {"within_m": 8_047, "more_m": 3_219})

    assert what_if([further], 4) == "If you could look up to about 5 miles away, 4 more people would fit."
    assert what_if([further], 1) == "If you could look up to about 5 miles away, 1 more person would fit."
    assert what_if([further], 0).endswith(", no more people would fit.")


def test_two_steps_are_one_sentence() -> None:
    somali = {"criterion": "language", "any_language": "so,en", "mode": "spoken"}

    said = what_if([("if_softer", somali), ("if_pay", {"most_pence": 1600, "change": 100})], 12)

    assert said == (
        "If “speaks Somali or English” was important but not a must, and you could pay up to £16.00 an hour, "
        "12 more people would fit."
    )


def test_who_would_be_lost_is_said_too() -> None:
    assert what_if([("if_later", {})], 3, 1).endswith("3 more people would fit, but 1 person who fits now would not.")
    assert what_if([("if_later", {})], 0, 2).endswith("no more people would fit, and 2 people who fit now would not.")


def test_a_lawful_must_is_said_to_be_theirs_to_keep() -> None:
    said = what_if([("if_softer_lawful", {"criterion": "sex", "any_sex": "woman"})], 2)

    assert said.startswith("If “is a woman” was important but not a must, ")
    assert said.endswith("2 more people would fit. You have a reason for this that the law allows. It is yours to keep.")


@pytest.mark.parametrize(("criterion", "code", "words"), [
    ("faith", "muslim", "shares this faith or belief: Muslim"), ("practice", "cooks_halal", "Cooks halal"),
    ("skill", "first_aid", "has this skill: first aid"), ("interest", "choir", "likes this: "),
])
def test_names_keep_their_capitals(criterion: str, code: str, words: str) -> None:
    assert wish({"criterion": criterion, f"any_{criterion}": code}).startswith(words)


@pytest.mark.parametrize("criterion", [one for one in Criterion if one not in (Criterion.LOOKING, Criterion.AGE)])
def test_every_wish_can_be_named(criterion: Criterion) -> None:
    values = ("so",) if criterion is Criterion.LANGUAGE else WORDS.get(criterion, ())

    for step in steps(a_plan(must(criterion, *values, confirmed=False)), DAY, CURRENT, LORE):
        words = clause(step.kind.value, dict(step.params))
        assert words and not re.search(r"[{}|_]", words)
        assert "criterion" not in dict(step.params) or wish(dict(step.params)) != criterion.value


@pytest.mark.parametrize("code", IFS)
def test_a_step_without_what_it_needs_says_so(code: str) -> None:
    if needs(code, IFS):
        with pytest.raises(KeyError, match="needs"):
            clause(code, {})


def test_a_step_without_words_says_where_to_add_them() -> None:
    with pytest.raises(KeyError, match="what_if_words"):
        clause("if_pigs_fly", {})
