"""Which parts of a resource were read, so that the rest can be named."""

import re
from collections.abc import Iterator
from typing import Any


class Paths:
    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.used: set[str] = set()

    def use(self, *paths: str) -> None:
        """Read, with all that is below."""
        self.used.update(paths)

    def unread(self) -> list[str]:
        """The topmost paths of what nobody read, in order. Names of elements only: never what they hold."""
        return list(self.below("", self.raw))

    def below(self, path: str, value: Any) -> Iterator[str]:
        if path in self.used or re.sub(r"(^|\.)_", r"\1", path) in self.used:
            return
        if path and not self.touched(path):
            yield path
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from self.below(f"{path}.{key}" if path else key, inner)
        elif isinstance(value, list):
            for at, inner in enumerate(value):
                yield from self.below(f"{path}[{at}]", inner)

    def touched(self, path: str) -> bool:
        return any(used.startswith((f"{path}.", f"{path}[")) for used in self.used)
