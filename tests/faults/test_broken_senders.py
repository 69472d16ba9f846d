"""A sender without one of its two guards is noticed by the provider's own ledger, and the right one is not."""
import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.embedded.ports import LOOPBACK, any_free
from services.notifier.domain.waits import USUAL
from shared.contracts.matcher import Cause, ShortlistChanged
from tests.faults.alone import TO_DO
from tests.faults.city import KEY, REFERENCES, accepted_in
from tests.faults.city_judge import contacts_against
from tests.faults.nursery import Child, Kept
from tests.faults.telling_again import publish
from tests.faults.world import Ground, open_to, several, until
from tests.providers.fake_notify import FakeNotify
from tests.providers.ledger import Ledger

STATE = "SELECT m.state, c.stage, count(*) FROM message m LEFT JOIN contact c USING (council, message_id) GROUP BY 1, 2"
IN_HAND = "SELECT count(*) FROM contact WHERE stage IN ('permitted', 'sending')"
PACE = 0.02
LEASE = USUAL.lease.total_seconds() * PACE
PEOPLE = 8
LONGEST_WAIT, LONGEST_SLEEP = 60.0, 120.0
BEGUN = "commit after notifier.save_contact_made:after:2"  # the first is the claim
"""The contact is ours and the reference committed; what follows is the look whether we lead, and the call."""


class Bureau:
    """Notifiers on one database, with a provider, and people to be told something."""

    people = PEOPLE

    def __init__(self, ground: Ground, folder: Path, name: str, provider: FakeNotify, ledger: Path) -> None:
        self.ground, self.folder, self.name, self.provider, self.ledger = ground, folder, name, provider, ledger
        self.council = f"b-{name}"
        self.running: list[Kept] = []

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

    async def tell_everybody(self, url: str) -> None:
        """Each person's contact, and a list for each plan."""
        headers = {"Authorization": f"Bearer {self.ground.stack.service_key}"}
        told = []
        async with httpx.AsyncClient(headers=headers, timeout=5) as client:
            for nth in range(self.people):
                person = uuid4()
                await until(lambda person=person, nth=nth: recorded(client, f"{url}/councils/{self.council}", person, nth))
                told.append(ShortlistChanged(
                    council=self.council, revision=1, plan_id=uuid4(), person_id=person, plan_revision=1, rules_version=1,
                    day=date(2026, 11, 27), cause=Cause.PLAN, fitting=(), near=(), fitting_count=3, near_count=0, others=0,
                    in_scope=3,
                ))
        await publish(self.ground.stack.kafka_servers, told)

    async def told_everybody(self) -> bool:
        async with open_to(self.superuser) as notifier:
            made = await notifier.fetchval("SELECT count(*) FROM message")
            return made >= self.people and not await notifier.fetchval(TO_DO["notifier"])

    async def nothing_in_hand(self) -> bool:
        async with open_to(self.superuser) as notifier:
            return not await notifier.fetchval(IN_HAND)

    async def against(self) -> list[str]:
        async with open_to(self.superuser) as notifier:
            return await contacts_against(notifier, accepted_in(self.ledger))


async def answers(url: str) -> bool:
    with suppress(httpx.HTTPError):
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(f"{url}/live")).status_code == 200
    return False


async def recorded(client: httpx.AsyncClient, council_url: str, person: UUID, nth: int) -> bool:
    try:
        answer = await client.put(f"{council_url}/parties/{person}/contact", json={
            "kind": "person", "address_as": "Alex", "quiet_from": "00:00", "quiet_to": "00:00", "phone": f"+4477009003{nth:02}",
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


async def answers_get_lost(bureau: Bureau, broken: list[str]) -> None:
    """The provider takes each second text and says nothing."""
    bureau.provider.behaviour.next = ["accept_then_die", "none"] * PEOPLE
    await bureau.tell_everybody(await bureau.start("1", broken))
    await until(bureau.told_everybody, within=40)


async def one_falls_asleep(bureau: Bureau, broken: list[str]) -> None:
    """A sender stands still between its claim and its call, longer than its lease; another one is there; then it wakes up."""
    bureau.people = 1  # or the second could be another one's claim
    url = await bureau.start("1", broken, at=BEGUN, pause=LONGEST_SLEEP)
    await bureau.tell_everybody(url)
    await until(partial(asleep, bureau.running[0]))
    await until(partial(answers, await bureau.start("2", broken)), within=40)
    with suppress(TimeoutError):  # who takes over without the lead ends what the sleeper began; the right one can't take over
        await until(bureau.nothing_in_hand, within=LONGEST_WAIT if broken else LEASE * 2)
    await bureau.running[0].each(woken)
    await until(bureau.told_everybody, within=40)
    await asyncio.sleep(LEASE * 2)


async def asleep(kept: Kept) -> bool:
    return kept.child is not None and state_of(kept.child.pid) == "T"


def state_of(pid: int) -> str:
    """As the kernel has it: one letter after the name, which may have anything in it."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


async def woken(child: Child) -> None:
    child.signal(signal.SIGCONT)


BROKEN: dict[str, Callable[[Bureau, list[str]], Awaitable[None]]] = {
    "no_look_up": answers_get_lost, "lease_not_leader": one_falls_asleep,
}


async def judged(ground: Ground, folder: Path, name: str, *, broken: bool) -> list[str]:
    async with a_bureau(ground, folder) as bureau:
        try:
            await BROKEN[name](bureau, [name] if broken else [])
            unsettled = []
        except TimeoutError:
            async with open_to(bureau.superuser) as notifier:
                unsettled = [f"not settled: {[tuple(row) for row in await notifier.fetch(STATE)]}"]
        against = await bureau.against() + unsettled
    print(f"{name:<18} {'broken' if broken else 'right':<7} {len(against):>4} complaints  {against[:1]}", flush=True)
    return against


@pytest.mark.timeout(300)
async def test_a_sender_without_a_guard_is_noticed_and_the_right_one_is_not(ground: Ground, logs: Path) -> None:
    wanted = [(name, broken) for name in BROKEN for broken in (True, False)]
    found = await several([partial(judged, ground, logs, name, broken=broken) for name, broken in wanted], at_once=4)
    said = dict(zip(wanted, found, strict=True))

    assert [name for (name, broken), against in said.items() if broken and not any("told" in what for what in against)] == []
    assert {name: against[:3] for (name, broken), against in said.items() if not broken and against} == {}
