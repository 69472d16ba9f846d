"""What puts PAs in order cannot know how they were rated, how fast they answer, or how often they were seen or asked."""
import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, relative

DOMAIN = "services.matcher.domain"
WHAT_ORDERS = ("placing", "ranking", "shortlist", "kernel.ranked")
NOT_READ = ("introduction", "fairness", "gaps")
UNFAIR = re.compile(
    r"(^|_)(rating|ratings|rated|stars?|review|reviews|popular|popularity|response|responses|responded|answered|clicks?|views|viewed"
    r"|hired|hires|declined|accepted|expired|joined|experience|seniority|asked_by|times_shown|times_asked|last_seen)($|_)"
)
MAY_TOUCH = {"due", "plans", "profiles", "shortlists", "outbox", "gaps", "turns", "editions", "history", "records"}


def imported_by(module: str) -> set[str]:
    """Itself and everything of the matcher's domain it imports, however far away."""
    found, left = set(), [module]
    while left:
        name = left.pop()
        if name in found or not (file := file_of(name)):
            continue
        found.add(name)
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(DOMAIN):
                left += [str(node.module), *(f"{node.module}.{one.name}" for one in node.names)]
    return found


def file_of(module: str) -> Path | None:
    path = ROOT / Path(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()), None)


def makes_lists() -> set[str]:
    return set().union(*(imported_by(f"{DOMAIN}.{name}") for name in WHAT_ORDERS))


def names_in(text: str) -> set[str]:
    """Every name that a module defines, reads or passes."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.keyword(arg=str(name)):
                found.add(name)
    return found


def test_what_orders_reads_nothing_that_was_counted_or_asked() -> None:
    modules = makes_lists()

    assert len(modules) > 15, "the rules were not found"
    assert not [name for name in modules for part in NOT_READ if name.startswith(f"{DOMAIN}.{part}")]


def test_what_orders_knows_no_rating_no_speed_of_answering_and_no_popularity() -> None:
    found = {
        relative(file): unfair for name in makes_lists() if (file := file_of(name))
        and (unfair := {one for one in names_in(file.read_text()) if UNFAIR.search(one)})
    }

    assert not found


@pytest.mark.parametrize(
    "line", ["rating = 5", "score += profile.response_time", "def order(popularity): ...", "f(times_asked=3)"]
)
def test_an_unfair_rule_would_be_found(line: str) -> None:
    assert [name for name in names_in(line) if UNFAIR.search(name)]


def test_no_profile_tells_any_such_thing() -> None:
    fields = names_in((ROOT / "shared" / "contracts" / "registry.py").read_text())

    assert not [name for name in fields if UNFAIR.search(name)]


def test_drawing_up_a_list_notes_turns_and_never_reads_them() -> None:
    """The one place where both are at hand: `counting.note` comes after the list was saved, and gives nothing back."""
    ranking = ast.parse((ROOT / "services" / "matcher" / "usecases" / "ranking.py").read_text())
    touched = {
        node.attr for node in ast.walk(ranking)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "work"
    }
    kept = [node.value for node in ast.walk(ranking) if isinstance(node, ast.Expr)]
    calls = [node for node in ast.walk(ranking) if isinstance(node, ast.Call) and ast.unparse(node.func) == "counting.note"]

    assert touched <= MAY_TOUCH - {"turns", "gaps"}
    assert len(calls) == 1
    assert any(isinstance(one, ast.Await) and one.value is calls[0] for one in kept)
