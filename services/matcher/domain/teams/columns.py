"""Candidates as columns, so that what thousands of teams could cover is a few products of matrices.

Quarter-hours at which the same candidates are free are one column with a weight. Every number is whole and far below 2^24, so
32-bit floats hold them exactly.
"""
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.matcher.domain import week
from services.matcher.domain.teams.affording import steps_up
from services.matcher.domain.teams.asked import Asked
from services.matcher.domain.teams.candidates import Candidate, alone
from services.matcher.domain.teams.filling import filled
from services.matcher.domain.teams.purchases import Purchase, purchase
from services.matcher.domain.teams.team import free_when_asked

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
WEEK_BYTES = week.QUARTERS_A_WEEK // 8


@dataclass(frozen=True)
class Block:
    """Fixed times and nights together, or one flexible ask."""

    columns: slice
    weights: Floats
    most: int
    """What of it can count: all, or the quarter-hours asked."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Row n is candidate n, in their order."""

    lacks: Floats
    """1 where the candidate is not free."""
    blocks: tuple[Block, ...]
    overlaps: NDArray[np.uint8]
    overlap_weights: Floats
    most: Floats
    """The most each could do: their own hours, and what they could cover."""
    least: Ints
    price: Ints
    score: Ints
    does: Ints
    """A bit for each limited task the candidate can be asked for."""
    still: Ints
    """The same of all those after the candidate."""
    together: NDArray[np.bool_]
    """Whether two can both have their least hours."""
    purchases: tuple[Purchase, ...]
    """Of each purse; none where hours have one price and no more is paid."""

    @property
    def count(self) -> int:
        return len(self.most)

    @property
    def highest(self) -> int:
        """What all of them together could cover."""
        return int(reached(self, self.lacks.min(axis=0, keepdims=True)).max())


def columns(candidates: Sequence[Candidate], asked: Asked) -> Columns:
    free, weights = _columns([one.free for one in candidates])
    nights = np.array([[one.nights >> nth & 1 for nth in range(len(asked.nights))] for one in candidates], dtype=np.float32)
    nights = nights.reshape(len(candidates), len(asked.nights))
    matrices = [np.hstack([free, nights])]
    blocks = [(np.concatenate([weights, np.full(len(asked.nights), asked.night, dtype=np.float32)]), asked.total)]
    for nth, ask in enumerate(asked.flexible):
        pieces, counts = _columns([one.pieces[nth] for one in candidates])
        matrices.append(pieces)
        blocks.append((counts, ask.quarters))
    ends = np.cumsum([matrix.shape[1] for matrix in matrices])
    overlaps, overlap_weights = _columns([free_when_asked(one) for one in candidates])
    least = np.array([max(1, one.least) for one in candidates], dtype=np.int64)
    does = np.array([one.does for one in candidates], dtype=np.int64)
    apart = Columns(
        lacks=1 - np.hstack(matrices),
        blocks=tuple(
            Block(slice(int(end) - matrix.shape[1], int(end)), counts, most)
            for end, matrix, (counts, most) in zip(ends, matrices, blocks, strict=True)
        ),
        overlaps=overlaps.astype(np.uint8),
        overlap_weights=overlap_weights,
        most=np.array([min(one.most, alone(one, asked)) for one in candidates], dtype=np.float32),
        least=least,
        price=np.array([one.price for one in candidates], dtype=np.int64),
        score=np.array([one.score for one in candidates], dtype=np.int64),
        does=does,
        still=np.append(np.bitwise_or.accumulate(does[::-1])[::-1][1:], 0),
        together=np.ones((len(candidates), len(candidates)), dtype=np.bool_),
        purchases=(),
    )
    if steps_up(candidates, asked):
        most = apart.most.astype(np.int64)
        apart = replace(apart, purchases=tuple(purchase(candidates, purse, least, most) for purse in asked.purses))
    return replace(apart, together=least[:, None] + least[None, :] <= reached(apart, apart.lacks))


