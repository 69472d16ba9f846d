"""PostgreSQL ends sessions, or itself, while events flow: nothing is lost, and the relay goes on within seconds."""
import asyncio
import time
from urllib.parse import urlsplit

import asyncpg
import pytest

from deploy.embedded.stack import Stack
from shared.runtime.postgres import Database
from tests.conftest import Beside
from tests.faults.pairs import Pair, UrlFor, pair

END = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = $1 AND application_name = ANY($2::text[])
"""
RECOVERED_WITHIN = 15.0


def name_of(database: Database) -> str:
    return urlsplit(database.url).path.removeprefix("/")


async def test_sessions_that_are_ended_twice_a_second_lose_nothing(
    database_url_for: UrlFor, infrastructure: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    server = await asyncpg.connect(infrastructure.postgres.url("postgres", "postgres"))
    async with pair(database_url_for, infrastructure) as the_pair:
        await the_pair.tell(10)
        await the_pair.settled(within=30)
        telling = asyncio.create_task(the_pair.tell(100, over=5.0))
        ended = 0
        for _ in range(10):
            ended += await server.fetchval(END, name_of(the_pair.teller), ["relay-lead"])
            ended += await server.fetchval(END, name_of(the_pair.applied), ["reader", "reader-lead"])
            await asyncio.sleep(0.5)
        await telling
        recovery = await the_pair.settled(within=RECOVERED_WITHIN)

        with capsys.disabled():
            print(f"\n{ended} sessions ended; all was applied {recovery:.1f} s after")
        assert ended > 5
        assert await the_pair.wrong(exact=True) == []
    await server.close()


async def test_after_a_restart_of_postgresql_the_relay_goes_on_within_seconds(
    database_url_for: UrlFor, infrastructure: Stack, beside: Beside, capsys: pytest.CaptureFixture[str]
) -> None:
    async with pair(database_url_for, infrastructure) as the_pair:
        await the_pair.tell(10)
        await the_pair.settled(within=30)

        await asyncio.to_thread(beside.run, infrastructure.postgres.kill())
        await until_it_answers(the_pair)
        await the_pair.tell(10)
        recovery = await the_pair.settled(within=RECOVERED_WITHIN)

        with capsys.disabled():
            print(f"\nPostgreSQL was back; all was applied {recovery:.1f} s after")
        assert await the_pair.wrong(exact=True) == []


async def until_it_answers(the_pair: Pair) -> None:
    deadline = time.monotonic() + 30
    while not (await the_pair.teller.answers(1) and await the_pair.applied.answers(1)):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
