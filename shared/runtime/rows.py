"""From a row to what we know of it. While releases change, a table may have columns that only the next one knows."""
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

import asyncpg

T = TypeVar("T")


def as_a(kind: type[T], row: Mapping[str, Any] | asyncpg.Record, /, **read: Any) -> T:
    """A `kind` (a dataclass) from the columns named as its fields; `read`: those that need reading first, already read."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in row.items() if name in known} | read)