def covered_with(made: Columns, teams: Ints) -> tuple[Floats, Floats]:
    """What each team, a row of places, covers at most as it is; and with each candidate as one more: hours kept, money aside.

    The least of: what some could have at their most, and the others cover with no limit on their hours; for every choice of some.
    It gains less from one more the larger the team is (a polymatroid's rank, as in `filling`).
    """
    size = teams.shape[1]
    now, then = np.full((len(teams), 1), np.inf, np.float32), np.full((len(teams), made.count), np.inf, np.float32)
    lacking = [np.ones((len(teams), made.lacks.shape[1]), dtype=np.float32)]
    for some in range(1 << size):
        last = some.bit_length() - 1
        if some:
            lacking.append(lacking[some ^ (1 << last)] * made.lacks[teams[:, last]])
        with_one_more = reached(made, lacking[some])
        without = np.take_along_axis(with_one_more, teams[:, last : last + 1], axis=1) if some else np.float32(0)
        limited = made.most[teams[:, [nth for nth in range(size) if not some >> nth & 1]]].sum(axis=1, keepdims=True)
        np.minimum(now, limited + without, out=now)
        np.minimum(then, limited + np.minimum(with_one_more, without + made.most), out=then)
    return now, then


def reached(made: Columns, lacking: Floats) -> Floats:
    """What teams (a row: 1 where none of them is free) reach with each candidate as one more, no limit on anybody's hours."""
    total = np.zeros((len(lacking), made.count), dtype=np.float32)
    for block in made.blocks:
        uncovered = (lacking[:, block.columns] * block.weights) @ made.lacks[:, block.columns].T
        total += np.minimum(block.weights.sum() - uncovered, np.float32(block.most))
    return total


def ceilings(made: Columns, teams: Ints, money: int | None) -> Ints:
    """What each team, a row of places, covers at most, nights and pieces taken as if they could be split; -1: impossible."""
    size = teams.shape[1]
    teams = np.take_along_axis(teams, np.argsort(made.price[teams], axis=1, kind="stable"), axis=1)
    lacking = [np.ones((len(teams), made.lacks.shape[1]), dtype=np.float32)]
    reach = np.zeros((len(teams), 1 << size), dtype=np.int64)
    for some in range(1, 1 << size):
        last = some.bit_length() - 1
        lacking.append(lacking[some ^ (1 << last)] * made.lacks[teams[:, last]])
        for block in made.blocks:
            covered = block.weights.sum() - lacking[some][:, block.columns] @ block.weights
            reach[:, some] += np.minimum(covered, np.float32(block.most)).astype(np.int64)
    most = made.most[teams].astype(np.int64)
    if made.purchases:
        bought = np.stack([one.highest(teams, reach, made.least[teams], most) for one in made.purchases])
        by_all: Ints = bought.min(axis=0)
        return by_all
    paid = None if money is None else np.full(len(teams), money)
    hours, possible = filled(reach, made.least[teams], most, made.price[teams], paid, range(size))
    return np.where(possible, hours.sum(axis=1), -1)


def overlaps(made: Columns, teams: Ints) -> Ints:
    """For each team, a row of places, the quarter-hours at which two or more are free."""
    free = sum((made.overlaps[teams[:, nth]] for nth in range(1, teams.shape[1])), made.overlaps[teams[:, 0]])
    return ((free >= 2).astype(np.float32) @ made.overlap_weights).astype(np.int64)


def _columns(weeks: Sequence[int]) -> tuple[Floats, Floats]:
    """A row for each week and a column for each set of candidates that is free at once, with how long."""
    packed = np.frombuffer(b"".join(bits.to_bytes(WEEK_BYTES, "big") for bits in weeks), dtype=np.uint8)
    free = np.unpackbits(packed.reshape(len(weeks), WEEK_BYTES), axis=1)
    keys = [int.from_bytes(row.tobytes(), "big") for row in np.packbits(free, axis=0).T.copy()]
    counts: dict[int, int] = {}
    first: dict[int, int] = {}
    for quarter, key in enumerate(keys):
        if key:
            counts[key] = counts.get(key, 0) + 1
            first.setdefault(key, quarter)
    return free[:, list(first.values())].astype(np.float32), np.array(list(counts.values()), dtype=np.float32)
