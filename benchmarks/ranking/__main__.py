"""One command: every engine that is here, the same questions, turn by turn, compared and timed.

    python -m benchmarks.ranking --sizes 1k,10k,100k,1M            # some hours of a busy machine; --quick: a minute

Times are of the processor, one core each. DuckDB and Polars are for this alone, and left out with a word where they are missing:

    .venv/bin/pip install --require-hashes -r requirements/bench.txt
"""
import os

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # before it is imported

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.ranking.answer import Differs
from benchmarks.ranking.compared import Setup, Timed, compare
from benchmarks.ranking.engines.postgres_table import Server
from benchmarks.ranking.registers import SETTINGS, Register
from benchmarks.ranking.spent import loads

SIZES = {"k": 1_000, "m": 1_000_000}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sizes", default="1k,10k", help="1k,10k,100k,1M: how many PAs")
    arguments.add_argument("--settings", default="urban,rural", help=f"of {', '.join(SETTINGS)}")
    arguments.add_argument("--plans", type=int, default=0, help="how many plans; 0: by the size")
    arguments.add_argument("--rounds", type=int, default=0, help="how often each is asked; 0: by the size")
    arguments.add_argument("--without", default="", help="engines to leave out, by a word of their name: duckdb,postgresql")
    arguments.add_argument("--quick", action="store_true", help="one small register, few plans")
    arguments.add_argument("--out", type=Path, help="append the results to this file as JSON lines")
    options = arguments.parse_args()
    sizes = [200, 1_000] if options.quick else [size_of(said) for said in options.sizes.split(",")]
    without = tuple(word.strip().lower() for word in options.without.split(",") if word.strip())
    server = None if "postgresql" in without else Server()
    try:
        for size in sizes:
            for setting in options.settings.split(","):
                plans, rounds = options.plans or default_plans(size), options.rounds or default_rounds(size)
                setup = Setup(Register(setting, size), plans, rounds, without)
                timed = compare(setup, server.session if server else None, say)
                show(setup, timed)
                if options.out:
                    with options.out.open("a") as file:
                        file.write(json.dumps(as_json(setup, timed)) + "\n")
    except Differs as problem:
        say(f"NOT THE SAME ANSWER. {problem}")
        return 1
    finally:
        if server is not None:
            server.close()
    return 0


def size_of(said: str) -> int:
    """'10k' -> 10000"""
    said = said.strip().lower()
    return int(float(said[:-1]) * SIZES[said[-1]]) if said[-1] in SIZES else int(said)


def default_plans(size: int) -> int:
    return 12 if size <= 10_000 else 8 if size <= 100_000 else 4


def default_rounds(size: int) -> int:
    return 7 if size <= 10_000 else 5 if size <= 100_000 else 3


def show(setup: Setup, timed: list[Timed]) -> None:
    ours = timed[0].median_ms
    asked = f"{setup.plans} plans, each {setup.rounds} times"
    say(f"\n{setup.register.setting}, {setup.register.size:,} PAs, {asked}; load {loads()}")
    say(f"  {'':44} {'median ms':>10} {'95th':>10} {'of ours':>9}")
    for one in timed:
        say(f"  {one.name:44} {one.median_ms:10.3f} {one.high_ms:10.3f} {one.median_ms / ours:8.2f}x  {one.note}")


def as_json(setup: Setup, timed: list[Timed]) -> dict[str, object]:
    return {
        "setting": setup.register.setting, "pas": setup.register.size, "plans": setup.plans, "rounds": setup.rounds,
        "load": loads(), "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "ms": {one.name: [round(one.median_ms, 4), round(one.high_ms, 4)] for one in timed},
    }  # fmt: skip


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
