"""No list of last year is made otherwise today: each version of the rules says what it always said, to the last reason."""
import re
from dataclasses import replace
from itertools import zip_longest

import pytest

from services.matcher.domain.plan import Criterion
from services.matcher.domain.rules import RULES, VERSION_1, Turning
from shared.vocabulary.reasons import REASONS
from tests.unit.matcher.kept_answers import answer_file, answers, of_the_kernel, questions

KEPT_BY_HAND = "This version's answers changed. A change of what the rules do is a new version: see kept_answers"


def kept(version: int) -> list[str]:
    return answer_file(version).read_text().splitlines()


@pytest.mark.parametrize("version", sorted(RULES))
def test_a_version_of_the_rules_says_what_it_always_said(version: int) -> None:
    for now, then in zip_longest(answers(RULES[version]), kept(version)):
        assert now == then, KEPT_BY_HAND


@pytest.mark.parametrize("version", sorted(RULES))
def test_and_so_do_the_columns(version: int) -> None:
    lists = [line for line in kept(version) if line.startswith("list ")]

    for now, then in zip_longest(of_the_kernel(RULES[version]), lists):
        assert now == then, KEPT_BY_HAND


def test_the_questions_ask_for_everything_the_rules_can_say() -> None:
    lists = (line for line in kept(1) if line.startswith("list "))
    said = {code for line in lists for code in re.findall(r"\w+/\w+/(\w+)/", line)}

    assert said == set(REASONS)
    assert {wish.criterion for plan in questions().plans for wish in plan.wishes} == set(Criterion) - {
        Criterion.LOOKING, Criterion.AGE,
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 500_001}, {"near_miss": 1}, {"score_step": 2_000}, {"pay_stretch": 250_000}, {"weeks_looked_at": 1},
        {"levels_below": (1_000_000, 600_001, 300_000, 200_000)}, {"next_language": 100_001}, {"out_of_date": 500_001},
        {"turning": Turning.MIXED},
    ],
)
def test_a_change_of_a_number_would_be_noticed_in_a_list_too(change: dict[str, object]) -> None:
    changed = replace(VERSION_1, **change)  # type: ignore[arg-type]

    now = [line for line in answers(changed) if not line.startswith("rules ")]

    assert now != [line for line in kept(1) if not line.startswith("rules ")]
