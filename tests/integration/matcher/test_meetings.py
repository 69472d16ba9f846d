"""After a yes: when they meet, moved, answered and called off; told each time, and never where."""
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.contracts.notifier import ReplyReceived
from shared.contracts.registry import ProfileChanged
from tests.integration.matcher.conftest import Matcher, plan, profile

SOON = datetime.now(UTC) + timedelta(days=5)
LATER = SOON + timedelta(days=1)


class Met:
    """One plan, one PA who was asked, and what follows."""

    def __init__(self, matcher: Matcher, council: str) -> None:
        self.matcher, self.council = matcher, council
        self.pa, self.plan = profile(council), plan(council)
        self.introduction = ""

    @property
    def path(self) -> str:
        return f"/councils/{self.council}/introductions/{self.introduction}"

    async def ask(self) -> None:
        await self.matcher.hear(self.pa, self.plan)
        body = {"profile_id": str(self.pa.profile_id), "asked_by": "person"}
        asked = await self.matcher.post(f"/councils/{self.council}/plans/{self.plan.plan_id}/introductions", body, 201)
        self.introduction = asked["introduction_id"]

    async def say_yes(self) -> None:
        await self.matcher.post(f"{self.path}/answer", {"answer": "yes", "route": "page"})

    async def arrange(self, at: datetime, status: int = 200, **said: Any) -> Any:
        answer = await self.matcher.http.put(f"{self.path}/meeting", json={"at": at.isoformat(), **said})
        assert answer.status_code == status, answer.text
        return answer.json()

    async def told(self) -> list[tuple[str, int, int]]:
        meetings = [one["meeting"] for one in await self.matcher.told("matcher.journey.v1")]
        return [(one["state"], one["number"], one["moved"]) for one in meetings]

    def reply(self, answer: str, occurrence: str, party_id: UUID | None = None) -> ReplyReceived:
        return ReplyReceived.model_validate({
            "council": self.council, "revision": 1, "reply_id": uuid4(), "party_id": party_id or self.pa.profile_id,
            "introduction_id": self.introduction, "answer": answer, "route": "text", "at": datetime.now(UTC), "to": "meeting",
            "occurrence": occurrence,
        })


@pytest.fixture
async def met(matcher: Matcher, council: str) -> Met:
    met = Met(matcher, council)
    await met.ask()
    return met


async def test_a_day_is_put_down_only_after_a_yes_and_only_to_come(met: Met) -> None:
    await met.arrange(SOON, status=409)
    await met.say_yes()
    await met.arrange(datetime.now(UTC) - timedelta(hours=1), status=422)

    put_down = await met.arrange(SOON, by="staff")

    assert (put_down["meeting"]["state"], put_down["meeting"]["by"], put_down["revision"]) == ("arranged", "staff", 1)
    assert await met.told() == [("arranged", 1, 0)]


async def test_the_same_again_is_no_news_and_another_time_or_place_is(met: Met) -> None:
    await met.say_yes()
    place = str(uuid4())

    for at, where in ((SOON, place), (SOON, place), (LATER, place), (LATER, str(uuid4()))):
        await met.arrange(at, place_id=where)

    assert await met.told() == [("arranged", 1, 0), ("arranged", 1, 1), ("arranged", 1, 2)]


async def test_an_answer_by_message_counts_for_the_time_it_was_asked_about(met: Met) -> None:
    await met.say_yes()
    await met.arrange(SOON)
    await met.arrange(LATER)

    await met.matcher.hear(met.reply("no", "1.0"))
    assert await met.told() == [("arranged", 1, 0), ("arranged", 1, 1)]
    await met.matcher.hear(met.reply("yes", "1.1", met.plan.person_id), met.reply("no", "1.1"))

    last = (await met.matcher.told("matcher.journey.v1"))[-1]["meeting"]
    assert (last["state"], last["by"]) == ("unsuitable", "pa")


async def test_after_it_did_not_suit_it_is_moved_and_after_a_call_off_it_is_another(met: Met) -> None:
    await met.say_yes()
    await met.arrange(SOON)
    await met.matcher.post(f"{met.path}/meeting/answer", {"by": "pa", "suits": False})
    await met.arrange(LATER)
    await met.matcher.post(f"{met.path}/meeting/call-off", {"by": "person"})
    await met.matcher.post(f"{met.path}/meeting/call-off", {"by": "staff"})
    await met.arrange(SOON)

    assert await met.told() == [
        ("arranged", 1, 0), ("unsuitable", 1, 0), ("arranged", 1, 1), ("called_off", 1, 1), ("arranged", 2, 0),
    ]


@pytest.mark.parametrize("end", ["blocked", "gone"])
async def test_nobody_meets_after_a_block_or_when_the_pa_has_gone(met: Met, end: str) -> None:
    await met.say_yes()
    await met.arrange(SOON)

    await met.matcher.hear({
        "blocked": met.plan.model_copy(update={"revision": 2, "blocked": (met.pa.profile_id,)}),
        "gone": ProfileChanged.model_validate(met.pa.model_dump() | {"state": "gone", "revision": 2}),
    }[end])

    assert (await met.told())[-1] == ("called_off", 1, 0)


async def test_journeys_are_found_by_plan_pa_or_person_and_by_no_other_council(met: Met) -> None:
    await met.say_yes()
    put_down = await met.arrange(SOON)
    path = f"/councils/{met.council}/journeys"

    assert await met.matcher.get(path, plan_id=str(met.plan.plan_id)) == [put_down]
    assert await met.matcher.get(path, profile_id=str(met.pa.profile_id)) == [put_down]
    assert await met.matcher.get("/councils/another-council/journeys", plan_id=str(met.plan.plan_id)) == []
    await met.matcher.get(path, status=422)
