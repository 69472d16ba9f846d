"""Pooling, over the broker: people put their hours together, pay by the hour to the penny, and one of them leaves."""
from typing import Any
from uuid import UUID

from tests.journeys.conftest import Town, until

EMAIL = {"method": "email", "format": "plain", "language": "en"}
LEFT = "somebody_left_the_job_you_share"
HOURS = ("6", "4.25", "2.75", "9.5")


async def test_four_people_share_one_job_and_when_one_leaves_the_others_are_told_and_pay_anew(town: Town) -> None:
    pa = await town.pa()
    people = [await town.person(EMAIL) for _ in HOURS]
    times = ("Mon 9am-11am", "Tue 9am-11am", "Wed 9am-11am", "Thu 9am-11am")
    plans = [(await town.plan(one, times=when))["plan_id"] for one, when in zip(people, times, strict=True)]

    job = await share(town, plans)
    before = await costs(town, job, pa, 4)
    await town.call("POST", "portal", f"/pools/sharing/{plans[0]}/leave")
    after = await costs(town, job, pa, 3)

    for cost in (before, after):
        assert sum(share["a_week"] for share in cost["shares"]) == cost["a_week"]
        assert sum(share["a_year"] for share in cost["shares"]) == cost["a_year"]
    assert [share["plan_id"] for share in after["shares"]] == plans[1:]
    assert (before["quarters"], after["quarters"]) == (90, 66)
    for one in people[1:]:
        assert len(await town.messages(one, LEFT)) == 1
    assert LEFT not in {message["about"] for message in await told(town, people[0])}


async def share(town: Town, plans: list[str]) -> str:
    """The first begins it, the others join by its code. The job's own plan."""
    said = {"evidence": "told their broker"}
    begun = await town.call("POST", "portal", "/pools", {"plan_id": plans[0], "hours_per_week": HOURS[0], **said})
    for plan_id, hours in zip(plans[1:], HOURS[1:], strict=True):
        body = {"plan_id": plan_id, "hours_per_week": hours, "code": begun["code"], **said}
        await town.call("POST", "portal", "/pools/join", body)
    return str(begun["plan_id"])


async def costs(town: Town, plan_id: str, pa: UUID, people: int) -> dict[str, Any]:
    """What this PA costs the job, once the matcher has heard that so many share it."""

    async def ask() -> dict[str, Any] | None:
        found = await town.call("GET", "matcher", f"/plans/{plan_id}/cost?profile_id={pa}", expect=(200, 404))
        return dict(found) if len(found.get("shares", ())) == people else None

    return await until(ask) or {}


async def told(town: Town, person: UUID) -> list[dict[str, Any]]:
    return list((await town.call("GET", "notifier", f"/messages?party_id={person}&size=100"))["items"])
