"""Values that are well formed and still odd are the sender's to put right: a 4xx that says so, never our failure."""
from typing import Any

import pytest

from tests.integration.portal.at_work import Portal

PLAN: dict[str, Any] = {
    "source": "casework", "source_id": "P-1", "source_version": 1, "person_ref": "77", "postcode": "LE5 3",
    "times": "Mon-Fri 8am-10am", "hours_per_week": 10,
}  # fmt: skip
DEEP: Any = "x"
for _ in range(400):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "odd",
    [
        {"source_version": 10**30}, {"source_version": 2**63}, {"budget_per_week": "1e25"},
        {"most_rate": 10**30},
        {"source_id": "a\x00b"}, {"person_ref": "\x00"}, {"times": "a\x00b"}, {"start_on": "9999-12-31"}, {"postcode": "\x00a"},
        {"wishes": DEEP}, {"wishes": [{"criterion": "place", "strength": "nice", "within_miles": "NaN"}]}, {"title": "\x00"},
        {"hours_per_week": "Infinity"}, {"flexible": [{"hours": 4, "window": "\x00"}]}, {"confirmed_on": "0001-01-01"},
    ],
    ids=str,
)  # fmt: skip
async def test_a_plan(portal: Portal, odd: dict[str, Any]) -> None:
    one = await portal.post("/plans", {**PLAN, **odd})
    many = await portal.post("/plans/bulk", [{**PLAN, "source_id": "P-2", **odd}])

    assert one.status_code < 500 and many.status_code == 200, (one.text, many.text)


@pytest.mark.parametrize(
    "path",
    ["/plans?page=99999999999999999999", "/plans?page=9223372036854775807&size=500", "/accounts?page=99999999999999999999"],
)
async def test_a_page_that_is_very_far_on(portal: Portal, path: str) -> None:
    assert (await portal.get(path)).status_code < 500


@pytest.mark.parametrize("path", ["?most=-1", "?most=99999999999999999999"])
async def test_the_list_of_events_set_aside(portal: Portal, path: str) -> None:
    assert (await portal.http.get(f"/parked{path}")).status_code < 500


async def test_an_event_set_aside_that_cannot_be(portal: Portal) -> None:
    for council, number in (("leicester", 10**30), ("x" * 200, 1), ("leicester", -1)):
        assert 400 <= (await portal.http.post(f"/parked/{council}/{number}/retry", json={"who": "Ada"})).status_code < 500
