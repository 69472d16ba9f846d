"""One helping of the relay, thought out with nothing to wait for: what goes where, what went, what is left alone for a while."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from shared.messaging.partitions import partition_of

SHUT_FOR = 5.0  # seconds before a place that failed alone is tried again

Row: TypeAlias = Any
"""A pending event: `id`, `topic`, `council` and more, by name."""
Place: TypeAlias = tuple[str, int]
"""(topic, partition): what is in one place stays in order."""
Shut: TypeAlias = dict[tuple[str, str], float]
"""(topic, council) pairs that cannot be told now, and until when we leave them."""


class WrongPartitions(Exception):
    """A topic has another number of partitions than ours, so a council's events would be sent elsewhere."""


@dataclass(frozen=True, slots=True)
class Helped:
    """What came of one helping."""

    taken: list[int]
    """The ids that went their way, and can be forgotten."""
    left_alone: tuple[Place, ...]
    shut: Shut
    ends: BaseException | None
    """Why the session cannot go on."""


def by_place(rows: Iterable[Row]) -> dict[Place, list[Row]]:
    """Each place's events, in the order they were told."""
    places: dict[Place, list[Row]] = {}
    for row in rows:
        places.setdefault((row["topic"], partition_of(row["council"])), []).append(row)
    return places


def still_shut(shut: Shut, now: float) -> Shut:
    return {place: until for place, until in shut.items() if until > now}


def helped(places: Mapping[Place, list[Row]], answers: Mapping[Place, list[int] | BaseException], now: float) -> Helped:
    """`answers`: the ids each place took, or why it took none.

    When others took theirs the broker is there, so one place must not hold them up; but its failure still ends the session,
    unless a new one could not help.
    """
    taken = [row_id for answer in answers.values() if not isinstance(answer, BaseException) for row_id in answer]
    failed = {place: answer for place, answer in answers.items() if isinstance(answer, BaseException)}
    alone = tuple(place for place, failure in failed.items() if taken or isinstance(failure, WrongPartitions))
    shut = {(row["topic"], row["council"]): now + SHUT_FOR for place in alone for row in places[place]}
    ends = next((failure for failure in failed.values() if not isinstance(failure, WrongPartitions)), None)
    return Helped(taken, alone, shut, ends)
