"""A change of one profile, and the memory of all of them."""
import gc
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.profile import Profile
from services.matcher.subscribers import known

T = TypeVar("T")
CHANGES = 2_000


def memory(size: int) -> dict[str, object]:
    """Grown by, for each PA: as columns, and as the objects the plain rules look at."""
    register = Register("urban", size)
    grown, index = _grown(register, lambda: Index(register.setting, known(), register.profiles()))
    kept, objects = _grown(register, lambda: list(register.profiles()))
    return {
        "pas": size,
        "columns_bytes_a_pa": index.columns.bytes_a_row,
        "index_bytes_a_pa": round(grown / len(index)),
        "objects_bytes_a_pa": round(kept / len(objects)),
        "ratio": round(grown / len(index) / (kept / len(objects)), 3),
    }


def _grown(register: Register, make: Callable[[], T]) -> tuple[int, T]:
    """Bytes that Python and NumPy asked for and did not give back, and what was made."""
    for _ in register.profiles():  # what is made once and kept is made before
        pass
    gc.collect()
    tracemalloc.start()
    made = make()
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return grown, made


def updates(small: int, large: int, rounds: int = 5) -> dict[str, object]:
    """Microseconds for one profile that came anew, turn by turn in a small register and a large one.

    `while_read`: somebody holds a ranking meanwhile, as a reader of a page does.
    """
    indexes = {size: Index("urban", known(), Register("urban", size).profiles()) for size in (small, large)}
    plan = plans(Register("urban", small), 1)[0]
    found: dict[str, object] = {"changes": CHANGES * rounds}
    for when in ("nobody_reads", "while_read"):
        took: dict[int, list[float]] = {small: [], large: []}
        for nth in range(rounds):
            for size, index in indexes.items():
                changed = list(_changed(size, nth))
                ranked = index.rank(plan, DAY) if when == "while_read" else None
                began = time.process_time()
                for profile in changed:
                    index.put(profile)
                took[size].append((time.process_time() - began) / len(changed) * 1e6)
                del ranked
        found |= {f"{when}_us_{size}": round(statistics.median(some), 2) for size, some in took.items()}
        found[f"{when}_ratio"] = round(statistics.median(took[large]) / statistics.median(took[small]), 2)
    return found


def _changed(size: int, nth: int) -> Iterator[Profile]:
    """Some of the first of the register, in no order, with other hours."""
    some = [profile for profile in Register("urban", min(size, 4096)).profiles() if profile.shown]
    for profile in random.Random(nth).choices(some, k=CHANGES):
        yield replace(profile, revision=nth + 2, week=profile.week ^ 0b1111)
