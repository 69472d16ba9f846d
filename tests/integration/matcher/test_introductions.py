"""'I would like to meet you', from asking to an answer or an end, told each time."""
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.matcher.app import Calendar
from services.matcher.subscribers import HEARS
from shared.contracts.notifier import ReplyReceived
from shared.contracts.portal import Funding, PlanState, Share, SupportPlanChanged
from shared.contracts.registry import ProfileChanged
from shared.messaging.hearing import NeverRight
from tests.integration.matcher.conftest import Matcher, plan, profile


class Asked:
    """One plan, one PA, and what was asked of them."""

    def __init__(self, matcher: Matcher, council: str) -> None:
        self.matcher, self.council = matcher, council
        self.pa, self.plan = profile(council), plan(council)

    async def ask(self, status: int = 201) -> Any:
        body = {"profile_id": str(self.pa.profile_id), "asked_by": "person"}
        return await self.matcher.post(f"/councils/{self.council}/plans/{self.plan.plan_id}/introductions", body, status)

    async def answer(self, introduction: Any, answer: str, status: int = 200) -> Any:
        path = f"/councils/{self.council}/introductions/{introduction['introduction_id']}/answer"
        return await self.matcher.post(path, {"answer": answer, "route": "phone"}, status)

    def reply(self, introduction: Any, answer: str, *, party_id: UUID | None = None, days: int = 0) -> ReplyReceived:
        return ReplyReceived.model_validate({
            "council": self.council, "revision": 1, "reply_id": uuid4(), "party_id": party_id or self.pa.profile_id,
            "introduction_id": introduction["introduction_id"], "answer": answer, "route": "text",
            "at": datetime.now(UTC) + timedelta(days=days),
        })

    async def states(self) -> list[str]:
        return [told["state"] for told in await self.matcher.introductions()]


@pytest.fixture
async def asked(matcher: Matcher, council: str) -> Asked:
    asked = Asked(matcher, council)
    await matcher.hear(asked.pa, asked.plan)
    return asked


async def test_asking_is_told_with_seven_days_to_answer(asked: Asked) -> None:
    introduction = await asked.ask()

    (told,) = await asked.matcher.introductions()
    assert (introduction["state"], introduction["revision"]) == ("asked", 1)
    assert told["introduction_id"] == introduction["introduction_id"]
    assert (told["quarters"], told["person_id"]) == (16, str(asked.plan.person_id))
    days = datetime.fromisoformat(introduction["answer_by"]) - datetime.fromisoformat(introduction["asked_at"])
    assert days == timedelta(days=7)


async def test_asking_twice_is_refused_while_the_first_is_open(asked: Asked) -> None:
    first = await asked.ask()

    problem = await asked.ask(status=409)
    await asked.answer(first, "no")
    again = await asked.ask()

    assert problem["title"] == "This PA was already asked, and has not answered yet."
    assert again["introduction_id"] != first["introduction_id"]
    assert await asked.states() == ["asked", "declined", "asked"]


async def test_only_somebody_in_scope_of_an_open_plan_can_be_asked(asked: Asked, matcher: Matcher) -> None:
    blocking = asked.plan.model_copy(update={"revision": 2, "blocked": (asked.pa.profile_id,)})

    await matcher.hear(blocking)
    await asked.ask(status=404)
    await matcher.hear(SupportPlanChanged.model_validate(asked.plan.model_dump() | {"state": "paused", "revision": 3}))
    await asked.ask(status=409)

    assert await asked.states() == []


async def test_an_answer_counts_once_and_another_is_refused(asked: Asked) -> None:
    introduction = await asked.ask()

    accepted = await asked.answer(introduction, "yes")
    again = await asked.answer(introduction, "yes")
    await asked.answer(introduction, "no", status=409)

    assert (accepted["state"], accepted["route"], accepted["revision"]) == ("accepted", "phone", 2)
    assert again == accepted
    assert await asked.states() == ["asked", "accepted"]


async def test_a_reply_by_text_is_an_answer_and_a_second_changes_nothing(asked: Asked, matcher: Matcher) -> None:
    introduction = await asked.ask()

    await matcher.hear(asked.reply(introduction, "yes"), asked.reply(introduction, "yes"), asked.reply(introduction, "no"))

    assert [(told["state"], told["route"], told["revision"]) for told in await matcher.introductions()] == [
        ("asked", None, 1), ("accepted", "text", 2),
    ]


