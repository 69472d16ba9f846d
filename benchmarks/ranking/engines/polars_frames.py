"""Polars: the register as a frame, one lazy query for what is judged and one for the few who are shown."""
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl

from benchmarks.ranking.answer import NEAR_MISS, TOP, Answer, Shown, Tied, first_of
from benchmarks.ranking.columns import Columns
from benchmarks.ranking.engines.plain_numpy import words_of
from benchmarks.ranking.judged import judge
from benchmarks.ranking.sheet import Asked
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import ProfileId


class Frame:
    """A sheet whose expressions are Polars' own. Each step is one `with_columns`."""

    def __init__(self, lazy: pl.LazyFrame) -> None:
        self.lazy = lazy
        self.waiting: list[pl.Expr] = []

    def number(self, name: str) -> pl.Expr:
        return pl.col(name)

    def wide(self, name: str) -> pl.Expr:
        return pl.col(name).cast(pl.Int64)

    def where(self, truth: Any, yes: Any, no: Any) -> pl.Expr:
        return pl.when(truth).then(_number(yes)).otherwise(_number(no))

    def largest(self, several: Sequence[Any]) -> pl.Expr:
        return pl.max_horizontal(*(_number(one) for one in several))

    def root(self, square: pl.Expr) -> pl.Expr:
        return square.cast(pl.Float64).sqrt().cast(pl.Int64)  # exact below 2^52

    def shared_quarters(self, fixed: int) -> pl.Expr:
        shared = [(pl.col(name) & _signed(word)).bitwise_count_ones().cast(pl.Int64) for name, word in words_of(fixed)]
        return pl.sum_horizontal(*shared)

    def any_tongue(self, bits: int) -> pl.Expr:
        return (pl.col("tongues") & bits) != 0

    def said(self, column: str) -> pl.Expr:
        return pl.col(column) >= 0

    def has(self, column: str) -> pl.Expr:
        return (pl.col(column) == 1) | (pl.col(column) == 3)

    def sure(self, column: str) -> pl.Expr:
        return pl.col(column) >= 2

    def let(self, name: str, value: Any) -> pl.Expr:
        self.waiting.append(_number(value).alias(name))
        return pl.col(name)

    def step(self) -> None:
        self.lazy, self.waiting = self.lazy.with_columns(self.waiting), []


def _number(value: Any) -> pl.Expr:
    return pl.lit(value, pl.Int64) if isinstance(value, int) else value


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word


class Polars:
    name = "Polars"

    def __init__(self, held: Columns, day: date, lore: Lore) -> None:
        self.held, self.day, self.lore = held, day, lore
        self.frame = pl.DataFrame({name: column for name, column in held.of.items()})

    def answer(self, plan: Plan) -> Answer:
        sheet = Frame(self.frame.lazy())
        asked = Asked(sheet, plan, self.held, self.day, self.lore)
        judged = judge(asked)
        sheet.step()
        found = sheet.lazy.select("mask", "unmet", "score", "place", *judged.still.values()).with_row_index("row").collect()
        mask, unmet = pl.col("mask"), pl.col("unmet")
        alone = [
            (mask == 1 << nth) & (pl.col(judged.still[nth]) == 0) if nth in judged.still else mask == 1 << nth
            for nth in range(len(asked.own))
        ]
        counts = found.select(
            (unmet == 0).sum().alias("eligible"),
            ((unmet > 0) & (unmet <= NEAR_MISS)).sum().alias("near"),
            *(one.sum().alias(f"what_if_{nth}") for nth, one in enumerate(alone)),
        ).row(0)
        worst = found["place"].bottom_k(TOP).max()
        rows = found.filter(pl.col("place") <= worst)
        ids = self.held.ids
        tied = [
            Tied(ProfileId(UUID(bytes=ids[row].tobytes())), unmet, score, row)
            for row, unmet, score in rows.select("row", "unmet", "score").iter_rows()
        ]
        top = self._shown(plan, first_of(plan, tied, self.day))
        masks = found["mask"].to_numpy().astype(np.uint32)
        return Answer(counts[0], counts[1], found.height - counts[0] - counts[1], tuple(counts[2:]), top, masks)

    def _shown(self, plan: Plan, best: Sequence[Tied]) -> tuple[Shown, ...]:
        sheet = Frame(self.frame[[one.row for one in best]].lazy())
        codes = judge(Asked(sheet, plan, self.held, self.day, self.lore), codes=True).codes
        columns = sheet.lazy.select(which.alias(str(nth)) for nth, (_, which) in enumerate(codes)).collect()
        named = [[names[which] for which in columns.to_series(nth).to_list()] for nth, (names, _) in enumerate(codes)]
        return tuple(
            Shown(one.profile_id, one.unmet, one.score, tuple(column[nth] for column in named)) for nth, one in enumerate(best)
        )

    def close(self) -> None:
        """Nothing is open."""
