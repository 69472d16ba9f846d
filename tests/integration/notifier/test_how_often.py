"""People choose how often they are told that their list changed: at once, once a day or once a week. Nothing is lost."""
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifier.domain.contact import HowOften
from services.notifier.domain.lists import Standing
from services.notifier.domain.pace import not_before
from services.notifier.usecases.hearing import hear_list

EMAIL = [{"method": "email", "format": "plain", "language": "en"}]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.mark.parametrize(("how_often", "last", "now", "until"), [
    (HowOften.AT_ONCE, NOON, NOON, None), (HowOften.DAILY, None, NOON, None), (HowOften.WEEKLY, None, NOON, None),
    (HowOften.DAILY, NOON, NOON, NEXT_MORNING), (HowOften.DAILY, NOON, NEXT_MORNING, None),
    (HowOften.WEEKLY, NOON, NEXT_MORNING, NEXT_MORNING + timedelta(days=6)),
    (HowOften.WEEKLY, NOON, NOON + timedelta(days=7), None),
])
def test_when_they_may_be_told_again(how_often: HowOften, last: Any, now: datetime, until: datetime | None) -> None:
    assert not_before(how_often, last, now) == until


class Plan:
    """One person's plan, whose list changes a little with each step."""

    def __init__(self, notifier: Any, person: UUID) -> None:
        self.notifier, self.person, self.plan_id, self.revision = notifier, person, uuid4(), 0

    async def changes(self) -> None:
        self.revision += 1
        async with self.notifier.store.begin() as work:
            await hear_list(
                self.notifier.council, self.plan_id, self.person, Standing(3, 1, 9, 1), revision=self.revision,
                added=0 if self.revision == 1 else 1, lost=0, now=self.notifier.clock.now, work=work,
            )
        await self.later(minutes=10)

    async def later(self, **by: float) -> None:
        self.notifier.clock.forward(**by)
        await self.notifier.work_through()

    async def had(self) -> int:
        found = await self.notifier.messages(self.person)
        return sum((one["about"], one["state"]) == ("list_changed", "handed_over") for one in found)

    async def newly_fitting(self) -> list[str]:
        """What each message about changes says of PAs who fit now and did not before, the oldest first."""
        found = [one for one in await self.notifier.messages(self.person) if one["about"] == "list_changed"]
        sent = sorted((one for one in found if one["state"] == "handed_over"), key=lambda one: one["handed_over_at"])
        words = [(await self.notifier.whole(one["message_id"]))["artefacts"][0]["words"] for one in sent]
        return [one.partition("fit now and did not before: ")[2].split()[0] for one in words]


async def plan(notifier: Any, **said: Any) -> Plan:
    plan = Plan(notifier, await notifier.record(email="a@example.org", preferences=EMAIL, **said))
    await plan.changes()
    return plan


async def test_at_once_is_told_again_on_the_same_day_but_three_lists_a_day_at_most(notifier: Any) -> None:
    at_once = await plan(notifier, list_news="at_once")
    heard = []
    for _ in range(4):
        await at_once.changes()
        heard.append(await at_once.had())

    assert heard == [1, 2, 2, 2]  # the first list was the first of the three
    await at_once.later(hours=20)
    assert (await at_once.had(), await at_once.newly_fitting()) == (3, ["1", "1", "2"])


async def test_once_a_week_gathers_what_changes_and_says_all_of_it(notifier: Any) -> None:
    weekly = await plan(notifier, list_news="weekly")
    heard = []
    for _ in range(9):
        await weekly.changes()
        heard.append(await weekly.had())
        await weekly.later(hours=24)

    assert heard == [1, 1, 1, 1, 1, 1, 1, 2, 2]
    assert await weekly.newly_fitting() == ["1", "6"]


async def test_once_a_day_is_what_nobody_has_to_choose_and_what_is_left_out_stays(notifier: Any) -> None:
    daily = await plan(notifier)
    path = f"/councils/{notifier.council}/parties/{daily.person}/contact"
    first = (await notifier.http.get(path)).json()["list_news"]
    await notifier.record(party_id=daily.person, email="a@example.org", preferences=EMAIL, list_news="weekly")
    await notifier.record(party_id=daily.person, email="a@example.org", preferences=EMAIL, shown_as="Amina W")

    assert (first, (await notifier.http.get(path)).json()["list_news"]) == ("daily", "weekly")


async def test_another_word_is_refused_by_name_and_fhir_says_it_too(notifier: Any) -> None:
    person = await notifier.record(email="a@example.org", preferences=EMAIL, list_news="weekly")
    path = f"/councils/{notifier.council}/parties/{person}/contact"
    bundle = (await notifier.http.get(f"{path}/fhir")).json()
    wrong = await notifier.http.put(path, json={"kind": "person", "address_as": "Amina", "list_news": "never"})
    [said] = [one for one in bundle["entry"][0]["resource"]["extension"] if one["url"].endswith("list-news")]
    said["valueCode"] = "at_once"
    kept = await notifier.http.put(f"{path}/fhir", json=bundle)

    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "list_news"
    assert kept.status_code == 200 and (await notifier.http.get(path)).json()["list_news"] == "at_once"
