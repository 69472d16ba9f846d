"""Time spent by processors, not by the clock: what else the machine does meanwhile counts little."""
import os
import time
from pathlib import Path


class Spent:
    """Of this process, all its threads, and of others that work for it: a server's one backend."""

    def __init__(self, *others: int) -> None:
        self.notes = [Path(f"/proc/{pid}/schedstat") for pid in others]

    def now(self) -> float:
        """Seconds."""
        return time.process_time() + sum(int(note.read_text().split()[0]) for note in self.notes) / 1e9


def loads() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())
