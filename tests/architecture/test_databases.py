"""What the catalogue of each service's migrated database shows, and that every written query fits it."""
import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import asyncpg
import pytest

from shared.runtime import queries
from tests.architecture.tree import ROOT, SERVICES, files, relative

UrlFor = Callable[[str], Awaitable[str]]
Migrated: TypeAlias = "tuple[str, asyncpg.Connection[asyncpg.Record]]"
"""A service's name, and its runtime role's connection to a fresh, migrated database."""

NOT_OF_A_COUNCIL = {
    # messaging's own bookkeeping, which knows events and brokers and no person
    "migration": "which steps this database has taken",
    "outbox_log": "numbered in the order of telling; the council is a column of it",
    "outbox_pending": "numbers of outbox_log that the broker has not acknowledged",
    "relay_state": "which brokers were filled",
    "timeline": "one row",
    "digest_round": "one row",
    "receipt": "what a provider said under its own id; whose it is, is not known before it is looked up",
    "channel_turn": "which provider is asked first, for all",
    "attempt": "how often an event was begun, by its random id",
}


@pytest.fixture(params=SERVICES)
async def database(request: pytest.FixtureRequest, database_url_for: UrlFor) -> AsyncIterator[Migrated]:
    connection = await asyncpg.connect(await database_url_for(request.param))
    yield request.param, connection
    await connection.close()


async def test_every_written_query_fits_the_migrated_database(database: Migrated) -> None:
    service, connection = database
    problems = []

    ours = [ROOT / "shared" / part / "queries.sql" for part in ("messaging", "runtime")]
    for file in (*ours, *written_by(service)):
        for name, statement in vars(queries.load(file)).items():
            try:
                await connection.prepare(statement)
            except asyncpg.PostgresError as problem:
                problems.append(f"{relative(file)} {name}: {problem}")

    assert not problems


def written_by(service: str) -> list[Path]:
    of_the_service = [file for file in files(".sql") if relative(file).startswith(f"services/{service}/")]
    return [file for file in of_the_service if file.parent.name != "migrations"]


async def test_the_council_comes_first_in_every_key(database: Migrated) -> None:
    """A key without it would let one council learn what another has."""
    service, connection = database
    keys = await connection.fetch(
        """
        SELECT c.relname AS table, i.relname AS key, a.attname AS first
        FROM   pg_index x
        JOIN   pg_class c ON c.oid = x.indrelid
        JOIN   pg_class i ON i.oid = x.indexrelid
        JOIN   pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
        WHERE  x.indisunique AND c.relnamespace = 'public'::regnamespace
        """
    )

    assert keys
    assert not [tuple(key) for key in keys if key["first"] != "council" and key["table"] not in NOT_OF_A_COUNCIL], service


async def test_a_foreign_key_never_leaves_the_council(database: Migrated) -> None:
    service, connection = database
    loose = await connection.fetch(
        """
        SELECT conrelid::regclass::text AS table, conname
        FROM   pg_constraint k
        WHERE  contype = 'f' AND connamespace = 'public'::regnamespace
        AND    NOT EXISTS (
            SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname = 'council'
        )
        """
    )

    assert not [tuple(key) for key in loose if not key["table"].startswith("outbox_")], service


async def test_the_runtime_role_owns_nothing_and_is_nobody_special(database: Migrated) -> None:
    service, connection = database
    role = await connection.fetchrow(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    owners = await connection.fetch(
        "SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    memberships = await connection.fetchval("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole")

    assert role is not None
    assert tuple(role) == (f"{service}_runtime", False, False, False, False)
    assert {row["owner"] for row in owners} == {f"{service}_owner"}
    assert memberships == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("CREATE TABLE public.mine ()")


async def test_views_look_with_the_eyes_of_who_asks(database: Migrated) -> None:
    """A plain view of a privileged owner shows every council's rows; neither are there functions that act as their owner."""
    service, connection = database
    views = await connection.fetch(
        """
        SELECT relname FROM pg_class
        WHERE  relnamespace = 'public'::regnamespace
        AND    (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false))
        """
    )
    functions = await connection.fetch(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )

    assert not [row["relname"] for row in views], service
    assert not [row["proname"] for row in functions], service


def test_migrations_are_numbered_without_gaps() -> None:
    folders = sorted({file.parent for file in files(".sql") if file.parent.name == "migrations"})

    assert len(folders) == len(SERVICES) + 1
    for folder in folders:
        numbers = [int(file.name.split("_")[0]) for file in sorted(folder.glob("*.sql"))]
        assert numbers == list(range(1, len(numbers) + 1)), relative(folder / "x")
        assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", file.name) for file in folder.iterdir())


async def test_a_server_keeps_what_people_typed_out_of_its_log(database_url_for: UrlFor) -> None:
    connection = await asyncpg.connect(await database_url_for("registry"))
    try:
        shown = {
            name: await connection.fetchval("SELECT current_setting($1)", name)
            for name in ("log_error_verbosity", "log_min_error_statement", "log_parameter_max_length_on_error", "log_statement")
        }
    finally:
        await asyncio.wait_for(connection.close(), 5)

    assert shown == {
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length_on_error": "0",
        "log_statement": "none",
    }
