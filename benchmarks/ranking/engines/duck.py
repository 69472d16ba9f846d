"""DuckDB: a table of the columns as they are; what is judged goes to a table of its own, asked three things."""
from datetime import date
from uuid import UUID

import duckdb
import numpy as np

from benchmarks.ranking.answer import NEAR_MISS, TOP, Answer, Shown, Tied, first_of
from benchmarks.ranking.columns import Columns
from benchmarks.ranking.engines.plain_numpy import words_of
from benchmarks.ranking.engines.sql import Nested
from benchmarks.ranking.judged import judge
from benchmarks.ranking.sheet import Asked
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import ProfileId


class DuckDialect:
    divided = "//"

    def number(self, name: str) -> str:
        return name

    def wide(self, name: str) -> str:
        return f"{name}::BIGINT"

    def root(self, square: str) -> str:
        return f"floor(sqrt({square}::DOUBLE))::BIGINT"  # exact below 2^52

    def shared_quarters(self, fixed: int) -> str:
        return "(" + " + ".join(f"bit_count({name} & ({signed(word)})::BIGINT)::BIGINT" for name, word in words_of(fixed)) + ")"

    def said(self, column: str) -> str:
        return f"({column} >= 0)"

    def has(self, column: str) -> str:
        return f"({column} IN (1, 3))"

    def sure(self, column: str) -> str:
        return f"({column} >= 2)"


def signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word


class DuckDb:
    name = "DuckDB"

    def __init__(self, held: Columns, day: date, lore: Lore, cores: int = 1) -> None:
        self.held, self.day, self.lore = held, day, lore
        self.duck = duckdb.connect(config={"threads": cores})
        self.duck.register("given", {"n": np.arange(len(held), dtype=np.int32), **held.of})
        self.duck.execute("CREATE TABLE pa AS SELECT * FROM given")
        self.duck.unregister("given")

    def answer(self, plan: Plan) -> Answer:
        sheet = Nested(DuckDialect(), "pa")
        asked = Asked(sheet, plan, self.held, self.day, self.lore)
        judged = judge(asked)
        wanted = ["n", "mask", "unmet", "score", "place", *judged.still.values()]
        self.duck.execute(f"CREATE OR REPLACE TEMP TABLE judged AS {sheet.select(wanted)}")
        what_ifs = "".join(f", count(*) FILTER (WHERE {alone})" for alone in judged.alone(len(asked.own)))
        near = f"count(*) FILTER (WHERE unmet BETWEEN 1 AND {NEAR_MISS})"
        counts = self.duck.execute(f"SELECT count(*) FILTER (WHERE unmet = 0), {near}{what_ifs} FROM judged").fetchone()
        assert counts is not None
        worst = f"(SELECT max(place) FROM (SELECT place FROM judged ORDER BY place LIMIT {TOP}))"
        rows = self.duck.execute(f"SELECT n, unmet, score FROM judged WHERE place <= {worst}").fetchall()
        tied = [Tied(ProfileId(UUID(bytes=self.held.ids[n].tobytes())), unmet, score, n) for n, unmet, score in rows]
        masks = self.duck.execute("SELECT mask FROM judged").fetchnumpy()["mask"].astype(np.uint32)
        top = self._shown(plan, first_of(plan, tied, self.day))
        return Answer(counts[0], counts[1], len(masks) - counts[0] - counts[1], tuple(counts[2:]), top, masks)

    def _shown(self, plan: Plan, best: list[Tied]) -> tuple[Shown, ...]:
        if not best:
            return ()
        sheet = Nested(DuckDialect(), f"(SELECT * FROM pa WHERE n IN ({', '.join(str(one.row) for one in best)}))")
        codes = judge(Asked(sheet, plan, self.held, self.day, self.lore), codes=True).codes
        names = [sheet.let(f"code_{nth}", which).text for nth, (_, which) in enumerate(codes)]
        found = self.duck.execute(f"SELECT n, {', '.join(names)} FROM ({sheet.select(['n', *names])})").fetchall()
        rows = {n: tuple(of[which] for (of, _), which in zip(codes, row, strict=True)) for n, *row in found}
        return tuple(Shown(one.profile_id, one.unmet, one.score, rows[one.row]) for one in best)

    def close(self) -> None:
        self.duck.close()
