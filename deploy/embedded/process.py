"""One child process: it starts, its lines are told with its name before them, and it never outlives us."""
import asyncio
import contextlib
import ctypes
import os
import pwd
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Tell = Callable[[str, str], None]
"""Told each line: the name of the process, and the line."""

PR_SET_PDEATHSIG = 1
LONGEST_LINE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Program:
    """What to start, and how to ask it to stop."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] | None = None
    user: str | None = None
    """The system user to run as; only root may choose one."""
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 18.0
    """Seconds from asking it to stop until it is killed."""
    last_will: signal.Signals = signal.SIGKILL
    """What the kernel sends it when we are gone, however we went."""
    folder: Path | None = None
    worth_telling: Callable[[str], bool] = bool
    """Which of its lines are passed on; by default all that are not empty."""


class Process:
    """A running program. Each has a process group of its own, so that Ctrl-C reaches us alone and we stop things in order."""

    def __init__(self, program: Program, child: asyncio.subprocess.Process, reading: "asyncio.Task[None]") -> None:
        self.program = program
        self._child = child
        self._reading = reading
        self._over = False

    @classmethod
    async def start(cls, program: Program, tell: Tell) -> "Process":
        child = await asyncio.create_subprocess_exec(
            *program.command,
            env=None if program.environment is None else dict(program.environment),
            user=program.user,
            group=None if program.user is None else pwd.getpwnam(program.user).pw_gid,
            extra_groups=[] if program.user else None,
            cwd=program.folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LONGEST_LINE,
            start_new_session=True,
            preexec_fn=dies_with_us(program.last_will),
        )
        return cls(program, child, asyncio.create_task(pass_on(child, program, tell)))

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def running(self) -> bool:
        return self._child.returncode is None

    async def wait(self) -> int:
        """Its exit code, when it has ended and its last line was told; negative: the signal that ended it."""
        code = await self._child.wait()
        await asyncio.wait({self._reading}, timeout=1)  # a grandchild may hold the pipe open, or somebody has ended the reading
        return code

    async def stop(self) -> int:
        """Ask, wait, and then make sure, also of anything it had started itself."""
        if self.running:
            self.signal(self.program.stop_signal)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._child.wait(), self.program.patience)
        return await self.kill()

    async def kill(self) -> int:
        if not self._over:  # later its number may be somebody else's
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)
        code = await self._child.wait()
        self._over = True
        self._reading.cancel()
        return code

    def signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._child.send_signal(number)


async def pass_on(child: asyncio.subprocess.Process, program: Program, tell: Tell) -> None:
    assert child.stdout is not None
    while True:
        try:
            line = await child.stdout.readline()
        except ValueError:  # longer than LONGEST_LINE: what was read is dropped
            tell(program.name, "(a line too long to show)")
            continue
        if not line:
            return
        text = line.decode(errors="replace").rstrip()
        if program.worth_telling(text):
            tell(program.name, text)


def dies_with_us(number: signal.Signals) -> Callable[[], None]:
    """For the child, before it becomes its program: ask the kernel for this signal when its parent dies.

    It runs after the change of user, which would clear it again.
    """
    us = os.getpid()
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != us:  # we were gone before it could ask
            os.kill(os.getpid(), signal.SIGKILL)

    return ask


async def run(program: Program, tell: Tell) -> int:
    """Start it and wait for its end; killed when we are cancelled."""
    process = await Process.start(program, tell)
    try:
        return await process.wait()
    finally:
        await process.kill()
