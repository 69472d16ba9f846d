"""The four real services under everything that can go wrong; then the ledgers are compared.

`EVENTS=10000 FAULTS=200` for more (`make faults-long`); `SEED` to have the same troubles again.
"""
import asyncio
import os
import random
import time
import traceback
from collections import Counter

import pytest

from tests.conftest import state_folder
from tests.faults import city_judge, clocks, troubles
from tests.faults.city import AWAY, City, a_city, events_so_far
from tests.faults.world import Ground, until
from tests.faults.writers import Writers

EVENTS = int(os.environ.get("EVENTS", "2000"))
FAULTS = int(os.environ.get("FAULTS", "30"))
SEED = int(os.environ.get("SEED", "0")) or random.randrange(1, 10**6)
LONGEST = 3.0 if FAULTS <= 50 else 60.0
"""Seconds that a pause may last."""
BREATH = (0.2, 2.0) if FAULTS <= 500 else (0.1, 0.8)
"""Seconds after most of them."""
SETTLES_WITHIN = 600  # seconds; it ends as soon as all agree, and a broker killed ten times takes a minute by itself to come back


async def trouble(city: City, dice: random.Random, befell: Counter[str]) -> None:
    """So many troubles, one after another and sometimes two at once, each kind at least once. `befell`: those so far."""
    wanted = [*troubles.EVERY_KIND, *(dice.choice(troubles.ALL) for _ in range(FAULTS - len(troubles.EVERY_KIND)))][:FAULTS]
    dice.shuffle(wanted)
    under_way: list[asyncio.Task[None]] = []
    for what in wanted:
        longest = LONGEST if dice.random() < 0.1 else min(LONGEST, 3.0)
        under_way.append(asyncio.create_task(befalls(city, what, dice, longest, befell)))
        if dice.random() < 0.7:
            await under_way[-1]
            await asyncio.sleep(dice.uniform(*BREATH))
    await asyncio.gather(*under_way)


async def befalls(city: City, what: troubles.Trouble, dice: random.Random, longest: float, befell: Counter[str]) -> None:
    """One that needs the database cannot be made while another has it down: then it did not befall. Nor did one that went
    wrong by itself, and an hour of trouble is not given up for it."""
    try:
        await what(city, dice, longest)
    except AWAY:
        befell["could not be made"] += 1
    except Exception:
        traceback.print_exc()
        befell["went wrong"] += 1
    else:
        befell[what.__name__] += 1


async def enough(city: City, writing: "asyncio.Future[None]") -> bool:
    return writing.done() or await events_so_far(city) >= EVENTS


@pytest.mark.timeout(0)
async def test_whatever_goes_wrong_every_fact_goes_in_once_and_nobody_is_told_twice(ground: Ground) -> None:
    print(f"\nSEED={SEED} EVENTS={EVENTS} FAULTS={FAULTS}", *([] if clocks.LIBRARIES else [clocks.MISSING]), sep="\n", flush=True)
    dice = random.Random(SEED)
    folder = state_folder()
    async with a_city(ground, folder) as city:
        befell = Counter[str]()
        writers = Writers(city, random.Random(SEED + 1), lambda: EVENTS * (befell.total() + 1) / FAULTS)
        writing = asyncio.ensure_future(writers.run())
        began = time.monotonic()
        await trouble(city, dice, befell)
        await until(lambda: enough(city, writing), within=600)
        writers.enough.set()
        await asyncio.wait_for(writing, 60)
        took = time.monotonic() - began
        settled, against = await city_judge.settled(city, SETTLES_WITHIN)
        found = await city_judge.summary(city)
    print(f"{writers.facts} changes by people, {took:.0f} s of trouble, settled after {settled:.1f} s")
    print(dict(befell), found, f"logs: {folder}", sep="\n", flush=True)

    assert against[:10] == []
    assert befell["could not be made"] <= FAULTS // 5
    assert befell["went wrong"] <= FAULTS // 200
