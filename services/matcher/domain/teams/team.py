"""A team: who is in it, how they share the week, and where it stands among others."""
from collections.abc import Sequence
from dataclasses import dataclass

from services.matcher.domain import week
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate
from services.matcher.domain.teams.filling import unions
from services.matcher.domain.teams.sharing import Sharing


@dataclass(frozen=True)
class Found:
    """`members` are places in the order of candidates, rising."""

    members: tuple[int, ...]
    sharing: Sharing
    counted: int
    """See `Asked.counted`."""
    score: int
    """Of all members together, in steps. Teams of one size compare by it as by the mean."""
    overlap: int
    """Quarter-hours of the wanted times at which two or more are free: time to hand over, and somebody when one is ill."""

    @property
    def covered(self) -> int:
        return self.sharing.covered

    @property
    def order(self) -> tuple[int, int, int, int, tuple[int, ...]]:
        """Best first: more covered, fewer people, better fitting people, more overlap; then whose turn it is."""
        return -self.counted, len(self.members), -self.score, -self.overlap, self.members


def overlap(free: Sequence[int]) -> int:
    once = twice = 0
    for one in free:
        twice |= once & one
        once |= one
    return week.count(twice)


def free_when_asked(one: Candidate) -> int:
    """Of the times somebody may be wanted; nights have no time of their own."""
    return one.free | unions(one.pieces)[-1]


def found(members: tuple[int, ...], candidates: Sequence[Candidate], asked: Asked, sharing: Sharing) -> Found:
    chosen = [candidates[nth] for nth in members]
    score, shared = sum(one.score for one in chosen), overlap([free_when_asked(one) for one in chosen])
    return Found(members, sharing, asked.counted(sharing.covered), score, shared)
