"""What-ifs over HTTP: exact counts with words, of a plan that is open."""
from uuid import uuid4

from tests.integration.matcher.conftest import Matcher, plan, profile

PUNJABI = {"languages": [{"tag": "pa", "spoken": "mother_tongue"}]}


async def test_a_plan_is_told_what_would_bring_more_people(matcher: Matcher, council: str) -> None:
    wanted = plan(council, wishes=[
        {"criterion": "language", "strength": "must", "values": ["so"]}, {"criterion": "pay", "strength": "must"},
    ])
    dear = profile(council, least_rate=1550)
    await matcher.hear(profile(council), profile(council, **PUNJABI), profile(council, **PUNJABI, least_rate=1550), dear, wanted)

    found = await matcher.get(f"/councils/{council}/plans/{wanted.plan_id}/what-if")

    assert (found["fitting"], found["in_scope"], found["plan_revision"]) == (1, 4, 1)
    assert [(one["steps"][0]["code"], one["more"], one["fewer"]) for one in found["singles"]] == [
        ("if_pay", 1, 0), ("if_pay", 1, 0), ("if_pay", 0, 0), ("if_softer", 1, 0), ("if_softer", 1, 0),
    ]
    assert found["best"]["text"] == "If you could pay up to £16.00 an hour, 1 more person would fit."
    assert found["best_pair"]["text"] == (
        "If you could pay up to £16.00 an hour, and “speaks Somali” was important but not a must, 3 more people would fit."
    )


async def test_there_is_nothing_to_ask_of_no_plan_or_one_that_is_not_open(matcher: Matcher, council: str) -> None:
    paused = plan(council, state="paused")
    await matcher.hear(paused)

    assert (await matcher.get(f"/councils/{council}/plans/{uuid4()}/what-if", status=404))["title"]
    assert (await matcher.get(f"/councils/{council}/plans/{paused.plan_id}/what-if", status=409))["title"].startswith("This plan")
