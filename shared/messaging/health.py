"""How a service is, for whoever runs it: alive? ready? and if not, what is wrong, by name."""
import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from shared.runtime.postgres import Database

BEAT = 0.5  # seconds
REMEMBERED = 10  # beats
LATEST = 2.0  # seconds that the event loop may be late
DATABASE_WITHIN = 0.5  # seconds


class Pulse:
    """How the service is, as far as it knows."""

    def __init__(self) -> None:
        self.failed = ""
        self.listening = False
        self.chores: list[asyncio.Future[None]] = []
        self.epoch = ""
        """Which broker we live with; empty until it has answered."""
        self.partitions: Callable[[], int] | None = None
        """How many we were given; None for who hears nothing."""
        self.standby = False
        """It is meant that there may be none for us."""
        self.beat = time.monotonic()
        self.late: deque[float] = deque([0.0], maxlen=REMEMBERED)

    async def beats(self) -> None:
        while True:
            self.beat = time.monotonic()
            await asyncio.sleep(BEAT)
            self.late.append(time.monotonic() - self.beat - BEAT)

    def latest(self, now: float) -> float:
        """Seconds by which the event loop was late, at worst, in its last few beats."""
        return max(*self.late, now - self.beat - BEAT)


def not_alive(pulse: Pulse, now: float) -> list[str]:
    """Why it should be started anew; nothing if it is alive."""
    reasons = []
    if pulse.failed:
        reasons.append("a part of it has failed")
    if any(chore.done() for chore in pulse.chores):
        reasons.append("one of its chores has ended")
    if pulse.latest(now) >= LATEST:
        reasons.append("it is too busy to answer in time")
    return reasons


def not_ready(pulse: Pulse, *, database: bool) -> list[str]:
    """What it waits for."""
    reasons = []
    if pulse.failed:
        reasons.append("a part of it has failed")
    if not database:
        reasons.append("the database does not answer")
    if not pulse.epoch:
        reasons.append("the broker has not answered")
    if not pulse.listening:
        reasons.append("it does not listen")
    elif pulse.partitions is not None and not pulse.partitions() and not pulse.standby:
        reasons.append("it has no partitions")
    return reasons


def health(pulse: Pulse, database: Database) -> APIRouter:
    router = APIRouter(tags=["health"])

    def told(response: Response, well: str, reasons: list[str]) -> dict[str, Any]:
        response.status_code = 503 if reasons else 200
        return {"status": f"not {well}" if reasons else well, "reasons": reasons}

    @router.get("/live", summary="Is the process alive? If not: start it anew")
    async def live(response: Response) -> dict[str, Any]:
        return told(response, "alive", not_alive(pulse, time.monotonic()))

    @router.get("/ready", summary="Can it do its work now? If not: what it waits for")
    async def ready(response: Response) -> dict[str, Any]:
        return told(response, "ready", not_ready(pulse, database=await database.answers(DATABASE_WITHIN)))

    return router
