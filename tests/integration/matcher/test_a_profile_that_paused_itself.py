"""A PA whose profile paused by itself is in no list any more; what was asked before that goes on, and an answer to it counts."""
from datetime import UTC, datetime
from uuid import uuid4

from shared.contracts.notifier import ReplyReceived
from shared.contracts.registry import ProfileChanged
from tests.integration.matcher.conftest import Matcher, plan, profile


async def test_an_ask_that_is_under_way_goes_on(matcher: Matcher, council: str) -> None:
    pa, wanted = profile(council), plan(council)
    await matcher.hear(pa, wanted)
    asks = f"/councils/{council}/plans/{wanted.plan_id}/introductions"
    asked = await matcher.post(asks, {"profile_id": str(pa.profile_id), "asked_by": "person"}, 201)

    paused = {"state": "paused", "revision": 2, "paused_itself_on": "2026-11-24"}
    await matcher.hear(ProfileChanged.model_validate(pa.model_dump() | paused))
    await matcher.hear(ReplyReceived.model_validate({
        "council": council, "revision": 1, "reply_id": uuid4(), "party_id": pa.profile_id,
        "introduction_id": asked["introduction_id"], "answer": "yes", "route": "text", "at": datetime.now(UTC),
    }))
    await matcher.post(asks, {"profile_id": str(pa.profile_id), "asked_by": "person"}, 404)

    assert [told["state"] for told in await matcher.introductions()] == ["asked", "accepted"]
