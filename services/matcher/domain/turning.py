"""Whose turn it is among equal people: a number that changes with the plan and with the day, and depends on nobody else."""
from datetime import date
from hashlib import blake2b

from services.matcher.domain.plan import PlanId
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import Turning

BITS = (1 << 64) - 1
STEP = 0x9E37_79B9_7F4A_7C15
FIRST, SECOND = 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB
"""Of SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014."""


def turn(plan_id: PlanId, profile_id: ProfileId, day: date, turning: Turning) -> int:
    """Less is earlier. 64 bits."""
    if turning is Turning.HASHED:
        return int.from_bytes(blake2b(said(plan_id, day) + profile_id.bytes, digest_size=8).digest())
    high, low = profile_id.int >> 64, profile_id.int & BITS
    return mixed(mixed(seed(plan_id, day) ^ high) ^ low)


def said(plan_id: PlanId, day: date) -> bytes:
    return plan_id.bytes + day.isoformat().encode()


def seed(plan_id: PlanId, day: date) -> int:
    return int.from_bytes(blake2b(said(plan_id, day), digest_size=8).digest())


def mixed(number: int) -> int:
    """Every bit of it hangs on every bit of `number`, and no two numbers come out the same."""
    number = number + STEP & BITS
    number = (number ^ number >> 30) * FIRST & BITS
    number = (number ^ number >> 27) * SECOND & BITS
    return number ^ number >> 31
