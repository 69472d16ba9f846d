"""The whole matcher on a real broker: an event goes in, a list comes out. `-s` shows how long it took."""
import pytest

from tests.integration.matcher.conftest import plan, profile
from tests.integration.matcher.wire import Wire

pytestmark = pytest.mark.usefixtures("empty_broker")

PAS = 200


async def test_a_plan_or_a_pa_changed_gives_a_new_list_at_once(wire: Wire, council: str) -> None:
    pas = [profile(council, languages=[{"tag": "so" if n % 10 == 0 else "en", "spoken": "fluent"}]) for n in range(PAS)]
    await wire.tell(*pas)
    warming = plan(council)
    await wire.tell(warming)
    await wire.hears(lambda one: one["plan_id"] == str(warming.plan_id) and one["in_scope"] == PAS, within=60)

    wanted = plan(council)
    await wire.tell(wanted)
    took_plan = await wire.hears(lambda one: one["plan_id"] == str(wanted.plan_id) and len(one["fitting"]) == PAS // 10, within=5)
    await wire.tell(pas[0].model_copy(update={"revision": 2, "languages": ()}))
    took_profile = await wire.hears(lambda one: one["plan_id"] == str(wanted.plan_id) and one["lost"] == 1, within=5)

    # a shared machine says little in milliseconds, so they are shown and not judged
    print(f"plan to list {took_plan * 1000:.0f} ms, profile to list {took_profile * 1000:.0f} ms")
    ours = [one for one in wire.lists if one["council"] == council]
    assert len(ours) < PAS / 2, "and not one for each of the profiles"
