"""PostgreSQL with every index that helps, asked for less: the first fifty who fit, with reasons. No near-misses, no counts.

GIN on what each PA surely has, GiST on where they are, a B-tree on what they ask to be paid; the rest of the musts in the WHERE.
"""
from datetime import date

from benchmarks.ranking.answer import TOP, Shown
from benchmarks.ranking.columns import Columns, claim_of, level_of
from benchmarks.ranking.engines.postgres import BARRIER, reasons_query, shown_of
from benchmarks.ranking.engines.postgres_table import PostgresDialect, Session, Table
from benchmarks.ranking.engines.sql import Inline, Nested, said
from benchmarks.ranking.judged import judge
from benchmarks.ranking.sheet import Asked
from services.matcher.domain.lore import Lore
from services.matcher.domain.pay import most
from services.matcher.domain.plan import Criterion, Plan, Wish

CLAIMED = frozenset({Criterion.PRACTICE, Criterion.SKILL, Criterion.TASK})


class PostgresTuned:
    """Needs the table that `PostgresWhole` loaded."""

    name = "PostgreSQL, tuned, only the first 50 who fit"

    def __init__(self, held: Columns, day: date, lore: Lore, session: Session) -> None:
        self.held, self.day, self.lore, self.session = held, day, lore, session
        table = Table(held)
        self.dialect = PostgresDialect(table)
        claims = [f"{kind}_{code}" for kind in ("practice", "skill", "task") for code in table.codes[kind]]
        self.at_least = {f"{tag}>={least}": f"{tag} >= {least}" for tag in table.levels for least in range(1, 5)}
        self.token = {name: nth for nth, name in enumerate([*claims, *self.at_least])}
        self.furthest = int(held.of["furthest"].max(initial=0))
        session.ask(self._index(claims))

    async def _index(self, claims: list[str]) -> None:
        asks = (self.dialect.said, self.dialect.has, self.dialect.sure)
        known = {name: " AND ".join(ask(name) for ask in asks) for name in claims} | self.at_least
        cases = ", ".join(f"CASE WHEN {truth} THEN {self.token[name]} END" for name, truth in known.items())
        tokens = f"array_remove(ARRAY[{cases}]::integer[], NULL)"
        for statement in (
            "DROP TABLE IF EXISTS tuned",
            f"CREATE TABLE tuned AS SELECT *, {tokens} AS tokens, point(east, north) AS spot FROM pa ORDER BY east, north",
            "CREATE UNIQUE INDEX ON tuned (n)",
            "CREATE INDEX ON tuned USING gin (tokens) WITH (fastupdate = off)",
            "CREATE INDEX ON tuned USING gist (spot)",
            "CREATE INDEX ON tuned (least_rate)",
            "VACUUM (FREEZE, ANALYZE) tuned",
        ):
            await self.session.connection.execute(statement, timeout=600)

    def answer(self, plan: Plan) -> tuple[Shown, ...]:
        query, codes = self.query(plan)
        return shown_of(plan, self.session.ask(self.session.connection.fetchval(query, timeout=600)), codes, self.day)

    def query(self, plan: Plan) -> tuple[str, list[tuple[str, ...]]]:
        inline = Inline(self.dialect, "tuned")
        fitting = judge(Asked(inline, plan, self.held, self.day, self.lore)).met
        where = " AND ".join([*self._by_index(plan), *(said(truth) for truth in fitting)]) or "true"
        sheet = Nested(self.dialect, f"(SELECT * FROM tuned WHERE {where})", barrier=BARRIER)
        asked = Asked(sheet, plan, self.held, self.day, self.lore)
        judge(asked)
        scored = sheet.select(["n", "score", "place"])
        first = "(SELECT tuned.*, 0 AS unmet_, top.score AS score_ FROM top JOIN tuned USING (n))"
        reasons, codes = reasons_query(plan, asked, self.dialect, first)
        top = f"SELECT n, score FROM ({scored}) AS scored ORDER BY place FETCH FIRST {TOP} ROWS WITH TIES"
        return f"WITH top AS MATERIALIZED ({top}) {reasons}", codes

    def _by_index(self, plan: Plan) -> list[str]:
        """What an index can answer, said so that the planner sees it; all of it follows from the musts."""
        musts = [plan.wishes[nth] for nth in Asked(Inline(self.dialect, ""), plan, self.held, self.day, self.lore).own]
        within = [wish.within_m for wish in musts if wish.criterion is Criterion.PLACE and wish.within_m is not None]
        far = min([self.furthest, *within]) + 1
        east, north = plan.place.east_m, plan.place.north_m
        found = [f"spot <@ box(point({east - far}, {north - far}), point({east + far}, {north + far}))"]
        alls = [self.token.get(claim_of(wish.criterion, wish.values[0]), -1) for wish in musts if wish.criterion in CLAIMED]
        if alls:
            found.append(f"tokens @> ARRAY[{', '.join(str(one) for one in alls)}]")
        found += [f"tokens && ARRAY[{self._any_of(wish)}]" for wish in musts if wish.criterion is Criterion.LANGUAGE]
        limit = most(plan)
        if limit is not None and any(wish.criterion is Criterion.PAY for wish in musts):
            found.append(f"least_rate <= {limit}")
        return found

    def _any_of(self, wish: Wish) -> str:
        return ", ".join(str(self.token.get(f"{level_of(tag)}>={int(wish.level)}", -1)) for tag in wish.values)

    def close(self) -> None:
        """The server is closed by whoever started it."""
