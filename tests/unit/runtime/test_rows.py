"""A row is read by what we know of it, so that a table made wider for the next release stops nobody."""
from dataclasses import dataclass

import pytest

from shared.runtime.rows import as_a


@dataclass(frozen=True)
class Thing:
    name: str
    parts: tuple[str, ...]
    size: int = 1


def test_what_nobody_here_knows_is_left_out_and_what_needs_reading_comes_read() -> None:
    row = {"name": "a", "parts": ["b"], "size": 3, "of_the_next_release": "more"}

    assert as_a(Thing, row, parts=("b",)) == Thing("a", ("b",), 3)


def test_what_is_not_there_stays_what_it_is_by_itself_or_is_missed() -> None:
    assert as_a(Thing, {"name": "a", "parts": ()}) == Thing("a", ())

    with pytest.raises(TypeError, match="parts"):
        as_a(Thing, {"name": "a"})
