"""What it costs to find the best teams among sixty PAs, and how that compares with looking closely at every team.

Every team is looked at closely among fewer PAs, in the same run, and the answers are compared. Times are of the processor.

    python -m benchmarks.teams --few 14 --seeds 5
"""
import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations
from random import Random
from uuid import UUID

from services.matcher.domain import week
from services.matcher.domain.placing import Placement
from services.matcher.domain.plan import Flexible
from services.matcher.domain.profile import AgeBand, ProfileId
from services.matcher.domain.teams.asked import TEAMS_1, Asked
from services.matcher.domain.teams.candidates import Candidate, alone, long_stretches
from services.matcher.domain.teams.paying import terms_of
from services.matcher.domain.teams.search import best_teams
from services.matcher.domain.teams.sharing import shared_out
from services.matcher.domain.teams.team import Found, found
from services.matcher.subscribers import known

SHOWN = 3
PARTS_OF_A_DAY = ((7, 10), (10, 13), (13, 16), (16, 19), (19, 23))


def hours(days: Sequence[int], start: int, end: int) -> int:
    return sum(week.span(day * 96 + start * 4, (end - start) * 4) for day in days)


EVERY_DAY = range(7)
CLAIMING, NOT_CLAIMING = (terms_of(known().rates, date(2026, 11, 30), claims=claims) for claims in (True, False))
WEEKS = {
    "mornings and teatimes": Asked(hours(EVERY_DAY, 8, 10) | hours(EVERY_DAY, 17, 19), (), (), 36, None),
    "flexible hours": Asked(hours(EVERY_DAY, 8, 10), (), (Flexible(40, hours(range(5), 10, 17), 8),), 36, None),
    "day and night, with sleep-ins": Asked(hours(EVERY_DAY, 7, 23), tuple(EVERY_DAY), (), 36, None),
    "the same, on a budget": Asked(
        hours(EVERY_DAY, 7, 23), tuple(EVERY_DAY), (), 36, 200_000 * CLAIMING.unit, CLAIMING
    ),
    "the same, without the allowance": Asked(
        hours(EVERY_DAY, 7, 23), tuple(EVERY_DAY), (), 36, 200_000 * NOT_CLAIMING.unit, NOT_CLAIMING
    ),
    "flexible hours on a budget": Asked(
        hours(EVERY_DAY, 8, 10), (), (Flexible(40, hours(range(5), 10, 17), 8),), 36, 27_000 * NOT_CLAIMING.unit, NOT_CLAIMING
    ),
}


def some(count: int, asked: Asked, dice: Random) -> list[Candidate]:
    made: list[Candidate] = []
    while len(made) < count:
        likely = dice.choice((0.25, 0.5, 0.8))
        free = sum(hours([day], *part) for day in EVERY_DAY for part in PARTS_OF_A_DAY if dice.random() < likely)
        score, rate = dice.randint(700, 950), 1271 + dice.choice((0, 29, 79, 129, 229))
        one = Candidate(
            Placement(ProfileId(UUID(int=dice.getrandbits(64))), 1, score * 1000, (), (), 0, None, 0), score, free & asked.fixed,
            (1 << len(asked.nights)) - 1 if dice.random() < 0.25 else 0,
            tuple(long_stretches(free & ask.window, ask.at_least) for ask in asked.flexible),
            dice.choice((0, 0, 8, 16)), dice.randint(16, 48) * 4, rate, True, asked.terms.price(rate, self_employed=False),
            beyond=asked.terms.beyond(rate, AgeBand.FROM_21, self_employed=False),
        )  # fmt: skip
        if max(1, one.least) <= min(one.most, alone(one, asked)):
            made.append(one)
    return sorted(made, key=lambda one: -one.score)


def every_team(candidates: Sequence[Candidate], asked: Asked) -> list[Found]:
    counted: dict[tuple[int, ...], int] = {}
    teams = []
    for size in range(2, TEAMS_1.largest + 1):
        for members in combinations(range(len(candidates)), size):
            sharing = shared_out([candidates[nth] for nth in members], asked)
            if sharing is None:
                continue
            one = found(members, candidates, asked, sharing)
            counted[members] = one.counted
            parts = (part for smaller in range(2, size) for part in combinations(members, smaller))
            if not any(counted.get(part, -1) >= one.counted for part in parts):
                teams.append(one)
    return sorted(teams, key=lambda one: one.order)[:SHOWN]


def timed(find: Callable[[], list[Found]]) -> tuple[float, list[Found]]:
    start = time.process_time()
    teams = find()
    return (time.process_time() - start) * 1000, teams


def measured(name: str, asked: Asked, few: int, seeds: int) -> dict[str, object]:
    ours, small, plain = [], [], []
    for seed in range(seeds):
        candidates = some(TEAMS_1.candidates, asked, Random(seed))
        largest = TEAMS_1.largest
        ours.append(timed(lambda: best_teams(candidates, asked, largest=largest, count=SHOWN))[0])  # noqa: B023
        fewer = candidates[:few]
        took, teams = timed(lambda: best_teams(fewer, asked, largest=largest, count=SHOWN))  # noqa: B023
        took_plain, all_of_them = timed(lambda: every_team(fewer, asked))  # noqa: B023
        assert [one.order for one in teams] == [one.order for one in all_of_them], (name, seed)
        small.append(took)
        plain.append(took_plain)
    return {
        "benchmark": "teams", "week": name, "sixty_ms": round(statistics.median(ours), 1), "sixty_worst_ms": round(max(ours), 1),
        "few": few, "few_ms": round(statistics.median(small), 1), "every_team_ms": round(statistics.median(plain), 1),
        "every_team_times_ours": round(statistics.median(plain) / statistics.median(small), 1), "mismatches": 0,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=12)
    parser.add_argument("--seeds", type=int, default=5)
    asked = parser.parse_args()
    for name, wanted in WEEKS.items():
        print(json.dumps(measured(name, wanted, asked.few, asked.seeds)), flush=True)


if __name__ == "__main__":
    main()
