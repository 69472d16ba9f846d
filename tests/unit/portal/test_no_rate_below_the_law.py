"""A highest rate that is lawful for nobody comes in by no road, and is refused with the figure, the age and the day."""
import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.portal.api import csv_in, fhir
from services.portal.api.shapes import PlanWithWords
from services.portal.domain.accounts import Role
from services.portal.domain.plan import PlanRefused
from services.portal.subscribers import hear_plan
from services.portal.usecases import plans
from shared.contracts.intake import PlanIn, SupportPlanReceived
from shared.messaging.hearing import NeverRight
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, plan, viewer

URL = "https://alongside.example/fhir/support-plan/"
LOW = "7.99"


def from_csv(rate: str) -> PlanIn:
    rows = f"Plan ID,Person,Postcode,Times,Hours,Max rate,Person pays\nP-1,77,LE5 3,Mon 9am-11am,4,£{rate},£30\n"
    (candidate,), _ = csv_in.plans(rows.encode(), upload_version=1)
    return PlanWithWords.model_validate(candidate.given).plan()


def from_fhir(rate: str) -> PlanIn:
    money = {"value": float(rate), "currency": "GBP"}
    body = {
        "resourceType": "CarePlan", "id": "P-1", "meta": {"versionId": "1"}, "status": "active", "intent": "plan",
        "subject": {"reference": "Patient/77"},
        "extension": [{"url": f"{URL}hours-per-week", "valueDecimal": 4}, {"url": f"{URL}area", "valueString": "LE5 3"},
                      {"url": f"{URL}most-rate", "valueMoney": money},
                      {"url": f"{URL}contribution-per-week", "valueMoney": {"value": 30, "currency": "GBP"}}],
    }  # fmt: skip
    (candidate,), _ = fhir.plans(body, "fhir")
    return PlanWithWords.model_validate(candidate.given).plan()


def from_json(rate: str) -> PlanIn:
    return plan(most_rate=rate, contribution_per_week=30)


ROADS = {"JSON": from_json, "CSV": from_csv, "FHIR": from_fhir}


@pytest.mark.parametrize("road", ROADS)
async def test_it_is_refused_by_every_road_over_http_and_a_penny_more_is_not(road: str) -> None:
    memory = Memory()

    with pytest.raises(PlanRefused) as refused:
        await plans.take_in_plan(COUNCIL, ROADS[road](LOW), memory.work, now=NOW, fresh=uuid4)
    taken = await plans.take_in_plan(COUNCIL, ROADS[road]("8.00"), memory.work, now=NOW, fresh=uuid4)

    (error,) = refused.value.errors
    assert (error.field, error.code) == ("most_rate", "below_minimum_wage")
    assert "£8.00 an hour under 18, and £12.71 from 21, since 1 April 2026" in error.remedy
    assert (taken.plan.wants.most_rate, taken.plan.wants.contribution) == (800, 3000)


async def test_on_the_topic_it_is_set_aside() -> None:
    body = {**json.loads(from_json(LOW).model_dump_json(by_alias=True)), "council": COUNCIL}

    with pytest.raises(NeverRight, match="plan_refused: below_minimum_wage"):
        await hear_plan(SupportPlanReceived.model_validate(body), Memory().work)


async def test_on_a_page_it_is_refused_too() -> None:
    memory, person = Memory(), viewer(Role.PERSON)
    await memory.work.accounts.put(person.account)
    given = plan(person_ref=str(person.account_id))
    taken = await plans.write_plan(person, given, memory.work, now=NOW, fresh=uuid4)

    with pytest.raises(PlanRefused):
        await plans.write_plan(
            person, given.model_copy(update={"most_rate": from_json(LOW).most_rate}), memory.work, now=NOW, fresh=uuid4,
            plan_id=taken.plan.plan_id,
        )  # fmt: skip


async def test_the_figure_is_that_of_the_day_the_work_starts() -> None:
    in_march, memory = datetime(2026, 3, 1, 12, tzinfo=UTC), Memory()

    await plans.take_in_plan(COUNCIL, plan(most_rate="7.60"), memory.work, now=in_march, fresh=uuid4)
    with pytest.raises(PlanRefused):
        later = plan(most_rate="7.60", start_on="2026-04-01", source_version=2)
        await plans.take_in_plan(COUNCIL, later, memory.work, now=in_march, fresh=uuid4)
