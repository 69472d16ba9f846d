"""Ends what a benchmark let run beside itself."""
import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any


async def let_go(tasks: "Iterable[asyncio.Task[Any]]") -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
