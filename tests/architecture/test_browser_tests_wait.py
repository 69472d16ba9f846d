"""A test in a browser waits for the page that a click leads to: what is read at once may be the page before, or half of one."""
import ast
from collections.abc import Iterator

import pytest

from tests.architecture.tree import files, relative

MOVES = {"click", "press"}
"""What may lead to another page, and returns when the answer has begun, with nothing of the page there yet."""
WAITS = {"goto", "reload", "expect_download", "expect_event", "wait_for_load_state", "wait_for_url"}
READS = {
    "all_inner_texts", "all_text_contents", "content", "count", "evaluate", "get_attribute", "inner_html", "inner_text",
    "input_value", "is_checked", "is_visible", "text_content", "title", "url",
    "assert_no_known_barrier", "wider_than_screen", "cut_off",
}  # fmt: skip
"""What is read as it is now, for which `expect` has a way that waits."""
OF_NOTHING = {"to_have_count(0)", "to_be_hidden()"}
"""What is also so of an empty page, and so waits for nothing."""


def found_in(name: str, text: str) -> list[str]:
    functions = {one.name: one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)}
    helpers = {
        kind: {one for one in functions if any(word == kind for _, word, _ in steps(functions[one], {}))}
        for kind in ("moves", "reads")
    }
    return [f"{name}: {line}" for function in functions.values() for line in too_early(function, helpers)]


def too_early(function: ast.FunctionDef, helpers: dict[str, set[str]]) -> Iterator[str]:
    moved = False
    for line, kind, words in steps(function, helpers):
        if kind == "reads" and moved:
            yield f"{function.name} reads `{words}` in line {line} without waiting for the page"
        moved = kind == "moves" or (moved and kind != "waits")


def steps(function: ast.FunctionDef, helpers: dict[str, set[str]]) -> list[tuple[int, str, str]]:
    """What it does with a page: the line, moves, waits or reads, and the words of it, in the order they are done."""
    found = []
    for node in ast.walk(function):
        if kind := kind_of(node, {name: kind for kind, names in helpers.items() for name in names - {function.name}}):
            found.append((node.end_lineno or 0, node.end_col_offset or 0, kind, ast.unparse(node)))
    return [(line, kind, words) for line, _, kind, words in sorted(found)]


def kind_of(node: ast.AST, helpers: dict[str, str]) -> str | None:
    match node:
        case ast.Expr() if is_expected(ast.unparse(node)):
            return "waits"
        case ast.Call(args=[ast.Constant("Tab")]):
            return None
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(name)) | ast.Attribute(attr="url" as name):
            return "moves" if name in MOVES else "waits" if name in WAITS else "reads" if name in READS else helpers.get(name)
    return None


def is_expected(words: str) -> bool:
    return words.startswith("expect(") and not words.endswith(tuple(OF_NOTHING)) and ").not_to_" not in words


def test_nothing_is_read_of_a_page_that_may_not_be_there_yet() -> None:
    tests = [file for file in files(".py") if relative(file).startswith("tests/browser/test_")]

    assert not [problem for file in tests for problem in found_in(relative(file), file.read_text())]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("def f(p):\n    p.click()\n    assert p.inner_text() == 'a'", 1),
        ("def f(p):\n    p.click()\n    expect(p).to_have_text('a')\n    assert p.inner_text() == 'a'", 0),
        ("def f(p):\n    p.click()\n    expect(p).to_have_count(0)\n    assert p.inner_text() == 'a'", 1),
        ("def f(p):\n    p.click()\n    p.goto('/')\n    assert p.url == 'a'", 0),
        ("def read(p):\n    return p.count()\ndef f(p):\n    p.press('x')\n    assert read(p) == 1", 1),
        ("def ask(p):\n    p.click()\ndef f(p):\n    ask(p)\n    assert p.url == 'a'", 1),
        ("def f(p):\n    assert p.url == 'a'\n    p.click()", 0),
    ],
)
def test_the_rule_sees_what_it_should(text: str, problems: int) -> None:
    assert len(found_in("tests/browser/test_x.py", text)) == problems
