"""Everything together: infrastructure first, then databases and topics, then the services; and down again in the other order."""
import asyncio
import fcntl
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Literal

import httpx

from deploy.embedded.broker import ApacheBroker, Broker, EmbeddedBroker, Kind
from deploy.embedded.ports import LOOPBACK, Ports, Taken, any_free
from deploy.embedded.postgres import Postgres
from deploy.embedded.process import Program, Tell, run
from deploy.embedded.secrets import secret
from deploy.embedded.supervisor import Kept
from deploy.embedded.talk import Talk
from deploy.kafka.apache import NotHere

Service = Literal["registry", "matcher", "notifier", "portal"]
SERVICES: tuple[Service, ...] = ("registry", "matcher", "notifier", "portal")
ROOT = Path(__file__).resolve().parent.parent.parent
PREFIX = "ALONGSIDE_"
MEANT_FOR_US = {"ALONGSIDE_MIGRATOR_URL", "ALONGSIDE_OWNER_ROLE", "ALONGSIDE_INSTANCE"}
"""Settings that would be wrong for four services at once, were they in our own environment."""


class InUse(Exception):
    """Another Alongside is running on the same folder."""


class NotMigrated(Exception):
    """A service could not bring its database up to date. The lines before say why."""


class NotReady(Exception):
    """A service did not become ready in time. The lines before say why."""


EXPLAINED = (InUse, NotMigrated, NotReady, Taken, NotHere)
"""What can go wrong at the start and says itself what to do."""


