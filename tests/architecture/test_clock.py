"""One clock for a whole service, which nobody can set: nothing else is asked what time it is."""
import ast

import pytest

from tests.architecture.tree import code, relative

OWN = "shared/runtime/clock.py"
ASKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


def asked_in(text: str) -> list[int]:
    """Lines in which the machine's clock is read."""
    return [
        node.lineno for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in ASKS
    ]


def test_only_the_clock_reads_the_machine_s_own() -> None:
    found = [
        f"{relative(file)}:{line}" for file in code() for line in asked_in(file.read_text())
        if relative(file).startswith(("services/", "shared/"))
    ]

    assert any(one.startswith(OWN) for one in found)
    found = [one for one in found if not one.startswith(OWN)]
    assert found == [], "ask shared.runtime.clock.utc instead: a machine's clock may jump"


@pytest.mark.parametrize("text", ["datetime.now(UTC)", "x = date.today()", "int(time.time())", "f(lambda: datetime.now)"])
def test_a_look_at_the_machine_s_clock_is_found(text: str) -> None:
    assert asked_in(text) == [1]
