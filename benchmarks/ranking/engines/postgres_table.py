"""The register in a PostgreSQL of our own: one wide table, its words of yes and no as bits, loaded in binary."""
import asyncio
import shutil
import tempfile
import threading
from collections.abc import Coroutine
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import numpy as np

from benchmarks.ranking.columns import NUMBERS, WORDS, Columns
from deploy.embedded.postgres import Postgres

T = TypeVar("T")
KINDS = ("practice", "skill", "task", "limit")
TYPES = {1: "smallint", 2: "smallint", 4: "integer", 8: "bigint"}
BITS = (("said", lambda column: column >= 0), ("has", lambda column: column % 2 == 1), ("sure", lambda column: column >= 2))


class Session:
    """One connection, in a loop of its own that runs while something is asked."""

    def __init__(self, url: str) -> None:
        self.here = asyncio.new_event_loop()
        # every plan is another query, so keeping statements would only help a benchmark that asks the same again
        self.connection = self.ask(asyncpg.connect(url, statement_cache_size=0))
        self.backend = self.connection.get_server_pid()
        """The process that works for us there."""

    def ask(self, work: Coroutine[Any, Any, T]) -> T:
        return self.here.run_until_complete(work)

    def close(self) -> None:
        self.ask(self.connection.close())
        self.here.close()


class Server:
    """A PostgreSQL in a folder of its own. It lives in a loop in another thread; questions are asked from this one."""

    def __init__(self, cores: int = 1) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
        self.postgres = Postgres(self.folder, lambda *_: None, durable=False)
        self.postgres.settings = {
            "shared_buffers": "1GB", "work_mem": "256MB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB",
            "synchronize_seqscans": "off", "max_parallel_workers_per_gather": str(cores - 1), "autovacuum": "off",
        }  # fmt: skip
        self._beside(self.postgres.start())
        self.session = Session(self.postgres.url("postgres", "postgres"))

    def _beside(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    def close(self) -> None:
        self.session.close()
        self._beside(self.postgres.stop())
        shutil.rmtree(self.folder, ignore_errors=True)
        self._loop.call_soon_threadsafe(self._loop.stop)


class Table:
    """What is in it: `number`s as they are, a week of 672 bits, and for each kind of claim its codes as bits."""

    def __init__(self, held: Columns) -> None:
        self.codes = {
            kind: [name.removeprefix(f"{kind}_") for name in sorted(held.of) if name.startswith(f"{kind}_")] for kind in KINDS
        }
        self.levels = [name for name in sorted(held.of) if name.startswith("level_")]
        self.untils = [name for name in sorted(held.of) if name.startswith("until_")]
        self.plain = [*NUMBERS, *self.levels, *self.untils]

    def bit(self, column: str) -> tuple[str, int]:
        """A claim's column -> its kind, and which bit it is."""
        kind, _, code = column.partition("_")
        return kind, self.codes[kind].index(code)

    def arrays(self, held: Columns) -> dict[str, Any]:
        found: dict[str, Any] = {name: held.of[name] for name in self.plain}
        for kind, codes in self.codes.items():
            for what, is_so in BITS:
                bits = np.zeros(len(held), np.int64)
                for nth, code in enumerate(codes):
                    column = held.of[f"{kind}_{code}"]
                    bits |= (is_so(column) & (column >= 0)).astype(np.int64) << nth
                found[f"{kind}_{what}"] = bits
        return found


async def load(connection: "asyncpg.Connection[asyncpg.Record]", table: Table, held: Columns) -> None:
    arrays = table.arrays(held)
    types = {name: np.dtype(f">i{max(2, column.dtype.itemsize)}") for name, column in arrays.items()}
    columns = ", ".join(f"{name} {TYPES[kind.itemsize]} NOT NULL" for name, kind in types.items())
    await connection.execute("DROP TABLE IF EXISTS pa")
    await connection.execute(
        f"CREATE TABLE pa (n integer PRIMARY KEY, id uuid NOT NULL, {columns}, week bit(672) NOT NULL)"
    )
    fields = [("n", np.dtype(">i4")), ("id", np.dtype("V16")), *types.items(), ("week", np.dtype("V88"))]
    parts = [("count", np.dtype(">i2"))]
    for name, kind in fields:
        parts += [(f"size_{name}", np.dtype(">i4")), (name, kind)]
    rows = np.zeros(len(held), np.dtype(parts))
    rows["count"] = len(fields)
    for name, kind in fields:
        rows[f"size_{name}"] = kind.itemsize
    rows["n"], rows["id"] = np.arange(len(held)), held.ids
    for name, column in arrays.items():
        rows[name] = column
    weeks = np.empty((len(held), 23), ">u4")
    weeks[:, 0] = 672  # bits, before the bits themselves
    weeks[:, 1:] = np.stack([held.of[name].view(np.uint64) for name in WORDS], axis=1).astype(">u8").view(">u4")
    rows["week"] = np.ascontiguousarray(weeks[:, :22]).view("V88")[:, 0]
    header = b"PGCOPY\n\xff\r\n\0" + bytes(8)
    source = BytesIO(header + rows.tobytes() + b"\xff\xff")
    await connection.copy_to_table("pa", source=source, format="binary", timeout=600)
    await connection.execute("VACUUM (FREEZE, ANALYZE) pa", timeout=600)


class PostgresDialect:
    divided = "/"

    def __init__(self, table: Table) -> None:
        self.table = table

    def number(self, name: str) -> str:
        return name

    def wide(self, name: str) -> str:
        return f"{name}::bigint"

    def root(self, square: str) -> str:
        return f"floor(sqrt({square}::float8))::bigint"  # exact below 2^52

    def shared_quarters(self, fixed: int) -> str:
        return f"bit_count(week & B'{fixed:0672b}')"

    def said(self, column: str) -> str:
        return self._is("said", column)

    def has(self, column: str) -> str:
        return self._is("has", column)

    def sure(self, column: str) -> str:
        return self._is("sure", column)

    def _is(self, what: str, column: str) -> str:
        kind, bit = self.table.bit(column)
        return f"(({kind}_{what} & {1 << bit}) <> 0)"
