"""A matcher that starts reads its index from blocks and only then what changed; whatever is not right about them is read anew."""
import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.matcher.app import Keeper
from services.matcher.domain.kernel.index import Moment
from services.matcher.store import Store
from services.matcher.subscribers import known, plan_from, today
from shared.contracts import Event
from tests.integration.matcher.conftest import Matcher, plan, profile

SOMALI = {"languages": [{"tag": "so", "spoken": "fluent"}], "practices": [{"code": "removes_shoes", "has": True}]}


def people(council: str, count: int) -> list[Event]:
    return [
        profile(council, profile_id=UUID(int=nth + 1), least_rate=1300 + nth, **(SOMALI if nth % 2 else {}))
        for nth in range(count)
    ]


async def started(matcher: Matcher, council: str) -> tuple[Store, list[UUID], Moment]:
    """A new process: its store, the profiles it had to read, and the index it has then."""
    store, read = Store(matcher.database), list[UUID]()
    store.indexes.decode = lambda facets: _noted(read, facets, matcher)
    async with store.begin() as work:
        return store, read, (await work.profiles.index(council, known())).moment


def _noted(read: list[UUID], facets: bytes, matcher: Matcher) -> Any:
    found = matcher.store.indexes.decode(facets)
    read.append(found.profile_id)
    return found


async def kept(matcher: Matcher, council: str) -> int:
    async with matcher.store.begin() as work:
        return await work.profiles.keep_index(council, known())


async def from_rows(matcher: Matcher, council: str) -> Moment:
    async with matcher.database.transaction() as connection:
        await connection.execute("DELETE FROM index_block")
        await connection.execute("UPDATE index_cover SET cover = NULL")
    return (await started(matcher, council))[2]


def same(council: str, one: Moment, other: Moment) -> None:
    wanted = plan_from(plan(council))
    for day in (today(), today().replace(day=1)):
        assert one.rank(wanted, day).placements() == other.rank(wanted, day).placements()
    assert len(one.rank(wanted, today()).placements()) == len(one.index)


async def blocks(matcher: Matcher, council: str) -> list[bytes]:
    async with matcher.database.transaction() as connection:
        rows = await connection.fetch("SELECT body FROM index_block WHERE council = $1 ORDER BY nth", council)
    return [row["body"] for row in rows]


async def spoil(matcher: Matcher, statement: str, *arguments: object) -> None:
    async with matcher.database.transaction() as connection:
        assert (await connection.execute(statement, *arguments)).split()[-1] != "0"


async def test_who_starts_reads_the_blocks_and_only_those_who_changed_since(matcher: Matcher, council: str) -> None:
    await matcher.hear(*people(council, 12))
    assert await kept(matcher, council) == 2
    changed, came, paused = UUID(int=3), uuid4(), UUID(int=5)
    await matcher.hear(
        profile(council, profile_id=changed, revision=2, least_rate=1400), profile(council, profile_id=came),
        profile(council, profile_id=paused, revision=2, state="paused"),
    )

    _, read, moment = await started(matcher, council)

    assert set(read) == {changed, came}
    assert len(moment.index) == 12
    same(council, moment, await from_rows(matcher, council))


async def test_nothing_is_read_where_nothing_changed_and_nothing_is_kept_twice(matcher: Matcher, council: str) -> None:
    await matcher.hear(*people(council, 5))
    await kept(matcher, council)

    _, read, moment = await started(matcher, council)

    assert not read
    assert len(moment.index) == 5
    assert await kept(matcher, council) == 0


@pytest.mark.parametrize("what", ["a bit", "a block", "the cover", "another council's", "an older block", "a longer block"])
async def test_blocks_that_are_not_right_are_thrown_away_whole(matcher: Matcher, council: str, what: str) -> None:
    other = f"{council}-other"
    await matcher.hear(*people(council, 6), *(replaced_council(one, other) for one in people(council, 6)))
    await kept(matcher, council)
    await kept(matcher, other)
    old = await blocks(matcher, council)
    match what:
        case "a bit":
            other_bit = "UPDATE index_block SET body = set_bit(body, 999, 1 - get_bit(body, 999)) WHERE council = $1 AND nth = 0"
            await spoil(matcher, other_bit, council)
        case "a block":
            await spoil(matcher, "DELETE FROM index_block WHERE council = $1 AND nth = 0", council)
        case "the cover":
            await spoil(matcher, "UPDATE index_cover SET cover = substr(cover, 1, 40) WHERE council = $1", council)
        case "another council's":
            theirs = "UPDATE index_cover SET cover = (SELECT cover FROM index_cover WHERE council = $2) WHERE council = $1"
            await spoil(matcher, theirs, council, other)
        case "an older block":
            await matcher.hear(profile(council, profile_id=UUID(int=1), revision=2))
            await kept(matcher, council)
            await spoil(matcher, "UPDATE index_block SET body = $2 WHERE council = $1 AND nth = 0", council, old[0])
        case "a longer block":
            await spoil(matcher, "UPDATE index_block SET body = body || 'x' WHERE council = $1 AND nth = 0", council)

    _, read, moment = await started(matcher, council)

    assert len(read) == 6
    assert await blocks(matcher, council) == []
    same(council, moment, await from_rows(matcher, council))


def replaced_council(event: Event, council: str) -> Event:
    return event.model_copy(update={"council": council})


