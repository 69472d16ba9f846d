"""The four real services of one council, each behind proxies of its own, a provider that fails, and people who write."""
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import asyncpg
import httpx

from deploy.embedded.ports import LOOPBACK
from deploy.embedded.stack import SERVICES
from shared.contracts import Event
from tests.faults.nursery import ROOT, Kept
from tests.faults.proxy import Proxy
from tests.faults.world import Ground, open_to

SOCKET = ".s.PGSQL.5432"
LEDGERS = """
CREATE TABLE fault_version (
    nth bigint GENERATED ALWAYS AS IDENTITY, council text, topic text, key text, before bigint[], after bigint[]
);
CREATE FUNCTION note_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO fault_version (council, topic, key, before, after)
    VALUES (new.council, new.topic, new.key, ARRAY[old.timeline, old.version], ARRAY[new.timeline, new.version]);
    RETURN new;
END $$;
CREATE TRIGGER note_version AFTER UPDATE ON key_state FOR EACH ROW
    WHEN ((old.timeline, old.version) IS DISTINCT FROM (new.timeline, new.version)) EXECUTE FUNCTION note_version();
"""
"""Kept by the databases themselves: every step of every key's version."""
REFERENCES = """
CREATE TABLE fault_reference (council text, message_id uuid, position integer, attempt_ref uuid PRIMARY KEY);
CREATE FUNCTION note_reference() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO fault_reference VALUES (new.council, new.message_id, new.position, new.attempt_ref) ON CONFLICT DO NOTHING;
    RETURN new;
END $$;
CREATE TRIGGER note_reference AFTER INSERT OR UPDATE ON contact FOR EACH ROW
    WHEN (new.attempt_ref IS NOT NULL) EXECUTE FUNCTION note_reference();
"""
"""Every reference by which a provider was ever called, and for which message."""
KEY = "alongsidetests-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
TOKEN = "a-callback-token-for-tests-only"
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asking a database says while it is down."""


@dataclass
class City:
    ground: Ground
    folder: Path
    council: str
    ledger: Path
    notify_url: str
    databases: dict[str, str]
    kafka: dict[str, Proxy]
    postgres: dict[str, Proxy]
    provider: Proxy
    client: httpx.AsyncClient
    broken: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, str, str, Any, str]] = field(default_factory=list)
    """Every request that was answered: method, service, path, body, and the id of the introduction it made."""
    running: dict[str, Kept] = field(default_factory=dict)

    @property
    def links(self) -> list[Proxy]:
        return [*self.kafka.values(), *self.postgres.values(), self.provider]

    def url(self, service: str) -> str:
        return self.ground.stack.url(service)

    def superuser(self, service: str) -> str:
        return self.ground.stack.postgres.url("postgres", self.databases[service])

    def start(self, service: str, **more: Any) -> None:
        """`more`: of the first start only; see roles.play."""
        task = self.task(service)
        self.running[service] = Kept(self.ground.nursery, task | more, task)

    def task(self, service: str) -> dict[str, Any]:
        stack = self.ground.stack
        direct = quote(str(stack.postgres.socket_folder))
        mine = {
            "ALONGSIDE_DATABASE_URL": stack.database_url(service, database=self.databases[service]).replace(
                direct, quote(str(self.folder / service))
            ),
            "ALONGSIDE_KAFKA_SERVERS": f"{LOOPBACK}:{self.kafka[service].port}",
            "ALONGSIDE_STATE": str(self.folder / service),
            "ALONGSIDE_LOG_FORMAT": "json",
            "ALONGSIDE_NOTIFY_API_KEY": KEY,
            "ALONGSIDE_NOTIFY_URL": f"http://{LOOPBACK}:{self.provider.port}",
            "ALONGSIDE_NOTIFY_TEXT_TEMPLATE": str(UUID(int=1)),
            "ALONGSIDE_NOTIFY_EMAIL_TEMPLATE": str(UUID(int=2)),
            "ALONGSIDE_NOTIFY_LETTERS": "true",
            "ALONGSIDE_NOTIFY_CALLBACK_TOKEN": TOKEN,
            "ALONGSIDE_SENDER_PACE": "0.02",
        }
        told = {name: value for name, value in stack.environment(service).items() if name.startswith("ALONGSIDE_")}
        broker = int(stack.kafka_servers.rsplit(":", 1)[1])
        return {
            "role": service, "env": told | mine, "broken": self.broken.get(service, []),
            "route": [broker, self.kafka[service].port], "log": str(self.folder / f"{service}.log"),
        }

    async def ready(self, service: str, within: float = 60) -> None:
        async with asyncio.timeout(within):
            while True:
                try:
                    if (await self.client.get(f"{self.url(service)}/ready")).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)

    async def insist(self, method: str, service: str, path: str, body: Any = None) -> httpx.Response:
        """Asked until it is answered: whoever writes to us tries again when the machine did not answer."""
        prefix = "/api" if service == "portal" else ""
        while True:
            try:
                url = f"{self.url(service)}{prefix}/councils/{self.council}{path}"
                answer = await self.client.request(method, url, json=body)
                if answer.status_code < 500:
                    self.asked.append((method, service, path, body, made_by(answer)))
                    return answer
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.3)

    async def misbehave(self, **how: Any) -> None:
        async with httpx.AsyncClient() as direct:
            (await direct.post(f"{self.notify_url}/control", json=how)).raise_for_status()

    def accepted(self) -> list[dict[str, Any]]:
        return accepted_in(self.ledger)


def made_by(answer: httpx.Response) -> str:
    return str(answer.json()["introduction_id"]) if answer.status_code == 201 and "introduction_id" in answer.text else ""


def accepted_in(ledger: Path) -> list[dict[str, Any]]:
    """All that the provider ever accepted, by its own book."""
    return [json.loads(line) for line in ledger.read_text().splitlines() if line.strip()]


def hears() -> dict[str, list[type[Event]]]:
    """What each of the four services hears."""
    return {service: list(import_module(f"services.{service}.subscribers").HEARS) for service in SERVICES}


@asynccontextmanager
async def a_city(ground: Ground, folder: Path, *, first: dict[str, dict[str, Any]] | None = None) -> AsyncIterator[City]:
    """`first`: more of what a service is started with the first time."""
    name = uuid4().hex[:8]
    stack = ground.stack
    upstream = stack.postgres.socket_folder / SOCKET
    broker = (LOOPBACK, int(stack.kafka_servers.rsplit(":", 1)[1]))
    async with AsyncExitStack() as open_things:
        enter = open_things.enter_async_context
        databases = {}
        for service in SERVICES:
            (folder / service).mkdir(parents=True)
            databases[service] = f"{service}_{name}"
            await ground.room(service, databases[service])
            async with open_to(stack.postgres.url("postgres", databases[service])) as admin:
                await admin.execute(LEDGERS + (REFERENCES if service == "notifier" else ""))
        kafka = {service: await enter(Proxy(listen=(LOOPBACK, 0), upstream=broker)) for service in SERVICES}
        postgres = {service: await enter(Proxy(listen=folder / service / SOCKET, upstream=upstream)) for service in SERVICES}
        ledger = folder / "accepted.jsonl"
        ledger.touch()
        address = await enter(a_provider(ledger))
        provider = await enter(Proxy(listen=(LOOPBACK, 0), upstream=(LOOPBACK, int(address.rsplit(":", 1)[1]))))
        headers = {"Authorization": f"Bearer {stack.service_key}"}
        client = await enter(httpx.AsyncClient(headers=headers, timeout=10))
        city = City(ground, folder, f"c-{name}", ledger, address, databases, kafka, postgres, provider, client)
        await city.misbehave(callback=f"{city.url('notifier')}/receipts/notify", token=TOKEN)
        try:
            for service in SERVICES:
                city.start(service, **(first or {}).get(service, {}))
            for service in SERVICES:
                await city.ready(service)
            yield city
        finally:
            await asyncio.gather(*(kept.stop() for kept in city.running.values()))
            await ground.as_admin(*(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)' for database in databases.values()))


@asynccontextmanager
async def a_provider(ledger: Path) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.providers.fake_notify", "--port", "0", "--ledger", str(ledger), "--key", KEY,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
    finally:
        process.kill()
        await process.wait()


async def events_so_far(city: City) -> int:
    """Of all four services."""
    total = 0
    for service in SERVICES:
        try:
            async with open_to(city.superuser(service)) as connection:
                total += await connection.fetchval("SELECT count(*) FROM outbox_log WHERE topic NOT LIKE 'upkeep.%'")
        except AWAY:
            pass  # it may just have been killed
    return total
