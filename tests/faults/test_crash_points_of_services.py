"""Each of the four services ends at every boundary of its own, on either side; begun again, it comes to the same."""
import os
import random
import time
from functools import partial
from pathlib import Path

import pytest

from deploy.embedded.stack import SERVICES
from tests.conftest import state_folder
from tests.faults import city_judge, points
from tests.faults.alone import Day, own_points
from tests.faults.city import a_city
from tests.faults.world import Ground, until_all_came
from tests.faults.writers import Writers

AT_ONCE = 4
WITHIN = bool(os.environ.get("WITHIN"))
MAY_NOT_COME = (
    "matcher.some_plans", "matcher.stays_due", "notifier.in_doubt", "http.GET", "notifier.hold_message", "notifier.look_",
    "notifier.keep_receipt", "notifier.digest_due",
)
"""What one day brings and another does not, as it hangs on moments: a list asked for while profiles come, an answer that was
late, a receipt that found its message. Where it comes, it is tried."""
LENGTH = 5
"""How many ends one process comes to in such a day."""
Ends = tuple[str, list[str]]
"""Which service ends where."""


async def ended_at(day: Day, service: str, ends: list[str]) -> tuple[list[str], list[Ends]]:
    """What can be said against a day on which it ended there, and those ends that did not come."""
    began = time.monotonic()
    held, came, against = await day.relived(service, ends)
    never = [end for end in ends if end not in came]
    if held != day.twins[service]:
        against.append(f"it came to something else: {set(held) ^ set(day.twins[service])}"[:300])
    print(f"{time.monotonic() - began:6.1f} s  {service} {', '.join(came)} {against[:2]}", flush=True)
    return [f"{service} at {ends}: {what}" for what in against], [(service, [end]) for end in never]


@pytest.mark.timeout(0)
async def test_a_service_that_ends_anywhere_comes_to_the_same_and_tells_nobody_twice(ground: Ground, logs: Path) -> None:
    passed = {service: logs / f"{service}.points" for service in SERVICES}
    folder = state_folder()
    async with a_city(ground, folder, first={service: {"passed": str(file)} for service, file in passed.items()}) as city:
        writers = Writers(city, random.Random(7))
        writers.pas, writers.people = writers.pas[:4], writers.people[:4]
        await writers.story()
        assert (await city_judge.settled(city, 150))[1] == []  # what came before its cause is tried again after a minute
        day = Day(city, passed)
        for service in SERVICES:
            day.twins[service], _, against = await day.relived(service, [])
            assert against == []
        wanted = [
            (service, ends) for service in SERVICES
            for ends in points.dealt(own_points(passed[service], service, within=WITHIN), LENGTH)
        ]
        against, never = await until_all_came(partial(ended_at, day), wanted, AT_ONCE)
        against += [
            f"it never came there: {service} at {end}" for service, [end] in never
            if not end.removeprefix("commit after ").startswith(MAY_NOT_COME)
        ]
    print(f"\n{sum(len(ends) for _, ends in wanted)} ends, {len(against)} complaints")

    assert against[:10] == []
