"""What the matcher keeps of the register in memory is what the table holds, whoever writes it and whatever happens to it."""
import asyncio
import random
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.matcher.domain.kernel.index import Moment
from services.matcher.domain.kernel.listing import everybody
from services.matcher.domain.profile import Looking, ProfileId
from services.matcher.ports import Profiles
from services.matcher.store import Store
from services.matcher.store.statements import sql
from services.matcher.subscribers import known, plan_from, profile_from
from tests.integration.matcher.conftest import Matcher, plan, profile
from tests.integration.matcher.test_lists import revised
from tests.unit.matcher.a_match import DAY

People = dict[UUID, int]
"""Who is shown, and as of which revision."""


class Undone(Exception):
    """A work that was not to be."""


async def seen(store: Store, council: str) -> tuple[int, People, int, People]:
    """As profiles and as columns, each with its moment."""
    async with store.begin() as work:
        register = await work.profiles.register(council)
        indexed = await work.profiles.index(council, known())
        profiles: People = {one.profile_id: one.revision for one in register.profiles}
        return register.clock, profiles, indexed.clock, ranked(council, indexed.moment)


def ranked(council: str, moment: Moment) -> People:
    return {one.profile_id: one.profile_revision for one in everybody(moment.rank(plan_from(plan(council)), DAY))}


async def held(store: Store, council: str, clock: int) -> People:
    """By the record of what was put when, which is written apart."""
    async with store.begin() as work:
        return {one.profile_id: one.revision for one in await work.history.register(council, clock) if one.shown}


async def same(store: Store, council: str) -> People:
    """What is in memory now, which is what the table holds."""
    _, profiles, _, columns = await seen(store, council)
    async with store.database.transaction() as connection:
        rows = await connection.fetch("SELECT profile_id, revision FROM profile WHERE council = $1 AND shown", council)
    assert profiles == columns == {row["profile_id"]: row["revision"] for row in rows}
    return columns


@pytest.mark.timeout(300)
async def test_writers_race_rankings_and_each_ranking_is_of_the_moment_it_names(matcher: Matcher, council: str) -> None:
    dice, ids = random.Random(5), [ProfileId(uuid4()) for _ in range(12)]
    pa = profile_from(profile(council))
    stores = [matcher.store, Store(matcher.database)]
    writing, looked = True, 0

    async def write(number: int) -> None:
        for turn in range(25):
            try:
                async with matcher.store.begin() as work:
                    for who in dice.sample(ids, dice.randint(1, 3)):
                        await change(work.profiles, who, number * 1000 + turn)
                        await asyncio.sleep(dice.random() / 200)
                    if dice.random() < 0.25:
                        raise Undone
            except Undone:
                pass

    async def change(profiles: Profiles, who: ProfileId, revision: int) -> None:
        if dice.random() < 0.2:
            await profiles.drop(council, who, revision)
        else:
            state = dice.choice([Looking.LOOKING, Looking.LOOKING, Looking.PAUSED])
            await profiles.put(replace(pa, profile_id=who, revision=revision, state=state))

    async def read(store: Store) -> None:
        nonlocal looked
        before = 0
        while writing:
            clock, profiles, later, columns = await seen(store, council)
            assert before <= clock <= later, "a reader never goes back"
            assert (profiles, columns) == (await held(store, council, clock), await held(store, council, later))
            before, looked = later, looked + 1

    readers = [asyncio.create_task(read(store)) for store in (*stores, *stores)]
    try:
        await asyncio.gather(*(write(number) for number in range(1, 4)))
    finally:
        writing = False
        await asyncio.gather(*readers)

    assert looked >= 10
    for store in stores:
        assert await same(store, council) == await held(store, council, 10**9)


async def test_a_ranking_reads_only_who_changed(matcher: Matcher, council: str) -> None:
    pas = [profile(council) for _ in range(30)]
    await matcher.hear(*pas)
    (clock, *_) = await seen(matcher.store, council)

    async def rows() -> list[UUID | None]:
        async with matcher.database.transaction() as connection:
            era = await connection.fetchval("SELECT era FROM index_clock WHERE council = $1", council)
            return [row["profile_id"] for row in await connection.fetch(sql.changed_profiles, council, clock, era)]

    assert await rows() == [None]
    await matcher.hear(revised(pas[3]), profile(f"{council}-too"))
    assert await rows() == [pas[3].profile_id]
    assert (await same(matcher.store, council))[pas[3].profile_id] == 2


async def test_what_is_undone_was_never_in_memory(matcher: Matcher, council: str) -> None:
    pa, never = profile(council), profile(council)
    await matcher.hear(pa)
    await same(matcher.store, council)

    with pytest.raises(Undone):
        async with matcher.store.begin() as work:
            await work.profiles.put(profile_from(never))
            own = ranked(council, (await work.profiles.index(council, known())).moment)
            assert own.keys() == {pa.profile_id, never.profile_id}, "whoever writes sees what they wrote"
            raise Undone

    assert (await same(matcher.store, council)).keys() == {pa.profile_id}
    other = profile(council)
    await matcher.hear(other)
    assert (await same(matcher.store, council)).keys() == {pa.profile_id, other.profile_id}, "with the number that was undone"


@pytest.mark.parametrize(
    "meddling",
    [
        "DELETE FROM profile WHERE profile_id = $1",
        "UPDATE profile SET revision = 77 WHERE profile_id = $1",
        "UPDATE profile SET shown = false WHERE profile_id = $1",
        "UPDATE index_clock SET at = 1 WHERE $1::uuid IS NOT NULL",
    ],
)
async def test_whoever_meddles_with_the_table_is_noticed(matcher: Matcher, council: str, meddling: str) -> None:
    pas = [profile(council) for _ in range(4)]
    await matcher.hear(*pas)
    await same(matcher.store, council)

    async with matcher.database.transaction() as connection:
        await connection.execute(meddling, pas[1].profile_id)
    await same_but_for_the_facets(matcher, council)

    await matcher.hear(revised(pas[0]), profile(council))
    await same_but_for_the_facets(matcher, council)


async def same_but_for_the_facets(matcher: Matcher, council: str) -> None:
    """A number changed by hand stands in the row, not in its facets; who is shown is what counts."""
    _, profiles, _, columns = await seen(matcher.store, council)
    async with matcher.database.transaction() as connection:
        rows = await connection.fetch("SELECT profile_id FROM profile WHERE council = $1 AND shown", council)
    assert profiles.keys() == columns.keys() == {row["profile_id"] for row in rows}


async def test_a_table_that_was_emptied_is_noticed(matcher: Matcher, council: str) -> None:
    await matcher.hear(profile(council), profile(council))
    await same(matcher.store, council)

    async with matcher.database.transaction() as connection:
        await connection.execute("DELETE FROM profile")
        await connection.execute("DELETE FROM index_clock")
    assert await same(matcher.store, council) == {}

    newcomer = profile(council)
    await matcher.hear(newcomer)
    assert (await same(matcher.store, council)).keys() == {newcomer.profile_id}
