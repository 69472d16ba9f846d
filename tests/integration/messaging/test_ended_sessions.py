"""Whatever the client says of a session that somebody ends meanwhile, it is trouble that passes."""
import asyncio
from typing import Any

import asyncpg

from shared.messaging.hearing import passes
from tests.conftest import MakeDatabase

TIMES = 100  # once in thousands it is the InternalClientError of the other test, which nobody brings about at will


async def test_a_statement_on_a_session_that_is_being_ended_meets_trouble_that_passes(database_for: MakeDatabase) -> None:
    database = await database_for("bare")
    async with database.connection() as hand:
        ends = [await ended(database, hand) for _ in range(TIMES)]

    assert not [end for end in ends if end is None or not passes(end)]


async def ended(database: Any, hand: Any) -> Exception | None:
    """What a statement in the middle of a transaction says while its session is ended by another's `hand`."""
    try:
        async with database.transaction() as connection:
            pid = await connection.fetchval("SELECT pg_backend_pid()")
            ending = asyncio.create_task(hand.execute("SELECT pg_terminate_backend($1)", pid))
            for _ in range(1_000):
                await connection.fetchval("SELECT 1")
            await ending
    except Exception as end:
        await ending
        return end
    return None


def test_what_is_passing_is_never_a_wrong_argument() -> None:
    assert passes(asyncpg.InternalClientError()) and not passes(asyncpg.DataError())
