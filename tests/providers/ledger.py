"""A provider's own memory: a file to which one line is added for each thing it accepted, and nothing is ever taken away."""
import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


@dataclass(frozen=True)
class Ledger:
    path: Path

    def add(self, entry: Entry) -> None:
        """In one write, before any answer: it is there though the process dies next."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        finally:
            os.close(handle)

    def entries(self) -> list[Entry]:
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text().splitlines()]

    def times(self) -> Counter[str]:
        """How often each reference was accepted. More than once: somebody was told twice."""
        return Counter(str(entry["reference"]) for entry in self.entries())
