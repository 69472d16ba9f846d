"""Nobody is told too much: what changes is gathered, what was not heard is replaced, and a day has its limit."""
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from services.notifier.domain.lists import LISTS_A_DAY, Standing
from services.notifier.usecases import hearing

EMAIL = [{"method": "email", "format": "plain", "language": "en"}]
TEXT = [{"method": "text", "format": "plain", "language": "en"}]
PHONE = [{"method": "phone", "format": "verbal", "language": "en"}]
LISTS = count(1)


async def heard(notifier: Any, person: UUID, plan: UUID, *, fitting: int = 3, plan_revision: int = 1, added: int = 0) -> None:
    async with notifier.store.begin() as work:
        await hearing.hear_list(
            notifier.council, plan, person, Standing(fitting, 0, 10, plan_revision), revision=next(LISTS), added=added, lost=0,
            now=notifier.clock(), work=work,
        )
    await notifier.work_through()


async def later(notifier: Any, **by: float) -> None:
    notifier.clock.forward(**by)
    await notifier.work_through()


async def outcomes(notifier: Any, person: UUID) -> list[tuple[str, str, str | None]]:
    """Oldest first."""
    found = sorted(await notifier.messages(person), key=lambda one: one["asked_at"])
    return [(one["about"], one["state"], one["dropped_why"]) for one in found]


async def test_ten_edits_of_a_plan_in_one_morning_are_one_message_after_the_first(notifier: Any) -> None:
    person, plan = await notifier.record(email="a@example.org", preferences=EMAIL), uuid4()

    for edit in range(1, 11):
        await heard(notifier, person, plan, fitting=edit, plan_revision=edit)
        notifier.clock.forward(seconds=30)
    await later(notifier, minutes=10)
    await later(notifier, days=2)

    sent = ("people_to_look_at", "handed_over", None)
    assert await outcomes(notifier, person) == [sent, sent]
    newest = (await notifier.messages(person))[0]
    assert newest["plan_revision"] == 10
    assert "PAs who fit what you asked for: 10" in (await notifier.whole(newest["message_id"]))["artefacts"][0]["words"]


async def test_a_second_change_of_one_day_is_told_the_next_morning(notifier: Any) -> None:
    person, plan = await notifier.record(email="a@example.org", preferences=EMAIL), uuid4()
    await heard(notifier, person, plan)
    await heard(notifier, person, plan, added=1)
    await later(notifier, minutes=11)
    await heard(notifier, person, plan, plan_revision=2)
    await heard(notifier, person, plan, plan_revision=2, added=4)
    await later(notifier, hours=19)  # seven in the morning
    before = len(await outcomes(notifier, person))

    await later(notifier, hours=1)

    assert before == 2
    assert [one[0] for one in await outcomes(notifier, person)] == ["people_to_look_at", "list_changed", "people_to_look_at"]


async def test_a_text_that_waits_for_the_morning_is_replaced_and_not_followed(notifier: Any) -> None:
    person, plan = await notifier.record(phone="07700 900123", preferences=TEXT), uuid4()
    await later(notifier, hours=10)  # ten at night
    for edit in (1, 2, 3):
        await heard(notifier, person, plan, plan_revision=edit)
    await heard(notifier, person, plan, plan_revision=3, added=2)
    await later(notifier, hours=1)

    await later(notifier, hours=10)

    assert [(state, why) for _, state, why in await outcomes(notifier, person)] == [
        *[("dropped", "superseded")] * 3, ("handed_over", None)
    ]


async def test_a_task_to_tell_of_a_list_says_what_is_true_now_and_stays_with_whoever_has_it(notifier: Any) -> None:
    person, plan = await notifier.record(phone="07700 900123", preferences=PHONE), uuid4()
    await heard(notifier, person, plan, fitting=3)
    [before] = await notifier.tasks()
    worker = str(uuid4())
    await notifier.http.post(f"/councils/{notifier.council}/tasks/{before['task_id']}/take", json={"worker_id": worker})

    for fitting in (4, 5):
        await heard(notifier, person, plan, fitting=fitting, added=1)
        await later(notifier, days=1)

    [task] = await notifier.tasks()
    assert (task["task_id"], task["due_at"], task["taken_by"]) == (before["task_id"], before["due_at"], worker)
    assert "PAs who fit what you asked for: 3" in before["what_to_say"]
    assert "PAs who fit what you asked for: 5" in task["what_to_say"]
    assert [one[1] for one in await outcomes(notifier, person)] == ["task"]


async def test_a_task_is_closed_where_a_message_can_be_made_in_its_place(notifier: Any) -> None:
    points = {"phone": "07700 900123", "email": "a@example.org"}
    person, plan = await notifier.record(**points, preferences=PHONE), uuid4()
    await heard(notifier, person, plan)
    await notifier.record(party_id=person, **points, preferences=EMAIL)

    await heard(notifier, person, plan, added=1)
    await later(notifier, minutes=11)

    assert await notifier.tasks() == []
    assert [one[:2] for one in await outcomes(notifier, person)] == [("people_to_look_at", "handed_over")]


async def test_what_was_gathered_about_a_plan_that_is_closed_is_not_told(notifier: Any) -> None:
    person, plan = await notifier.record(email="a@example.org", preferences=EMAIL), uuid4()
    await heard(notifier, person, plan)
    await heard(notifier, person, plan, added=2)

    async with notifier.store.begin() as work:
        await hearing.hear_list_put_away(notifier.council, plan, notifier.clock(), work)
    await later(notifier, days=2)

    assert [one[0] for one in await outcomes(notifier, person)] == ["people_to_look_at"]


async def test_one_person_with_many_plans_is_told_of_a_few_lists_a_day(notifier: Any) -> None:
    person = await notifier.record(email="a@example.org", preferences=EMAIL)
    for _ in range(LISTS_A_DAY + 2):
        await heard(notifier, person, uuid4())
    first_day = [state for _, state, _ in await outcomes(notifier, person)]

    await later(notifier, days=1)

    assert sorted(first_day) == ["handed_over"] * LISTS_A_DAY + ["waiting"] * 2
    assert {state for _, state, _ in await outcomes(notifier, person)} == {"handed_over"}
