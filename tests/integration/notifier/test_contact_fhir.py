"""A contact record goes out as FHIR and comes back the same; another system's Flags become ways, or are named."""
from typing import Any
from uuid import UUID, uuid4

import pytest
from fhir.resources.R4B.bundle import Bundle

EMAIL = {"method": "email", "format": "plain", "language": "cy", "point_size": None}
LETTER = {"method": "letter", "format": "large_print", "language": "en", "point_size": 24}
SNOMED = "http://snomed.info/sct"
WHOLE = {
    "phone": "07700 900123", "email": "a@example.org", "postal_address": ["1 Road", "Leicester", "LE5 6AA"], "shown_as": "Amina",
    "preferences": [LETTER, EMAIL], "never": ["phone"], "quiet_from": "19:00", "quiet_to": "09:00", "discreet": True,
    "shared_post": True, "needs": ["204331000000107", "441092009"], "confirmed_on": "2026-11-01", "ask_again_on": "2027-03-01",
    "safe_times": [{"days": ["tuesday", "sunday"], "begins": "10:00", "ends": "12:00"}],
}  # fmt: skip


def patient(**said: Any) -> dict[str, Any]:
    languages = [
        {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": tag}]}, "preferred": tag == "so"} for tag in ("en", "so")
    ]
    return {
        "resourceType": "Patient", "id": "p1", "name": [{"given": ["Amina"], "family": "Warsame"}],
        "telecom": [{"system": "email", "value": "a@example.org"}], "communication": languages, **said,
    }  # fmt: skip


def flag(code: str, display: str | None = None, **said: Any) -> dict[str, Any]:
    coding = {"system": SNOMED, "code": code} | ({"display": display} if display else {})
    return {
        "resourceType": "Flag", "status": "active", "code": {"coding": [coding]}, "subject": {"reference": "Patient/p1"}, **said
    }


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


async def put(notifier: Any, party: UUID, body: dict[str, Any], council: str | None = None) -> Any:
    return await notifier.http.put(f"/councils/{council or notifier.council}/parties/{party}/contact/fhir", json=body)


@pytest.mark.parametrize("kind", ["person", "pa", "supporter", "staff"])
async def test_a_record_goes_out_as_fhir_and_comes_back_the_same(notifier: Any, kind: str) -> None:
    copies = [{"supporter_id": str(uuid4()), "topics": ["lists", "meetings"]}] if kind == "person" else []
    party = await notifier.record(kind=kind, copies=copies, **WHOLE)
    there = (await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact")).json()

    sent = await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact/fhir")
    back = await put(notifier, party, sent.json(), f"{notifier.council}-b"[:40])

    assert sent.headers["content-type"] == "application/fhir+json"
    Bundle.model_validate(sent.json())
    assert back.status_code == 200, back.text
    assert (back.json()["contact"], back.json()["not_understood"]) == (there, [])


async def test_each_need_is_a_flag_with_the_standards_label(notifier: Any) -> None:
    party = await notifier.record(**WHOLE)

    sent = (await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact/fhir")).json()

    flags = [one["resource"]["code"]["coding"][0] for one in sent["entry"][1:]]
    assert {"system": SNOMED, "code": "957351000000102",
            "display": "Requires written information in at least 24 point sans serif font"} in flags
    assert [one["code"] for one in flags][-2:] == ["204331000000107", "441092009"]


async def test_another_systems_flags_become_ways_and_the_rest_is_named(notifier: Any) -> None:
    answer = await put(notifier, uuid4(), bundle(
        patient(gender="female"), flag("936741000000100"), flag("957351000000102"), flag("945931000000101"),
        flag("204331000000107", "British Sign Language interpreter needed"), flag("404684003"),
        flag("936721000000107", status="inactive"),
    ))  # fmt: skip

    said = answer.json()
    assert answer.status_code == 200, answer.text
    assert said["contact"]["address_as"] == "Amina Warsame"
    assert said["contact"]["preferences"] == [{**LETTER, "method": "email", "language": "so"}]
    assert said["contact"]["needs"] == ["204331000000107"]
    assert said["not_understood"] == [
        "entry[3].resource.code.coding[0]: Requires audible alert", "entry[5].resource.code.coding[0]",
        "entry[0].resource.gender",
    ]


async def test_a_form_we_cannot_make_by_a_method_is_kept_and_never_made_plain(notifier: Any) -> None:
    answer = await put(notifier, uuid4(), bundle(patient(), flag("936701000000103"), flag("936661000000109")))

    assert answer.json()["contact"]["preferences"] == [
        {"method": "text", "format": "braille", "language": "so", "point_size": None}
    ]


@pytest.mark.parametrize(
    ("resources", "field", "words"),
    [
        ([patient(), flag("204331000000108")], "entry[1].resource.code.coding[0].code", "check digit"),
        ([patient(), flag("441092009", "Does use hearing aid")], "entry[1].resource.code.coding[0].display", "Does lip read"),
        ([patient(communication=[]), flag("936741000000100")], "entry[0].resource.communication", "which language"),
        ([flag("441092009")], "entry", "one Patient"),
        ([patient(), patient()], "entry", "one Patient"),
        ([patient(implicitRules="https://other.example/rules")], "entry[0].resource.implicitRules", "changes the meaning"),
        ([{**patient(), "resourceType": "Practitioner", "communication": []}], "entry[0].resource.extension", "PA, a supporter"),
        ([patient(name=[])], "address_as", "missing"),
        ([patient(telecom=[{"system": "email", "value": "nowhere"}])], "email", "not an email address"),
    ],
)
async def test_what_is_wrong_is_named_by_its_place_and_nothing_is_kept(
    notifier: Any, resources: list[dict[str, Any]], field: str, words: str
) -> None:
    party = uuid4()

    answer = await put(notifier, party, bundle(*resources))

    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert words in answer.json()["errors"][0]["problem"]
    assert (await notifier.http.get(f"/councils/{notifier.council}/parties/{party}/contact/fhir")).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"resourceType": "Patient"}', b'{"resourceType":"Bundle","type":"x y"}'])
async def test_what_is_no_bundle_is_refused(notifier: Any, body: bytes) -> None:
    answer = await notifier.http.put(f"/councils/{notifier.council}/parties/{uuid4()}/contact/fhir", content=body)

    assert answer.status_code == 422


async def test_an_old_copy_starts_nobody_who_said_stop(notifier: Any) -> None:
    party = await notifier.record(**WHOLE)
    path = f"/councils/{notifier.council}/parties/{party}"
    fhir = (await notifier.http.get(f"{path}/contact/fhir")).json()
    everybody = (await notifier.http.get(f"/councils/{notifier.council}/contacts")).json()["items"]
    await notifier.http.post(f"{path}/stop")

    await put(notifier, party, fhir)
    await notifier.http.post(f"/councils/{notifier.council}/contacts/bulk", json=everybody)

    assert (await notifier.http.get(f"{path}/contact")).json()["stopped"] is True
