"""Sharing a job over HTTP, on a real database: joined by a code, left in one step, and what others are told of it."""
import asyncio
from typing import Any
from uuid import uuid4

from tests.integration.portal.at_work import Portal

PLAN: dict[str, Any] = {
    "source": "casework", "source_version": 1, "postcode": "LE5 3", "times": "Mon-Fri 9am-11am", "hours_per_week": "10",
    "budget_per_week": "200.00", "most_rate": "15.00",
}  # fmt: skip


async def a_plan(portal: Portal, **changes: Any) -> str:
    body = {**PLAN, "source_id": str(uuid4()), "person_ref": str(uuid4()), **changes}
    answer = await portal.http.post(f"/api/councils/{portal.council}/plans", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["plan_id"])


async def ask(portal: Portal, method: str, path: str, status: int, **body: Any) -> Any:
    answer = await portal.http.request(method, f"/api/councils/{portal.council}/pools{path}", json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_job_is_begun_joined_changed_and_left(portal: Portal) -> None:
    ours, theirs = await a_plan(portal), await a_plan(portal, times="Sat 2pm-6pm")
    said = {"hours_per_week": "6", "evidence": "told their broker"}

    begun = await ask(portal, "POST", "", 201, plan_id=ours, **said)
    joined = await ask(portal, "POST", "/join", 200, plan_id=theirs, code=begun["code"].lower(), **said)
    changed = await ask(portal, "PUT", f"/sharing/{theirs}", 200, hours_per_week="4")
    left = await ask(portal, "POST", f"/sharing/{ours}/leave", 200)

    assert [one["state"] for one in (begun, joined, changed, left)] == ["gathering", "open", "open", "gathering"]
    assert (await ask(portal, "GET", f"/{begun['pool_id']}", 200)) == left
    told = [one for one in await portal.told("portal.support_plan.v1") if one["plan_id"] == begun["plan_id"]]
    assert [(one["quarters"], one["state"], len(one.get("shares", ()))) for one in told] == [
        (48, "open", 2), (40, "open", 2), (40, "paused", 0),
    ]  # fmt: skip
    assert [len(one["members"]) for one in await portal.told("portal.pool.v1")] == [1, 2, 2, 1]


async def test_what_cannot_be_is_said_with_its_own_answer(portal: Portal) -> None:
    ours, theirs = await a_plan(portal), await a_plan(portal)
    said = {"hours_per_week": "6", "evidence": "told their broker"}
    begun = await ask(portal, "POST", "", 201, plan_id=ours, **said)

    await ask(portal, "POST", "/join", 404, plan_id=theirs, code="NOSUCH99", **said)
    await ask(portal, "POST", "/join", 409, plan_id=ours, code=begun["code"], **said)
    await ask(portal, "POST", "/join", 422, plan_id=theirs, code=begun["code"], hours_per_week="11", evidence="x")
    await ask(portal, "POST", f"/sharing/{theirs}/leave", 404)
    await ask(portal, "POST", f"/sharing/{begun['plan_id']}/leave", 404)


async def test_two_who_join_and_one_who_leaves_at_once_are_all_counted(portal: Portal) -> None:
    first, second, third = [await a_plan(portal) for _ in range(3)]
    said = {"hours_per_week": "5", "evidence": "told their broker"}
    begun = await ask(portal, "POST", "", 201, plan_id=first, **said)

    await asyncio.gather(
        ask(portal, "POST", "/join", 200, plan_id=second, code=begun["code"], **said),
        ask(portal, "POST", "/join", 200, plan_id=third, code=begun["code"], **said),
    )
    await ask(portal, "POST", f"/sharing/{first}/leave", 200)

    told = [one for one in await portal.told("portal.support_plan.v1") if one["plan_id"] == begun["plan_id"]]
    assert {share["plan_id"] for share in told[-1]["shares"]} == {second, third}
    assert told[-1]["quarters"] == sum(share["quarters"] for share in told[-1]["shares"]) == 40


async def test_one_plan_that_joins_twice_at_once_is_in_once(portal: Portal) -> None:
    ours, theirs = await a_plan(portal), await a_plan(portal)
    said = {"hours_per_week": "5", "evidence": "told their broker"}
    begun = await ask(portal, "POST", "", 201, plan_id=ours, **said)
    body = {"plan_id": theirs, "code": begun["code"], **said}

    where = f"/api/councils/{portal.council}/pools/join"
    answers = await asyncio.gather(*(portal.http.post(where, json=body) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
