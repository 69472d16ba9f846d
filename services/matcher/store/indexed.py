"""An index of each council in memory, brought up to date by what was written since: a ranking reads everybody."""
from collections.abc import Callable, Sequence
from uuid import UUID

import asyncpg

from services.matcher.domain.kernel.index import Index, Moment
from services.matcher.domain.lore import Lore
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.store.decoded import written


class Indexes:
    """Kept by revision and by the transaction that wrote the row: a number alone may come again after a rebuild.

    `lacking`, then `learn`, then `now`, with no waiting between the last two: so what `now` gives is never older than the rows.
    """

    def __init__(self, decode: Callable[[bytes], Profile]) -> None:
        self.decode = decode
        self.indexes: dict[str, Index] = {}
        self.written: dict[str, dict[UUID, tuple[int, str]]] = {}

    def lacking(self, council: str, rows: Sequence[asyncpg.Record]) -> list[UUID]:
        known = self.written.setdefault(council, {})
        return [row["profile_id"] for row in rows if known.get(row["profile_id"]) != written(row)]

    def learn(self, council: str, rows: Sequence[asyncpg.Record], shown: Sequence[asyncpg.Record], lore: Lore) -> None:
        """`rows` with their facets; `shown`: everybody who is, so whoever is not among them leaves."""
        known = self.written.setdefault(council, {})
        if council not in self.indexes:
            self.indexes[council] = Index(council, lore, room=max(1024, len(rows)))
        index = self.indexes[council]
        for row in rows:
            index.put(self.decode(row["facets"]))
            known[row["profile_id"]] = written(row)
        if rows or len(known) != len(shown):
            for gone in known.keys() - {row["profile_id"] for row in shown}:
                index.drop(ProfileId(gone))
                del known[gone]

    def now(self, council: str, lore: Lore) -> Moment:
        return self.indexes[council].now(lore)
