"""Each link is delayed, broken or spoilt while events flow: afterwards all is applied, once and in order, within seconds."""
import asyncio
from dataclasses import dataclass
from uuid import uuid4

import pytest

from deploy.embedded.stack import Stack
from tests.faults.pairs import LINKS, Between, UrlFor, pair
from tests.faults.proxy import BLACKHOLE, DROPPED_ACKS, HALF_OPEN, PASS, RESET, Fault

FAULTS = {
    "no fault": PASS,
    "blackhole": BLACKHOLE,
    "reset": RESET,
    "half-open": HALF_OPEN,
    "2 s latency": Fault(latency=2.0),
    "slow drip": Fault(drip=(1, 0.05)),
    "dropped acks": DROPPED_ACKS,
    "byte flips": Fault(flips=0.00005),
}
SPOILT = "byte flips"
LASTS = 8.0  # seconds
RECOVERED_WITHIN = 15.0
LONGEST = 40.0
EVENTS = 100


@dataclass(frozen=True)
class Outcome:
    fault: str
    recovery: float
    wrong: tuple[str, ...]


@pytest.mark.parametrize("link", LINKS)
async def test_after_any_trouble_of_a_link_all_is_applied_once_and_in_order(
    link: Between, database_url_for: UrlFor, infrastructure: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    before = asyncio.all_tasks()

    outcomes = await asyncio.gather(*(suffered(link, fault, database_url_for, infrastructure) for fault in FAULTS))

    with capsys.disabled():
        print(f"\n{link}: " + ", ".join(f"{outcome.fault} {outcome.recovery:.1f} s" for outcome in outcomes))
    in_any_case = outcomes[0].recovery  # what this machine takes just now, without any fault
    assert not [outcome for outcome in outcomes if outcome.wrong or outcome.recovery > in_any_case + limit(outcome.fault)]
    await asyncio.sleep(0.5)
    assert asyncio.all_tasks() - before == set()


def limit(fault: str) -> float:
    return LONGEST if fault == SPOILT else RECOVERED_WITHIN  # a client that a wrong answer has stunned must first be noticed


async def suffered(link: Between, fault: str, url_for: UrlFor, infrastructure: Stack) -> Outcome:
    async with pair(url_for, infrastructure) as the_pair:
        await the_pair.tell(10)
        assert await the_pair.settled(within=30) < 30
        telling = asyncio.create_task(the_pair.tell(EVENTS, over=LASTS * 0.9))
        await asyncio.sleep(0.3)
        proxy = the_pair.links[link]
        proxy.fault = FAULTS[fault]
        await asyncio.sleep(LASTS)
        proxy.fault = PASS
        await telling
        if fault == SPOILT:  # only TLS would notice a wrong bit in an offset or a row: we promise no more than to go on
            the_pair.keys = [uuid4() for _ in range(10)]
            told = len(the_pair.told)
            await the_pair.tell(10)
            return Outcome(fault, await the_pair.settled(LONGEST, since=told), tuple(await the_pair.wrong(exact=False)))
        return Outcome(fault, await the_pair.settled(LONGEST), tuple(await the_pair.wrong(exact=True)))
