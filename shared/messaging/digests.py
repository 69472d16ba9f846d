"""What the owner of a topic says of what it told, so that readers can see whether they hold the same."""
import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta

from asyncpg import Record

from shared.contracts.upkeep import MOST_LISTED, SHARDS, DigestTold, ListingTold, ListingWanted
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.statements import sql
from shared.runtime.postgres import Connection, Database

EVERY = timedelta(minutes=5)
LOOK_EVERY = 5.0  # seconds between looks whether it is time


async def tell_digests(database: Database) -> None:
    """For ever. Of several processes with one database one tells each round."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        await tell_round(database, EVERY)


async def tell_round(database: Database, every: timedelta) -> None:
    """A digest of each council and state topic, if the last round is that long ago. One look at the outbox does for all."""
    async with database.transaction() as connection:
        if not await connection.fetchval(sql.begin_digest_round, every):
            return
        outbox = PostgresOutbox(connection)
        for row in await connection.fetch(sql.digests, DigestTold.topic):
            await outbox.append(digest_from(row))


def digest_from(row: Record) -> DigestTold:
    many, totals = [0] * SHARDS, [0] * SHARDS
    for shard, count, total in zip(row["shards"], row["many"], row["totals"], strict=True):
        many[shard], totals[shard] = count, total
    return DigestTold(
        council=row["council"], revision=row["revision"] + 1, of_topic=row["topic"], many=tuple(many), totals=tuple(totals)
    )


async def tell_listing(wanted: ListingWanted, connection: Connection) -> None:
    """Every key of those shards with its version, in parts. Only who tells of the topic answers, if only that there is none."""
    if not await connection.fetchval(sql.tells_of, wanted.council, wanted.of_topic):
        return
    rows = await connection.fetch(sql.list_told, wanted.council, wanted.of_topic, list(wanted.shards))
    outbox = PostgresOutbox(connection)
    for listing in in_parts(wanted, rows):
        await outbox.append(listing)


def in_parts(wanted: ListingWanted, rows: Sequence[Record], most: int = MOST_LISTED) -> Iterator[ListingTold]:
    """Each part says from where to where it goes, so it can be compared by itself, in whatever order they come."""
    starts = range(0, len(rows), most) or range(1)
    for part, start in enumerate(starts):
        some = rows[start : start + most]
        yield ListingTold(
            council=wanted.council, revision=1, request_id=wanted.request_id, part=part, of_topic=wanted.of_topic,
            shards=wanted.shards, after=rows[start - 1]["key"] if start else None,
            up_to=some[-1]["key"] if start + most < len(rows) else None,
            keys=tuple(row["key"] for row in some), timelines=tuple(row["timeline"] for row in some),
            versions=tuple(row["version"] for row in some),
        )
