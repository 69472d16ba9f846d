"""Which partition an event travels in: one council's events are all in one place, in order."""
from zlib import crc32

PARTITIONS = 12
"""The same for every topic, and frozen: another number would send a council's next event elsewhere than its last."""


def partition_of(council: str) -> int:
    return crc32(council.encode()) % PARTITIONS
