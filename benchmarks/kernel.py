"""What the matcher’s index costs by itself: a ranking by steps, beside the plain rules; what-ifs; the mirror of plans.

Times are of the processor. Registers and plans are those of `benchmarks.ranking`, which compares the index with other engines;
what it costs to keep the index is in `benchmarks.index`.

    python -m benchmarks.kernel --sizes 1k,10k,100k
"""
import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TypeVar
from uuid import UUID

from benchmarks.ranking.__main__ import default_plans, default_rounds, size_of
from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from benchmarks.ranking.spent import loads
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.mirror import Mirror
from services.matcher.domain.kernel.parts import place
from services.matcher.domain.kernel.ranked import Ranked
from services.matcher.domain.kernel.what_if import what_if
from services.matcher.domain.plan import Plan, PlanId
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import rank
from services.matcher.subscribers import known

T = TypeVar("T")
TOP = 50
PLAIN_UP_TO = 2_000
"""PAs the plain rules rank in the same run; their cost is told for each PA."""


class Stopwatch:
    def __init__(self) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)

    def time(self, what: str, do: Callable[[], T]) -> T:
        began = time.process_time()
        done = do()
        self.took[what].append(time.process_time() - began)
        return done

    def median_ms(self) -> dict[str, float]:
        return {what: round(statistics.median(times) * 1000, 3) for what, times in self.took.items()}


def measured(setting: str, size: int) -> dict[str, object]:
    register = Register(setting, size)
    some = list(islice(register.profiles(), PLAIN_UP_TO))
    index = Index(setting, known(), register.profiles(), room=size)
    asked = plans(register, default_plans(size))
    watch = Stopwatch()
    for _ in range(default_rounds(size)):
        for plan in asked:
            ranked = watch.time("masks", partial(index.rank, plan, DAY))
            watch.time("counts", partial(counts, ranked))
            rows = watch.time("order of 50", partial(ranked.order, 0, TOP))
            watch.time("reasons of 50", partial(ranked.placed, rows))
            watch.time("what-ifs", partial(what_if, ranked))
            del ranked
            with every_row_read():
                watch.time("masks without zones", partial(index.rank, plan, DAY))
    for plan in asked[:3]:
        watch.time("plain rules", partial(rank, plan, some, DAY, known()))
    steps = watch.median_ms()
    plain_us = steps.pop("plain rules") * 1000 / len(some)
    without_zones = steps.pop("masks without zones")
    whole = sum(took for step, took in steps.items() if step != "what-ifs")
    return {
        "setting": setting, "pas": size, "load": loads(), "ms": steps, "ranking_ms": round(whole, 3),
        "plain_us_a_pa": round(plain_us, 1), "plain_over_ours": round(plain_us * size / 1000 / whole, 1),
        "masks_over_masks_without_zones": round(steps["masks"] / without_zones, 2),
        "what_ifs_over_ranking": round(steps["what-ifs"] / whole, 2),
        "mirror_ms_of_100k_plans": mirror_ms(setting, asked, some[0]),
    }  # fmt: skip


@contextmanager
def every_row_read() -> Iterator[None]:
    """For its distance, however far its zone is."""
    few, place.FEW = place.FEW, sys.maxsize
    try:
        yield
    finally:
        place.FEW = few


def counts(ranked: Ranked) -> tuple[int, int, int]:
    return ranked.fitting, ranked.near, ranked.others


def mirror_ms(setting: str, asked: Sequence[Plan], one: Profile) -> float:
    """The masks of one PA who says otherwise what they practise and when they are free, against 100,000 plans."""
    mirror = Mirror(setting, known())
    for nth in range(100_000):
        plan = asked[nth % len(asked)]
        mirror.put(replace(plan, plan_id=PlanId(UUID(int=nth))))
    otherwise = replace(one, practices=(), week=one.week ^ 1, profile_id=one.profile_id)
    took = []
    for _ in range(15):
        began = time.process_time()
        mirror.masks(one, otherwise)
        took.append(time.process_time() - began)
    return round(statistics.median(took) * 1000, 3)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="1k,10k")
    options.add_argument("--settings", default="urban")
    chosen = options.parse_args()
    for size in chosen.sizes.split(","):
        for setting in chosen.settings.split(","):
            sys.stdout.write(json.dumps(measured(setting, size_of(size))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
