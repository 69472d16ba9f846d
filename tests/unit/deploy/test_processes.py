"""A process that we start is told of, kept running, stopped in time, and never left behind."""
import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from deploy.embedded.process import Process, Program, run
from deploy.embedded.supervisor import AGAIN_AT_ONCE, SETTINGS_ARE_WRONG, Kept

ROOT = Path(__file__).resolve().parent.parent.parent.parent


class Heard:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, name: str, line: str) -> None:
        self.lines.append(f"{name}: {line}")


def python(script: str, *, patience: float = 5) -> Program:
    return Program("it", (sys.executable, "-c", script), patience=patience)


async def until(condition: object, within: float = 10) -> None:
    deadline = time.monotonic() + within
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def test_each_line_is_told_with_the_name_before_it() -> None:
    heard = Heard()

    code = await run(python("print('one'); import sys; print('two', file=sys.stderr); sys.exit(3)"), heard)

    assert code == 3
    assert sorted(heard.lines) == ["it: one", "it: two"]


async def test_a_line_that_never_ends_does_not_stop_the_others() -> None:
    heard = Heard()

    await run(python("print('x' * 2_000_000); print('after')"), heard)

    assert heard.lines[-1] == "it: after"


async def test_one_that_is_gone_is_not_killed_again_as_its_number_may_be_somebody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    process = await Process.start(python("pass"), Heard())
    killed = []
    monkeypatch.setattr(os, "killpg", lambda group, _: killed.append(group))
    await process.wait()

    await process.kill()
    await process.kill()

    assert killed == [process.pid]


async def test_one_that_is_killed_while_its_last_lines_are_waited_for_is_started_again() -> None:
    """It has ended, but a grandchild that went its own way holds the pipe open for another second."""
    leaves = "import subprocess; subprocess.Popen(['sleep', '3'], start_new_session=True); print('left', flush=True)"
    heard = Heard()
    kept = Kept("it", lambda: python(leaves), heard)
    await kept.start()
    await until(lambda: kept.pid is None)

    await kept.kill()

    await until(lambda: kept.starts > 1)
    await kept.stop()


async def test_one_that_does_not_listen_is_killed_when_patience_ends() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    heard = Heard()
    process = await Process.start(python(deaf, patience=0.3), heard)
    await until(lambda: heard.lines)

    began = time.monotonic()
    code = await process.stop()

    assert code == -signal.SIGKILL
    assert time.monotonic() - began < 3


PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


async def test_what_it_had_started_itself_goes_with_it() -> None:
    heard = Heard()
    process = await Process.start(python(PARENT), heard)
    await until(lambda: heard.lines)
    grandchild = int(heard.lines[0].removeprefix("it: "))

    await process.stop()

    await until(lambda: gone(grandchild))


async def test_one_that_fails_is_started_again_after_a_pause_that_grows() -> None:
    heard = Heard()
    kept = Kept("it", lambda: python("raise SystemExit(1)"), heard)

    await kept.start()
    await until(lambda: kept.starts >= 3)
    await kept.stop()

    said = [line for line in heard.lines if "starting it again" in line]
    assert "in 0.5 s" in said[0]
    assert "in 1 s" in said[1]


async def test_one_that_asks_for_a_fresh_start_gets_it() -> None:
    heard = Heard()
    kept = Kept("it", lambda: python(f"raise SystemExit({AGAIN_AT_ONCE})"), heard)

    await kept.start()
    await until(lambda: kept.starts >= 2)
    await kept.stop()

    assert "it: asks for a fresh start" in heard.lines


async def test_one_whose_settings_are_wrong_is_not_tried_again() -> None:
    kept = Kept("it", lambda: python(f"raise SystemExit({SETTINGS_ARE_WRONG})"), Heard())

    await kept.start()
    await asyncio.wait_for(kept.hopeless.wait(), 10)
    await asyncio.sleep(0.7)

    assert kept.starts == 1
    await kept.stop()


async def test_one_that_is_stopped_stays_stopped() -> None:
    kept = Kept("it", lambda: python("import time; time.sleep(60)"), Heard())
    await kept.start()
    pid = kept.pid
    assert pid is not None

    await kept.stop()
    await asyncio.sleep(0.7)

    assert gone(pid)
    assert kept.starts == 1


SUPERVISOR = """
import asyncio, sys
from deploy.embedded.process import Process, Program

async def main():
    process = await Process.start(Program("it", (sys.executable, "-c", "import time; time.sleep(60)")), print)
    print(process.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise that a child dies with its parent is Linux's")
def test_nothing_outlives_a_supervisor_that_was_killed() -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    child = int(supervisor.stdout.readline())
    assert psutil.pid_exists(child)

    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()

    psutil.wait_procs([psutil.Process(child)] if psutil.pid_exists(child) else [], timeout=5)
    assert gone(child)


def gone(pid: int) -> bool:
    """Not running any more, even if nobody has collected it yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
