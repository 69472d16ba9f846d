"""Builds broken on purpose: each switch takes one guard away, to see that the harness notices. They exist only here."""
from collections.abc import Callable, Iterable

BREAKS: dict[str, Callable[[], None]] = {}


def switch(names: Iterable[str]) -> None:
    for name in names:
        BREAKS[name]()
