"""A council's index kept beside its profiles, for whoever starts next: of one moment of its clock, whole or not at all."""
import asyncio
from collections.abc import Awaitable, Callable

import structlog

from services.matcher.domain.kernel.blocks import Folding, Refused, Unfolding
from services.matcher.domain.kernel.index import Index
from services.matcher.domain.lore import Lore
from services.matcher.store.followed import Followed, Known
from services.matcher.store.statements import sql
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Connection

log = structlog.get_logger()

STALE = 50
"""One change to so many PAs: worth keeping the index anew."""


class Blocks:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def keep(self, council: str, index: Callable[[], Awaitable[tuple[int, Index]]], indexes: Followed[Index]) -> int:
        """How many pieces; 0: they are there already. Held from before the index is asked for, so nobody leaves it unseen."""
        held = await self.connection.fetchrow(sql.hold_cover, council)
        clock, found = await index()
        era = indexes.known[council].era if council in indexes.known else None
        if era is None or held is None or (held["era"], held["clock"]) == (era, clock):
            return 0
        folding = Folding(found.now())
        await self.take_away(council)
        for nth in range(folding.bodies):
            body = await asyncio.to_thread(folding.body, nth)
            await self.connection.execute(sql.put_block, council, nth, body)
        await self.connection.execute(sql.put_cover, council, folding.cover(), era, clock)
        return folding.bodies

    async def find(self, council: str, lore: Lore) -> Known[Index] | None:
        """What was put since is read as ever. Whatever is not right is thrown away, and everybody is read."""
        row = await self.connection.fetchrow(sql.find_cover, council)
        if row is None:
            return None
        try:
            if not row["of_our_time"]:
                raise Refused("another time")
            unfolding = Unfolding(council, lore, row["cover"])
            for nth in range(unfolding.bodies):
                unfolding.add(await self.connection.fetchval(sql.find_block, council, nth, timeout=LONG_ANSWER_WITHIN) or b"")
            now = await self.connection.fetchrow(sql.as_of_moment, council, row["clock"], timeout=LONG_ANSWER_WITHIN)
            assert now is not None
            return Known(row["era"], row["clock"], unfolding.done(now["unchanged"], now["changed"]))
        except Refused as reason:
            log.warning("kept index refused", council=council, reason=str(reason))
            await self.take_away(council)
            return None

    async def take_away(self, council: str) -> None:
        """Somebody in it left or took something back, or it is not right."""
        await self.connection.execute(sql.empty_cover, council)
        await self.connection.execute(sql.drop_blocks, council)


def stale(known: Known[Index], kept: int) -> bool:
    """`kept`: the moment of the clock at which it was kept, -1 for never."""
    return kept < 0 or (known.clock - kept) * STALE > len(known.kept)
