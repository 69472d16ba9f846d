"""The clock of processes, which a test can set: libfaketime stands between them and the machine's. Only the wall clock: waits
are by the monotonic one, as they are when somebody sets a machine's clock."""
import os
import threading
import time
from pathlib import Path

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
MISSING = "no clock can jump here: on Debian or Ubuntu, apt-get install libfaketime"
NOTICED_WITHIN = 1
"""Seconds until a process looks at its clock's file again."""


class Clock:
    """Of all processes that begin with `environment`. `shows(seconds)`: so much more, or less, than the machine's."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.shows(0)

    def shows(self, seconds: int) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.rename(self.file)

    @property
    def environment(self) -> dict[str, str]:
        if not LIBRARIES:
            return {}
        return {
            "LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": str(NOTICED_WITHIN), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1",
        }


def mend_sleep() -> None:
    """libfaketime 0.9.10 answers `time.sleep` with "Invalid argument" when it leaves the monotonic clock alone."""
    if "FAKETIME_TIMESTAMP_FILE" in os.environ:
        time.sleep = pause


def pause(seconds: float) -> None:
    threading.Event().wait(seconds)
