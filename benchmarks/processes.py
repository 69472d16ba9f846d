"""Two matcher processes with a council each, at once, against one process that has both: plans ranked a second.

What is asked is the kernel's part: a plan ranked and its first fifty told, without database and broker. By the clock the ratio
says what this machine had left for the second process; by the processor's time it is what two processes would rank with a core
each, so it shows how much they hinder one another in the caches and the memory.

    python -m benchmarks.processes --pas 10000 --seconds 3 --rounds 5
"""
import argparse
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from multiprocessing.connection import Connection

from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from benchmarks.ranking.spent import loads
from services.matcher.domain.kernel.index import Index
from services.matcher.subscribers import known

COUNCILS = ("urban", "rural")
PLANS = 12
TOP = 50


@dataclass(frozen=True)
class Did:
    """In one stretch: plans ranked, in how many seconds of the clock and of the processor."""

    plans: int
    clock: float
    processor: float


def worker(councils: Sequence[str], pas: int, link: Connection) -> None:
    """Ranks plans of its councils in turn for as many seconds as it is told; ends when told nothing."""
    registers = [Register(council, pas) for council in councils]
    indexes = [Index(register.setting, known(), register.profiles(), room=pas) for register in registers]
    asked = cycle([
        (index, plan) for some in zip(*(plans(register, PLANS) for register in registers), strict=True)
        for index, plan in zip(indexes, some, strict=True)
    ])  # fmt: skip
    for index, plan in (next(asked) for _ in range(PLANS * len(councils))):
        index.rank(plan, DAY).placements(0, TOP)
    link.send("ready")
    while seconds := link.recv():
        done, clock, processor = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() < clock + seconds:
            index, plan = next(asked)
            index.rank(plan, DAY).placements(0, TOP)
            done += 1
        link.send(Did(done, time.perf_counter() - clock, time.process_time() - processor))


@contextmanager
def working(pas: int, *councils: Sequence[str]) -> Iterator[list[Connection]]:
    """A process for each of those, ready."""
    apart, links, processes = multiprocessing.get_context("spawn"), [], []
    for some in councils:
        here, there = apart.Pipe()
        process = apart.Process(target=worker, args=(some, pas, there))
        process.start()
        links.append(here)
        processes.append(process)
    for link in links:
        link.recv()
    yield links
    for link, process in zip(links, processes, strict=True):
        link.send(0)
        process.join()


def at_once(links: Sequence[Connection], seconds: float) -> list[Did]:
    for link in links:
        link.send(seconds)
    return [link.recv() for link in links]


def measured(pas: int, seconds: float, rounds: int) -> dict[str, object]:
    """In turn, and medians over the rounds."""
    by_clock, by_processor, one_alone, two_together = [], [], [], []
    with working(pas, COUNCILS, *([council] for council in COUNCILS)) as (both, *apart):
        for _ in range(rounds):
            (one,), two = at_once([both], seconds), at_once(apart, seconds)
            one_alone.append(one.plans / one.clock)
            two_together.append(sum(did.plans / did.clock for did in two))
            by_clock.append(two_together[-1] / one_alone[-1])
            by_processor.append(sum(did.plans / did.processor for did in two) / (one.plans / one.processor))
    return {
        "pas": pas, "rounds": rounds, "seconds": seconds, "load": loads(),
        "one_plans_a_second": round(statistics.median(one_alone)), "two_plans_a_second": round(statistics.median(two_together)),
        "two_over_one_by_the_clock": round(statistics.median(by_clock), 2),
        "two_over_one_by_processor": round(statistics.median(by_processor), 2),
    }  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pas", type=int, nargs="+", default=[1_000, 10_000], help="of each of the two councils")
    options.add_argument("--seconds", type=float, default=3.0)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    for pas in chosen.pas:
        sys.stdout.write(json.dumps(measured(pas, chosen.seconds, chosen.rounds)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
