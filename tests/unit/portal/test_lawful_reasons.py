"""A lawful reason makes a must for its tasks, until its day: written down for good, said back plainly, and then over."""
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.portal.api import csv_in, fhir
from services.portal.api.shapes import PlanWithWords
from services.portal.domain.accounts import Role
from services.portal.domain.plan import PlanRefused, Strength
from services.portal.pages.lawful_words import how_they_stand, in_lines
from services.portal.pages.wishes import needs_reason
from services.portal.subscribers import hear_plan
from services.portal.usecases import plans
from shared.contracts.intake import PlanIn, SupportPlanReceived
from shared.contracts.portal import SupportPlanChanged
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, plan, viewer

UNTIL = date(2027, 5, 1)
AFTER = NOW.replace(year=2027, month=5, day=2)
WHY = "I was hurt by a man."
WOMAN: dict[str, Any] = {
    "criterion": "sex", "strength": "must", "value": "woman",
    "reason": {"why": WHY, "tasks": ["personal care"], "until": UNTIL.isoformat()},
}
TASKS = ["personal care", "cooking"]
URL = "https://alongside.example/fhir/support-plan/"


def lawful(**changes: Any) -> PlanIn:
    return plan(**{"tasks": TASKS, "wishes": [WOMAN], **changes})


async def taken_in(memory: Memory, given: PlanIn | None = None, **more: Any) -> Any:
    return (await plans.take_in_plan(COUNCIL, given or lawful(), memory.work, now=NOW, fresh=uuid4, **more)).plan


def from_csv() -> PlanIn:
    rows = (
        "Plan ID,Person,Postcode,Times,Hours,Tasks,Sex (must),Lawful reason,Reason for tasks,Reason ends\n"
        f"P-1,77,LE5 3,Mon 9am-11am,4,personal care; cooking,woman,{WHY},personal care,{UNTIL}\n"
    )
    (candidate,), _ = csv_in.plans(rows.encode(), upload_version=1)
    return PlanWithWords.model_validate(candidate.given).plan()


def from_fhir() -> PlanIn:
    reason = [{"url": "why", "valueString": WHY}, {"url": "task", "valueString": "personal care"},
              {"url": "until", "valueDate": UNTIL.isoformat()}]  # fmt: skip
    wish = [{"url": "criterion", "valueCode": "sex"}, {"url": "strength", "valueCode": "must"},
            {"url": "value", "valueString": "woman"}, {"url": "reason", "extension": reason}]  # fmt: skip
    body = {
        "resourceType": "CarePlan", "id": "P-1", "meta": {"versionId": "1"}, "status": "active", "intent": "plan",
        "subject": {"reference": "Patient/77"},
        "extension": [
            {"url": f"{URL}hours-per-week", "valueDecimal": 4}, {"url": f"{URL}area", "valueString": "LE5 3"},
            {"url": f"{URL}wish", "extension": wish},
        ],
        "activity": [{"detail": {"status": "scheduled", "code": {"text": task}}} for task in TASKS],
    }  # fmt: skip
    (candidate,), _ = fhir.plans(body, "fhir")
    return PlanWithWords.model_validate(candidate.given).plan()


@pytest.mark.parametrize("road", [lawful, from_csv, from_fhir], ids=["JSON", "CSV", "FHIR"])
async def test_by_every_road_it_is_told_with_its_tasks_and_day_and_written_down(road: Any) -> None:
    memory = Memory()

    taken = await taken_in(memory, road())

    (told,) = memory.outbox.of(SupportPlanChanged)
    assert (told.wishes[0].strength, told.wishes[0].reason.tasks, told.wishes[0].reason.until) == (
        "must", ("personal_care",), UNTIL
    )
    assert WHY not in told.model_dump_json()
    (entry,) = await memory.work.lawful_reasons.of_plan(COUNCIL, taken.plan_id)
    assert (entry.act, entry.criterion, entry.values, entry.reason.tasks, entry.reason.until, entry.reason.why) == (
        "recorded", "sex", ("woman",), ("personal_care",), UNTIL, WHY
    )
    assert (entry.by, entry.plan_revision, entry.at) == (None, 1, NOW)


async def test_from_the_intake_topic_too() -> None:
    memory = Memory()
    event = SupportPlanReceived.model_validate({**lawful().model_dump(mode="json", by_alias=True), "council": COUNCIL})

    await hear_plan(event, memory.work)

    (told,) = memory.outbox.of(SupportPlanChanged)
    assert len(await memory.work.lawful_reasons.of_plan(COUNCIL, told.plan_id)) == 1