class Stack:
    """The whole product on this machine, from `async with` on until its end.

    `state` keeps the data between runs. `services=()` gives only PostgreSQL and the broker, for integration tests;
    `durable=False` is quicker and for tests alone. `settings` are more ALONGSIDE_ variables for every service.
    """

    def __init__(
        self,
        state: Path,
        ports: Ports | None = None,
        *,
        broker: Kind = "embedded",
        services: Sequence[Service] = SERVICES,
        settings: Mapping[str, str] | None = None,
        tell: Tell | None = None,
        durable: bool = True,
    ) -> None:
        self.state = state.resolve()
        self.ports = ports or Ports()
        self.services = tuple(services)
        self._settings = dict(settings or {})
        self._tell = tell or Talk()
        self._lock: IO[str] | None = None
        self.postgres = Postgres(self.state, self._tell, durable=durable)
        self.broker: Broker = (
            EmbeddedBroker(self.ports.kafka, self._tell)
            if broker == "embedded"
            else ApacheBroker(self.state, self.ports.kafka, any_free(1)[0], self._tell)
        )
        self._running: dict[str, Kept] = {}

    async def __aenter__(self) -> "Stack":
        self._take_the_folder()
        try:
            self.ports.check()
            await together(self.postgres.start(), self.broker.start())
            await together(*(self.postgres.make_room(service) for service in SERVICES))
            await together(*(self.migrate(service) for service in self.services))
            self._write_addresses()
            for service in self.services:
                await self.start(service)
            await together(*(self.ready(service) for service in self.services))
        except BaseException:
            await self._down()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._down()

    async def _down(self) -> None:
        await asyncio.gather(*(kept.stop() for kept in self._running.values()))
        self._running.clear()
        await self.broker.stop()
        await self.postgres.stop()
        if self._lock is not None:
            self._lock.close()

    # What a caller needs to know

    @property
    def service_key(self) -> str:
        return secret(self.state, "service-key")

    @property
    def kafka_servers(self) -> str:
        return self.broker.servers

    def url(self, service: str) -> str:
        return f"http://{LOOPBACK}:{getattr(self.ports, service)}"

    @property
    def urls(self) -> dict[str, str]:
        return {service: self.url(service) for service in SERVICES}

    def database_url(self, service: str, role: Literal["runtime", "migrator"] = "runtime", database: str | None = None) -> str:
        return self.postgres.url(f"{service}_{role}", database or service)

    def environment(self, service: str) -> dict[str, str]:
        """All that a service is told, as `docker-compose.yml` tells it too."""
        ours = {
            "DATABASE_URL": self.database_url(service),
            "KAFKA_SERVERS": self.kafka_servers,
            "KAFKA_KIND": self.broker.kind,
            "HOST": LOOPBACK,
            "PORT": str(getattr(self.ports, service)),
            "SERVICE_KEY": self.service_key,
            "STATE": str(self.state / "files" / service),
            "PUBLIC_URL": self.url("portal"),
            "HELP_PHONE": "0116 496 0123",  # Ofcom keeps these two for stories: nobody is rung by trying out
            "TEXT_NUMBER": "07700 900999",
            **{f"{other.upper()}_URL": self.url(other) for other in SERVICES if other != "portal"},
            "OUTBOX_FOLDER": str(self.state / "outbox"),
            "TRY_OUT_SIGN_IN": "true",
        }
        inherited = {name: value for name, value in os.environ.items() if name not in MEANT_FOR_US}
        return {**inherited, **{PREFIX + name: value for name, value in ours.items()}, **self._settings, "PYTHONUNBUFFERED": "1"}

    # What a caller can do to it

    async def migrate(self, service: str) -> None:
        environment = self.environment(service) | {f"{PREFIX}MIGRATOR_URL": self.database_url(service, "migrator")}
        if await run(self._program(service, "migrate", environment=environment), self._tell) != 0:
            raise NotMigrated(f"The {service}'s database could not be brought up to date; see its lines above.")

    async def start(self, service: str) -> None:
        kept = Kept(service, lambda: self._program(service, environment=self.environment(service)), self._tell)
        self._running[service] = kept
        await kept.start()

    async def stop(self, service: str) -> None:
        await self._running.pop(service).stop()

    async def kill(self, service: str) -> None:
        """As if it had crashed. It is started again; `ready` waits for that."""
        await self._running[service].kill()

    def pid(self, service: str) -> int | None:
        return self._running[service].pid

    async def ready(self, service: str, within: float = 60) -> None:
        """Wait until the service says so itself, or say that it did not."""
        deadline = asyncio.get_running_loop().time() + within
        async with httpx.AsyncClient(timeout=5) as client:
            while asyncio.get_running_loop().time() < deadline:
                if self._running[service].hopeless.is_set():
                    break
                try:
                    if (await client.get(f"{self.url(service)}/ready")).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise NotReady(f"The {service} was not ready after {within:g} seconds; see its lines above.")

    async def until_hopeless(self) -> str:
        """Returns when a service will not run again whatever is tried: its name. Until then, for ever."""
        waiting = {asyncio.create_task(kept.hopeless.wait()): name for name, kept in self._running.items()}
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            return waiting[done.pop()]
        finally:
            for task in waiting:
                task.cancel()

    # How

    def _program(self, service: str, *arguments: str, environment: Mapping[str, str]) -> Program:
        return Program(service, (sys.executable, "-m", f"services.{service}", *arguments), environment=environment, folder=ROOT)

    def _take_the_folder(self) -> None:
        self.state.mkdir(parents=True, exist_ok=True)
        self._lock = (self.state / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise InUse(f"Alongside already runs with the folder {self.state}. Stop it first, or set ALONGSIDE_STATE.") from None

    def _write_addresses(self) -> None:
        """For the `alongside` command and for people: where everything listens, and where the key is (not the key)."""
        addresses = {**self.urls, "kafka": self.kafka_servers, "key_file": str(self.state / "service-key")}
        secret(self.state, "service-key")
        (self.state / "addresses.json").write_text(json.dumps(addresses, indent=2) + "\n")


async def together(*waits: Any) -> None:
    """All at once; the first failure cancels the others and is raised as itself."""
    try:
        async with asyncio.TaskGroup() as group:
            for wait in waits:
                group.create_task(wait)
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None


