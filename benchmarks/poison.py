"""How long one event that nobody can apply holds up all the others of its partition, against the same stream without it.

Everything is in one process on an embedded broker and PostgreSQL. Both streams run at the same time, for two councils whose
events lie in one partition each; only one of them is sent bad events. Times are of the clock, from commit to applied.

    python -m benchmarks.poison --seconds 30 --rate 40 --every 5
"""
import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.event_path import event, opened
from benchmarks.tasks import let_go
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from shared.contracts.portal import SupporterChanged
from shared.messaging import parking
from shared.messaging.broker import connect, epoch_of
from shared.messaging.hearing import Hearing
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.relay import Relay
from shared.runtime.postgres import Connection, Database

WARM_UP = 3.0  # seconds: joining the broker's group is not what is measured


class Reader:
    """Notes when each event came, and fails on the bad ones whenever they come."""

    def __init__(self) -> None:
        self.bad: set[str] = set()
        self.came: dict[str, float] = {}

    async def hear(self, heard: SupporterChanged, _: Connection) -> None:
        if heard.key in self.bad:
            raise ValueError
        self.came[heard.key] = time.perf_counter()


class Side:
    """A teller and a reader of their own; `every`: seconds between its bad events, or None."""

    def __init__(self, teller: Database, inbox: Database, every: float | None) -> None:
        self.teller, self.inbox, self.every = teller, inbox, every
        self.reader = Reader()
        self.told: dict[str, float] = {}
        self.bad_told: dict[str, float] = {}
        self.parked_after: list[float] = []
        self.hearing = Hearing(inbox, {SupporterChanged: self.reader.hear}, lambda connection: connection)

    async def tell(self, council: str, *, bad: bool) -> None:
        one = event().model_copy(update={"council": council})
        if bad:
            self.reader.bad.add(one.key)
        async with self.teller.transaction() as connection:
            await PostgresOutbox(connection).append(one)
        (self.bad_told if bad else self.told)[one.key] = time.perf_counter()

    async def stream(self, council: str, seconds: float, rate: float) -> None:
        bad_at = time.perf_counter() + (self.every or seconds * 2) / 2
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            await self.tell(council, bad=now >= bad_at)
            if now >= bad_at and self.every:
                bad_at += self.every
            await asyncio.sleep(max(0.0, 1 / rate - (time.perf_counter() - now)))
        while not self.told.keys() <= self.reader.came.keys():  # noqa: ASYNC110 - it comes from a broker
            await asyncio.sleep(0.02)

    async def watch(self) -> None:
        """When each bad event was set aside, to a twentieth of a second."""
        seen: set[str] = set()
        while True:
            for row in await parking.listed(self.inbox):
                if row["key"] not in seen and row["key"] in self.bad_told:
                    seen.add(row["key"])
                    self.parked_after.append(time.perf_counter() - self.bad_told[row["key"]])
            await asyncio.sleep(0.05)

    def seen(self) -> dict[str, float]:
        took = sorted(self.reader.came[key] - at for key, at in self.told.items())
        return {
            "events": len(took), "p50_ms": round(statistics.median(took) * 1000, 1),
            "p99_ms": round(took[int(len(took) * 0.99)] * 1000, 1), "max_ms": round(took[-1] * 1000, 1),
        }


async def measure(seconds: float, rate: float, every: float) -> dict[str, Any]:
    async with Stack(
        Path(tempfile.mkdtemp(prefix="alongside-bench-")), Ports.free(), services=(), durable=False, tell=lambda *_: None
    ) as stack:
        servers, epoch = stack.kafka_servers, await epoch_of(stack.kafka_servers)
        sides = {}
        for name, bad_every in (("without", None), ("with_poison", every)):
            sides[name] = Side(await opened(stack, f"{name}_teller"), await opened(stack, f"{name}_reader"), bad_every)
        brokers = [
            connect(f"bench-{name}", servers, kind="embedded", instance="1", epoch=epoch, hearing=side.hearing)
            for name, side in sides.items()
        ]
        for broker in brokers:
            await broker.start()
        chores = [
            asyncio.create_task(chore) for side in sides.values() for chore in (
                Relay(side.teller, servers, idempotent=False, epoch=epoch).run(), parking.drain(side.hearing), side.watch()
            )
        ]
        await asyncio.sleep(WARM_UP)
        await asyncio.gather(*(side.stream(f"council-{name.replace('_', '-')}", seconds, rate) for name, side in sides.items()))
        await asyncio.sleep(1)
        await let_go(chores)
        for broker in brokers:
            await broker.stop()
        for side in sides.values():
            await side.teller.close()
            await side.inbox.close()
    parked = sides["with_poison"].parked_after
    return {
        "rate_per_s": rate, "bad": len(sides["with_poison"].bad_told), "bad_set_aside": len(parked),
        "set_aside_after_s_max": round(max(parked, default=0.0), 2), **{name: side.seen() for name, side in sides.items()},
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=30)
    arguments.add_argument("--rate", type=float, default=40)
    arguments.add_argument("--every", type=float, default=5, help="seconds between bad events")
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    seen = json.dumps(asyncio.run(measure(options.seconds, options.rate, options.every)))
    print(seen)
    if options.out:
        with options.out.open("a") as file:
            file.write(seen + "\n")


if __name__ == "__main__":
    main()