async def test_who_changed_it_and_who_took_it_off_is_written_down_and_the_same_again_is_not() -> None:
    memory, person = Memory(), viewer(Role.PERSON)
    await memory.work.accounts.put(person.account)
    taken = await taken_in(memory, lawful(person_ref=str(person.account_id)))
    longer = {**WOMAN, "reason": {**WOMAN["reason"], "until": "2027-06-01"}}
    softer = {name: value for name, value in WOMAN.items() if name != "reason"} | {"strength": "important"}

    for wishes in ([WOMAN], [longer], [longer, {"criterion": "times", "strength": "nice"}], [softer]):
        changed = lawful(person_ref=str(person.account_id), wishes=wishes)
        await plans.write_plan(person, changed, memory.work, now=NOW, fresh=uuid4, plan_id=taken.plan_id)

    entries = await memory.work.lawful_reasons.of_plan(COUNCIL, taken.plan_id)
    assert [(entry.act, entry.by, entry.reason.until) for entry in entries] == [
        ("recorded", None, UNTIL),
        ("changed", person.account_id, date(2027, 6, 1)),
        ("ended", person.account_id, date(2027, 6, 1)),
    ]


async def test_a_reason_for_jobs_that_are_not_in_the_plan_is_refused_with_the_remedy() -> None:
    with pytest.raises(PlanRefused) as refused:
        await taken_in(Memory(), lawful(tasks=["cooking"]))

    (error,) = refused.value.errors
    assert (error.field, error.code) == ("wishes[0].reason.tasks", "reason_for_other_tasks")
    assert error.remedy == "Add one of these jobs to the plan, or give a reason for a job that is there."


async def test_the_day_after_it_ended_the_rest_of_the_plan_can_still_be_changed_and_no_new_reason_can_be_over() -> None:
    memory, person = Memory(), viewer(Role.PERSON)
    await memory.work.accounts.put(person.account)
    mine = lawful(person_ref=str(person.account_id), times="sometimes flumping")
    taken = await taken_in(memory, mine)

    changed = mine.model_copy(update={"times": "Mon 9am-11am"})
    saved = await plans.write_plan(person, changed, memory.work, now=AFTER, fresh=uuid4, plan_id=taken.plan_id)

    assert saved.plan.wants.fixed != taken.wants.fixed
    other = {**WOMAN, "reason": {**WOMAN["reason"], "until": "2027-04-30"}}
    with pytest.raises(PlanRefused, match="reason_is_over"):
        await plans.write_plan(
            person, lawful(wishes=[other]), memory.work, now=AFTER, fresh=uuid4, plan_id=taken.plan_id
        )


async def test_it_is_said_back_with_its_jobs_and_its_last_day() -> None:
    both, only = await taken_in(Memory()), await taken_in(Memory(), lawful(tasks=["personal care"]))
    key = ("sex", WHY, UNTIL.isoformat())

    assert how_they_stand(both, UNTIL)[key].text == (
        "Only for personal care, until 1 May 2027. For the other jobs you can ask anybody."
    )
    assert how_they_stand(only, UNTIL)[key].text == "Only for personal care, until 1 May 2027."
    assert how_they_stand(only, UNTIL)[key].strength is Strength.MUST


async def test_when_its_last_day_has_passed_the_page_says_so_and_asks_for_a_new_reason() -> None:
    taken = await taken_in(Memory())

    over = how_they_stand(taken, UNTIL + timedelta(days=1))["sex", WHY, UNTIL.isoformat()]

    assert over.strength is Strength.IMPORTANT
    assert over.text == "The reason ended on 1 May 2027, so this is not a must any more. You can give a new reason."
    assert needs_reason(WOMAN, UNTIL + timedelta(days=1)) and not needs_reason(WOMAN, UNTIL)


async def test_a_reason_that_ends_before_the_work_begins_is_no_must_and_that_is_said() -> None:
    taken = await taken_in(Memory(), lawful(start_on="2027-06-01"))

    (stands,) = how_they_stand(taken, NOW.date()).values()

    assert stands.strength is Strength.IMPORTANT
    assert stands.text == "The reason ends on 1 May 2027. That is before the work begins, so this is not a must."


async def test_the_record_can_be_read_and_staff_do_not_read_why() -> None:
    memory = Memory()
    taken = await taken_in(memory)
    record = await memory.work.lawful_reasons.of_plan(COUNCIL, taken.plan_id)
    person = viewer(Role.PERSON, UUID(int=7))
    mine = replace(taken, person_id=person.account_id)

    (line,), (to_staff,) = in_lines(record, mine, person), in_lines(record, mine, viewer(Role.STAFF))
    (own,) = in_lines([replace(record[0], by=person.account_id)], mine, person)

    assert line.text == "The plan that was sent to us gave this reason: Woman, for personal care, until 1 May 2027"
    assert (line.on, line.why, to_staff.why) == ("22 November 2026", WHY, "")
    assert own.text.startswith("You gave this reason: Woman")
