"""How many changed plans become lists in a second, all there at once: the matcher against the pipe one would write first.

Each has a database and an embedded broker of its own, the same PAs and the same plans. Every plan comes once, so that there is
a list; then each comes changed, all at once, and the clock runs until the last list was heard. What both told is compared: the
same people in the same order with the same musts not met, and as many who came and went. Ours also keeps each list's history
and the counts behind the reports, and answers while it works; the naive pipe does not.

    python -m benchmarks.whole_path --pas 500 --plans 200
"""
import argparse
import asyncio
import json
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.event_path import told
from benchmarks.event_to_list import Lists, indexed, on_the_line
from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.spent import loads
from benchmarks.told import plan_told
from deploy.embedded.ports import Ports
from deploy.embedded.stack import Stack
from services.matcher.domain.plan import Plan
from shared.runtime.postgres import Database

GIVE_UP = 600.0  # seconds
COMPARED = ("fitting_count", "near_count", "others", "in_scope", "added", "lost", "fitting", "near")


@asynccontextmanager
async def running(register: Register, *, naive: bool) -> AsyncIterator[tuple[Database, Lists]]:
    """Whoever tells plans to it, and whoever hears its lists."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    services = () if naive else ("matcher",)
    async with (
        Stack(folder, Ports.free(), services=services, durable=False, tell=lambda *_: None) as stack,
        on_the_line(stack, register.setting) as (teller, lists),
    ):
        child = await started(stack, register) if naive else None
        if child is None:
            await indexed(stack, teller, register)
        try:
            yield teller, lists
        finally:
            if child is not None:
                child.send_signal(signal.SIGTERM)
                await child.wait()
    shutil.rmtree(folder, ignore_errors=True)


async def started(stack: Stack, register: Register) -> asyncio.subprocess.Process:
    await stack.postgres.make_room("bare", "naive")
    url = stack.postgres.url("bare_migrator", "naive")
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.naive_pipe", url, stack.kafka_servers, register.setting, str(register.size),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    if not await child.stdout.readline():
        raise SystemExit("The naive pipe did not start.")
    return child


async def carried(register: Register, asked: Sequence[Plan], *, naive: bool) -> tuple[float, dict[str, Any]]:
    """Plans a second, and what was told of each in the end."""
    async with running(register, naive=naive) as (teller, lists):
        for revision in (1, 2):
            changed = [replace(plan, revision=revision, most_rate=(plan.most_rate or 1300) + 20 * revision) for plan in asked]
            began = time.perf_counter()
            await told(teller, [plan_told(plan) for plan in changed], 100)  # type: ignore[misc]
            while not all(lists.waited(plan, began) for plan in changed):
                await asyncio.sleep(0.02)
                if time.perf_counter() - began > GIVE_UP:
                    raise SystemExit(f"Not all lists came within {GIVE_UP:.0f} seconds.")
            took = max(lists.waited(plan, began) or 0.0 for plan in changed)
        return len(asked) / took, {name: {one: said[one] for one in COMPARED} for name, said in lists.last.items()}


async def measure(pas: int, count: int, rounds: int) -> dict[str, Any]:
    register = Register("urban", pas)
    asked = plans(register, count)
    ours, theirs = [], []
    for _ in range(rounds):
        carried_by_us, lists = await carried(register, asked, naive=False)
        carried_by_them, other_lists = await carried(register, asked, naive=True)
        apart = [name for name in lists | other_lists if lists.get(name) != other_lists.get(name)]
        if apart:
            raise SystemExit(f"The two told different lists of {len(apart)} of {count} plans: nothing is measured.")
        ours.append(carried_by_us)
        theirs.append(carried_by_them)
    return {
        "pas": pas, "plans": count, "ours_per_s": [round(one, 1) for one in ours],
        "naive_per_s": [round(one, 1) for one in theirs],
        "ratio": round(statistics.median(ours) / statistics.median(theirs), 2), "load": loads(),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pas", type=int, nargs="+", default=[500])
    parser.add_argument("--plans", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    for pas in options.pas:
        print(json.dumps(asyncio.run(measure(pas, options.plans, options.rounds))), flush=True)


if __name__ == "__main__":
    main()
