"""A must about sex, faith or culture without a lawful reason comes in by no road, and not by a change made afterwards."""
import json
from typing import Any
from uuid import uuid4

import pytest

from services.portal.api import csv_in, fhir
from services.portal.api.shapes import PlanWithWords
from services.portal.domain.accounts import Role
from services.portal.domain.plan import PlanRefused, Strength
from services.portal.subscribers import hear_plan
from services.portal.usecases import plans
from shared.contracts.intake import PlanIn, SupportPlanReceived
from shared.messaging.hearing import NeverRight
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, plan, viewer

WORDS = {"sex": "woman", "faith": "Sikh", "culture": "Caribbean"}
URL = "https://alongside.example/fhir/support-plan/"


def must(kind: str, **more: Any) -> dict[str, Any]:
    return {"criterion": kind, "strength": "must", "value": WORDS[kind], **more}


def from_csv(kind: str) -> PlanIn:
    rows = f"Plan ID,Person,Postcode,Times,Hours,{kind.title()} (must)\nP-1,77,LE5 3,Mon 9am-11am,4,{WORDS[kind]}\n"
    (candidate,), _ = csv_in.plans(rows.encode(), upload_version=1)
    return PlanWithWords.model_validate(candidate.given).plan()


def from_fhir(kind: str) -> PlanIn:
    wish = [{"url": "criterion", "valueCode": kind}, {"url": "strength", "valueCode": "must"},
            {"url": "value", "valueString": WORDS[kind]}]  # fmt: skip
    body = {
        "resourceType": "CarePlan", "id": "P-1", "meta": {"versionId": "1"}, "status": "active", "intent": "plan",
        "subject": {"reference": "Patient/77"},
        "extension": [{"url": f"{URL}hours-per-week", "valueDecimal": 4}, {"url": f"{URL}area", "valueString": "LE5 3"},
                      {"url": f"{URL}wish", "extension": wish}],
    }  # fmt: skip
    (candidate,), _ = fhir.plans(body, "fhir")
    return PlanWithWords.model_validate(candidate.given).plan()


ROADS = {"JSON": lambda kind: plan(wishes=[must(kind)]), "CSV": from_csv, "FHIR": from_fhir}


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("road", ROADS)
async def test_it_is_refused_by_every_road_over_http(kind: str, road: str) -> None:
    memory = Memory()
    given = ROADS[road](kind)
    assert [(wish.criterion, wish.strength) for wish in given.wishes] == [(kind, "must")]

    with pytest.raises(PlanRefused) as refused:
        await plans.take_in_plan(COUNCIL, given, memory.work, now=NOW, fresh=uuid4)

    assert [error.code for error in refused.value.errors] == ["no_lawful_reason"]
    assert memory.outbox.told == []


@pytest.mark.parametrize("kind", WORDS)
async def test_on_the_topic_it_is_set_aside_and_its_reason_says_nothing_of_what_was_asked(kind: str) -> None:
    memory = Memory()
    body = {**json.loads(plan(wishes=[must(kind)]).model_dump_json(by_alias=True)), "council": COUNCIL}

    with pytest.raises(NeverRight) as never:
        await hear_plan(SupportPlanReceived.model_validate(body), memory.work)

    assert str(never.value) == "plan_refused: no_lawful_reason"


@pytest.mark.parametrize("kind", WORDS)
async def test_a_wish_that_is_only_important_cannot_be_made_a_must_afterwards(kind: str) -> None:
    memory, person = Memory(), viewer(Role.PERSON)
    await memory.work.accounts.put(person.account)
    soft = plan(person_ref=str(person.account_id), wishes=[{**must(kind), "strength": "important"}])
    taken = await plans.take_in_plan(COUNCIL, soft, memory.work, now=NOW, fresh=uuid4)
    hard = soft.model_copy(update={"wishes": plan(wishes=[must(kind)]).wishes})

    for attempt in (
        plans.write_plan(person, hard, memory.work, now=NOW, fresh=uuid4, plan_id=taken.plan.plan_id),
        plans.take_in_plan(COUNCIL, hard.model_copy(update={"source_version": 2}), memory.work, now=NOW, fresh=uuid4),
    ):
        with pytest.raises(PlanRefused):
            await attempt

    kept = await memory.work.plans.find(COUNCIL, taken.plan.plan_id)
    assert kept is not None and [wish.strength for wish in kept.wants.wishes] == [Strength.IMPORTANT]


@pytest.mark.parametrize("kind", ("practice", "skill", "interest", "task", "language"))
@pytest.mark.parametrize("word", ("woman", "women only", "man", "Muslim", "Sikh", "no Muslims", "white", "British", "Asian"))
async def test_who_somebody_is_cannot_be_asked_for_under_another_name(kind: str, word: str) -> None:
    """Such a word is asked about: it never becomes a wish that keeps people out."""
    memory = Memory()
    wish = {"criterion": kind, "strength": "must", "value": word}

    taken = await plans.take_in_plan(COUNCIL, plan(wishes=[wish]), memory.work, now=NOW, fresh=uuid4)

    assert [one for one in taken.plan.wants.wishes if one.confirmed] == []
