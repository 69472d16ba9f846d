"""What is kept in memory of each council's register, brought up to date by what was put since: a ranking reads everybody."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import asyncpg

from services.matcher.domain.kernel.index import Index
from services.matcher.domain.profile import Profile, ProfileId
from services.matcher.store.statements import sql
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Connection

T = TypeVar("T")
Kept = TypeVar("Kept", contravariant=True)


class Keeping(Protocol[Kept]):
    """How the register is kept in memory."""

    def put(self, kept: Kept, profile: Profile) -> None: ...
    def drop(self, kept: Kept, profile_id: UUID) -> None: ...
    def everybody_came(self, kept: Kept) -> None: ...


@dataclass
class Known(Generic[T]):
    """All of one council up to one moment of its clock."""

    era: UUID | None
    clock: int
    kept: T


class Followed(Generic[T]):
    """The clock of a council is held by whoever moves it until their work is done. So whoever reads a moment sees all that was
    put up to it, and what they lack is what was put after the moment they know: reading costs as much as there are changes.
    """

    def __init__(self, keeping: Keeping[T], decode: Callable[[bytes], Profile]) -> None:
        self.keeping = keeping
        self.decode = decode
        self.known: dict[str, Known[T]] = {}

    async def now(self, connection: Connection, council: str, begin: Callable[[int], T]) -> tuple[int, T]:
        """Never older than when it was asked for, and of the one moment that is named. Look before you wait: it moves on.
        `begin`: with nobody, for so many who come."""
        while True:
            known = self.known.get(council)
            since, era = (known.clock, known.era) if known else (-1, None)
            rows = await connection.fetch(sql.changed_profiles, council, since, era, timeout=LONG_ANSWER_WITHIN)
            clock, is_now = rows[0]["clock"], rows[0]["era"]
            if rows[0]["unsure"]:  # this work has put somebody, and may be undone: nobody else may see it
                everybody = await connection.fetch(sql.changed_profiles, council, -1, None, timeout=LONG_ANSWER_WITHIN)
                return everybody[0]["clock"], self._told(begin(len(everybody)), everybody)
            if self.known.get(council) is not known:  # somebody else has begun anew meanwhile
                continue
            if known is None or known.era != is_now or clock < since:
                kept = self._told(begin(len(rows)), rows)
                self.keeping.everybody_came(kept)
                known = self.known[council] = Known(is_now, clock, kept)
            elif clock > known.clock:  # else another reader has come as far, or further
                self._told(known.kept, rows)
                known.clock = clock
            return known.clock, known.kept

    def _told(self, kept: T, rows: Sequence[asyncpg.Record]) -> T:
        for row in rows:
            if row["facets"] is not None:
                self.keeping.put(kept, self.decode(row["facets"]))
            elif row["profile_id"] is not None:
                self.keeping.drop(kept, row["profile_id"])
        return kept


class AsProfiles:
    """By id, those who are shown."""

    def put(self, kept: dict[UUID, Profile], profile: Profile) -> None:
        kept[profile.profile_id] = profile

    def drop(self, kept: dict[UUID, Profile], profile_id: UUID) -> None:
        kept.pop(profile_id, None)

    def everybody_came(self, kept: dict[UUID, Profile]) -> None:
        """They lie in no order."""


class AsColumns:
    def put(self, kept: Index, profile: Profile) -> None:
        kept.put(profile)

    def drop(self, kept: Index, profile_id: UUID) -> None:
        kept.drop(ProfileId(profile_id))

    def everybody_came(self, kept: Index) -> None:
        kept.sort_by_place()