async def test_a_reply_too_late_is_no_error(asked: Asked, matcher: Matcher) -> None:
    introduction = await asked.ask()

    await matcher.hear(asked.reply(introduction, "yes", days=8))

    assert await asked.states() == ["asked"]


async def test_a_reply_of_somebody_else_or_to_nothing_is_set_aside(asked: Asked, matcher: Matcher) -> None:
    introduction = await asked.ask()
    wrong = [asked.reply(introduction, "yes", party_id=uuid4()), asked.reply({"introduction_id": str(uuid4())}, "yes")]

    for reply in wrong:
        with pytest.raises(NeverRight):
            async with matcher.store.begin() as work:
                await HEARS[ReplyReceived](reply, work)

    assert await asked.states() == ["asked"]


async def test_an_ask_nobody_answers_ends_and_is_told(asked: Asked, matcher: Matcher) -> None:
    introduction = await asked.ask()
    calendar = Calendar(matcher.store)

    await calendar.look(datetime.now(UTC) + timedelta(days=6))
    assert await asked.states() == ["asked"]
    await calendar.look(datetime.now(UTC) + timedelta(days=7, minutes=1))
    await calendar.look(datetime.now(UTC) + timedelta(days=8))

    assert await asked.states() == ["asked", "expired"]
    await asked.answer(introduction, "yes", status=409)


async def test_a_person_may_take_their_ask_back(asked: Asked, matcher: Matcher, council: str) -> None:
    introduction = await asked.ask()
    path = f"/councils/{council}/introductions/{introduction['introduction_id']}/withdraw"

    withdrawn = await matcher.post(path, {})
    await matcher.post(path, {})

    assert withdrawn["state"] == "withdrawn"
    assert await asked.states() == ["asked", "withdrawn"]


@pytest.mark.parametrize("end", ["plan closed", "pa blocked", "pa gone"])
async def test_an_open_ask_ends_with_its_plan_its_pa_or_a_block(asked: Asked, matcher: Matcher, end: str) -> None:
    await asked.ask()

    await matcher.hear({
        "plan closed": SupportPlanChanged.model_validate(asked.plan.model_dump() | {"state": "closed", "revision": 2}),
        "pa blocked": asked.plan.model_copy(update={"revision": 2, "blocked": (asked.pa.profile_id,)}),
        "pa gone": ProfileChanged.model_validate(asked.pa.model_dump() | {"state": "gone", "revision": 2}),
    }[end])

    assert await asked.states() == ["asked", "withdrawn"]


async def test_introductions_can_be_found_by_plan_pa_or_person_and_by_no_other_council(asked: Asked, matcher: Matcher) -> None:
    introduction = await asked.ask()
    path = f"/councils/{asked.council}/introductions"

    assert await matcher.get(path, plan_id=str(asked.plan.plan_id)) == [introduction]
    assert await matcher.get(path, profile_id=str(asked.pa.profile_id)) == [introduction]
    assert await matcher.get(path, person_id=str(asked.plan.person_id)) == [introduction]
    assert await matcher.get("/councils/another-council/introductions", plan_id=str(asked.plan.plan_id)) == []
    await matcher.get(path, status=422)


async def test_where_a_job_has_all_hours_of_a_plan_pas_are_asked_for_the_job(asked: Asked) -> None:
    mine = Share(
        plan_id=asked.plan.plan_id, person_id=asked.plan.person_id, quarters=asked.plan.quarters, funding=Funding.DIRECT_PAYMENT
    )
    job = plan(asked.council, shares=(mine,), quarters=asked.plan.quarters)
    await asked.matcher.hear(job)

    refused = await asked.ask(409)
    seen = await asked.matcher.get(f"/councils/{asked.council}/profiles/{asked.pa.profile_id}/opportunities")
    assert refused["title"].startswith("All hours of this plan are part of a job")
    assert seen["total"] == 1

    await asked.matcher.hear(job.model_copy(update={"revision": job.revision + 1, "state": PlanState.PAUSED, "shares": ()}))
    await asked.ask()
    assert (await asked.matcher.get(f"/councils/{asked.council}/profiles/{asked.pa.profile_id}/opportunities"))["total"] == 1
