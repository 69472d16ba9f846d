"""Keeps a program running: started again when it ends, at once or after a pause that grows while it keeps failing."""
import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from deploy.embedded.process import Process, Program, Tell

AGAIN_AT_ONCE = 75
"""The exit code (EX_TEMPFAIL) with which a service asks for a fresh start, for example when the broker lost its memory."""
SETTINGS_ARE_WRONG = 78
"""The exit code (EX_CONFIG) that no fresh start will mend."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
STEADY_AFTER = 30.0  # seconds of running after which earlier failures are forgotten


async def nothing_more() -> None:
    """For a program that is whole as soon as it runs."""


class Kept:
    """A program that is meant to run until we say otherwise.

    `program` is asked anew for every start (a broker gets a new name each time); `once_started` is awaited after each
    start, and a failure of it counts as a failure of the program.
    """

    def __init__(
        self, name: str, program: Callable[[], Program], tell: Tell, once_started: Callable[[], Awaitable[None]] = nothing_more
    ) -> None:
        self.name = name
        self.starts = 0
        self._program = program
        self._tell = tell
        self._once_started = once_started
        self._process: Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self.hopeless = asyncio.Event()
        """Set when its settings are wrong, so that nothing will help."""

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.running else None

    async def start(self) -> None:
        """The first start must succeed: if it ends instead, that is an error of ours to show."""
        await self._begin()
        self._keeping = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None
        if self._process is not None:
            await self._process.stop()
            self._process = None

    async def kill(self) -> None:
        """As if it had crashed; it is started again."""
        if self._process is not None:
            await self._process.kill()

    async def _begin(self) -> None:
        self.starts += 1
        self._process = await Process.start(self._program(), self._tell)
        await self._once_started()

    async def _keep(self) -> None:
        pause = FIRST_PAUSE
        while True:
            started = time.monotonic()
            assert self._process is not None
            code = await self._process.wait()
            await self._process.kill()  # and whatever it left behind
            if code == SETTINGS_ARE_WRONG:
                self.hopeless.set()
                return
            if time.monotonic() - started > STEADY_AFTER:
                pause = FIRST_PAUSE
            if code == AGAIN_AT_ONCE:
                self._tell(self.name, "asks for a fresh start")
                await asyncio.sleep(FIRST_PAUSE)
            else:
                self._tell(self.name, f"ended ({ending(code)}); starting it again in {pause:g} s")
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            try:
                await self._begin()
            except Exception as problem:  # the next turn of the loop waits longer
                self._tell(self.name, f"did not start: {problem}")


def ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
