"""A year of a sample council: are newcomers who are just like somebody seen as often? With the rules, and without their turns.

    python -m benchmarks.fairness_year --council leicester --pas 150 --plans 30
"""
import argparse
import sys

from deploy.sample.sample import Sample
from deploy.sample.year import Outcome, Year
from services.matcher.domain.rules import WHOLE
from services.matcher.subscribers import known


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--council", default="leicester")
    options.add_argument("--pas", type=int, default=150)
    options.add_argument("--plans", type=int, default=30)
    options.add_argument("--weeks", type=int, default=52)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    year = Year(Sample(chosen.council, chosen.pas, chosen.plans, chosen.seed), chosen.weeks)
    fair = year.live(known())
    there = {one.profile_id for one in fair.there}
    shown(fair, "equal people take turns, as the rules have it")
    shown(year.live(known(), lambda plan, profile_id, day: profile_id not in there), "who was here first comes first")
    shown(year.live(known(), lambda plan, profile_id, day: profile_id.int), "always in the same order")


def shown(outcome: Outcome, title: str) -> None:
    ratio = outcome.newcomers_shown / outcome.others_shown if outcome.others_shown else 0
    say(f"\n{title}")
    say(f"  newcomers shown {outcome.newcomers_shown} times, those they are like {outcome.others_shown} times: {ratio:.2f}")
    say(f"  never shown, though it was their turn five times or more: {len(outcome.never_seen())}")
    say(f"  {'':12}{'PAs':>6}{'seen':>6}{'shown':>8}{'of due':>8}{'asked':>7}")
    for row in outcome.rows():
        of_due = "-" if row.shown_of_due is None else f"{row.shown_of_due / WHOLE:.0%}"
        cells = "".join(f"{'-' if one is None else one:>{width}}" for one, width in ((row.pas, 6), (row.seen, 6), (row.shown, 8)))
        say(f"  {row.group:12}{cells}{of_due:>8}{'-' if row.asked is None else row.asked:>7}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
