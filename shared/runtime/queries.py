"""Named SQL: each service keeps its statements in one queries.sql, read when its store is imported."""
import re
from pathlib import Path
from types import SimpleNamespace


class MisnamedQuery(ValueError):
    """Two statements of one queries.sql have the same name, or one has no text."""


def load(path: Path) -> SimpleNamespace:
    """Each `-- name: x` block of the file becomes attribute `x`."""
    _, *parts = re.split(r"^-- name: (\w+)\s*\n", path.read_text(), flags=re.MULTILINE)
    names, statements = parts[::2], [statement.strip() for statement in parts[1::2]]
    if len(set(names)) != len(names) or not all(statements):
        raise MisnamedQuery(str(path))
    return SimpleNamespace(**dict(zip(names, statements, strict=True)))
