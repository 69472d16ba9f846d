"""What a file may be called, how long it may be, and what must not be in it."""
import ast
import os
import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.tree import ROOT, code, files, module_of, relative

REFUSED = {"utils", "helpers", "common", "core", "base", "manager", "misc", "util", "helper", "managers"}
LONGEST = 250
LONGEST_TEST = 400  # a test file is read one test at a time
MAY_BE_LONGER: dict[str, str] = {}
"""A file of ours, and why it may."""
STARTED_ON_PURPOSE = ("__main__",)


def test_no_file_has_a_name_that_says_nothing() -> None:
    names = {relative(file): {part.removesuffix(".py") for part in file.relative_to(ROOT).parts} for file in files(".py")}

    assert not [name for name, parts in names.items() if parts & REFUSED]


def test_no_file_is_so_long_that_it_hides_two_subjects() -> None:
    lengths = {relative(file): len(file.read_text().splitlines()) for file in files(".py")}

    assert not {name: lines for name, lines in lengths.items() if lines > limit(name) and name not in MAY_BE_LONGER}


def limit(name: str) -> int:
    return LONGEST_TEST if name.startswith("tests/") else LONGEST


def test_an_exception_from_the_length_is_still_needed() -> None:
    assert not [name for name in MAY_BE_LONGER if len((ROOT / name).read_text().splitlines()) <= limit(name)]


def test_every_module_begins_by_saying_what_it_is_for() -> None:
    texts = {relative(file): file.read_text() for file in code()}

    assert not [name for name, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))]


def test_every_module_imports_with_an_empty_environment() -> None:
    """Nothing happens at import: no settings are read, nothing is opened."""
    modules = [module_of(file) for file in code() if file.stem not in STARTED_ON_PURPOSE]
    lines = [
        "import socket, importlib",
        "def refuse(*_): raise AssertionError('a socket at import')",
        "socket.socket.connect = socket.socket.bind = refuse",
        *[f"importlib.import_module({module!r})" for module in modules],
    ]

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "\n".join(lines)], cwd=ROOT, env={}, capture_output=True, text=True, timeout=110
    )

    assert done.returncode == 0, done.stderr[-2000:]


def test_domains_ask_neither_the_clock_nor_chance() -> None:
    """Time, ids and chance come in as arguments, so that the same question has the same answer."""
    asks = re.compile(
        r"\b(datetime\.now|date\.today|utcnow|time\.time|monotonic|uuid[1467]\(|os\.environ|(import|from) (random|secrets))"
    )
    domains = [file for file in code() if "/domain/" in relative(file)]

    assert domains
    assert not [relative(file) for file in domains if asks.search(file.read_text())]


def test_sql_is_in_queries_files() -> None:
    """Never put together from strings in Python; test databases and migrations' own ledger aside."""
    sql = re.compile(r'"""\s*(SELECT|INSERT|UPDATE|DELETE)\b|["\'](SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET)\b')
    spoken = [relative(file) for file in code() if sql.search(file.read_text())]

    assert set(spoken) <= {"shared/runtime/migrations.py"}  # it runs before there is any table to have queries for


@pytest.mark.parametrize("name", ["run", "dev", "service", "bench"])
def test_requirements_are_pinned_by_hash_and_name_no_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pins = re.findall(r"^[a-zA-Z0-9](?:.*\\\n)*.*", text, flags=re.MULTILINE)

    assert len(pins) > 20
    assert not [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]
    assert "://" not in text and "index-url" not in text


def test_requirements_hold_what_pyproject_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {name_of(line) for line in asked["project"]["dependencies"]}
    tools, compared = ({name_of(line) for line in asked["dependency-groups"][group]} for group in ("dev", "bench"))

    assert wanted <= pinned("run")
    assert wanted | tools <= pinned("dev")
    assert compared <= pinned("bench") - pinned("run") - pinned("dev")


def test_every_direct_dependency_is_explained() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = asked["dependency-groups"]
    names = {name_of(line) for line in asked["project"]["dependencies"] + groups["dev"] + groups["bench"]}
    page = (ROOT / "docs" / "dependencies.md").read_text().lower().replace("_", "-").replace(".", "-")

    assert not sorted(name for name in names if f"| {name} |" not in page)


def name_of(requirement: str) -> str:
    return re.split(r"[\[~=<>! ;]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def pinned(file: str) -> set[str]:
    text = (ROOT / "requirements" / f"{file}.txt").read_text()
    return {name_of(line) for line in text.splitlines() if re.match(r"[a-zA-Z0-9]", line)}


def test_nothing_is_committed_that_is_made_or_secret() -> None:
    refused = re.compile(r"(^|/)(\.env|node_modules|__pycache__|var|\.venv)(/|$)|\.(pem|key|jar)$")

    assert not [relative(file) for file in files() if refused.search(relative(file))]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
