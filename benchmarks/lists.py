"""What a list costs after it was ranked, by its steps: as columns, and as a thing for each PA that is written as JSON.

The ranking is the kernel's in both. Times are of the processor. What both keep is compared, and so is what both find changed.

    python -m benchmarks.lists --sizes 500,5000
"""
import argparse
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import TypeAdapter

from benchmarks.kernel import Stopwatch
from benchmarks.ranking.asked import plans
from benchmarks.ranking.registers import Register
from benchmarks.ranking.said import DAY
from benchmarks.ranking.spent import loads
from services.matcher import announcements
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.kernel.listing import everybody
from services.matcher.domain.places import Listed
from services.matcher.domain.record import for_the_record
from services.matcher.domain.rules import CURRENT
from services.matcher.domain.shortlist import Cause, Shortlist, drawn_up
from services.matcher.store.places import NOBODY, packed, unpacked
from services.matcher.subscribers import known
from tests.unit.matcher import one_by_one

LISTED = TypeAdapter(tuple[Listed, ...])
ROUNDS = 3


def measured(size: int) -> dict[str, object]:
    register = Register("urban", size)
    index = Index("urban", known(), register.profiles(), room=size)
    columns, things, both = Stopwatch(), Stopwatch(), Stopwatch()
    for plan in plans(register, 8):
        before: Shortlist | None = None
        for nth in range(ROUNDS):
            changed = replace(plan, revision=nth + 1, most_rate=(plan.most_rate or 1300) + 20 * nth)
            ranked = both.time("rank", lambda: index.rank(changed, DAY))  # noqa: B023
            listed = columns.time("list", lambda: everybody(ranked))  # noqa: B023
            change = columns.time("compare", lambda: drawn_up(
                changed, listed, before, day=DAY, cause=Cause.PLAN, lore=known(), rules=CURRENT,  # noqa: B023
            ))  # fmt: skip
            record = columns.time("write down", lambda: for_the_record(change.now, 1, datetime.now(UTC)))  # noqa: B023
            event = columns.time("tell", lambda: announcements.shortlist_changed(change, record))  # noqa: B023
            both.time("tell as JSON", event.model_dump_json)
            row = columns.time("keep", lambda: packed(change.now.listed))  # noqa: B023
            again = columns.time("read", lambda: unpacked({"places": row, "listed": NOBODY}))  # noqa: B023

            those = things.time("list", lambda: tuple(listed))  # noqa: B023
            if before is not None:
                were = tuple(before.listed)
                found = things.time("compare", lambda: [*one_by_one.found(were, those)])  # noqa: B023
                last = change.now.last
                assert last is not None and last.added + last.lost + last.moved == len(found), (size, nth)
            kept = things.time("keep", lambda: zlib.compress(LISTED.dump_json(those), 1))  # noqa: B023
            assert things.time("read", lambda: LISTED.validate_json(zlib.decompress(kept))) == tuple(again)  # noqa: B023
            before = replace(change.now, listed=again)
    ours, theirs = columns.median_ms(), things.median_ms()
    same = sum(ours[step] for step in theirs)
    return {
        "pas": size, "load": loads(), "ranking_ms": both.median_ms(), "columns_ms": ours, "things_ms": theirs,
        "list_compare_keep_read": {"columns_ms": round(same, 2), "things_over_columns": round(sum(theirs.values()) / same, 1)},
        "bytes": {"columns": len(row), "things": len(kept)},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="500,5000")
    for size in parser.parse_args().sizes.split(","):
        print(json.dumps(measured(int(size))), flush=True)


if __name__ == "__main__":
    main()
