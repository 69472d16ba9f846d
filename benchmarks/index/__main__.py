"""One line of JSON for each question; `--out FILE` appends them."""
import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.index import cold_start, keeping, reverse, wondering
from benchmarks.ranking.spent import loads

ASKED = ("update", "memory", "cold", "reverse", "what-if")


def answers(asked: list[str], sizes: list[int]) -> Iterator[dict[str, object]]:
    if "update" in asked:
        yield {"what": "update", **keeping.updates(min(sizes), max(sizes))}
    for size in sizes:
        if "memory" in asked:
            yield {"what": "memory", **keeping.memory(size)}
        if "cold" in asked:
            yield {"what": "cold start", **cold_start.measured(size)}
        if "reverse" in asked:
            yield {"what": "reverse", **reverse.reverse(size)}
        if "what-if" in asked:
            yield {"what": "what-if", **wondering.what_ifs(size)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", nargs="*", choices=[*ASKED, []], default=list(ASKED))
    arguments.add_argument("--pas", type=int, nargs="+", default=[10_000, 100_000])
    arguments.add_argument("--out", type=Path)
    options = arguments.parse_args()
    for found in answers(options.what, options.pas):
        line = json.dumps(found | {"load": loads(), "at": datetime.now(UTC).isoformat(timespec="seconds")})
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        if options.out:
            with options.out.open("a") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
