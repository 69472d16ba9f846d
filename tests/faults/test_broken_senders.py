"""A sender without one of its two guards is noticed by the provider's own ledger, and the right one is not."""
import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import pytest

from services.notifier.domain.waits import USUAL
from tests.faults.bureau import PACE, PEOPLE, Bureau, a_bureau
from tests.faults.nursery import Child, Kept
from tests.faults.world import Ground, open_to, several, until

STATE = "SELECT m.state, c.stage, count(*) FROM message m LEFT JOIN contact c USING (council, message_id) GROUP BY 1, 2"
LEASE = USUAL.lease.total_seconds() * PACE
LONGEST_WAIT, LONGEST_SLEEP = 150.0, 200.0
"""Seconds. On a busy machine the other one asks the provider several times before it has an answer in time."""
BEGUN = "commit after notifier.save_contact_made:after:2"  # the first is the claim
"""The contact is ours and the reference committed; what follows is the look whether we lead, and the call."""


async def answers(url: str) -> bool:
    with suppress(httpx.HTTPError):
        async with httpx.AsyncClient(timeout=5) as client:
            return (await client.get(f"{url}/live")).status_code == 200
    return False


async def answers_get_lost(bureau: Bureau, broken: list[str]) -> None:
    """The provider takes each second text and says nothing."""
    bureau.provider.behaviour.next = ["accept_then_die", "none"] * PEOPLE
    await bureau.tell_everybody(await bureau.start("1", broken))
    await until(bureau.told_everybody, within=40)


async def one_falls_asleep(bureau: Bureau, broken: list[str]) -> None:
    """A sender stands still between its claim and its call, longer than its lease; another one is there; then it wakes up."""
    url = await bureau.start("1", broken, at=BEGUN, pause=LONGEST_SLEEP)
    await bureau.tell_everybody(url, 1)  # or the second claim could be another message's
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


@pytest.mark.timeout(420)
async def test_a_sender_without_a_guard_is_noticed_and_the_right_one_is_not(ground: Ground, logs: Path) -> None:
    wanted = [(name, broken) for name in BROKEN for broken in (True, False)]
    found = await several([partial(judged, ground, logs, name, broken=broken) for name, broken in wanted], at_once=4)
    said = dict(zip(wanted, found, strict=True))

    assert [name for (name, broken), against in said.items() if broken and not any("told" in what for what in against)] == []
    assert {name: against[:3] for (name, broken), against in said.items() if not broken and against} == {}
