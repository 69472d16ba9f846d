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
from tests.faults.world import Ground, several
from tests.faults.writers import Writers

AT_ONCE = 8
WITHIN = bool(os.environ.get("WITHIN"))
MAY_NOT_COME = (
    "matcher.some_plans", "matcher.stays_due", "notifier.in_doubt", "http.GET", "notifier.hold_message", "notifier.look_",
    "notifier.keep_receipt", "notifier.digest_due",
)
"""What one day brings and another does not, as it hangs on moments: a list asked for while profiles come, an answer that was
late, a receipt that found its message. Where it comes, it is tried."""


async def ended_at(day: Day, service: str, point: str) -> list[str]:
    began = time.monotonic()
    held, codes, against = await day.relived(service, point)
    if points.CRASHED not in codes and not point.removeprefix("commit after ").startswith(MAY_NOT_COME):
        against.append(f"it never came there: {codes}")
    if held != day.twins[service]:
        against.append(f"it came to something else: {set(held) ^ set(day.twins[service])}"[:300])
    print(f"{time.monotonic() - began:6.1f} s  {service} {point} {against[:2]}", flush=True)
    return [f"{service} at {point}: {what}" for what in against]


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
            day.twins[service], _, against = await day.relived(service, None)
            assert against == []
        works = [
            partial(ended_at, day, service, point)
            for service in SERVICES for point in own_points(passed[service], service, within=WITHIN)
        ]
        print(f"{len(works)} ends to try", flush=True)
        against = [what for said in await several(works, AT_ONCE) for what in said]
    print(f"\n{len(works)} ends, {len(against)} complaints")

    assert against[:10] == []
