"""The PostgreSQL and the broker that everything else is tested on."""
import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from deploy.embedded.ports import Ports, any_free
from deploy.embedded.stack import InUse, Stack
from deploy.kafka import topics
from shared.messaging.broker import epoch_of


async def test_a_room_is_made_once_and_again_without_harm(infrastructure: Stack, beside: object) -> None:
    name = f"room_{uuid4().hex[:8]}"
    run = beside.run  # type: ignore[attr-defined]

    run(infrastructure.postgres.make_room("registry", name))
    run(infrastructure.postgres.make_room("registry", name))

    migrator = await asyncpg.connect(infrastructure.database_url("registry", "migrator", name))
    assert await migrator.fetchval("SELECT current_user") == "registry_owner"
    await migrator.execute("CREATE TABLE thing (council text PRIMARY KEY, number integer GENERATED ALWAYS AS IDENTITY)")
    runtime = await asyncpg.connect(infrastructure.database_url("registry", "runtime", name))
    await runtime.execute("INSERT INTO thing (council) VALUES ('here')")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await runtime.execute("DROP TABLE thing")
    await migrator.close()
    await runtime.close()
    run(infrastructure.postgres.drop(name))


async def test_one_service_cannot_enter_the_room_of_another(infrastructure: Stack) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(infrastructure.database_url("registry", "runtime", "portal"))


async def test_a_wrong_password_opens_nothing(infrastructure: Stack) -> None:
    url = infrastructure.database_url("registry").replace(":", ":not-", 2).replace("postgresql:not-", "postgresql:")

    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(url)


async def test_topics_that_are_there_are_left_alone(infrastructure: Stack) -> None:
    assert await topics.create(infrastructure.kafka_servers) == []


async def test_two_cannot_run_on_the_same_folder(infrastructure: Stack) -> None:
    with pytest.raises(InUse, match="ALONGSIDE_STATE"):
        async with Stack(infrastructure.state, Ports.free(), services=(), durable=False):
            pass


async def test_what_was_committed_outlives_a_crash_of_the_server(folder: Path) -> None:
    async with Stack(folder, Ports.free(), services=(), durable=False, tell=lambda *_: None) as stack:
        migrator = await asyncpg.connect(stack.database_url("portal", "migrator"))
        await migrator.execute("CREATE TABLE kept (council text PRIMARY KEY)")
        await migrator.execute("INSERT INTO kept VALUES ('here')")

        await stack.postgres.kill()

        assert await patiently(stack, "SELECT count(*) FROM kept") == 1


async def test_a_server_that_is_killed_again_while_it_starts_is_started_again(folder: Path) -> None:
    async with Stack(folder, Ports.free(), services=(), durable=False, tell=lambda *_: None) as stack:
        await stack.postgres.kill()
        while stack.postgres.pid is None:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0)
        await stack.postgres.kill()

        assert await patiently(stack, "SELECT 1") == 1


async def test_a_broker_that_lost_everything_says_so_by_its_name(folder: Path) -> None:
    async with Stack(folder, Ports.free(), services=(), durable=False, tell=lambda *_: None) as stack:
        before = await epoch_of(stack.kafka_servers)

        await stack.broker.kill()
        await asyncio.sleep(1)

        assert await topics.create(stack.kafka_servers) == []  # made again by the one who started it
        assert await epoch_of(stack.kafka_servers) != before


async def test_a_long_folder_name_does_not_stop_the_socket(folder: Path) -> None:
    deep = folder / ("a-very-long-folder-name-" * 4) / ("and-another-one-" * 3)
    ports = Ports(*any_free(5))

    async with Stack(deep, ports, services=(), durable=False, tell=lambda *_: None) as stack:
        connection = await asyncpg.connect(stack.database_url("matcher"))
        assert await connection.fetchval("SELECT current_user") == "matcher_runtime"
        await connection.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: every other run of it closes that one to root's stand-in."""
    with tempfile.TemporaryDirectory(prefix="alongside-test-", ignore_cleanup_errors=True) as made:
        yield Path(made)


async def patiently(stack: Stack, question: str) -> object:
    for _ in range(100):
        try:
            connection = await asyncpg.connect(stack.database_url("portal", "migrator"))
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(0.1)
            continue
        answer = await connection.fetchval(question)
        await connection.close()
        return answer
    raise AssertionError("PostgreSQL did not come back")
