"""`python -m deploy.embedded` as a person meets it: it starts, says where, stops when asked, and leaves nothing behind."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import httpx
import psutil
import pytest

from deploy.embedded.ports import Ports

ROOT = Path(__file__).resolve().parent.parent.parent.parent
STOPS_WITHIN = 25


class Run:
    """One run, its output in a file."""

    def __init__(self, state: Path, ports: Ports) -> None:
        self.state = state
        settings = {f"ALONGSIDE_{name.upper()}_PORT": str(port) for name, port in asdict(ports).items()}
        self.out = state.with_suffix(f".{time.monotonic_ns()}.out")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.embedded"],
            cwd=ROOT,
            env={**os.environ, **settings, "ALONGSIDE_STATE": str(state), "ALONGSIDE_SAMPLE": "none", "NO_COLOR": "1"},
            stdout=self.out.open("w"),
            stderr=subprocess.STDOUT,
        )

    @property
    def said(self) -> str:
        return self.out.read_text()

    def wait_for(self, words: str, within: float = 150) -> None:
        deadline = time.monotonic() + within
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


@pytest.fixture
def state() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="alongside-run-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # root's stand-in must be able to walk in
        yield Path(folder) / "var"


@pytest.mark.timeout(400)
def test_a_first_life_ends_by_a_kill_and_the_next_recovers_and_stops_when_asked(state: Path) -> None:
    """Each start takes seconds, so what can be seen of one is seen of the same two."""
    ports = Ports.free()
    first = Run(state, ports)
    try:
        first.wait_for("Alongside is running.")
        assert_everything_is_ready(state)
        assert_no_other_can_take_its_place(state, ports)
        key = (state / "service-key").read_text()
        everything = first.children()
        assert len(everything) >= 6  # PostgreSQL, the broker, four services

        first.process.kill()
        first.process.wait()

        psutil.wait_procs(everything, timeout=10)
        assert not alive(everything)
    finally:
        first.end()

    again = Run(state, ports)
    try:
        again.wait_for("Alongside is running.")
        assert (state / "service-key").read_text() == key
        assert "making a new database folder" not in again.said
        assert_it_stops_in_good_order(again)
    finally:
        again.end()


def assert_everything_is_ready(state: Path) -> None:
    addresses = json.loads((state / "addresses.json").read_text())
    for service in ("registry", "matcher", "notifier", "portal"):
        assert httpx.get(f"{addresses[service]}/ready", timeout=10).status_code == 200


def assert_no_other_can_take_its_place(state: Path, ports: Ports) -> None:
    second, third = Run(state, Ports.free()), Run(state.with_name("other"), ports)

    assert second.process.wait(60) == 69
    assert "already runs with the folder" in second.said
    assert third.process.wait(60) == 69
    assert f"Port {ports.portal} (portal) is in use" in third.said
    assert "ALONGSIDE_PORTAL_PORT=" in third.said


def assert_it_stops_in_good_order(run: Run) -> None:
    everything = run.children()
    began = time.monotonic()
    run.process.send_signal(signal.SIGINT)

    assert run.process.wait(STOPS_WITHIN + 5) == 0
    assert time.monotonic() - began < STOPS_WITHIN
    assert "Stopped." in run.said
    assert not alive(everything)
    assert not (run.state / "postgres" / "data" / "postmaster.pid").exists()  # PostgreSQL, too, ended in good order


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
