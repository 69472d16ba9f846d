"""Databases for tests. To make and drop one costs more than most tests do, so one given back is emptied and lent again."""
from dataclasses import dataclass, field
from io import BytesIO
from uuid import uuid4

import asyncpg

from deploy.embedded.postgres import Postgres
from shared.runtime import migrations
from tests.faults.newer import widen
from tests.steps import steps_of

END_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
SHAPE = """
SELECT md5(concat(
    (SELECT string_agg(concat(relname, relkind, relacl, relowner, relnatts, relrowsecurity), ',' ORDER BY relname)
       FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT string_agg(concat(tgname, tgrelid::regclass, tgenabled), ',' ORDER BY tgname, tgrelid) FROM pg_trigger),
    (SELECT string_agg(concat(proname, md5(prosrc)), ',' ORDER BY proname, md5(prosrc))
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
    (SELECT string_agg(concat(conname, conrelid::regclass, convalidated), ',' ORDER BY conname, conrelid) FROM pg_constraint),
    (SELECT string_agg(setconfig::text, ',') FROM pg_db_role_setting, pg_database
      WHERE datname = current_database() AND setdatabase = pg_database.oid AND setrole = 0)))
"""
RESTART = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
  FROM pg_sequences WHERE last_value IS NOT NULL
"""


@dataclass
class Model:
    """What a service's database looks like when nobody has written to it."""

    name: str
    shape: str
    rows: dict[str, bytes]
    """What the migrations put in, by table."""


@dataclass
class Rooms:
    postgres: Postgres
    models: dict[str, Model] = field(default_factory=dict)
    free: dict[str, list[str]] = field(default_factory=dict)

    async def lend(self, service: str) -> str:
        """The name of a migrated database in which nothing was written. "bare": only messaging's tables."""
        if self.free.get(service):
            return self.free[service].pop()
        if service not in self.models:
            self.models[service] = await self._model(service)
        name = f"{service}_{uuid4().hex[:12]}"
        copy = f'CREATE DATABASE "{name}" TEMPLATE "{self.models[service].name}" OWNER "{service}_owner"'
        await self.postgres.psql("--command", copy)
        return name

    async def take_back(self, service: str, name: str) -> None:
        """Emptied; or dropped, when a test changed more in it than rows."""
        model = self.models[service]
        connection = await asyncpg.connect(self.postgres.url("postgres", name))
        try:
            await connection.execute(END_SESSIONS)
            as_it_was = await connection.fetchval(SHAPE) == model.shape
            if as_it_was:
                await self._empty(connection, model)
        finally:
            await connection.close()
        if as_it_was:
            self.free.setdefault(service, []).append(name)
        else:
            await self.postgres.drop(name)

    async def _empty(self, connection: asyncpg.Connection, model: Model) -> None:
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")  # no trigger, no order of tables
            tables = [row[0] for row in await connection.fetch(TABLES)]
            await connection.execute(";".join(f"DELETE FROM {table}" for table in tables))
            for table, rows in model.rows.items():
                await connection.copy_to_table(table, source=BytesIO(rows), format="binary")
            await connection.execute(RESTART)

    async def _model(self, service: str) -> Model:
        name = f"{service}_template_{uuid4().hex[:8]}"
        await self.postgres.make_room(service, name)
        await migrations.migrate(self.postgres.url(f"{service}_migrator", name), steps_of(service))
        await widen(self.postgres.url("postgres", name))  # every test is also one of this release on the next one's tables
        connection = await asyncpg.connect(self.postgres.url("postgres", name))
        try:
            rows = {}
            for (table,) in await connection.fetch(TABLES):
                out = BytesIO()
                if await connection.copy_from_table(table, output=out, format="binary") != "COPY 0":
                    rows[table] = out.getvalue()
            return Model(name, await connection.fetchval(SHAPE), rows)
        finally:
            await connection.close()
