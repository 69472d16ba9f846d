"""One real service relives a quiet day of a city, in a database of its own, and ends somewhere on the way."""
import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from deploy.embedded.ports import LOOPBACK, any_free
from tests.faults import points
from tests.faults.city import KEY, REFERENCES, TOKEN, City, accepted_in, hears, made_by
from tests.faults.city_judge import contacts_against
from tests.faults.nursery import Kept
from tests.faults.world import open_to
from tests.providers.fake_notify import FakeNotify
from tests.providers.ledger import Ledger

STATES = "SELECT topic, count(*) FROM outbox_latest WHERE topic <> 'notifier.message.v1' GROUP BY topic ORDER BY topic"
"""Not how many messages: those are compared by what they are about, below."""
HELD = "SELECT topic, key, timeline, version, parked FROM key_state WHERE council = $1 ORDER BY topic, key"
SEEN = "SELECT event_id FROM inbox UNION SELECT event_id FROM parked"
TOLD = "SELECT event_id FROM outbox_log WHERE topic = ANY($1)"
MESSAGES = "SELECT DISTINCT purpose, subject::text, party_id::text FROM message ORDER BY 1, 2, 3"
"""Whether one is dropped because a newer one came first is a matter of moments; that nobody is told twice is not."""
TO_DO = {
    "notifier": "SELECT count(*) FROM message LEFT JOIN contact USING (council, message_id) "
                "WHERE (state = 'waiting' AND (not_before IS NULL OR not_before < now() + interval '1 hour')) "
                "OR (state = 'written' AND stage IN ('planned', 'permitted', 'sending'))",
    "matcher": "SELECT count(*) FROM due_ranking",
}


@dataclass
class Day:
    """What happened in the city, and what each service passed."""

    city: City
    passed: dict[str, Path]
    twins: dict[str, Any] = field(default_factory=dict)
    """What each service held after reliving the day without an end."""
    templates: set[str] = field(default_factory=set)

    async def relived(self, service: str, ends: Sequence[str], within: float = 150) -> tuple[Any, list[str], list[str]]:
        """(what it held in the end, the ends that came, what is said against it)."""
        city, ground, name = self.city, self.city.ground, uuid4().hex[:8]
        stack, database = ground.stack, f"{service}_{name}"
        folder = city.folder / name
        folder.mkdir()
        await ground.copied(await self.template(service), database, f"{service}_owner")
        superuser = stack.postgres.url("postgres", database)
        (ledger := folder / "accepted.jsonl").touch()
        port = any_free(1)[0]
        async with FakeNotify(Ledger(ledger), key=KEY).running() as provider:
            provider.behaviour.callback, provider.behaviour.token = f"http://{LOOPBACK}:{port}/receipts/notify", TOKEN
            task = city.task(service)
            env = task["env"] | {
                "ALONGSIDE_DATABASE_URL": stack.database_url(service, database=database), "ALONGSIDE_PORT": str(port),
                "ALONGSIDE_KAFKA_SERVERS": stack.kafka_servers, "ALONGSIDE_NOTIFY_URL": provider.url,
                "ALONGSIDE_STATE": str(folder),
            }
            task |= {"env": env, "alone": city.council, "group": name, "broken": ["mute"], "route": None,
                     "log": str(folder / "log")}
            kept = Kept(ground.nursery, task, ends=ends)
            try:
                await self.asked_again(service, f"http://{LOOPBACK}:{port}")
                against = await self.settled(service, superuser, within)
                if kept.left:  # some come just after all is settled
                    await kept.all_ends(each_within=8)
                    against = await self.settled(service, superuser, within)
                held = await self.held(service, superuser, ledger, against)
            finally:
                await kept.stop()
                await ground.as_admin(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        return held, kept.came, against

    async def template(self, service: str) -> str:
        """Its tables, and nothing in them."""
        ground, name = self.city.ground, f"{service}_template_{self.city.council[2:]}"
        if name not in self.templates:
            await ground.room(service, name)
            if service == "notifier":
                async with open_to(ground.stack.postgres.url("postgres", name)) as admin:
                    await admin.execute(REFERENCES)
            self.templates.add(name)
        return name

    async def asked_again(self, service: str, url: str) -> None:
        """All that it was asked on that day, in the same order."""
        council = f"{url}{'/api' if service == 'portal' else ''}/councils/{self.city.council}"
        now: dict[str, str] = {"": ""}  # an introduction has another id this time
        async with httpx.AsyncClient(headers=self.city.client.headers, timeout=10) as client:
            for method, asked, path, body, made in self.city.asked:
                for old in filter(None, now):
                    path = path.replace(old, now[old])
                while asked == service:
                    try:
                        answer = await client.request(method, f"{council}{path}", json=body)
                        if answer.status_code < 500 and not (made and answer.status_code == 404):  # its plan was not heard yet
                            lost = made and answer.status_code == 409  # it ended after it had asked, and before it said so
                            now[made] = await asked_before(client, council, path, body) if lost else made_by(answer)
                            break
                    except httpx.HTTPError:
                        pass
                    await asyncio.sleep(0.1)

    async def settled(self, service: str, superuser: str, within: float) -> list[str]:
        told = await self.told_to(service)
        deadline = time.monotonic() + within
        async with open_to(superuser) as own:
            while True:
                missing = told - {row["event_id"] for row in await own.fetch(SEEN)}
                to_do = await own.fetchval(TO_DO[service]) if service in TO_DO else 0
                if not missing and not to_do:
                    return []
                if time.monotonic() > deadline:
                    return [f"not settled: {len(missing)} of {len(told)} events missing, {to_do} things to do"]
                await asyncio.sleep(0.2)

    async def told_to(self, service: str) -> set[Any]:
        told: set[Any] = set()
        for kind in hears()[service]:
            owner = kind.topic.split(".")[0]
            if owner != "intake":
                async with open_to(self.city.superuser(owner)) as connection:
                    told |= {row["event_id"] for row in await connection.fetch(TOLD, [kind.topic])}
        return told

    async def held(self, service: str, superuser: str, ledger: Path, against: list[str]) -> Any:
        async with open_to(superuser) as own:
            held: list[Any] = [tuple(row) for row in await own.fetch(HELD, self.city.council)]
            held += [tuple(row) for row in await own.fetch(STATES)]
            if service == "notifier":
                held += [tuple(row) for row in await own.fetch(MESSAGES)]
                against += await contacts_against(own, accepted_in(ledger))
        return held


async def asked_before(client: httpx.AsyncClient, council: str, path: str, body: Any) -> str:
    """The introduction that was made, although nobody heard its answer."""
    found = (await client.get(f"{council}/introductions", params={"plan_id": path.split("/")[2]})).raise_for_status().json()
    return next(str(one["introduction_id"]) for one in found if one["profile_id"] == body["profile_id"])


def own_points(passed: Path, service: str, *, within: bool) -> list[str]:
    """The ends of its own transactions, its calls to a provider, its files. Messaging's are tried with the two small services."""
    own = (f"commit after {service}.", f"{service}.", "http.", "smtp.", "folder.")
    return points.worth_trying((point for point in points.passed_in(passed) if point.startswith(own)), within=within)
