"""The harness can fail: each build broken on purpose is noticed, and the right build goes through the same troubles clean."""
import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.faults.small import sql
from tests.faults.telling_again import tell
from tests.faults.world import Ground, World, a_world, open_to, several, until

SETTLES_WITHIN = 40
ENDS_WITHIN = 80
Trouble = Callable[[World, dict[str, Any], dict[str, Any]], Awaitable[list[str]]]
"""Lives through one trouble; the last two are what the teller and the reader are started with."""


async def settle(world: World, within: float = SETTLES_WITHIN) -> list[str]:
    settled = await world.settled(within)
    return [*await world.complaints(), *([] if settled else await world.unsettled())]


async def without_its_database(world: World, teller: dict[str, Any], reader: dict[str, Any]) -> list[str]:
    """The reader's database lets nobody in for some seconds, twice, while events come."""
    world.start("teller", **teller)
    world.start("reader", **reader)
    name = f"reader_{world.name}"
    for _ in range(2):
        await heard_something(world)
        await world.ground.as_admin(
            f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        await asyncio.sleep(3)
        await world.ground.as_admin(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        await asyncio.sleep(1)
    return await settle(world)


async def heard_something(world: World) -> None:
    async with open_to(world.urls["reader"]) as reader:
        await until(lambda: reader.fetch(sql.applied, world.telling.council))


async def slow_writers(world: World, teller: dict[str, Any], reader: dict[str, Any]) -> list[str]:
    """Many write at once, and some commit late."""
    world.start("teller", **teller)
    world.start("reader", **reader)
    return await settle(world)


async def out_of_order_and_again(world: World, teller: dict[str, Any], reader: dict[str, Any]) -> list[str]:
    """Everything comes shuffled and several times; what is set aside is skipped; then all of history comes three times."""
    dice = random.Random(world.name)
    world.start("teller", **{**teller, "broken": ["mute"]})
    await all_written(world)
    await tell(world, dice, times=3)
    world.start("reader", **reader)
    await asyncio.sleep(2)
    await world.running.pop("teller").stop()
    world.start("teller", **teller)  # now in order, and with its voice
    against = await settle(world)
    async with open_to(world.urls["reader"]) as open_reader:
        await open_reader.execute(sql.skip_all, world.telling.council)
        before = await open_reader.fetch(sql.applied, world.telling.council)
        for _ in range(3):
            await tell(world, dice, shuffled=False)
        await asyncio.sleep(3)
        after = await open_reader.fetch(sql.applied, world.telling.council)
        aside = await open_reader.fetch(sql.set_aside, world.telling.council)
    against += [f"set aside again: {row['key']}" for row in aside]
    return [*against, *([] if before == after else ["a replay did something"])]


async def all_written(world: World) -> None:
    async with open_to(world.urls["teller"]) as teller:
        await until(lambda: has_all(teller, world))


async def has_all(teller: asyncpg.Connection, world: World) -> bool:
    return len(await teller.fetch(sql.told, world.telling.council)) >= world.telling.facts


async def dies_in_a_batch(world: World, teller: dict[str, Any], reader: dict[str, Any]) -> list[str]:
    """The reader ends in the middle of what it was given at once."""
    world.start("teller", **teller)
    await all_written(world)
    world.start("reader", first={"at": "faults.apply:after:5"}, **reader)
    return await settle(world)


@dataclass(frozen=True)
class Build:
    trouble: Trouble
    teller: tuple[str, ...] = ()
    reader: tuple[str, ...] = ()
    telling: dict[str, Any] = field(default_factory=dict)


LONG = {"keys": 6, "revisions": 12, "pause": 0.25}
SLOW = {"keys": 16, "revisions": 8, "writers": 16, "hold": 0.08}
BROKEN = {
    "ack_first": Build(without_its_database, reader=("ack_first",), telling=LONG),
    "cursor_relay": Build(slow_writers, teller=("cursor_relay",), telling=SLOW),
    "no_inbox": Build(out_of_order_and_again, reader=("no_inbox",)),
    "no_version_check": Build(out_of_order_and_again, reader=("no_version_check",)),
    "offset_first": Build(dies_in_a_batch, reader=("offset_first",)),
}


async def judge(ground: Ground, logs: Path, build: Build, *, broken: bool) -> list[str]:
    async with a_world(ground, logs, **{"keys": 8, "revisions": 6, **build.telling}) as world:
        teller, reader = ({"broken": list(names) if broken else []} for names in (build.teller, build.reader))
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                against = await build.trouble(world, teller, reader)
        except TimeoutError:
            against = ["it came to no end"]
    how = "broken" if broken else "right"
    print(f"{build.trouble.__name__:<26} {how:<7} {len(against):>4} complaints  {against[:1]}", flush=True)
    return against


@pytest.mark.timeout(300)
async def test_each_broken_build_is_noticed_and_the_right_one_is_not(ground: Ground, logs: Path) -> None:
    wanted = [(name, build, broken) for name, build in BROKEN.items() for broken in (True, False)]
    found = await several([partial(judge, ground, logs, build, broken=broken) for _, build, broken in wanted], at_once=5)
    said = {(name, broken): against for (name, _, broken), against in zip(wanted, found, strict=True)}
    assert [name for (name, broken), against in said.items() if broken and not against] == []
    assert {name: against[:3] for (name, broken), against in said.items() if not broken and against} == {}
