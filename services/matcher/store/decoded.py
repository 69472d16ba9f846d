"""What was read of each council, decoded once: a ranking reads everybody, and decoding costs as much as ranking."""
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from uuid import UUID

import asyncpg

T = TypeVar("T")


class Decoded(Generic[T]):
    """Kept by revision and by the transaction that wrote the row: a number alone may come again after a rebuild.

    `lacking`, then `learn`, then `of`, with no waiting between the last two: so what `of` gives is never older than the rows.
    """

    def __init__(self, key: str, decode: Callable[[bytes], T]) -> None:
        self.key = key
        self.decode = decode
        self.known: dict[str, dict[UUID, tuple[tuple[int, str], T]]] = {}

    def lacking(self, council: str, rows: Sequence[asyncpg.Record]) -> list[UUID]:
        known = self.known.setdefault(council, {})
        return [row[self.key] for row in rows if row[self.key] not in known or known[row[self.key]][0] != written(row)]

    def learn(self, council: str, rows: Sequence[asyncpg.Record]) -> None:
        known = self.known.setdefault(council, {})
        for row in rows:
            known[row[self.key]] = (written(row), self.decode(row["facets"]))

    def of(self, council: str, rows: Sequence[asyncpg.Record]) -> list[T]:
        known = self.known.get(council, {})
        return [known[row[self.key]][1] for row in rows if row[self.key] in known]


def written(row: asyncpg.Record) -> tuple[int, str]:
    return row["revision"], row["written"]
