"""Whose turn it is, for many at once: the same numbers as `domain.turning`."""
from datetime import date
from hashlib import blake2b

import numpy as np

from services.matcher.domain.kernel.columns import Array, high_and_low, ids_in
from services.matcher.domain.plan import PlanId
from services.matcher.domain.rules import Turning
from services.matcher.domain.turning import FIRST, SECOND, STEP, said, seed

ADDED, ONCE, AGAIN = np.uint64(STEP), np.uint64(FIRST), np.uint64(SECOND)
THIRTY, TWENTY_SEVEN, THIRTY_ONE = np.uint64(30), np.uint64(27), np.uint64(31)


def turns(plan_id: PlanId, ids: Array, day: date, turning: Turning) -> Array:
    """`ids`: sixteen bytes each."""
    if turning is Turning.HASHED:
        return _hashed(plan_id, ids, day)
    both = high_and_low(ids)
    return _mixed(_mixed(both[:, 0] ^ np.uint64(seed(plan_id, day))) ^ both[:, 1])


def _mixed(numbers: Array) -> Array:
    """What goes past 64 bits is lost, as it should be."""
    found = numbers + ADDED
    found ^= found >> THIRTY
    found *= ONCE
    found ^= found >> TWENTY_SEVEN
    found *= AGAIN
    found ^= found >> THIRTY_ONE
    return found


def _hashed(plan_id: PlanId, ids: Array, day: date) -> Array:
    start, found = blake2b(said(plan_id, day), digest_size=8), []
    for one in ids_in(ids):
        rest = start.copy()
        rest.update(one)
        found.append(rest.digest())
    return np.frombuffer(b"".join(found), ">u8").astype(np.uint64)
