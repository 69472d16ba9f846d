"""FHIR CarePlans: what we take, what we say we did not take, what we refuse."""

import copy
from typing import Any

import pytest

from services.portal.api import fhir
from services.portal.api.fhir_extensions import URL
from services.portal.api.shapes import PlanWithWords


def ext(name: str, **value: Any) -> dict[str, Any]:
    return {"url": f"{URL}{name}", **value}


def part(name: str, **value: Any) -> dict[str, Any]:
    return {"url": name, **value}


CARE_PLAN: dict[str, Any] = {
    "resourceType": "CarePlan",
    "id": "cp1",
    "meta": {"versionId": "3", "profile": ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-CarePlan"]},
    "identifier": [{"system": "https://casework.example/plan-id", "value": "P-1"}],
    "status": "active",
    "intent": "plan",
    "title": "Mornings",
    "subject": {"reference": "Patient/77"},
    "period": {"start": "2026-12-01"},
    "activity": [
        {
            "detail": {
                "status": "scheduled",
                "code": {"text": "personal care"},
                "scheduledTiming": {
                    "repeat": {
                        "frequency": 1, "period": 1, "periodUnit": "wk", "dayOfWeek": ["mon", "wed"],
                        "timeOfDay": ["08:00:00"], "duration": 2, "durationUnit": "h",
                    }
                },
            }
        },
        {"detail": {"status": "scheduled", "code": {"coding": [{"display": "shopping"}]}, "scheduledString": "Sat morning"}},
    ],
    "extension": [
        ext("hours-per-week", valueDecimal=10),
        ext("area", valueString="LE5 3"),
        ext("most-rate", valueMoney={"value": 14.5, "currency": "GBP"}),
        ext("sleep-in", valueCode="fri"),
        ext("own-words", valueString="I like my garden."),
        ext(
            "wish",
            extension=[
                part("criterion", valueCode="sex"),
                part("strength", valueCode="must"),
                part("value", valueString="woman"),
                part("reason", extension=[
                    part("why", valueString="Her faith"),
                    part("task", valueString="personal care"),
                    part("until", valueDate="2027-05-01"),
                ]),
            ],
        ),
        ext(
            "wish",
            extension=[
                part("criterion", valueCode="language"),
                part("strength", valueCode="important"),
                part("value", valueString="Somali"),
                part("or-else", valueString="Swahili"),
            ],
        ),
    ],
}  # fmt: skip


def changed(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(CARE_PLAN), **changes}


def only(body: dict[str, Any], source: str | None = None):
    (candidate,), _ = fhir.plans(body, source)
    return candidate


def test_a_care_plan_becomes_a_plan():
    candidate = only(CARE_PLAN)

    plan = PlanWithWords.model_validate(candidate.given)

    assert candidate.not_understood == ()
    assert (plan.source, plan.source_id, plan.source_version) == ("casework-example-plan-id", "P-1", 3)
    assert (plan.person_ref, plan.postcode, plan.hours_per_week, plan.state) == ("77", "LE5 3", 10, "open")
    assert (plan.tasks, plan.times) == (("personal care", "shopping"), "Sat morning")
    assert [(slot.day, slot.start, slot.end) for slot in plan.slots] == [("mon", "08:00", "10:00"), ("wed", "08:00", "10:00")]
    assert (plan.sleep_ins, plan.own_words, plan.title) == (("fri",), "I like my garden.", "Mornings")
    assert (plan.wishes[0].reason.tasks, plan.wishes[1].or_else) == (("personal care",), ("Swahili",))


def test_what_we_have_no_place_for_is_named_and_never_repeated():
    body = changed(
        goal=[{"reference": "Goal/1"}],
        note=[{"text": "Amina likes tea"}],
        extension=[*CARE_PLAN["extension"], {"url": "https://other.example/mood", "valueString": "Amina is happy"}],
    )
    body["activity"][0]["detail"]["location"] = {"display": "At Amina's"}

    candidate = only(body)

    assert sorted(candidate.not_understood) == ["activity[0].detail.location", "extension[7]", "goal", "note"]
    assert "Amina" not in str(candidate.not_understood)


def test_times_we_cannot_say_as_a_week_are_named():
    body = changed()
    body["activity"][0]["detail"]["scheduledTiming"]["repeat"]["periodUnit"] = "mo"

    candidate = only(body)

    assert candidate.not_understood == ("activity[0].detail.scheduledTiming",)
    assert candidate.given["slots"] == []


def test_an_activity_that_is_over_is_not_asked_for():
    body = changed()
    body["activity"][1]["detail"]["status"] = "cancelled"

    candidate = only(body)

    assert candidate.given["tasks"] == ["personal care"]
    assert candidate.not_understood == ("activity[1]",)


def test_a_night_runs_past_midnight():
    body = changed()
    body["activity"][0]["detail"]["scheduledTiming"]["repeat"] |= {"timeOfDay": ["22:00:00"], "duration": 9}

    assert only(body).given["slots"][0] == {"day": "mon", "from": "22:00", "to": "07:00"}


@pytest.mark.parametrize(
    ("status", "state"), [("on-hold", "paused"), ("revoked", "closed"), ("completed", "closed"), ("draft", "paused")]
)
def test_the_state_follows_the_status(status, state):
    assert only(changed(status=status)).given["state"] == state


def test_not_fhir_is_refused_by_field():
    candidate = only(changed(status="happy", subject={"reference": 7}))

    assert {error.field for error in candidate.errors} & {"status", "subject.reference"}
    assert "happy" not in str(candidate.errors)


def test_a_modifier_we_do_not_know_may_not_be_ignored():
    candidate = only(changed(modifierExtension=[{"url": "https://other.example/not", "valueBoolean": True}]))

    assert [error.field for error in candidate.errors] == ["modifierExtension"]


def test_a_proposal_is_not_a_plan():
    assert [error.field for error in only(changed(intent="proposal")).errors] == ["intent"]


def test_a_plan_without_a_version_is_refused():
    assert [error.field for error in only(changed(meta={})).errors] == ["meta"]


def test_a_day_of_change_is_a_version():
    given = only(changed(meta={"lastUpdated": "2026-11-22T12:00:00Z"})).given

    assert given["source_version"] == 1_795_348_800


def test_a_bundle_brings_the_area_from_its_patients_and_names_what_was_not_read():
    patient = {
        "resourceType": "Patient",
        "id": "77",
        "name": [{"text": "Amina Ali"}],
        "address": [{"line": ["1 High Street"], "postalCode": "LE5 3PA"}],
    }
    care_plan = changed(extension=[ext("hours-per-week", valueDecimal=10)])
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": patient}, {"resource": care_plan}, {"resource": {"resourceType": "Goal"}}],
    }

    candidates, beside = fhir.plans(bundle, "casework")

    assert (candidates[0].given["postcode"], candidates[0].given["source"]) == ("LE5 3PA", "casework")
    assert beside == ["entry[0].Patient.name", "entry[2].Goal"]


def test_something_else_holds_no_plans():
    assert fhir.plans({"resourceType": "Patient"}, None) == ([], [])
    assert fhir.plans([], None) == ([], [])
