"""Notifiers on a database of their own, with a provider that keeps its own ledger, and people to be told something."""
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx

from deploy.embedded.ports import LOOPBACK, any_free
from shared.contracts.matcher import Cause, ShortlistChanged
from tests.faults.alone import TO_DO
from tests.faults.city import KEY, REFERENCES, accepted_in
from tests.faults.city_judge import contacts_against
from tests.faults.nursery import Kept
from tests.faults.telling_again import publish
from tests.faults.world import Ground, open_to, until
from tests.providers.fake_notify import FakeNotify
from tests.providers.ledger import Ledger

IN_HAND = "SELECT count(*) FROM contact WHERE stage IN ('permitted', 'sending')"
PACE = 0.02
PEOPLE = 8


class Bureau:
    """Notifiers on one database, with a provider, and people to be told something."""

    def __init__(self, ground: Ground, folder: Path, name: str, provider: FakeNotify, ledger: Path) -> None:
        self.ground, self.folder, self.name, self.provider, self.ledger = ground, folder, name, provider, ledger
        self.council = f"b-{name}"
        self.running: list[Kept] = []
        self.people: list[UUID] = []

    @property
    def superuser(self) -> str:
        return self.ground.stack.postgres.url("postgres", f"notifier_{self.name}")

    async def start(self, instance: str, broken: list[str], **first: Any) -> str:
        stack, port = self.ground.stack, any_free(1)[0]
        env = {name: value for name, value in stack.environment("notifier").items() if name.startswith("ALONGSIDE_")} | {
            "ALONGSIDE_DATABASE_URL": stack.database_url("notifier", database=f"notifier_{self.name}"),
            "ALONGSIDE_PORT": str(port), "ALONGSIDE_INSTANCE": instance, "ALONGSIDE_STATE": str(self.folder),
            "ALONGSIDE_NOTIFY_API_KEY": KEY, "ALONGSIDE_NOTIFY_URL": self.provider.url, "ALONGSIDE_SENDER_PACE": str(PACE),
            "ALONGSIDE_NOTIFY_TEXT_TEMPLATE": str(UUID(int=1)), "ALONGSIDE_LOG_FORMAT": "json", "ALONGSIDE_STANDBY": "true",
        }
        task = {
            "role": "notifier", "env": env, "alone": self.council, "group": self.name, "broken": [*broken, "mute"],
            "log": str(self.folder / f"{instance}.log"),
        }
        self.running.append(Kept(self.ground.nursery, task | first, task))
        return f"http://{LOOPBACK}:{port}"

    async def record(self, url: str, people: int) -> None:
        """How so many people are reached: each by text message, at any time."""
        headers = {"Authorization": f"Bearer {self.ground.stack.service_key}"}
        async with httpx.AsyncClient(headers=headers, timeout=5) as client:
            for nth in range(people):
                self.people.append(person := UUID(int=nth + 1))
                await until(partial(recorded, client, f"{url}/councils/{self.council}", person, phone_of(nth)))

    async def tell_everybody(self, url: str, people: int = PEOPLE) -> None:
        """Each person's contact, and a list for each plan."""
        await self.record(url, people)
        await publish(self.ground.stack.kafka_servers, map(self.list_of, self.people))

    def list_of(self, person: UUID, revision: int = 1) -> ShortlistChanged:
        """Of the person's one plan, with one more who fits each time."""
        return ShortlistChanged(
            council=self.council, revision=revision, plan_id=uuid5(person, self.council), person_id=person, plan_revision=1,
            rules_version=1, day=date(2026, 11, 27), cause=Cause.PLAN, fitting=(), near=(), fitting_count=2 + revision,
            near_count=0, others=0, in_scope=2 + revision,
        )

    async def told_everybody(self) -> bool:
        async with open_to(self.superuser) as notifier:
            made = await notifier.fetchval("SELECT count(*) FROM message")
            return made >= len(self.people) and not await notifier.fetchval(TO_DO["notifier"])

    async def taken_for_everybody(self, within: float) -> bool:
        """Whether the provider takes a contact for each of the people within so many seconds."""
        async def taken() -> bool:
            return len(accepted_in(self.ledger)) >= len(self.people)

        with suppress(TimeoutError):
            return await until(taken, within)
        return False

    async def nothing_in_hand(self) -> bool:
        async with open_to(self.superuser) as notifier:
            return not await notifier.fetchval(IN_HAND)

    async def against(self) -> list[str]:
        async with open_to(self.superuser) as notifier:
            return await contacts_against(notifier, accepted_in(self.ledger))


def phone_of(nth: int) -> str:
    """Ofcom keeps a thousand mobile numbers for stories."""
    return f"+447700900{nth:03}"


async def recorded(client: httpx.AsyncClient, council_url: str, person: UUID, phone: str) -> bool:
    try:
        answer = await client.put(f"{council_url}/parties/{person}/contact", json={
            "kind": "person", "address_as": "Alex", "quiet_from": "00:00", "quiet_to": "00:00", "phone": phone,
            "preferences": [{"method": "text", "format": "plain", "language": "en"}], "confirmed_on": "2026-11-01",
        })
    except httpx.HTTPError:
        return False
    return answer.status_code == 200


@asynccontextmanager
async def a_bureau(ground: Ground, folder: Path) -> AsyncIterator[Bureau]:
    name = uuid4().hex[:8]
    (own := folder / name).mkdir(parents=True)
    (ledger := own / "accepted.jsonl").touch()
    database = f"notifier_{name}"
    await ground.room("notifier", database)
    async with FakeNotify(Ledger(ledger), key=KEY).running() as provider:
        bureau = Bureau(ground, own, name, provider, ledger)
        async with open_to(bureau.superuser) as admin:
            await admin.execute(REFERENCES)
        try:
            yield bureau
        finally:
            await asyncio.gather(*(kept.stop() for kept in bureau.running))
            await ground.as_admin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
