"""Coroutines stepped by hand: what they ask of an event loop is to give way, and no limit of time ever strikes."""
import types
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from services.notifier.api import contacts
from services.notifier.courier import sender, writer


@types.coroutine
def give_way() -> Iterator[None]:
    yield


def finished(work: Any) -> Any:
    """What a coroutine that never waits comes to."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("it waits for somebody")


class NoLimit:
    def __init__(self, _: float) -> None: ...
    async def __aenter__(self) -> None: ...
    async def __aexit__(self, *_: object) -> None: ...


async def sleep(_: float) -> None:
    await give_way()


class Silent:
    def __getattr__(self, _: str) -> Any:
        return lambda *_, **__: None


def silent(patch: pytest.MonkeyPatch) -> None:
    for module in (sender, writer):
        patch.setattr(module, "log", Silent())


def without_a_loop(patch: pytest.MonkeyPatch) -> None:
    silent(patch)
    for module in (sender, writer, contacts):
        patch.setattr(module, "asyncio", SimpleNamespace(timeout=NoLimit, sleep=sleep))
