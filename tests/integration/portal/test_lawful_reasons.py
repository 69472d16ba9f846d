"""The record of lawful reasons over HTTP, for audit: each step by whom and for what, never what the person wrote."""
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.integration.portal.at_work import Portal

WHY = "It is about washing and dressing."
PLAN: dict[str, Any] = {
    "source": "casework", "source_id": "P-1", "person_ref": "77", "postcode": "LE5 3", "times": "Mon-Fri 8am-10am",
    "hours_per_week": 10, "tasks": ["personal care", "cooking"],
}  # fmt: skip


def a_woman(until: str = "2030-06-30", tasks: tuple[str, ...] = ("personal care",), **changes: Any) -> dict[str, Any]:
    reason = {"why": WHY, "tasks": list(tasks), "until": until}
    return {"criterion": "sex", "value": "woman", "strength": "must", "reason": reason, **changes}


async def sent(portal: Portal, version: int, *wishes: dict[str, Any]) -> str:
    answer = await portal.post("/plans", {**PLAN, "source_version": version, "wishes": list(wishes)})
    assert answer.is_success, answer.text
    return str(answer.json()["plan_id"])


async def record(portal: Portal, plan_id: str) -> list[dict[str, Any]]:
    answer = await portal.get(f"/plans/{plan_id}/lawful-reasons")
    assert answer.status_code == 200, answer.text
    assert WHY not in answer.text
    return list(answer.json())


async def test_each_step_of_a_reason_is_a_line_oldest_first(portal: Portal) -> None:
    plan_id = await sent(portal, 1, a_woman())
    await sent(portal, 2, a_woman(until="2029-01-31"))
    await sent(portal, 3, a_woman(until="2029-01-31"), {"criterion": "practice", "value": "cooks halal", "strength": "nice"})
    await sent(portal, 4)

    lines = await record(portal, plan_id)

    assert [(line["act"], line["until"], line["plan_revision"]) for line in lines] == [
        ("recorded", "2030-06-30", 1), ("changed", "2029-01-31", 2), ("ended", "2029-01-31", 4),
    ]  # fmt: skip
    assert {(line["criterion"], *line["values"], *line["tasks"], line["source"], line["by"]) for line in lines} == {
        ("sex", "woman", "personal_care", "casework", None)
    }


async def test_a_plan_without_such_a_must_has_an_empty_record_and_no_plan_has_none(portal: Portal) -> None:
    plan_id = await sent(portal, 1, a_woman(strength="nice", reason=None))

    assert await record(portal, plan_id) == []
    assert (await portal.get(f"/plans/{uuid4()}/lawful-reasons")).status_code == 404
    elsewhere = await portal.http.get(f"/api/councils/elsewhere/plans/{plan_id}/lawful-reasons")
    assert elsewhere.status_code == 404
    assert (await portal.get("/plans/not-a-number/lawful-reasons")).status_code == 422


async def test_a_refused_reason_is_no_line(portal: Portal) -> None:
    plan_id = await sent(portal, 1)

    refused = await portal.post("/plans", {**PLAN, "source_version": 2, "wishes": [a_woman(reason=None)]})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "wishes[0].reason"
    assert await record(portal, plan_id) == []


async def test_the_record_needs_the_key(portal: Portal) -> None:
    plan_id = await sent(portal, 1, a_woman())

    answer = await portal.http.get(
        f"/api/councils/{portal.council}/plans/{plan_id}/lawful-reasons", headers={"Authorization": "Bearer something-else"}
    )

    assert answer.status_code == 401


async def test_a_line_is_never_written_over(portal: Portal) -> None:
    plan_id = await sent(portal, 1, a_woman())

    with pytest.raises(asyncpg.RaiseError, match="is not changed"):
        async with portal.database.transaction() as connection:
            await connection.execute("UPDATE lawful_reason SET act = 'ended'")

    assert [line["act"] for line in await record(portal, plan_id)] == ["recorded"]