async def test_a_row_that_somebody_changed_by_hand_makes_all_blocks_wrong(matcher: Matcher, council: str) -> None:
    await matcher.hear(*people(council, 4))
    await kept(matcher, council)
    await spoil(matcher, "UPDATE profile SET revision = 7 WHERE council = $1 AND profile_id = $2", council, UUID(int=2))

    _, read, _ = await started(matcher, council)

    assert len(read) == 4
    assert await blocks(matcher, council) == []


async def test_blocks_of_other_revisions_than_the_profiles_are_thrown_away(matcher: Matcher, council: str) -> None:
    """Even where the clock knows nothing of it."""
    await matcher.hear(*people(council, 4))
    await kept(matcher, council)
    unseen = "UPDATE profile SET revision = 7, changed = 0 WHERE council = $1 AND profile_id = $2"
    await spoil(matcher, unseen, council, UUID(int=2))

    _, read, _ = await started(matcher, council)

    assert len(read) == 4


async def test_who_ends_in_the_middle_of_writing_leaves_the_old_blocks_or_none(
    matcher: Matcher, council: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await matcher.hear(*people(council, 4))
    for before in (False, True):
        if before:
            await kept(matcher, council)
        old = await blocks(matcher, council)
        await matcher.hear(profile(council, profile_id=UUID(int=2), revision=2 + before, least_rate=1600))
        with monkeypatch.context() as patch:
            patch.setattr("services.matcher.store.blocks.Folding.cover", gone)
            with pytest.raises(ConnectionError):
                await kept(matcher, council)

        assert await blocks(matcher, council) == old
        _, read, moment = await started(matcher, council)
        assert len(read) == (1 if before else 4)
        same(council, moment, (await started(matcher, council))[2])


def gone(_: object) -> bytes:
    raise ConnectionError


async def test_profiles_change_while_blocks_are_written(matcher: Matcher, council: str) -> None:
    await matcher.hear(*people(council, 9))

    async def change() -> None:
        for nth in range(30):
            await matcher.hear(profile(council, profile_id=UUID(int=nth % 9 + 1), revision=nth + 2, least_rate=1300 + nth))
            await matcher.rank()

    changing = asyncio.ensure_future(change())
    await matcher.hear(plan(council))
    pieces = 0
    while not changing.done():
        pieces += await kept(matcher, council)
        await asyncio.sleep(0)
    await changing

    _, read, moment = await started(matcher, council)

    assert pieces > 2
    assert len(read) < 9
    same(council, moment, await from_rows(matcher, council))


async def test_two_processes_keep_one_after_the_other(matcher: Matcher, council: str) -> None:
    await matcher.hear(*people(council, 5))
    other, _, _ = await started(matcher, council)

    async def keep(store: Store) -> int:
        async with store.begin() as work:
            return await work.profiles.keep_index(council, known())

    assert sorted(await asyncio.gather(keep(matcher.store), keep(other))) == [0, 2]
    assert (await started(matcher, council))[1] == []


@pytest.mark.parametrize("how", ["left", "took something back"])
async def test_nothing_of_somebody_who_left_or_took_something_back_stays_in_blocks(
    matcher: Matcher, council: str, how: str
) -> None:
    pa = profile(council, faith="muslim")
    await matcher.hear(*people(council, 3), pa)
    await kept(matcher, council)

    more = {"state": "gone"} if how == "left" else {}
    await matcher.hear(profile(council, profile_id=pa.profile_id, revision=2, **more))

    assert await blocks(matcher, council) == []
    await kept(matcher, council)
    assert (pa.profile_id.bytes in b"".join(await blocks(matcher, council))) == (how != "left")


async def test_who_leaves_while_blocks_are_written_is_not_in_them(matcher: Matcher, council: str) -> None:
    pa = profile(council)
    await matcher.hear(*people(council, 3), pa)

    async with matcher.store.begin() as work:
        await work.profiles.keep_index(council, known())
        leaving = asyncio.ensure_future(matcher.hear(profile(council, profile_id=pa.profile_id, revision=2, state="gone")))
        await asyncio.sleep(0.3)
        assert not leaving.done()
    await leaving

    assert await blocks(matcher, council) == []


async def test_a_service_that_is_stopped_keeps_its_indexes(matcher: Matcher, council: str) -> None:
    await matcher.hear(*people(council, 5), plan(council))
    await matcher.rank()
    keeping = asyncio.ensure_future(Keeper(matcher.store).run())
    await asyncio.sleep(0)

    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping

    _, read, moment = await started(matcher, council)
    assert not read
    assert len(moment.index) == 5


async def test_an_index_is_kept_when_enough_has_changed(matcher: Matcher, council: str) -> None:
    await matcher.hear(plan(council), *people(council, 60))
    await matcher.rank()
    keeper = Keeper(matcher.store)
    await keeper.keep()
    first = await blocks(matcher, council)
    assert first

    await matcher.hear(profile(council, profile_id=UUID(int=1), revision=2, least_rate=1500))
    await matcher.rank()
    await keeper.keep()
    assert await blocks(matcher, council) == first

    await matcher.hear(profile(council, profile_id=UUID(int=2), revision=2, least_rate=1501))
    await matcher.rank()
    await keeper.keep()
    assert await blocks(matcher, council) != first
