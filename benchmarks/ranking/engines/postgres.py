"""PostgreSQL, one query: everybody judged once, then counts, what-ifs, each PA's unmet musts and the first fifty with reasons."""
import json
from datetime import date
from uuid import UUID

import asyncpg
import numpy as np

from benchmarks.ranking.answer import NEAR_MISS, TOP, Answer, Shown, Tied, first_of
from benchmarks.ranking.columns import Columns
from benchmarks.ranking.engines.postgres_table import PostgresDialect, Session, Table, load
from benchmarks.ranking.engines.sql import Nested
from benchmarks.ranking.judged import judge
from benchmarks.ranking.sheet import Asked
from services.matcher.domain.lore import Lore
from services.matcher.domain.plan import Plan
from services.matcher.domain.profile import ProfileId

BARRIER = " OFFSET 0"
"""Without it the planner writes the steps into one another, and a distance is worked out as often as it is named."""


class PostgresWhole:
    name = "PostgreSQL, one query"

    def __init__(self, held: Columns, day: date, lore: Lore, session: Session) -> None:
        self.held, self.day, self.lore, self.session = held, day, lore, session
        self.dialect = PostgresDialect(Table(held))
        session.ask(load(session.connection, self.dialect.table, held))

    def answer(self, plan: Plan) -> Answer:
        query, codes, musts = self.query(plan)
        row: asyncpg.Record = self.session.ask(self.session.connection.fetchrow(query, timeout=600))
        what_if = tuple(row[f"what_if_{nth}"] for nth in range(musts))
        masks = np.array(row["masks"] or (), np.uint32)
        top = shown_of(plan, row["top"], codes, self.day)
        return Answer(row["eligible"], row["near"], len(masks) - row["eligible"] - row["near"], what_if, top, masks)

    def query(self, plan: Plan) -> tuple[str, list[tuple[str, ...]], int]:
        sheet = Nested(self.dialect, "pa", barrier=BARRIER)
        asked = Asked(sheet, plan, self.held, self.day, self.lore)
        judged = judge(asked)
        everybody = sheet.select(["n", "mask", "unmet", "score", "place", *judged.still.values()])
        what_ifs = "".join(
            f", count(*) FILTER (WHERE {alone}) AS what_if_{nth}" for nth, alone in enumerate(judged.alone(len(asked.own)))
        )
        first = "(SELECT pa.*, top.unmet AS unmet_, top.score AS score_ FROM top JOIN pa USING (n))"
        reasons, codes = reasons_query(plan, asked, self.dialect, first)
        return (
            f"WITH judged AS MATERIALIZED ({everybody}),"
            f" top AS MATERIALIZED (SELECT n, unmet, score FROM judged ORDER BY place FETCH FIRST {TOP} ROWS WITH TIES)"
            f" SELECT count(*) FILTER (WHERE unmet = 0) AS eligible,"
            f" count(*) FILTER (WHERE unmet BETWEEN 1 AND {NEAR_MISS}) AS near{what_ifs}, array_agg(mask) AS masks,"
            f" ({reasons}) AS top FROM judged"
        ), codes, len(asked.own)

    def close(self) -> None:
        """The server is closed by whoever started it."""


def reasons_query(plan: Plan, asked: Asked, dialect: PostgresDialect, source: str) -> tuple[str, list[tuple[str, ...]]]:
    """One JSON array of id, unmet, score and which code for each wish, from rows that carry `unmet_` and `score_`."""
    sheet = Nested(dialect, source, barrier=BARRIER)
    codes = judge(Asked(sheet, plan, asked.held, asked.on, asked.lore), codes=True).codes
    names = [sheet.let(f"code_{nth}", which).text for nth, (_, which) in enumerate(codes)]
    sheet.step()
    wanted = ["id", "unmet_", "score_", *names]
    listed = f"json_agg(json_build_array({', '.join(wanted)}))"
    return f"SELECT {listed} FROM ({sheet.select(wanted)}) AS shown", [of for of, _ in codes]


def shown_of(plan: Plan, top: str | None, codes: list[tuple[str, ...]], day: date) -> tuple[Shown, ...]:
    rows = json.loads(top) if top else []
    tied = [Tied(ProfileId(UUID(row[0])), row[1], row[2], nth) for nth, row in enumerate(rows)]
    return tuple(
        Shown(one.profile_id, one.unmet, one.score, tuple(of[which] for of, which in zip(codes, rows[one.row][3:], strict=True)))
        for one in first_of(plan, tied, day)
    )
