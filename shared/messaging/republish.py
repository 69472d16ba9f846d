"""Asking the owner of a topic to tell something again, and doing so when asked.

Everybody hears every request. Of a topic that is not ours our outbox has nothing, and then nothing happens.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import structlog

from shared.contracts.upkeep import MOST_WANTED, RepublishRequested, StatesWanted
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.statements import sql
from shared.runtime.postgres import Connection

log = structlog.get_logger()

NOT_AGAIN_WITHIN = timedelta(minutes=10)
"""The same is not asked for twice in this time: what was asked for may be on its way."""


@dataclass(frozen=True, slots=True)
class Told:
    """One version of a key, as its owner told it."""

    key: str
    timeline: int
    version: int


async def ask(connection: Connection, *, council: str, topic: str, key: str, timeline: int, from_version: int) -> None:
    """Ask for what was told of this key from this version on, when and only if the present transaction is committed."""
    if not await connection.fetchval(sql.note_asking, council, topic, key, timeline, from_version, NOT_AGAIN_WITHIN):
        return
    await PostgresOutbox(connection).append(
        RepublishRequested(
            council=council, revision=1, request_id=uuid4(), of_topic=topic, of_key=key, timeline=timeline,
            from_version=from_version,
        )
    )
    log.info("asked to be told again", topic=topic, from_version=from_version)


async def ask_for_state(connection: Connection, *, council: str, topic: str, wanted: Sequence[Told]) -> None:
    """Ask for the newest state of these keys, and take it though the inbox and the versions say that we have it.

    Keys that are parked stay so: what comes queues behind what waits there.
    """
    keys, timelines, versions = columns(wanted)
    await connection.execute(sql.forget_states, council, topic, keys, timelines, versions)
    for start in range(0, len(keys), MOST_WANTED):
        some = tuple(keys[start : start + MOST_WANTED])
        await PostgresOutbox(connection).append(
            StatesWanted(council=council, revision=1, request_id=uuid4(), of_topic=topic, of_keys=some)
        )
    log.info("asked for states", topic=topic, keys=len(keys))


def columns(wanted: Sequence[Told]) -> tuple[list[str], list[int], list[int]]:
    return [one.key for one in wanted], [one.timeline for one in wanted], [one.version for one in wanted]


async def tell_again(request: RepublishRequested, connection: Connection) -> None:
    """What we told of this key goes out again, in its order and as it was: whoever had it knows it by its id."""
    again = await connection.fetch(
        sql.tell_key_again, request.council, request.of_topic, request.of_key, request.timeline, request.from_version
    )
    if again:
        log.info("telling again", topic=request.of_topic, events=len(again))


async def tell_anew(request: StatesWanted, connection: Connection) -> None:
    """The newest state of each key goes out under a new id, so that no inbox holds it back."""
    anew = await connection.fetch(sql.tell_states_anew, request.council, request.of_topic, list(request.of_keys))
    if anew:
        log.info("telling states anew", topic=request.of_topic, events=len(anew))
