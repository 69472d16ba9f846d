"""FastAPI works out anew, for each app, what every route takes and gives: half of setting up a test of a service.

Here the same is worked out once in a process. The seam is private to FastAPI (`fastapi._compat.v2.TypeAdapter`), so only tests
use it, and `tests/unit/test_quick_routes.py` fails should a release move it."""
from collections.abc import Hashable
from typing import Any, get_args

from fastapi._compat import v2
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

made: dict[Hashable, TypeAdapter[Any]] = {}


def remembered(kind: Any, *, config: Any = None) -> TypeAdapter[Any]:
    key = (*(known_by(part) for part in get_args(kind)), repr(config))
    if key not in made:
        made[key] = TypeAdapter(kind, config=config)
    return made[key]


def known_by(part: Any) -> Hashable:
    """A type is itself; a field's settings are told by their words (which name a function by its address)."""
    return part if isinstance(part, Hashable) and not isinstance(part, FieldInfo) else repr(part)


def remember() -> None:
    v2.TypeAdapter = remembered  # type: ignore[assignment, misc]
