"""The registry pauses what nobody confirms, on the day and only after the warning reached the PA; an answer brings it back."""
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.registry.courier import Courier
from services.registry.store import Store
from services.registry.subscribers import hear_answer, hear_message
from shared.contracts.notifier import AnswerReceived, MessageChanged, MessageState

WARNING, PAUSED = "your_profile_will_pause", "your_profile_is_paused"
SAID = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""When Amrit last said that all is true, as the register has it."""
DAY = timedelta(days=1)


class Months:
    """One PA of one council, from day to day."""

    def __init__(self, registry: Any, profile_id: str) -> None:
        self.registry, self.profile_id = registry, profile_id
        self.store = Store(registry.database)

    async def day(self, number: int) -> Any:
        """So many days after they last said so; the profile then."""
        courier = Courier(self.store.begin, lambda: SAID + number * DAY)
        while await courier.look_at_one(SAID + number * DAY):
            pass
        return await self.registry.see(self.profile_id)

    async def reached(self, number: int, state: MessageState = MessageState.HANDED_OVER, about: str = WARNING) -> None:
        event = MessageChanged(
            council=self.registry.council, revision=1, message_id=uuid4(), party_id=UUID(self.profile_id), about=about,
            state=state, at=SAID + number * DAY,
        )
        async with self.store.begin() as work:
            await hear_message(event, work)

    async def answers(self, number: int, about: str, answer: Any) -> Any:
        event = AnswerReceived(
            council=self.registry.council, revision=1, answer_id=uuid4(), party_id=UUID(self.profile_id), about=about,
            ask_id=uuid4(), answer=answer, route="text", at=SAID + number * DAY,
        )
        async with self.store.begin() as work:
            await hear_answer(event, work)
        return await self.registry.see(self.profile_id)


async def somebody(registry: Any, **said: Any) -> Months:
    return Months(registry, (await registry.register(**said))["profile_id"])


async def test_it_is_warned_on_the_day_then_pauses_and_each_is_told(registry: Any) -> None:
    amrit = await somebody(registry)

    before, warned = await amrit.day(179), await amrit.day(180)
    await amrit.reached(181)
    day_before, on_the_day = await amrit.day(209), await amrit.day(210)

    assert (before["pauses_on"], warned["pauses_on"]) == (None, (SAID + 210 * DAY).date().isoformat())
    assert (day_before["state"], on_the_day["state"]) == ("looking", "paused")
    told = [(one.state, one.pauses_on is not None, one.paused_itself_on is not None) for one in await registry.told()]
    assert told[1:] == [("looking", True, False), ("paused", False, True)]


async def test_without_the_warning_it_never_pauses_and_the_warning_is_given_again(registry: Any) -> None:
    amrit = await somebody(registry)

    await amrit.day(180)
    await amrit.reached(181, MessageState.WRITTEN)
    await amrit.reached(181, MessageState.DROPPED)
    await amrit.reached(181, about="profile_needs_a_look")
    again = await amrit.day(210)
    still = await amrit.day(239)

    assert (again["state"], again["pauses_on"]) == ("looking", (SAID + 240 * DAY).date().isoformat())
    assert still["state"] == "looking"


async def test_a_task_for_the_team_counts_and_a_late_warning_leaves_two_weeks(registry: Any) -> None:
    amrit = await somebody(registry)

    await amrit.day(180)
    await amrit.reached(208, MessageState.TASK)
    too_soon, in_time = await amrit.day(221), await amrit.day(222)

    assert (too_soon["state"], in_time["state"]) == ("looking", "paused")


async def test_who_said_yes_in_time_is_left_alone_for_half_a_year(registry: Any) -> None:
    amrit = await somebody(registry)

    await amrit.day(180)
    await amrit.reached(180)
    said = await amrit.answers(190, WARNING, "yes")
    later = await amrit.day(190 + 179)

    assert (said["pauses_on"], said["confirmed_on"]) == (None, (SAID + 190 * DAY).date().isoformat())
    assert (later["state"], later["pauses_on"]) == ("looking", None)


async def test_a_no_pauses_at_once_and_a_yes_after_the_pause_brings_them_back(registry: Any) -> None:
    amrit = await somebody(registry)

    await amrit.day(180)
    at_once = await amrit.answers(181, WARNING, "no")
    later = await amrit.day(300)
    beside = await somebody(registry, ref="PA-0043")
    await beside.day(180)
    await beside.reached(180)
    await beside.day(210)
    stays = await beside.answers(211, PAUSED, "no")
    back = await beside.answers(212, PAUSED, "yes")

    assert (at_once["state"], at_once["paused_itself_on"], later["state"]) == ("paused", None, "paused")
    assert (stays["state"], back["state"], back["paused_itself_on"]) == ("paused", "looking", None)


async def test_a_no_that_comes_after_they_said_it_is_true_changes_nothing(registry: Any) -> None:
    amrit = await somebody(registry)

    await amrit.day(180)
    await registry.ask("POST", f"/profiles/{amrit.profile_id}/confirm", {})
    late = await amrit.answers(181, WARNING, "no")

    assert late["state"] == "looking"


async def test_who_is_on_a_break_until_a_day_is_left_alone_until_then(registry: Any) -> None:
    amrit = await somebody(registry)
    free = (datetime.now(UTC) + 30 * DAY).date()
    await registry.ask("POST", f"/profiles/{amrit.profile_id}/pause", {"until": free.isoformat()})

    away = await amrit.day(180)
    after = await amrit.day((free - SAID.date()).days + 1)

    assert away["pauses_on"] is None
    assert after["pauses_on"] is not None
