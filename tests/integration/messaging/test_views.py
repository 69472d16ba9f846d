"""Who reads in several statements may read one moment: what was written between them is not there yet, and nothing is half."""
import asyncpg
import pytest

from tests.conftest import MakeDatabase

COUNT = "SELECT count(*) FROM relay_state"
WRITE = "INSERT INTO relay_state (epoch) VALUES ($1)"


async def test_a_view_stays_as_it_was_first_seen_and_the_next_sees_what_is_new(database_for: MakeDatabase) -> None:
    database = await database_for("bare")
    async with database.view() as view:
        before = await view.fetchval(COUNT)
        async with database.transaction() as writing:
            await writing.execute(WRITE, "a new one")
        assert await view.fetchval(COUNT) == before

    async with database.view() as view:
        assert await view.fetchval(COUNT) == before + 1


async def test_nothing_can_be_written_through_it(database_for: MakeDatabase) -> None:
    database = await database_for("bare")

    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with database.view() as view:
            await view.execute(WRITE, "another")
