"""A process ends at every boundary it has, on either side of it; begun again, it makes everything good."""
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from shared.messaging.statements import sql
from tests.faults import points
from tests.faults.world import Ground, a_world, several

AT_ONCE = 16
SMALL = {"keys": 6, "revisions": 4, "pause": 0.1}
SETTLES_WITHIN = 90
NOT_REACHED_BY_THESE_TWO: dict[str, str] = {}


async def recorded(ground: Ground, logs: Path) -> dict[str, Counter[str]]:
    """What each of the two passes in a quiet life."""
    files = {role: logs / f"{role}.points" for role in ("teller", "reader")}
    async with a_world(ground, logs, **SMALL) as world:
        for role, file in files.items():
            world.start(role, first={"passed": str(file)})
        assert await world.settled(SETTLES_WITHIN)
        assert await world.complaints() == []
    return {role: points.passed_in(file) for role, file in files.items()}


async def ended_at(ground: Ground, logs: Path, role: str, point: str) -> list[str]:
    """What can be said against a life in which `role` ended there once."""
    other = {"teller": "reader", "reader": "teller"}[role]
    began = time.monotonic()
    async with a_world(ground, logs, **SMALL) as world:
        world.start(other)
        world.start(role, first={"at": point})
        settled = await world.settled(SETTLES_WITHIN)
        against = await world.complaints()
        if points.CRASHED not in world.running[role].codes:
            against.append(f"it never came there: {world.running[role].codes}")
        print(f"{time.monotonic() - began:6.1f} s  {role} {point} {len(against)} {against[:2]}", flush=True)
        return [f"{role} at {point}: {what}" for what in [*against, *([] if settled else await world.unsettled())]]


@pytest.mark.timeout(600)
async def test_an_end_at_any_boundary_loses_nothing_and_does_nothing_twice(ground: Ground, logs: Path) -> None:
    seen = await recorded(ground, logs)

    assert [point for passed in seen.values() for point in passed if points.UNNAMED in point] == []
    works = [
        partial(ended_at, ground, logs, role, f"{point}:{1 if times < 6 else 2}")
        for role, passed in seen.items() for point, times in sorted(passed.items())
    ]
    against = [what for said in await several(works, AT_ONCE) for what in said]
    print(f"\n{len(works)} ends, {len(against)} complaints")
    assert against[:10] == []


def test_every_statement_of_messaging_is_passed_or_excused() -> None:
    assert NOT_REACHED_BY_THESE_TWO.keys() <= vars(sql).keys()
