"""How long from a plan that changed to the list that follows it, under load, against the time of the ranking alone.

The matcher runs as itself, in a process of its own, with its database and the embedded broker; plans are told as the portal
tells them, outbox and relay, and lists are heard from the matcher's topic. Times are of the clock: waiting is what is asked.
"Inside" is the matcher's own part: from the moment it begins with the event to the moment it has told the list, without the
ways there and back, on which the small broker is asked every so often.

    python -m benchmarks.event_to_list --pas 500 --rates 20 60 150
"""
import argparse
import asyncio
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from benchmarks.event_path import opened, told
from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.spent import loads
from benchmarks.tasks import let_go
from benchmarks.told import plan_told, profile_told
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.listing import everybody
from services.matcher.domain.plan import Plan
from services.matcher.domain.record import for_the_record
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.shortlist import Cause, drawn_up
from services.matcher.subscribers import known, today
from shared.contracts.matcher import ShortlistChanged
from shared.contracts.portal import SupportPlanChanged
from shared.messaging.broker import FETCH_WAIT_MS, epoch_of
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.partitions import partition_of
from shared.messaging.relay import Relay
from shared.runtime.postgres import Database

GIVE_UP = 60.0  # seconds after the last plan, for a matcher that does not keep up


class Lists:
    """What was heard: for each plan, when a list of which of its revisions came."""

    def __init__(self, servers: str, council: str) -> None:
        self.consumer = AIOKafkaConsumer(bootstrap_servers=servers, fetch_max_wait_ms=FETCH_WAIT_MS["embedded"])
        self.place = TopicPartition(ShortlistChanged.topic, partition_of(council))
        self.came: dict[str, list[tuple[int, float]]] = {}
        self.last: dict[str, dict[str, Any]] = {}
        """Each plan's newest list as it was told."""

    async def run(self) -> None:
        await self.consumer.start()
        self.consumer.assign([self.place])
        await self.consumer.seek_to_beginning(self.place)
        try:
            while True:
                for records in (await self.consumer.getmany(timeout_ms=50)).values():
                    for record in records:
                        told = json.loads(record.value)
                        self.came.setdefault(told["plan_id"], []).append((told["plan_revision"], time.perf_counter()))
                        self.last[told["plan_id"]] = told
        finally:
            await self.consumer.stop()

    def waited(self, plan: Plan, since: float) -> float | None:
        """Until the first list that knows this revision, or one after it."""
        came = [at for revision, at in self.came.get(str(plan.plan_id), ()) if revision >= plan.revision]
        return min(came) - since if came else None


@asynccontextmanager
async def on_the_line(stack: Stack, council: str) -> AsyncIterator[tuple[Database, Lists]]:
    """Whoever tells events to the matcher, by outbox and relay, and whoever hears its lists."""
    teller, lists = await opened(stack, "teller"), Lists(stack.kafka_servers, council)
    relay = Relay(teller, stack.kafka_servers, idempotent=False, epoch=await epoch_of(stack.kafka_servers))
    tasks = [asyncio.create_task(relay.run()), asyncio.create_task(lists.run())]
    try:
        yield teller, lists
    finally:
        await let_go(tasks)
        await teller.close()


async def indexed(stack: Stack, teller: Database, register: Register) -> None:
    await told(teller, [profile_told(profile) for profile in register.profiles()], 100)  # type: ignore[misc]
    await until_indexed(stack, register.size)


async def measure(pas: int, rates: Sequence[float], seconds: float) -> list[dict[str, Any]]:
    register = Register("urban", pas)
    folder, found = Path(tempfile.mkdtemp(prefix="alongside-bench-")), []
    asked = plans(register, 40)
    alone = ranking_alone(register, asked)
    async with (
        Stack(folder, Ports.free(), services=("matcher",), durable=False, tell=lambda *_: None) as stack,
        on_the_line(stack, register.setting) as (teller, lists),
    ):
        await indexed(stack, teller, register)
        revision = 1
        for rate in [rates[0], *rates]:  # the first is for warming up
            sent, revision = await stream(teller, asked, revision, rate, seconds)
            waits = await answered(lists, sent)
            found.append(summed(rate, waits, len(sent)) | await inside(stack, sent) | alone | {"pas": pas})
    shutil.rmtree(folder, ignore_errors=True)
    return found[1:]


