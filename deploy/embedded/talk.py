"""One readable stream of lines from everything that runs, each with its name before it."""
import asyncio
import os
import sys
import time
from typing import TextIO

COLOURS = {"registry": 32, "matcher": 36, "notifier": 35, "portal": 34, "postgres": 33, "broker": 33, "alongside": 1}
WIDTH = max(len(name) for name in COLOURS)


class Talk:
    """Writes `portal    │ line`; in colour where people read it on a terminal that wants it (NO_COLOR is respected)."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._coloured = self._out.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"

        self._last = time.monotonic()

    async def until_quiet(self, pause: float, *, within: float) -> None:
        """Wait until nothing was said for `pause` seconds, so that what is printed next stays in sight."""
        deadline = time.monotonic() + within
        while True:
            left = min(deadline, self._last + pause) - time.monotonic()
            if left <= 0:
                return
            await asyncio.sleep(left)

    def __call__(self, name: str, line: str) -> None:
        self._last = time.monotonic()
        prefix = f"{name:<{WIDTH}} │"
        if self._coloured and name in COLOURS:
            prefix = f"\033[{COLOURS[name]}m{prefix}\033[0m"
        print(prefix, line, file=self._out, flush=True)


def silent(name: str, line: str) -> None:
    """For tests that do not want the lines."""
