"""Which partition an event travels in: one council's events are all in one place, in order."""
from zlib import crc32

PARTITIONS = 12
"""The same for every topic, and frozen: another number would send a council's next event elsewhere than its last."""
TOPICS_SEEN_EVERY_MS = 10_000
"""Who joins while a topic is being made is given no part of it. It looks again so soon, and then joins anew; the client's own
five minutes would leave it deaf for so long."""


def partition_of(council: str) -> int:
    return crc32(council.encode()) % PARTITIONS
