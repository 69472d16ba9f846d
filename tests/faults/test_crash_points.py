"""A process ends at every boundary it has, on either side of it; begun again, it makes everything good."""
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from shared.messaging.outbox import PostgresOutbox
from shared.messaging.statements import sql as sql_of_messaging
from shared.runtime.postgres import Database
from tests.faults import points
from tests.faults.small import key_of, occurrence_of, sql
from tests.faults.world import Ground, World, a_world, open_to, until, until_all_came

AT_ONCE = 4
WITHIN = bool(os.environ.get("WITHIN"))
SMALL = {"keys": 6, "revisions": 3, "pause": 0.1}
LONG = {"keys": 6, "revisions": 8, "pause": 0.3}
SETTLES_WITHIN = 90
COMES_WITHIN = 20
COMES_AMONG_OTHERS_WITHIN = 8
ROLES = ("teller", "reader")
ON_PURPOSE = ("twice", "order")
"""A state that was forgotten is applied anew: that is what was asked for."""
BY_HAND = "asked for by a person over HTTP, a transaction for each request: nothing is half done"
NOT_PASSED = {
    **dict.fromkeys((
        "decisions_about", "export_parked", "goes_first", "hold_key_of_parked", "leave_out", "list_parked", "list_reconciled",
        "open_ask", "parked_now", "show_parked", "write_decision",
    ), BY_HAND),
    **dict.fromkeys(("begin_timeline", "tell_states_on_timeline", "tell_occurrences_again"), "`restored`, one transaction before "
                    "the service starts, begun again by whoever runs it: tests/integration/messaging/test_restoring.py"),
    "count_attempt": "only on the way back from an end, so every end is followed by it",
    "tell_again": "an event too large for the broker, tried again: tests/integration/messaging/test_poison.py",
    "refile_parked": "an event that became readable by a newer release: tests/integration/messaging/test_poison.py",
    **dict.fromkeys(("begin_erasing", "done_erasing", "empty_parked", "empty_skipped", "erased_among", "erased_at",
                     "erasings_under_way", "is_erased", "set_aside_with_words"),
                    "only where there are people to erase: tests/integration/messaging/test_erasing.py"),
    "look_later": "only of a key that is late but not lost, in the transaction of `look_at_adrift`",
    "oldest_pending": "the watch asks for it when something is stuck: tests/integration/messaging/test_watch.py",
}
"""Statements that neither life comes to, and why that is no loss."""


Life = Callable[[World, dict[str, dict[str, Any]]], Awaitable[None]]
"""`more`: how each role is started, beside what is the same for all."""


async def quiet(world: World, more: dict[str, dict[str, Any]]) -> None:
    """Everything is told and heard; some of it is set aside and tried again."""
    for role in ROLES:
        world.start(role, **more.get(role, {}))


async def mended(world: World, more: dict[str, dict[str, Any]]) -> None:
    """An event is lost on the way, and the reader forgets a state: both are noticed, asked for and told again."""
    for role in ROLES:
        world.start(role, hurry=True, **more.get(role, {}))
    assert await world.settled(SETTLES_WITHIN)
    database = Database(world.urls["teller"], name="saboteur")
    await database.open()
    async with database.transaction() as connection:
        for revision in (1, 2):
            await PostgresOutbox(connection).append(occurrence_of(world.telling, world.telling.keys, revision))
        await connection.execute(sql.lose_one, str(key_of(world.telling, "occurrence", world.telling.keys)))
    await database.close()
    assert await world.settled(SETTLES_WITHIN)
    async with open_to(world.urls["reader"]) as reader:
        key = await reader.fetchval(sql.damage_one, world.telling.council)
        await until(lambda: reader.fetchval(sql.is_mended, world.telling.council, key), within=SETTLES_WITHIN)


async def recorded(ground: Ground, logs: Path, life: Life) -> dict[str, Counter[str]]:
    """What each of the two passes when nothing ends."""
    files = {role: logs / f"{life.__name__}-{role}.points" for role in ROLES}
    async with a_world(ground, logs, **SMALL) as world:
        await life(world, {role: {"first": {"passed": str(file)}} for role, file in files.items()})
        assert await world.settled(SETTLES_WITHIN), await world.unsettled()
        assert life is mended or await world.complaints() == []
    return {role: points.passed_in(file) for role, file in files.items()}


BY_CHANCE = "it stopped the service each time"
"""Several ends had the same event in hand, and so it was rightly set aside until somebody decides: each is tried alone."""
LENGTH: dict[Life, int] = {quiet: 9, mended: 8}
"""How many ends one process comes to in such a life."""
Ends = tuple[Life, str, list[str]]
"""In which life which role ends where."""


async def ended_at(ground: Ground, logs: Path, life: Life, role: str, ends: list[str]) -> tuple[list[str], list[Ends]]:
    """What can be said against a life in which `role` ended there, and those ends that did not come."""
    began, alone = time.monotonic(), len(ends) == 1
    async with a_world(ground, logs, **(SMALL if alone else LONG)) as world:
        try:
            await life(world, {role: {"ends": ends}})
            settled = await world.settled(SETTLES_WITHIN)  # some are passed just after, as when a key that was held is let go
            await world.running[role].all_ends(COMES_WITHIN if alone else COMES_AMONG_OTHERS_WITHIN)
            settled = settled and await world.settled(SETTLES_WITHIN)
        except (TimeoutError, AssertionError):
            settled = False
        against = [what for what in await world.complaints() if life is quiet or not what.startswith(ON_PURPOSE)]
        unsettled = [] if settled else await world.unsettled()
        came, codes = world.running[role].came, world.running[role].codes
    never = [end for end in ends if end not in came]
    if not alone and any(BY_CHANCE in what for what in unsettled):
        never, unsettled = ends, []
    against += unsettled
    print(f"{time.monotonic() - began:6.1f} s  {role} {', '.join(came)} {against[:2]} {codes}", flush=True)
    return [f"{role} at {ends}: {what}" for what in against], [(life, role, [end]) for end in never]


@pytest.mark.timeout(900)
async def test_an_end_at_any_boundary_loses_nothing_and_does_nothing_twice(ground: Ground, logs: Path) -> None:
    seen = {life: await recorded(ground, logs, life) for life in (quiet, mended)}
    passed = {point.rpartition(":")[0] for life in seen.values() for role in life.values() for point in role}
    statements = {f"messaging.{name}" for name in vars(sql_of_messaging)}

    assert [point for point in passed if points.UNNAMED in point] == []
    assert sorted(statements - passed - {f"messaging.{name}" for name in NOT_PASSED}) == []
    wanted = [
        (life, role, ends)
        for life, length in LENGTH.items() for role in ROLES for ends in points.dealt(worth_trying(seen, life, role), length)
    ]
    against, never = await until_all_came(partial(ended_at, ground, logs), wanted, AT_ONCE)
    against += [f"it never came there: {role} at {ends}" for _, role, ends in never]
    print(f"\n{sum(len(ends) for _, _, ends in wanted)} ends, {len(against)} complaints")
    assert against[:10] == []


def worth_trying(seen: dict[Life, dict[str, Counter[str]]], life: Life, role: str) -> list[str]:
    """Of the second life only what the first does not come to."""
    here, before = seen[life][role], seen[quiet][role] if life is mended else Counter()
    only_here = [point for point in here if point not in before]
    return [f"{point}:{1 if here[point] < 6 else 2}" for point in points.worth_trying(only_here, within=WITHIN)]
