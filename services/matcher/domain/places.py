"""Everybody's place on one list, as columns: a list of thousands is kept, compared and told without a thing made for each."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol, overload
from uuid import UUID

import numpy as np

from services.matcher.domain.kernel.columns import Array, Ints, Rows, ids_in
from services.matcher.domain.placing import Group, group_of
from services.matcher.domain.plan import Criterion
from services.matcher.domain.profile import ProfileId
from services.matcher.domain.rules import Rules, rounded

ID = np.dtype("V16")
NO_TIMES = -1
Lack = tuple[Criterion, str]
"""A must that is not met: what it is about, and the code of the reason. Its details follow from plan and profile."""
Lacks = tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One PA's place. The reasons are made when somebody asks for them: they are long, and follow from these revisions."""

    profile_id: ProfileId
    profile_revision: int
    score: int
    """Millionths."""
    lacks: Lacks
    distance_m: int
    coverage: int | None
    """Millionths of the wanted time; None: the plan asks for no times."""
    standing: tuple[int, int]
    group: Group

    @property
    def codes(self) -> tuple[str, ...]:
        return codes(self.lacks)


class Said(Protocol):
    @property
    def criterion(self) -> Criterion: ...
    @property
    def code(self) -> str: ...


@lru_cache(maxsize=65_536)
def named(one: bytes) -> ProfileId:
    """The same few are named again and again."""
    return ProfileId(UUID(bytes=one))


def lacks_of(unmet: Iterable[Said]) -> Lacks:
    """Reasons without their details."""
    return tuple((one.criterion, one.code) for one in unmet)


def codes(lacks: Lacks) -> tuple[str, ...]:
    return tuple(code for _, code in lacks)


@dataclass(frozen=True, eq=False)
class Places(Sequence[Listed]):
    """Best first, so each group is one stretch. All columns have one length; those of a slice are looks at the same."""

    said: tuple[Lacks, ...]
    """What anybody lacks, each once."""
    near_miss: int
    score_step: int
    ids: Array
    """Sixteen bytes each."""
    revisions: Array
    scores: Array
    away_m: Array
    coverage: Array
    """NO_TIMES: the plan asks for none."""
    lacking: Array
    """Which of `said` each lacks."""

    @classmethod
    def of(cls, listed: Iterable[Listed], rules: Rules) -> "Places":
        """In that order, which is best first."""
        those = list(listed)
        said = {one.lacks: nth for nth, one in enumerate({one.lacks: one for one in those}.values())}
        coverage = [NO_TIMES if one.coverage is None else one.coverage for one in those]
        columns = (
            [one.profile_revision for one in those], [one.score for one in those], [one.distance_m for one in those], coverage,
            [said[one.lacks] for one in those],
        )
        ids = np.frombuffer(b"".join(one.profile_id.bytes for one in those), ID)
        return cls(tuple(said), rules.near_miss, rules.score_step, ids, *(np.array(column, np.int64) for column in columns))

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> Listed: ...
    @overload
    def __getitem__(self, at: slice) -> "Places": ...
    def __getitem__(self, at: int | slice) -> "Listed | Places":
        if isinstance(at, slice):
            return self.some(at)
        place = range(len(self))[at]
        return next(iter(self.some(slice(place, place + 1))))

    def some(self, rows: slice | Rows) -> "Places":
        """Those, in the order asked for."""
        columns = (self.ids, self.revisions, self.scores, self.away_m, self.coverage, self.lacking)
        return Places(self.said, self.near_miss, self.score_step, *(column[rows] for column in columns))

    def __iter__(self) -> Iterator[Listed]:
        """Lists longer than anybody reads are gone through too: all at once, then one by one."""
        columns = zip(
            self.names, self.revisions.tolist(), self.scores.tolist(), self.away_m.tolist(), self.coverage.tolist(),
            self.lacking.tolist(), self.ranks.tolist(), strict=True,
        )
        for name, revision, score, away_m, covered, which, rank in columns:
            lacks = self.said[which]
            yield Listed(
                named(name), revision, score, lacks, away_m, None if covered == NO_TIMES else covered,
                (len(lacks), rank), self.groups[which],
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list's

    @cached_property
    def names(self) -> list[bytes]:
        return ids_in(self.ids)

    @cached_property
    def lacked(self) -> list[tuple[str, ...]]:
        """The codes of what each lacks."""
        lacking = self.lacking.tolist()
        each = {which: codes(self.said[which]) for which in set(lacking)}
        return [each[which] for which in lacking]

    @cached_property
    def where(self) -> dict[bytes, int]:
        """Which row somebody is in."""
        return {name: row for row, name in enumerate(self.names)}

    @cached_property
    def groups(self) -> list[Group]:
        """Of whoever lacks each of `said`."""
        return [group_of(len(lacks), self.near_miss) for lacks in self.said]

    @cached_property
    def unmet(self) -> Ints:
        """How many musts each lacks."""
        return np.array([len(lacks) for lacks in self.said] or [0], np.int64)[self.lacking]

    @cached_property
    def ranks(self) -> Ints:
        """Of those who lack as many: less is better, the same is equal."""
        return -rounded(self.scores.astype(np.int64), self.score_step)

    @cached_property
    def fitting(self) -> int:
        return int(np.count_nonzero(self.unmet == 0))

    @cached_property
    def shown(self) -> int:
        """Who fits or nearly fits."""
        return int(np.count_nonzero(self.unmet <= self.near_miss))

    def of_group(self, group: Group) -> "Places":
        match group:
            case Group.FITTING:
                return self[: self.fitting]
            case Group.NEAR:
                return self[self.fitting : self.shown]
            case Group.OTHERS:
                return self[self.shown :]

    def numbered(self, known: dict[tuple[str, ...], int]) -> Ints:
        """A number for the codes of what each lacks: the same codes have the same on every list asked with this table."""
        return np.array([known.setdefault(codes(lacks), len(known)) for lacks in self.said] or [0], np.int64)[self.lacking]
