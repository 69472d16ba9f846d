"""Starts processes quickly: one that has imported everything forks the others. `python -m tests.faults.nursery SOCKET`.

A line of JSON comes in for each child to start (`tests.faults.roles.Task`), and a line goes out for each start and each end:
`{"started": number, "pid": …}`, `{"ended": number, "code": …}`. When the other end is gone, so are we and all children.
"""
import asyncio
import gc
import itertools
import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from deploy.embedded.process import dies_with_us
from tests.faults.clocks import Clock

ROOT = Path(__file__).resolve().parents[2]
CRASHED = 86
"""The exit code of a process that ended where it was asked to."""


class Child:
    """A process of the nursery's, as its caller sees it."""

    def __init__(self, pid: int, ended: "asyncio.Future[int]") -> None:
        self.pid = pid
        self.ended = ended

    def signal(self, number: signal.Signals) -> None:
        if not self.ended.done():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def stop(self, patience: float = 20) -> int:
        """Asked first, made to after `patience` seconds; its exit code."""
        self.signal(signal.SIGTERM)
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self.ended), patience)
        return await self.kill()

    async def kill(self) -> int:
        self.signal(signal.SIGKILL)
        return await self.ended


class Nursery:
    """`async with Nursery(folder) as nursery: child = await nursery.start({...})`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock(folder / "clock")
        self.numbers = itertools.count()
        self.starting: dict[int, asyncio.Future[int]] = {}
        self.ending: dict[int, asyncio.Future[int]] = {}

    async def __aenter__(self) -> "Nursery":
        place = self.folder / "nursery"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(place))
            listener.listen(1)
            listener.setblocking(False)
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.faults.nursery", str(place), cwd=ROOT, preexec_fn=dies_with_us(signal.SIGKILL),
                env=os.environ | self.clock.environment,
            )
            connection, _ = await asyncio.wait_for(asyncio.get_running_loop().sock_accept(listener), 60)
        self.reader, self.writer = await asyncio.open_connection(sock=connection)
        self.listening = asyncio.create_task(self.listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.listening.cancel()
        self.writer.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), 10)
            return
        self.process.kill()  # its children die with it
        await self.process.wait()

    async def start(self, task: dict[str, Any]) -> Child:
        number, loop = next(self.numbers), asyncio.get_running_loop()
        self.starting[number] = starting = loop.create_future()
        self.ending[number] = ending = loop.create_future()
        self.writer.write(json.dumps({**task, "number": number}).encode() + b"\n")
        return Child(await starting, ending)  # which may have ended before we hear that it began

    async def listen(self) -> None:
        while line := await self.reader.readline():
            said = json.loads(line)
            if "started" in said:
                self.starting.pop(said["started"]).set_result(said["pid"])
            else:
                self.ending.pop(said["ended"]).set_result(said["code"])


class Kept:
    """A child that is started again whenever it ends. `again`: what it is started with the second time and after.

    `ends`: where it shall end, one after another; `left`: those that have not come yet.
    """

    def __init__(
        self, nursery: Nursery, task: dict[str, Any], again: dict[str, Any] | None = None, ends: Sequence[str] = ()
    ) -> None:
        self.nursery, self.task, self.again = nursery, task, task if again is None else again
        self.left, self.came = list(ends), list[str]()
        self.child: Child | None = None
        self.codes: list[int] = []
        self.starts = 0
        self.stopping = False
        self.keeping = asyncio.create_task(self.keep())

    async def keep(self) -> None:
        while not self.stopping:
            at = self.left[0] if self.left else None
            task = self.task if self.starts == 0 else self.again
            self.child = await self.nursery.start(task | ({"at": at} if at else {}))
            self.starts += 1
            if self.stopping:
                self.child.signal(signal.SIGKILL)
            self.codes.append(await self.child.ended)
            if at and self.codes[-1] == CRASHED:
                self.came.append(at)
                self.left = [end for end in self.left if end != at]
            await asyncio.sleep(0.1)

    async def all_ends(self, each_within: float) -> None:
        """One that does not come in so many seconds is left out: it is killed, and goes on with the next."""
        while self.left:
            waits, deadline = len(self.left), time.monotonic() + each_within
            while len(self.left) == waits and time.monotonic() < deadline:  # noqa: ASYNC110 - it is another process that we wait for
                await asyncio.sleep(0.1)
            if len(self.left) == waits:
                self.left = self.left[1:]
                await self.each(Child.kill)

    async def each(self, act: Callable[[Child], Awaitable[Any]]) -> None:
        if self.child is not None and not self.child.ended.done():
            await act(self.child)

    async def stop(self) -> None:
        """Never in the middle of a start, which would leave a child that nobody knows of."""
        self.stopping = True
        await self.each(Child.kill)
        await self.keeping


def main(place: str) -> None:
    from tests.faults import roles  # all that any child needs

    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(place)
        signal.set_wakeup_fd(-1)
        woken, wake = os.pipe()
        for end in (woken, wake):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl-C means the tests; we end with them
        gc.freeze()
        numbers: dict[int, int] = {}
        unread = b""
        while True:
            ready, _, _ = select.select([caller, woken], [], [])
            if woken in ready:
                with suppress(BlockingIOError):
                    os.read(woken, 1024)
                for pid, code in ended():
                    say(caller, ended=numbers.pop(pid), code=code)
            if caller in ready:
                came = caller.recv(65536)
                if not came:
                    return end_all(numbers)
                *lines, unread = (unread + came).split(b"\n")
                for line in lines:
                    task = json.loads(line)
                    pid = fork(task, roles.play, caller)
                    numbers[pid] = task["number"]
                    say(caller, started=task["number"], pid=pid)


def fork(task: dict[str, Any], play: Callable[[dict[str, Any]], int], caller: socket.socket) -> int:
    us = dies_with_us(signal.SIGKILL)
    if pid := os.fork():
        return pid
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        caller.close()
        us()
        log = os.open(task.get("log", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for stream in (1, 2):
            os.dup2(log, stream)
        code = play(task)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def ended() -> list[tuple[int, int]]:
    """(pid, exit code) of every child that has ended since; negative: the signal."""
    gone = []
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            gone.append((found[0], os.waitstatus_to_exitcode(found[1])))
    return gone


def end_all(numbers: dict[int, int]) -> None:
    for pid in numbers:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def say(caller: socket.socket, **said: int) -> None:
    caller.sendall(json.dumps(said).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
