"""The main job goes on when parts of the product die."""

import pytest

from tests.conftest import Beside
from tests.journeys.conftest import Town, until
from tests.journeys.test_main_job import EMAIL, whole_list


@pytest.mark.parametrize("service", ["registry", "matcher", "notifier", "portal"])
async def test_a_service_killed_in_the_middle_goes_on_where_it_was(town: Town, beside: Beside, service: str) -> None:
    person = await town.person(EMAIL)
    plan = await town.plan(person)
    await town.pa()

    beside.run(town.stack.kill(service))
    beside.run(town.stack.ready(service, within=60))
    await town.pa()

    assert len(await until(lambda: whole_list(town, plan["plan_id"], 2), within=60)) == 2
    assert len(await town.messages(person)) >= 1


async def test_a_broker_that_lost_its_memory_is_told_everything_and_nobody_is_told_twice(town: Town, beside: Beside) -> None:
    if town.stack.broker.kind == "apache":
        pytest.skip("Apache Kafka keeps its log; only the embedded broker forgets")
    await town.pa()
    person = await town.person(EMAIL)
    plan = await town.plan(person)
    await until(lambda: whole_list(town, plan["plan_id"], 1))
    told = await town.messages(person)

    before = {service: town.stack.pid(service) for service in town.stack.services}
    beside.run(town.stack.broker.kill())

    async def all_began_again() -> bool:
        return all(town.stack.pid(service) not in (None, pid) for service, pid in before.items())

    assert await until(all_began_again, within=60)
    for service in before:
        beside.run(town.stack.ready(service, within=60))
    await town.pa()

    assert len(await until(lambda: whole_list(town, plan["plan_id"], 2), within=90)) == 2
    now_told = [message for message in await town.messages(person) if message["about"] != "list_changed"]  # the new PA is news
    assert [message["message_id"] for message in now_told] == [message["message_id"] for message in told]
