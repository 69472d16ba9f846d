"""Brings a database up to date, one numbered step at a time, and remembers which were taken."""
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import asyncpg
import structlog

log = structlog.get_logger()

ONE_AT_A_TIME = 7_000  # advisory lock
LEDGER = """
CREATE TABLE IF NOT EXISTS migration (
    step    text PRIMARY KEY,
    digest  text NOT NULL,
    done_at timestamptz NOT NULL DEFAULT now()
)
"""


class ChangedAfterwards(Exception):
    """A step that was already taken has another text now. Write a new step instead."""


def steps(*sources: Path) -> list[tuple[str, Path]]:
    """Every `NNNN_*.sql` of the folders given, in order, named `folder/file`."""
    return [(f"{source.parent.name}/{step.name}", step) for source in sources for step in in_order(source)]


def in_order(source: Path) -> Sequence[Path]:
    return sorted(source.glob("[0-9][0-9][0-9][0-9]_*.sql"))


async def migrate(url: str, wanted: Iterable[tuple[str, Path]]) -> list[str]:
    """Take the steps not yet taken, each in a transaction of its own; the names of those taken now.

    Log in as the migrator: in its database it acts as the owner, so what is made is the owner's.
    """
    taken: list[str] = []
    connection = await asyncpg.connect(url, timeout=10, server_settings={"lock_timeout": "2s"})
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", ONE_AT_A_TIME)
        await connection.execute(LEDGER)
        done = {row["step"]: row["digest"] for row in await connection.fetch("SELECT step, digest FROM migration")}
        for name, path in wanted:
            text = path.read_text()
            digest = hashlib.sha256(text.encode()).hexdigest()
            if name in done:
                if done[name] != digest:
                    raise ChangedAfterwards(name)
                continue
            async with connection.transaction():
                await connection.execute(text)
                await connection.execute("INSERT INTO migration (step, digest) VALUES ($1, $2)", name, digest)
            log.info("migrated", step=name)
            taken.append(name)
    finally:
        await connection.close()
    return taken
