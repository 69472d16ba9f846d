"""Several at work at once: while one waits for a provider or a voice, another goes on with somebody else's message."""
import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self
from uuid import UUID


class Hands:
    """At the end, those that have begun are waited for. If one fails, it is raised where the next is begun."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.busy: dict[asyncio.Task[None], UUID] = {}

    @property
    def parties(self) -> frozenset[UUID]:
        """Whom they are at work for. Begin nothing else of theirs: what each party is told keeps its order."""
        return frozenset(self.busy.values())

    async def one_free(self) -> None:
        while True:
            for task in [task for task in self.busy if task.done()]:
                del self.busy[task]
                task.result()
            if len(self.busy) < self.most:
                return
            await asyncio.wait(self.busy, return_when=asyncio.FIRST_COMPLETED)

    def begin(self, party_id: UUID, work: Coroutine[Any, Any, None]) -> None:
        self.busy[asyncio.create_task(work)] = party_id

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(problem, asyncio.CancelledError):  # whoever stops us does not wait: what has no clear end is asked about
            for task in self.busy:
                task.cancel()
        ends = await asyncio.gather(*self.busy, return_exceptions=True)
        if problem is None:
            for end in ends:
                if end is not None:
                    raise end
