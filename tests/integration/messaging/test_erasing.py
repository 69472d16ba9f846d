"""Erased stays erased: through what is told anew, a service that was restored, and what the services compare with each other."""
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from services.notifier.courier.eraser import Eraser
from services.notifier.store import Store
from shared.contracts.data_requests import DataRequestChanged
from shared.contracts.portal import SupporterChanged, SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from tests.integration.messaging.four import Four, Service, example, four

__all__ = ["four"]


class Gone:
    """A person with a plan, and a PA, whom everybody heard of, and who are erased."""

    def __init__(self, four: Four, council: str) -> None:
        self.four, self.council = four, council
        self.person, self.pa, self.plan = uuid4(), uuid4(), uuid4()

    async def tell(self, **changes: Any) -> None:
        await self.four.registry.tell([example(ProfileChanged, self.council, profile_id=self.pa, revision=3, **changes)])
        plan = example(SupportPlanChanged, self.council, plan_id=self.plan, person_id=self.person, revision=2, **changes)
        let_in = example(SupporterChanged, self.council, delegation_id=uuid4(), person_id=self.person)
        await self.four.portal.tell([plan, let_in])
        await self.four.carry()

    async def erase(self) -> None:
        asked = [(self.person, "person"), (self.pa, "pa")]
        changes = [{"request_id": uuid4(), "party_id": one, "party": party, "state": "erasing"} for one, party in asked]
        await self.four.portal.tell([example(DataRequestChanged, self.council, **one) for one in changes])
        await self.four.carry()
        eraser = Eraser(Store(self.four.notifier.database).begin, [], lambda: datetime.now(UTC))
        await eraser.erase_some()

    async def left(self) -> list[Any]:
        """What anybody knows of their wishes, area or languages."""
        (plan,) = await self.four.matcher.rows("SELECT facets, state FROM plan WHERE plan_id = $1", self.plan)
        facets = json.loads(plan["facets"])
        (profile,) = await self.four.matcher.rows("SELECT facets FROM profile WHERE profile_id = $1", self.pa)
        (copy,) = await self.four.notifier.rows("SELECT outcode, tasks, open FROM plan_copy WHERE plan_id = $1", self.plan)
        (pa,) = await self.four.notifier.rows("SELECT outcode, languages, looking FROM pa_copy WHERE profile_id = $1", self.pa)
        return [
            facets["wishes"], facets["tasks"], facets["outcode"], plan["state"] == "open", profile["facets"],
            *copy.values(), *pa.values(),
        ]  # fmt: skip


async def test_all_that_was_copied_of_them_goes_and_each_service_says_so(four: Four, council: str) -> None:
    gone = Gone(four, council)
    await gone.tell()
    assert all(await gone.left())

    await gone.erase()

    assert not any(await gone.left())
    for service in (four.registry, four.matcher, four.notifier):
        assert await said(service, "erased_at IS NOT NULL") == {gone.person, gone.pa}
    history = "SELECT count(*) AS n FROM plan_history WHERE plan_id = $1"
    assert [row["n"] for row in await four.matcher.rows(history, gone.plan)] == [1]


async def test_a_service_that_was_restored_and_tells_them_anew_brings_nothing_back(four: Four, council: str) -> None:
    gone = Gone(four, council)
    await gone.tell()
    await gone.erase()

    for service in (four.registry, four.portal):
        await service.rows("UPDATE timeline SET timeline = 2")
    await gone.tell()

    assert not any(await gone.left())
    waiting = await four.notifier.rows("SELECT about FROM message WHERE party_id = $1 AND state <> 'dropped'", gone.person)
    assert [row["about"] for row in waiting] == []


async def test_what_is_erased_is_not_taken_for_something_that_was_lost(four: Four, council: str) -> None:
    gone = Gone(four, council)
    await gone.tell()
    await gone.erase()

    await four.round()

    assert not any(await gone.left())
    for service in (four.matcher, four.notifier):
        assert await service.rows("SELECT * FROM adrift") == []


async def said(service: Service, how: str) -> set[UUID]:
    return {row["party_id"] for row in await service.rows(f"SELECT party_id FROM erased WHERE {how}")}
