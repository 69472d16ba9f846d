"""What was begun while a machine's clock was an hour ahead goes on at once, not an hour later; and a build that believes its
machine is noticed."""
from pathlib import Path

import pytest

from tests.faults import clocks
from tests.faults.bureau import Bureau, a_bureau
from tests.faults.world import Ground, until

CLAIMED = "commit after notifier.translation_edition:after"
"""The writer has a message in hand, and wrote down when another may take it up should this one die."""
AHEAD = 3600  # seconds
LONG_ENOUGH = 30  # seconds: a claim here ends after five


@pytest.mark.skipif(not clocks.LIBRARIES, reason=clocks.MISSING)
@pytest.mark.timeout(240)
@pytest.mark.parametrize("broken", [[], ["own_clock"]], ids=["right", "broken"])
async def test_a_writer_that_died_under_a_wrong_clock_keeps_nobody_waiting(broken: list[str], ground: Ground, logs: Path) -> None:
    async with a_bureau(ground, logs) as bureau:
        ground.nursery.clock.shows(AHEAD)
        try:
            url = await bureau.start("1", broken, at=CLAIMED)
            await bureau.tell_everybody(url, 1)
            await until(lambda: ended(bureau))
        finally:
            ground.nursery.clock.shows(0)
        told = await bureau.taken_for_everybody(within=LONG_ENOUGH)
        against = await bureau.against()

    assert (told, against) == (not broken, [])


async def ended(bureau: Bureau) -> bool:
    """The first life; the second begins at once."""
    return bool(bureau.running[0].codes)
