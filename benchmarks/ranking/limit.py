"""The machine's own bound: the bytes a plan cannot do without, over how fast this machine reads as many."""
import time

import numpy as np

from benchmarks.ranking.columns import Columns, claim_of, level_of, until_of
from benchmarks.ranking.engines.plain_numpy import words_of
from services.matcher.domain.plan import Criterion, Plan

ALWAYS_READ = ("free_from", "soon_unknown", "east", "north", "comfortable", "furthest", "age", "self_employed")
ANSWERED = 4 + 4
"""Bytes written for each PA: the unmet musts and the score."""


def bytes_touched(plan: Plan, held: Columns) -> int:
    """Each column that can change the answer once, at its narrowest, and the answer once."""
    names = set(ALWAYS_READ)
    for wish in plan.wishes:
        match wish.criterion:
            case Criterion.LANGUAGE:
                names |= {"tongues", *(level_of(tag) for tag in wish.values)}
            case Criterion.PRACTICE | Criterion.SKILL | Criterion.TASK:
                names |= {claim_of(wish.criterion, code) for code in wish.values}
                names |= {until_of(wish.criterion, code) for code in wish.values}
            case Criterion.TIMES:
                names |= {name for name, _ in words_of(plan.fixed)} | {"no_week"}
            case Criterion.PAY:
                names.add("least_rate")
            case Criterion.LIMIT:
                names |= {claim_of(Criterion.LIMIT, code) for code in wish.values}
            case Criterion.HOURS:
                names |= {"least", "most", "few_people"}
    names |= {claim_of(Criterion.TASK, code) for code in plan.tasks} | {claim_of(Criterion.LIMIT, code) for code in plan.home}
    return sum(held.of[name].nbytes for name in names if name in held.of) + ANSWERED * len(held)


def seconds_to_read(size: int, times: int = 15) -> float:
    """The quickest of some reads of as many bytes, in the place of the caches where they would be."""
    words = np.ones(max(1, size // 8), np.uint64)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        np.bitwise_or.reduce(words)
        took.append(time.perf_counter() - began)
    return min(took)
