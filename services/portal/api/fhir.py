"""FHIR R4 CarePlans in UK Core's shape, to plans. What we have no place for is listed, never dropped silently."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fhir.resources.R4B.careplan import CarePlan
from pydantic import ValidationError

from services.portal.api import fhir_activities, fhir_extensions
from services.portal.api.fhir_paths import Paths
from services.portal.api.taking_in import Candidate
from shared.runtime.http import FieldProblem, field_problems

STATES = {
    "active": "open",
    "draft": "paused",
    "on-hold": "paused",
    "unknown": "paused",
    "completed": "closed",
    "revoked": "closed",
    "entered-in-error": "closed",
}
BOOKKEEPING = ("resourceType", "id", "meta", "text", "language", "contained", "fhir_comments")
PATIENT_READ = ("resourceType", "id", "meta", "text", "identifier", "address")

Json = dict[str, Any]


def plans(body: Any, source: str | None) -> tuple[list[Candidate], list[str]]:
    """The CarePlans of a Bundle, or the one; and the paths of what lies beside them unread."""
    if not isinstance(body, dict):
        return [], []
    if body.get("resourceType") != "Bundle":
        is_plan = body.get("resourceType") == "CarePlan"
        return ([plan(body, patients_in(body.get("contained")), source)] if is_plan else []), []
    entries = [
        entry for entry in listed(body.get("entry")) if isinstance(entry, dict) and isinstance(entry.get("resource"), dict)
    ]
    resources = [entry["resource"] for entry in entries]
    patients = patients_in(resources)
    patients |= {
        str(entry["fullUrl"]): entry["resource"] for entry in entries if "fullUrl" in entry and is_a(entry["resource"], "Patient")
    }
    care_plans = [one for one in resources if is_a(one, "CarePlan")]
    return [plan(one, patients | patients_in(one.get("contained")), source) for one in care_plans], list(beside(resources))


def listed(value: Any) -> list[Any]:
    """What lies beside the CarePlans is not checked as they are."""
    return value if isinstance(value, list) else []


def is_a(resource: Any, kind: str) -> bool:
    return isinstance(resource, dict) and resource.get("resourceType") == kind


def beside(resources: list[Json]) -> Iterator[str]:
    for at, one in enumerate(resources):
        match one.get("resourceType"):
            case "CarePlan":
                continue
            case "Patient":
                yield from (f"entry[{at}].Patient.{key}" for key in one if key not in PATIENT_READ)
            case kind:
                yield f"entry[{at}].{kind if isinstance(kind, str) and kind.isalpha() else 'resource'}"


def patients_in(resources: Any) -> dict[str, Json]:
    """By every way a CarePlan may refer to them."""
    found = [one for one in listed(resources) if is_a(one, "Patient") and one.get("id")]
    return {reference: one for one in found for reference in (f"Patient/{one['id']}", f"#{one['id']}", str(one["id"]))}


def plan(sent: Json, patients: dict[str, Json], source: str | None) -> Candidate:
    try:
        checked = CarePlan.model_validate(sent)
    except ValidationError as invalid:
        return Candidate(
            {"source_id": sent.get("id")}, errors=tuple(field_problems(invalid.errors(include_input=False, include_url=False)))
        )
    raw: Json = json.loads(checked.model_dump_json())  # what was sent, each value of the type that FHIR says
    paths = Paths(raw)
    errors = [*must_not_be_ignored(raw)]
    given: Json = {"state": STATES.get(raw.get("status", ""))}
    if given["state"] is None:
        errors.append(problem("status", "This is not a status of a CarePlan.", "Use a FHIR status, like ‘active’."))
    paths.use("status", *BOOKKEEPING)
    if raw.get("intent") in ("plan", "order"):
        paths.use("intent")
    else:
        errors.append(problem("intent", "This is not yet a plan that holds.", "Send it once its intent is ‘plan’ or ‘order’."))
    given |= identity(raw, source, paths, errors)
    given |= subject(raw, patients, paths)
    if "title" in raw:
        given["title"] = raw["title"]
        paths.use("title")
    if start := raw.get("period", {}).get("start"):
        given["start_on"] = start[:10]
        paths.use("period.start")
    activities = fhir_activities.read(raw.get("activity") or [], paths)
    extensions = fhir_extensions.read(raw.get("extension") or [], paths)
    given |= fhir_activities.joined(activities, extensions)
    return Candidate(given, not_understood=tuple(paths.unread()), errors=tuple(errors))


def must_not_be_ignored(raw: Json) -> Iterator[FieldProblem]:
    """FHIR: who does not understand a modifier may not use what it modifies."""
    for key in ("modifierExtension", "implicitRules"):
        if raw.get(key):
            yield problem(key, "This changes the meaning of the plan in a way we do not know.", "Send the plan without it.")


def identity(raw: Json, source: str | None, paths: Paths, errors: list[FieldProblem]) -> Json:
    """The first identifier with a value, else the resource's own id; the version from `meta`."""
    numbers = [(at, one) for at, one in enumerate(raw.get("identifier") or []) if one.get("value")]
    system = ""
    found: Json = {"source_id": raw.get("id")}
    if numbers:
        at, first = numbers[0]
        found["source_id"], system = first["value"], first.get("system", "")
        paths.use(f"identifier[{at}]")
    if not found["source_id"]:
        errors.append(problem("identifier", "This plan has no number.", "Add an identifier with a value, or an id."))
    meta = raw.get("meta") or {}
    version = version_of(meta)
    if version is None:
        errors.append(problem("meta", "This plan has no version.", "Add meta.versionId as a whole number, or meta.lastUpdated."))
    return {**found, "source": source or slug(system) or slug(meta.get("source", "")) or "fhir", "source_version": version}


def version_of(meta: Json) -> int | None:
    if re.fullmatch(r"[1-9]\d{0,17}", str(meta.get("versionId", ""))):
        return int(meta["versionId"])
    try:
        return int(datetime.fromisoformat(meta["lastUpdated"].replace("Z", "+00:00")).timestamp())
    except (KeyError, ValueError, AttributeError):
        return None


def slug(system: str) -> str:
    """'https://casework.example/plan-id' -> 'casework-example-plan-id'."""
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"^[a-z]+:(//)?", "", system.lower())).strip("-")
    return words[:41] if re.fullmatch(r"[a-z][a-z0-9-]+", words) else ""


def subject(raw: Json, patients: dict[str, Json], paths: Paths) -> Json:
    """Whose plan, and roughly where they live. Names and whole addresses are not read."""
    who = raw.get("subject") or {}
    reference = str(who.get("reference", ""))
    paths.use("subject.reference", "subject.type", "subject.identifier")
    plain = re.sub(r"^(urn:uuid:|#)", "", reference).split("/_history")[0]
    number = who.get("identifier", {}).get("value") or plain.split("/")[-1]
    patient = patients.get(reference) or patients.get(reference.split("/")[-1]) or {}
    homes = listed(patient.get("address"))
    codes = [home.get("postalCode") for home in homes if isinstance(home, dict) and home.get("use") != "old"]
    codes = [code for code in codes if isinstance(code, str)]
    return {"person_ref": number} | ({"postcode": codes[0]} if codes else {})


def problem(field: str, said: str, remedy: str) -> FieldProblem:
    return FieldProblem(field=field, problem=said, remedy=remedy)
