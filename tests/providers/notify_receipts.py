"""What the fake Notify tells us afterwards: receipts that come once, never, twice, late, in the wrong order, or are not true."""
import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.providers import notify_shapes as shapes
from tests.providers.behaviour import Behaviour
from tests.providers.ledger import Entry

FAULTS = ("lose", "repeat", "delay", "reorder", "backwards", "lie", "mismatch")
TRIES = 5
Receipt = tuple[Entry, str]


@dataclass
class Receipts:
    behaviour: Behaviour
    ended: set[str] = field(default_factory=set)
    """Ids of what has come to its end, whether or not we were told."""
    held: list[Receipt] = field(default_factory=list)
    going: set["asyncio.Task[None]"] = field(default_factory=set)

    def follow(self, entry: Entry) -> None:
        task = asyncio.ensure_future(self.end(entry))
        self.going.add(task)
        task.add_done_callback(self.going.discard)

    async def stop(self) -> None:
        for task in self.going:
            task.cancel()
        await asyncio.gather(*self.going, return_exceptions=True)

    async def end(self, entry: Entry) -> None:
        await asyncio.sleep(self.behaviour.receipt_after_seconds)
        if entry["fate"] == "sending":
            return
        self.ended.add(entry["id"])
        if self.behaviour.callback is None or entry["type"] == "letter":
            return
        fault = self.behaviour.on_receipt(FAULTS)
        if fault == "reorder":
            self.held.append((entry, entry["fate"]))
            return
        if fault == "delay":
            await asyncio.sleep(self.behaviour.delay_seconds)
        after, self.held = self.held, []
        for told in [*self.instead(entry, fault), *after]:
            await self.until_taken(*told)

    def instead(self, entry: Entry, fault: str) -> list[Receipt]:
        told = (entry, str(entry["fate"]))
        match fault:
            case "lose":
                return []
            case "repeat":
                return [told, told, told]
            case "backwards":
                return [told, (entry, "temporary-failure"), (entry, "created")]
            case "lie":
                unheard = shapes.entry("sms", shapes.nobody(str(uuid4())), listed=False, fate="delivered")
                return [(unheard, "delivered"), told]
            case "mismatch":
                return [({**entry, "id": str(uuid4())}, "permanent-failure"), told]
            case _:
                return [told]

    async def until_taken(self, entry: Entry, status: str) -> None:
        for _ in range(TRIES):
            if 200 <= await self.post(entry, status) < 300:
                return
            await asyncio.sleep(self.behaviour.retry_seconds)

    async def post(self, entry: Entry, status: str) -> int:
        """The HTTP status with which it was taken; 0 = nobody answered."""
        assert self.behaviour.callback is not None
        body: dict[str, Any] = shapes.receipt(entry, status)
        try:
            async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
                answer = await http.post(
                    self.behaviour.callback, json=body, headers={"Authorization": f"Bearer {self.behaviour.token}"}
                )
        except httpx.HTTPError:
            return 0
        return answer.status_code
