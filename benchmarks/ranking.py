"""What it costs to rank every PA of a council for one plan: the plain rules, on a sample.

Times are of the processor, not of the clock, so that other work on the machine does not change them much.

    python -m benchmarks.ranking --pas 1000 10000 --plans 20
"""

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from deploy.cli.offline import COUNCIL, as_plan
from deploy.sample.sample import Sample
from services.matcher.domain.profile import Profile
from services.matcher.domain.ranking import rank
from services.matcher.subscribers import known, plan_from, profile_from
from services.portal.announcements import plan_changed
from services.registry.announcements import profile_changed
from services.registry.api.said import ProfileIn, said_in
from services.registry.domain.consent import How
from services.registry.usecases.settling import settle


def profiles(sample: Sample) -> Iterator[Profile]:
    """As the matcher keeps them: read from words, told by the registry, heard."""
    now = datetime.now(UTC)
    for profile in sample.profiles():
        said = said_in(ProfileIn.model_validate(profile))
        settled = settle(
            None, said, council=COUNCIL, profile_id=UUID(profile["profile_id"]), now=now, how=How.REGISTER, by_register=True
        )
        yield profile_from(profile_changed(settled.profile))


def measured(council: str, pas: int, plans: int, day: date) -> dict[str, object]:
    sample = Sample(council, pas, plans, day=day)
    start = time.process_time()
    index = list(profiles(sample))
    read = time.process_time() - start
    lore = known()
    took, fitting = [], []
    for body in sample.support_plans():
        plan = plan_from(plan_changed(as_plan(body, day)))
        start = time.process_time()
        ranking = rank(plan, index, day, lore)
        took.append(time.process_time() - start)
        fitting.append(len(ranking.fitting))
    ordered = sorted(took)
    return {
        "council": council,
        "pas": pas,
        "plans": plans,
        "profiles_read_per_cpu_second": round(pas / read),
        "rank_cpu_ms_median": round(statistics.median(took) * 1000, 1),
        "rank_cpu_ms_95th": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "cpu_us_per_pa": round(statistics.median(took) / pas * 1e6, 1),
        "fitting_median": statistics.median(fitting),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--council", default="leicester")
    options.add_argument("--pas", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--plans", type=int, default=20)
    options.add_argument("--out", type=Path, help="append the results to this file as JSON lines")
    chosen = options.parse_args()
    for pas in chosen.pas:
        result = measured(chosen.council, pas, chosen.plans, date.today())
        line = json.dumps(result | {"python": platform.python_version(), "at": datetime.now(UTC).isoformat(timespec="seconds")})
        sys.stdout.write(line + "\n")
        if chosen.out:
            with chosen.out.open("a") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
