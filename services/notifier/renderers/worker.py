"""A process of its own for a part that may crash, hang or must stay apart by its licence: one job at a time, begun when first
needed, and again after it died. A job is a line of JSON; an answer its length in four bytes and itself; empty = it cannot."""
import asyncio
import json
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from services.notifier.ports import NotMade


@dataclass(kw_only=True)
class Worker(ABC):
    makes: ClassVar[str]
    """What NotMade names when there is none."""
    module: ClassVar[str]
    """What runs as the process, with one folder as its argument."""
    patience: ClassVar[float] = 30.0
    """Seconds for one job: the first braille takes about one, a minute of speech half of one."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    worker: asyncio.subprocess.Process | None = None

    @abstractmethod
    async def given(self) -> Path:
        """The folder it is started with."""

    async def ask(self, job: dict[str, Any]) -> bytes:
        """Raises NotMade when the worker died, hung, or could not do it; the next job gets a new worker."""
        try:
            async with asyncio.timeout(self.patience):
                worker = await self.alive()
                assert worker.stdin and worker.stdout
                worker.stdin.write(json.dumps(job).encode() + b"\n")
                await worker.stdin.drain()
                length = int.from_bytes(await worker.stdout.readexactly(4), "big")
                answer = await worker.stdout.readexactly(length)
        except (OSError, TimeoutError, EOFError) as trouble:  # EOFError: asyncio's IncompleteReadError
            await self.stop()
            raise NotMade(self.makes) from trouble
        if not answer:
            raise NotMade(self.makes)
        return answer

    async def alive(self) -> asyncio.subprocess.Process:
        if self.worker is None or self.worker.returncode is not None:
            self.worker = await asyncio.create_subprocess_exec(
                sys.executable, "-m", self.module, str(await self.given()),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            )
        return self.worker

    async def stop(self) -> None:
        worker, self.worker = self.worker, None
        if worker is not None:
            if worker.returncode is None:
                worker.kill()
            await worker.wait()
