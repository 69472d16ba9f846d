"""Lists follow changes over a real broker: only those a change touches are ranked, and only what means something new is told."""
from datetime import timedelta

import pytest

from tests.integration.matcher.conftest import plan, profile
from tests.integration.matcher.wire import Wire

pytestmark = [pytest.mark.usefixtures("empty_broker"), pytest.mark.timeout(400)]

SOMALI, POLISH = ({"languages": [{"tag": tag, "spoken": "mother_tongue"}]} for tag in ("so", "pl"))


async def test_only_the_plans_a_profile_can_touch_are_ranked_and_told(wire: Wire, council: str) -> None:
    pa, other = profile(council, **SOMALI), profile(council, **SOMALI)
    asks_language = plan(council, wishes=[{"criterion": "language", "strength": "must", "values": ["so"]}], fixed="0" * 168)
    asks_times = plan(council, wishes=[{"criterion": "times", "strength": "must"}])
    blocked = plan(council, blocked=[pa.profile_id])
    elsewhere = plan(f"{council}-too")
    paused = plan(council, state="paused")
    await wire.tell(pa, other)
    await wire.settled(council)
    await wire.tell(asks_language, asks_times, blocked, elsewhere, paused)
    await wire.settled(elsewhere.council)
    before = await wire.settled(council)

    await wire.tell(pa.model_copy(update={"revision": 2, "languages": profile(council, **POLISH).languages}))
    after = await wire.settled(council)

    plans = {asks_language.plan_id, asks_times.plan_id, blocked.plan_id, elsewhere.plan_id}
    assert before.keys() == plans, "a paused plan has no list"
    assert {one for one in plans if after[one] != before[one]} == {asks_language.plan_id}
    assert [(one["revision"], one["lost"]) for one in wire.of(asks_language.plan_id)] == [(1, 0), (2, 1)]
    assert [len(wire.of(one)) for one in (asks_times.plan_id, blocked.plan_id, elsewhere.plan_id)] == [1, 1, 1]


async def test_nothing_is_told_where_nobody_would_notice_a_difference(wire: Wire, council: str) -> None:
    pa, wanted = profile(council, **SOMALI), plan(council)
    await wire.tell(pa, profile(council, **SOMALI))
    await wire.settled(council)
    await wire.tell(wanted)
    before = await wire.settled(council)

    confirmed = pa.model_copy(update={"revision": 2, "confirmed_on": pa.confirmed_on + timedelta(days=3)})
    await wire.tell(confirmed)
    unmoved = await wire.settled(council)
    await wire.tell(confirmed.model_copy(update={"revision": 3, "place": pa.place.model_copy(update={"east_m": 1040})}))
    moved = await wire.settled(council)

    assert unmoved == before, "a profile confirmed again is looked at for no plan"
    assert moved[wanted.plan_id] > before[wanted.plan_id], "forty metres are a new distance"
    assert [one["revision"] for one in wire.of(wanted.plan_id)] == [1], "and nothing anybody would notice"


async def test_stale_and_out_of_order_revisions_change_nothing(wire: Wire, council: str) -> None:
    pa, wanted = profile(council, **SOMALI), plan(council)
    newest_pa = pa.model_copy(update={"revision": 3})
    newest_plan = wanted.model_copy(update={"revision": 3, "quarters": 20})
    await wire.tell(newest_pa)
    await wire.settled(council)
    await wire.tell(newest_plan)
    before = await wire.settled(council)

    silent = {"languages": ()}
    await wire.tell(
        pa.model_copy(update=silent), pa.model_copy(update={"revision": 2, **silent}), newest_pa.model_copy(update=silent),
        wanted, wanted.model_copy(update={"revision": 2, "blocked": (pa.profile_id,)}), newest_plan,
    )
    after = await wire.settled(council)

    assert after == before
    (told,) = wire.of(wanted.plan_id)
    assert (told["plan_revision"], told["fitting"][0]["profile_revision"], told["in_scope"]) == (3, 3, 1)

    await wire.tell(pa.model_copy(update={"revision": 4, **silent}))
    await wire.settled(council)
    assert [one["lost"] for one in wire.of(wanted.plan_id)] == [0, 1], "what is newer still counts"
