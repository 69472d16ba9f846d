"""The second lock: whatever a topic says, faith, culture and sex keep nobody out without a lawful reason; taken back, they go."""
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.integration.matcher.conftest import Matcher, plan, profile

SOON, PAST = str(date.today() + timedelta(days=90)), str(date.today() - timedelta(days=1))
OWN = {"faith": "sikh", "culture": "punjabi", "sex": "woman"}


def must(kind: str, **more: Any) -> dict[str, Any]:
    return {"criterion": kind, "strength": "must", "values": [OWN[kind]], **more}


async def placed(matcher: Matcher, council: str, plan_id: UUID) -> dict[str, Any]:
    await matcher.rank()
    found = await matcher.get(f"/councils/{council}/plans/{plan_id}/matches", group="all")
    return {item["profile_id"]: item for item in found["items"]}


@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize(
    "reason",
    [None, {"tasks": ["personal_care"], "until": PAST}, {"tasks": ["shopping"], "until": SOON}],
    ids=["no reason", "a reason that is over", "a reason for work that is not in the plan"],
)
async def test_a_must_that_came_round_the_portal_keeps_nobody_out(
    matcher: Matcher, council: str, kind: str, reason: dict[str, Any] | None
) -> None:
    same, other, silent = profile(council, **{kind: OWN[kind]}), profile(council, **{kind: "other"}), profile(council)
    wanted = plan(council, tasks=["personal_care"], wishes=[must(kind, **({"reason": reason} if reason else {}))])

    await matcher.hear(same, other, silent, wanted)
    items = await placed(matcher, council, wanted.plan_id)

    assert {item["group"] for item in items.values()} == {"fitting"}
    assert {reason["strength"] for item in items.values() for reason in item["reasons"]} == {"important"}


@pytest.mark.parametrize("kind", OWN)
async def test_what_was_not_told_and_what_was_taken_back_look_the_same_and_nothing_of_it_is_kept(
    matcher: Matcher, council: str, kind: str
) -> None:
    number = uuid4()
    told, never = profile(council, profile_id=number, **{kind: OWN[kind]}), profile(council)
    reason = {"tasks": ["personal_care"], "until": SOON}
    wanted = plan(council, tasks=["personal_care"], wishes=[must(kind, reason=reason)])
    await matcher.hear(told, never, wanted)
    before = await placed(matcher, council, wanted.plan_id)

    await matcher.hear(profile(council, profile_id=number, revision=2))  # as the registry tells it after the consent is gone
    after = await placed(matcher, council, wanted.plan_id)

    assert before[str(number)]["group"] == "fitting"
    ours, theirs = after[str(number)], after[str(never.profile_id)]
    assert (ours["group"], ours["reasons"], ours["unmet"]) == (theirs["group"], theirs["reasons"], theirs["unmet"])
    assert ours["group"] != "fitting"
    async with matcher.database.transaction() as connection:
        kept = await connection.fetch("SELECT * FROM profile WHERE council = $1 AND profile_id = $2", council, number)
    assert len(kept) == 1 and OWN[kind] not in str(tuple(kept[0].values()))


@pytest.mark.parametrize("kind", OWN)
async def test_no_event_about_a_list_says_what_anybody_believes_or_is(matcher: Matcher, council: str, kind: str) -> None:
    reason = {"tasks": ["personal_care"], "until": SOON}
    wanted = plan(council, tasks=["personal_care"], wishes=[must(kind, reason=reason)])
    await matcher.hear(profile(council, **{kind: OWN[kind]}), profile(council, **{kind: "other"}), profile(council), wanted)

    await matcher.rank()

    told = str(await matcher.lists())
    assert told != "[]"
    assert OWN[kind] not in told and "other'" not in told.replace("'others'", "")
