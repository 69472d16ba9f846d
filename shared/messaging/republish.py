"""Asking the owner of a topic to tell a key again, and doing so when asked."""
from datetime import timedelta
from uuid import uuid4

import structlog

from shared.contracts.upkeep import RepublishRequested
from shared.messaging.outbox import PostgresOutbox
from shared.messaging.statements import sql
from shared.runtime.postgres import Connection

log = structlog.get_logger()

NOT_AGAIN_WITHIN = timedelta(minutes=10)
"""The same is not asked for twice in this time: what was asked for may be on its way."""


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


async def tell_again(request: RepublishRequested, connection: Connection) -> None:
    """What we told of this key goes out again, in its order and as it was: whoever had it knows it by its id.

    Everybody hears every request. Of a topic that is not ours our outbox has nothing, and then nothing happens.
    """
    again = await connection.fetch(
        sql.tell_key_again, request.council, request.of_topic, request.of_key, request.timeline, request.from_version
    )
    if again:
        log.info("telling again", topic=request.of_topic, events=len(again))
