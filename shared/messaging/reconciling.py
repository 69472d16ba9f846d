"""Whether what we hold of others' states is what they told, and having it told anew where it is not.

A digest that differs may only mean that events are on their way, and topics are read each at its own pace. So we ask which
keys there are, wait, and look again: only what is still behind then is asked for. What we hold more of than was told is
looked at in a second listing first, for the first may have been older than what we had. Nothing is deleted.
"""
import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

import structlog
from asyncpg import Record

from shared.contracts.upkeep import DigestTold, ListingTold, ListingWanted
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.republish import Told, ask_for_state
from shared.messaging.statements import sql
from shared.runtime.postgres import Connection, Database

log = structlog.get_logger()

LOOK_EVERY = 2.0  # seconds
GRACE = timedelta(seconds=30)  # what is behind may be on its way so long
UNSURE_FOR = timedelta(minutes=15)  # three rounds: what no second listing confirmed by then was on its way
ANSWER_WITHIN = timedelta(seconds=5)  # before we look whether what we asked for came
LOOK_AGAIN = timedelta(seconds=30)
ASK_AGAIN = timedelta(minutes=10)
AT_ONCE = 2_000  # keys


@dataclass(frozen=True, slots=True)
class Reconciler:
    """What a service does when it hears what others told. `states`: the topics whose states it holds."""

    states: Collection[str]

    async def hear_digest(self, told: DigestTold, connection: Connection) -> None:
        if told.of_topic not in self.states:
            return
        unequal = await connection.fetchval(
            sql.compare_digest, told.council, told.of_topic, list(told.many), list(told.totals)
        )
        if unequal:
            await ask_listing(connection, told.council, told.of_topic, unequal, once_more=False)

    async def hear_listing(self, told: ListingTold, connection: Connection) -> None:
        if told.of_topic not in self.states:
            return
        asked = await connection.fetchrow(sql.listing_asked, told.council, told.request_id, told.of_topic)
        if asked is None:
            return  # somebody else did
        found = await connection.fetch(
            sql.compare_listing, told.council, told.of_topic, list(told.shards), told.after, told.up_to, list(told.keys),
            list(told.timelines), list(told.versions), asked["asked_at"], GRACE, UNSURE_FOR,
        )
        if phantoms := sum(row["phantom"] for row in found):
            log.error("held, but its owner never told it", topic=told.of_topic, council=told.council, keys=phantoms)
        unsure = sorted({row["shard"] for row in found if row["unsure"]})
        if unsure and not asked["once_more"]:
            await ask_listing(connection, told.council, told.of_topic, unsure, once_more=True)


async def ask_listing(
    connection: Connection, council: str, topic: str, shards: Sequence[int], *, once_more: bool
) -> None:
    request_id = uuid4()
    await connection.execute(sql.ask_listing, council, request_id, topic, once_more)
    await PostgresOutbox(connection).append(
        ListingWanted(council=council, revision=1, request_id=request_id, of_topic=topic, shards=tuple(shards))
    )


class Step(StrEnum):
    ASK = "ask"
    REPAIRED = "repaired"
    FORGET = "forget"
    """It was on its way, or somebody else put it right."""
    WAIT = "wait"


def step(row: Any, held: tuple[int, int]) -> Step:
    """What to do about one key that was not held as it was told. `held`: its timeline and version now; 0 and 0: nothing.

    One that is set aside is known: it waits for its own cure, or people decided to leave it out.
    """
    first, told = (row["held_timeline"], row["held_version"]), (row["timeline"], row["version"])
    if row["asked"] or first <= told:
        if held >= told:
            return Step.REPAIRED if row["asked"] else Step.FORGET
    elif not row["sure"] or held != first:
        return Step.FORGET
    elif row["version"] == 0:
        return Step.WAIT  # a phantom: to be seen by people, not deleted by us
    return Step.ASK if row["may_ask"] and not row["set_aside"] else Step.WAIT


async def mend(database: Database) -> None:
    """For ever: look again at what was not held as it was told, once it is time."""
    while True:
        await asyncio.sleep(LOOK_EVERY)
        await mend_due(database)


async def mend_due(database: Database) -> None:
    async with database.transaction() as connection:
        places = await connection.fetch(sql.places_adrift)
    for place in places:
        async with database.transaction() as connection:
            await mend_place(connection, place["council"], place["topic"])


async def mend_place(connection: Connection, council: str, topic: str) -> None:
    due = await connection.fetch(sql.look_at_adrift, council, topic, ASK_AGAIN, AT_ONCE)
    found = await connection.fetch(sql.held_of, council, topic, [row["key"] for row in due])
    held = {row["key"]: (row["timeline"], row["version"]) for row in found}
    by_step: dict[Step, list[Record]] = {}
    for row in due:
        by_step.setdefault(step(row, held.get(row["key"], (0, 0))), []).append(row)
    keys = {which: [row["key"] for row in rows] for which, rows in by_step.items()}
    if asking := by_step.get(Step.ASK):
        wanted = [Told(row["key"], row["timeline"], row["version"]) for row in asking]
        await ask_for_state(connection, council=council, topic=topic, wanted=wanted)
        await connection.execute(sql.asked_for_adrift, council, topic, keys[Step.ASK], ANSWER_WITHIN)
    if waiting := keys.get(Step.WAIT):
        await connection.execute(sql.look_later, council, topic, waiting, LOOK_AGAIN)
    if repaired := len(keys.get(Step.REPAIRED, [])):
        await connection.execute(sql.count_repaired, council, topic, repaired)
        log.warning("put right what was not held as it was told", topic=topic, council=council, keys=repaired)
    if over := keys.get(Step.REPAIRED, []) + keys.get(Step.FORGET, []):
        await connection.execute(sql.forget_adrift, council, topic, over)


async def listed(database: Database) -> list[dict[str, Any]]:
    """How the last comparison of each council and topic went."""
    async with database.transaction() as connection:
        return [dict(row) for row in await connection.fetch(sql.list_reconciled)]
