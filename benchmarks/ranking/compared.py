"""Every engine asked the same, turn by turn: first whether they agree, then what each takes."""
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks.ranking.answer import Answer, Differs, by_the_rules
from benchmarks.ranking.asked import plans
from benchmarks.ranking.columns import Columns, columns
from benchmarks.ranking.engines.kernel import Kernel
from benchmarks.ranking.engines.plain import PlainPython
from benchmarks.ranking.engines.plain_numpy import PlainNumpy
from benchmarks.ranking.engines.postgres import PostgresWhole
from benchmarks.ranking.engines.postgres_table import Session
from benchmarks.ranking.engines.postgres_tuned import PostgresTuned
from benchmarks.ranking.limit import bytes_touched, seconds_to_read
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from benchmarks.ranking.spent import Spent
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import Profile
from services.matcher.subscribers import known

PLAIN_UP_TO = 10_000
"""Up to here the plain rules are asked too, and say what is right; above, the naive NumPy, which agreed with them below."""
IN_MEMORY_UP_TO = 100_000
"""Above, the profiles are drawn again for each who reads them."""
HOW_TO_INSTALL = "To have it: .venv/bin/pip install --require-hashes -r requirements/bench.txt"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Setup:
    register: Register
    plans: int
    rounds: int
    without: tuple[str, ...] = ()

    def wants(self, name: str) -> bool:
        return not any(word in name.lower() for word in self.without)


@dataclass(frozen=True)
class Timed:
    name: str
    median_ms: float
    """Of the plans' medians."""
    high_ms: float
    """Of all askings, 95 of 100 took less."""
    note: str = ""


@dataclass(frozen=True)
class Engine:
    name: str
    ask: Callable[[Plan], Any]
    """What is timed: all that is answered, in whatever form it comes to hand."""
    answer: Callable[[Plan], Answer] | None = None
    """The same as an `Answer`, to be compared."""
    note: str = ""


def compare(setup: Setup, session: Session | None, say: Say) -> list[Timed]:
    """Ours first. Raises Differs."""
    lore = known()
    kept: list[Profile] = []
    small = setup.register.size <= PLAIN_UP_TO
    if setup.register.size <= IN_MEMORY_UP_TO:
        kept = list(setup.register.profiles())
    held = columns(kept or setup.register.profiles())
    ours = Kernel(setup.register.setting, kept or setup.register.profiles(), DAY, lore, order=ids(held))
    asked = plans(setup.register, setup.plans)
    engines = [
        Engine(ours.name, ours.rank, ours.answer),
        *peers(setup, held, lore, session, say),
        *([plain(kept, lore)] if small and setup.wants("Python") else []),
    ]
    right = (lambda plan: by_the_rules(plan, kept, DAY, lore)) if small else PlainNumpy(held, DAY, lore).answer
    for plan in asked:
        agree(plan, right(plan), engines)
    found = timed(engines, asked, setup.rounds, Spent(*([session.backend] if session else [])))
    return [*found, bound(asked, held)]


def ids(held: Columns) -> Iterable[bytes]:
    return [one.tobytes() for one in held.ids]


def plain(kept: list[Profile], lore: Lore) -> Engine:
    rules = PlainPython(kept, DAY, lore)
    return Engine(rules.name, rules.rank, note="without what-ifs")


def peers(setup: Setup, held: Columns, lore: Lore, session: Session | None, say: Say) -> list[Engine]:
    """Those that are installed and wanted."""
    found: list[Engine] = []
    for name in ("Polars", "DuckDB"):
        if setup.wants(name):
            try:
                engine = _optional(name, held, lore)
            except ImportError:
                say(f"{name} is not installed, so it is left out. {HOW_TO_INSTALL}")
            else:
                found.append(Engine(name, engine.answer, engine.answer))
    if setup.wants(PlainNumpy.name):
        naive = PlainNumpy(held, DAY, lore)
        found.append(Engine(naive.name, naive.answer, naive.answer))
    if session is not None:
        whole = PostgresWhole(held, DAY, lore, session)
        tuned = PostgresTuned(held, DAY, lore, session)
        found += [Engine(whole.name, whole.answer, whole.answer), Engine(tuned.name, tuned.answer)]
    return found


def _optional(name: str, held: Columns, lore: Lore) -> Any:
    if name == "Polars":
        from benchmarks.ranking.engines.polars_frames import Polars

        return Polars(held, DAY, lore)
    from benchmarks.ranking.engines.duck import DuckDb

    return DuckDb(held, DAY, lore)


def agree(plan: Plan, right: Answer, engines: Iterable[Engine]) -> None:
    """Raises Differs."""
    fitting = tuple(one for one in right.top if not one.unmet)
    for engine in engines:
        if engine.answer is not None:
            right.must_be(engine.answer(plan), engine.name)
        elif engine.name == PostgresTuned.name and engine.ask(plan) != fitting:
            raise Differs(f"{engine.name}: the first who fit")


def timed(engines: list[Engine], asked: list[Plan], rounds: int, spent: Spent) -> list[Timed]:
    """Each plan to each engine in turn, and all of it again: what the machine does besides falls on all alike."""
    took: dict[str, list[list[float]]] = {engine.name: [[] for _ in asked] for engine in engines}
    for _ in range(rounds):
        for nth, plan in enumerate(asked):
            for engine in engines:
                began = spent.now()
                engine.ask(plan)
                took[engine.name][nth].append((spent.now() - began) * 1000)
    return [_summed(engine.name, took[engine.name], engine.note) for engine in engines]


def _summed(name: str, by_plan: list[list[float]], note: str) -> Timed:
    every = sorted(one for some in by_plan for one in some)
    return Timed(name, statistics.median(statistics.median(some) for some in by_plan), every[int(len(every) * 0.95)], note)


def bound(asked: list[Plan], held: Columns) -> Timed:
    sizes = [bytes_touched(plan, held) for plan in asked]
    took = sorted(seconds_to_read(size) * 1000 for size in sizes)
    note = f"{statistics.median(sizes) / max(1, len(held)):.0f} bytes a PA"
    return Timed("the machine's bound", statistics.median(took), took[-1], note)
