"""What was begun while a machine's clock was an hour ahead goes on at once, not an hour later; and a build that believes its
machine is noticed."""
import asyncio
from pathlib import Path

import pytest

from tests.faults import clocks
from tests.faults.bureau import Bureau, a_bureau
from tests.faults.world import Ground, until

CLAIMED = "commit after notifier.translation_edition:after"
"""The writer has a message in hand, and wrote down when another may take it up should this one die."""
AHEAD = 3600  # seconds
LONG_ENOUGH = 25  # seconds: a claim here ends after five


@pytest.mark.skipif(not clocks.LIBRARIES, reason=clocks.MISSING)  # .ci/run installs it
@pytest.mark.timeout(240)
async def test_a_writer_that_died_under_a_wrong_clock_keeps_nobody_waiting(ground: Ground, logs: Path) -> None:
    async with a_bureau(ground, logs) as right, a_bureau(ground, logs) as broken:
        ground.nursery.clock.shows(AHEAD)
        try:
            await asyncio.gather(died_with_a_message(right, []), died_with_a_message(broken, ["own_clock"]))
        finally:
            ground.nursery.clock.shows(0)
        await right.start("2", [])
        await broken.start("2", ["own_clock"])
        taken = await asyncio.gather(*(bureau.taken_for_everybody(within=LONG_ENOUGH) for bureau in (right, broken)))
        against = await right.against() + await broken.against()

    assert (taken, against) == ([True, False], [])


async def died_with_a_message(bureau: Bureau, broken: list[str]) -> None:
    await bureau.tell_everybody(await bureau.start("1", broken, at=CLAIMED), 1)

    async def ended() -> bool:
        return bool(bureau.running[0].codes)

    await until(ended)
    await bureau.running[0].stop()  # or another life, under the same wrong clock, would take it up
