"""The codes the rules can give, read from their source, and the words for each: none without words, no words without a code."""
import ast
import re
from collections.abc import Iterator

import pytest

from services.matcher.domain import changes
from services.matcher.domain.plan import PROTECTED, Criterion
from shared.vocabulary.change_words import WHAT, WHY, change
from shared.vocabulary.pa_words import FOR_THE_PA, TO_THE_PA
from shared.vocabulary.reasons import IN_GENERAL, REASONS
from tests.architecture.tree import ROOT

RULES = ROOT / "services" / "matcher" / "domain"
SUBJECTS = ("always", "declared", "having", "hours", "languages", "lawful", "limits", "pay", "place", "placing", "times")
MADE_WITH = {"yes": 0, "no": 0, "unknown": 0, "Finding": 0, "Reason": 2}
KINDS = {
    "having": (Criterion.PRACTICE, Criterion.SKILL, Criterion.TASK, Criterion.INTEREST),
    "declared": tuple(sorted(PROTECTED)),
}
NEVER_A_REASON = {"of_age", "looking", "willing", "pay_lawful"}
"""What always holds, when it does: nobody is told."""
ALIKE_NEVER = {"practice_alike", "skill_alike", "task_alike"}
"""Only interests have others that count as them."""


def codes(subject: str) -> set[str]:
    tree = ast.parse((RULES / f"{subject}.py").read_text())
    return {code for node in ast.walk(tree) for code in _given(node, subject)}


def _given(node: ast.AST, subject: str) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MADE_WITH:
        place = MADE_WITH[node.func.id]
        if len(node.args) > place:
            yield from _said(node.args[place], subject)
    if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == "code" for one in node.targets):
        yield from _said(node.value, subject)
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):  # hours: met and code
        yield from _said(node.value.elts[-1], subject)


def _said(node: ast.AST, subject: str) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_said(node.body, subject), *_said(node.orelse, subject))
    elif isinstance(node, ast.JoinedStr) and subject in KINDS:
        last = node.values[-1]
        assert isinstance(last, ast.Constant)
        yield from (f"{kind.value}{last.value}" for kind in KINDS[subject])


def all_codes() -> set[str]:
    found = {code for subject in SUBJECTS for code in codes(subject)}
    not_met = {code for code in codes("declared") if not code.endswith("_same")}
    return found - ALIKE_NEVER | {f"{code}_for_tasks" for code in not_met}  # lawful.py adds this to a must that is not met


def test_every_module_that_makes_findings_is_read() -> None:
    modules = {file.stem: file.read_text() for file in RULES.glob("*.py") if file.stem != "finding"}

    makers = {name for name, text in modules.items() if any(re.search(rf"\b{made}\(", text) for made in MADE_WITH)}

    assert makers == set(SUBJECTS) - {"lawful"}


def test_every_code_has_words_and_all_words_have_a_code() -> None:
    assert all_codes() - NEVER_A_REASON == REASONS.keys()


def test_every_code_that_can_keep_somebody_out_is_said_in_general_and_to_the_pa() -> None:
    held = {
        code for code in all_codes()
        if code.endswith(("_yes", "_alike", "_same", "_fine", "_none", "_fit", "_within"))
    }  # fmt: skip
    always_met = {"language_known", "times_all", "times_enough", "times_not_asked", "near", "some_way", *NEVER_A_REASON}
    continuity = {"hours_fit_continuity_apart", "hours_fit_continuity_unknown"}  # of a must, only the hours count

    assert all_codes() - (held - {"times_none"}) - always_met - continuity == IN_GENERAL.keys()
    assert TO_THE_PA.keys() == IN_GENERAL.keys()


def test_what_speaks_for_a_pa_has_words_for_every_criterion_they_may_know() -> None:
    never_wished = {Criterion.LOOKING, Criterion.AGE}

    assert {criterion.value for criterion in Criterion} - {one.value for one in PROTECTED | never_wished} == FOR_THE_PA.keys()


@pytest.mark.parametrize("what", changes.What)
def test_every_change_has_words(what: changes.What) -> None:
    assert {one.value for one in changes.What} == WHAT.keys() and {one.value for one in changes.Why} == WHY.keys()
    for why in changes.Why:
        assert change(what.value, [why.value]).endswith(".")