def ranking_alone(register: Register, asked: Sequence[Plan]) -> dict[str, float]:
    """Milliseconds, what the service does between reading its index and writing the list: ranked, compared, written down."""
    day, lore, took = today(), known(), []
    index = Index(register.setting, lore, register.profiles(), room=register.size)
    for plan in asked:
        before = None
        for revision in (plan.revision, plan.revision + 1):
            changed = replace(plan, revision=revision, most_rate=(plan.most_rate or 1300) + revision)
            began = time.perf_counter()
            listed = everybody(index.now(lore).rank(changed, day))
            change = drawn_up(changed, listed, before, day=day, cause=Cause.PLAN, lore=lore, rules=CURRENT)
            for_the_record(change.now, 1, datetime.now(UTC))
            took.append((time.perf_counter() - began) * 1000)
            before = change.now
    return {"ranking_alone_ms": round(statistics.median(took), 2)}


async def inside(stack: Stack, sent: Sequence[tuple[Plan, float]]) -> dict[str, float]:
    """Milliseconds in the matcher, from the events it began with, in the order in which they were sent, and the lists it told."""
    connection = await asyncpg.connect(stack.database_url("matcher"))
    heard = await connection.fetch(
        "SELECT done_at FROM inbox WHERE topic = $1 ORDER BY off DESC LIMIT $2", SupportPlanChanged.topic, len(sent)
    )
    told: dict[str, list[tuple[int, datetime]]] = {}
    for row in await connection.fetch("SELECT headers, body FROM outbox_log WHERE topic = $1", ShortlistChanged.topic):
        body = json.loads(row["body"])
        at = datetime.fromisoformat(json.loads(row["headers"])["ce_time"])
        told.setdefault(body["plan_id"], []).append((body["plan_revision"], at))
    await connection.close()
    took = [
        (min(at for revision, at in told[str(plan.plan_id)] if revision >= plan.revision) - row["done_at"]).total_seconds() * 1000
        for (plan, _), row in zip(sent, reversed(heard), strict=True)
    ]
    return {"inside_p50_ms": round(statistics.median(took), 1)}


async def until_indexed(stack: Stack, pas: int) -> None:
    connection = await asyncpg.connect(stack.database_url("matcher"))
    while await connection.fetchval("SELECT count(*) FROM profile") < pas:  # noqa: ASYNC110 - it happens in another process
        await asyncio.sleep(0.2)
    await connection.close()


async def stream(
    teller: Database, asked: Sequence[Plan], revision: int, rate: float, seconds: float
) -> tuple[list[tuple[Plan, float]], int]:
    """A steady stream of changed plans: each a new revision that pays a little more. When each was committed."""
    sent, began = [], time.perf_counter()
    for nth in range(int(rate * seconds)):
        old = asked[nth % len(asked)]
        revision += 1
        plan = replace(old, revision=revision, most_rate=(old.most_rate or 1300) + revision % 200)
        async with teller.transaction() as connection:
            await PostgresOutbox(connection).append(plan_told(plan))
        sent.append((plan, time.perf_counter()))
        await asyncio.sleep(max(0.0, began + (nth + 1) / rate - time.perf_counter()))
    return sent, revision


async def answered(lists: Lists, sent: Sequence[tuple[Plan, float]]) -> list[float | None]:
    until = time.perf_counter() + GIVE_UP
    while time.perf_counter() < until:
        waits = [lists.waited(plan, since) for plan, since in sent]
        if None not in waits:
            break
        await asyncio.sleep(0.1)
    return waits


def summed(rate: float, waits: Sequence[float | None], count: int) -> dict[str, Any]:
    there = sorted(wait * 1000 for wait in waits if wait is not None)
    return {
        "rate": rate,
        "plans": count,
        "unanswered": count - len(there),
        "p50_ms": round(statistics.median(there), 1) if there else None,
        "p99_ms": round(there[int(len(there) * 0.99)], 1) if there else None,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pas", type=int, default=500)
    arguments.add_argument("--rates", type=float, nargs="+", default=[20, 60, 150])
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    for found in asyncio.run(measure(options.pas, options.rates, options.seconds)):
        line = json.dumps(found | {"load": loads()})
        print(line)
        if options.out:
            with options.out.open("a") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
