"""A FHIR R4 Bundle read as a contact record. What we have no place for is listed, never dropped silently."""
import json
import re
from dataclasses import dataclass, field
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from services.notifier.api.contact_fhir import LANGUAGES, SNOMED, URL
from services.notifier.domain.standard import OF_TALKING
from shared.runtime.http import FieldProblem, field_problems
from shared.vocabulary import formats
from shared.vocabulary.formats import Need, WrongCode

Json = dict[str, Any]

ONE = {
    "kind": "kind", "quiet-from": "quiet_from", "quiet-to": "quiet_to", "discreet": "discreet", "shared-post": "shared_post",
    "hear-of-gaps": "hear_of_gaps", "stopped": "stopped", "shown-as": "shown_as", "confirmed-on": "confirmed_on",
    "ask-again-on": "ask_again_on", "list-news": "list_news",
}
MANY = {"never": "never"}
PARTS: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "preference": (
        "preferences", {"method": "method", "format": "format", "language": "language", "point-size": "point_size"}, {}
    ),
    "safe-time": ("safe_times", {"begins": "begins", "ends": "ends"}, {"day": "days"}),
    "copy": ("copies", {"supporter": "supporter_id"}, {"topic": "topics"}),
}
WHO = ("Patient", "Practitioner")
READ_OF_WHO = ("resourceType", "id", "meta", "text", "name", "telecom", "address", "communication", "extension", "identifier")


@dataclass
class Heard:
    """What a Bundle says, in the shape of a record."""

    said: Json = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    """Paths, with a need's own label where it has one: never what somebody wrote."""
    errors: list[FieldProblem] = field(default_factory=list)


def read(body: object) -> Heard:
    heard = Heard()
    try:
        raw: Json = json.loads(Bundle.model_validate(body).model_dump_json())
    except ValidationError as invalid:
        heard.errors += field_problems(invalid.errors(include_input=False, include_url=False))
        return heard
    entries = [(f"entry[{at}].resource", entry.get("resource") or {}) for at, entry in enumerate(raw.get("entry") or [])]
    people = [(where, one) for where, one in entries if one.get("resourceType") in WHO]
    if len(people) != 1:
        heard.errors.append(problem("entry", "There must be one Patient or one Practitioner.", "Send one record at a time."))
        return heard
    where, person = people[0]
    for path, one in entries:
        for key in ("modifierExtension", "implicitRules"):
            if one.get(key):
                said = "This changes the meaning in a way we do not know."
                heard.errors.append(problem(f"{path}.{key}", said, "Leave it out."))
        if one.get("resourceType") == "Flag":
            flag(path, one, person, heard)
        elif one is not person:
            heard.not_understood.append(path)
    who(where, person, heard)
    talking = [need.snomed for need in heard.needs if need.category in OF_TALKING]
    if talking:
        heard.said["needs"] = talking
    if "preferences" not in heard.said:
        heard.said["preferences"] = ways(where, heard, languages(person))
    return heard


def who(where: str, person: Json, heard: Heard) -> None:
    heard.said |= {"kind": "person"} if person["resourceType"] == "Patient" else {}
    for name in (person.get("name") or [])[:1]:
        heard.said["address_as"] = name.get("text") or " ".join([*name.get("given", []), name.get("family", "")]).strip()
    for at, point in enumerate(person.get("telecom") or []):
        system = point.get("system")
        if system in ("phone", "sms", "email") and point.get("use") != "old":
            heard.said.setdefault("email" if system == "email" else "phone", point.get("value"))
        else:
            heard.not_understood.append(f"{where}.telecom[{at}]")
    homes = [home for home in person.get("address") or [] if home.get("use") != "old"]
    if homes:
        home = homes[0]
        heard.said["postal_address"] = [*home.get("line", []), *[home[key] for key in ("city", "postalCode") if home.get(key)]]
    extensions(where, person.get("extension") or [], heard)
    if "kind" not in heard.said:
        said = "Nothing says whether this is a PA, a supporter or a worker."
        heard.errors.append(problem(f"{where}.extension", said, f"Add the extension {URL}kind with pa, supporter or staff."))
    heard.not_understood += [f"{where}.{key}" for key in person if key not in READ_OF_WHO]


def extensions(where: str, found: list[Json], heard: Heard) -> None:
    for at, one in enumerate(found):
        name, path = str(one.get("url", "")).removeprefix(URL), f"{where}.extension[{at}]"
        if not str(one.get("url", "")).startswith(URL):
            heard.not_understood.append(path)
        elif name in ONE:
            heard.said[ONE[name]] = value_of(one)
        elif name in MANY:
            heard.said.setdefault(MANY[name], []).append(value_of(one))
        elif name in PARTS:
            key, single, several = PARTS[name]
            heard.said.setdefault(key, []).append(parts(path, one.get("extension") or [], single, several, heard))
        else:
            heard.not_understood.append(path)


def parts(where: str, found: list[Json], single: dict[str, str], several: dict[str, str], heard: Heard) -> Json:
    said: Json = {}
    for at, one in enumerate(found):
        name = str(one.get("url", ""))
        if name in single:
            said[single[name]] = value_of(one)
        elif name in several:
            said.setdefault(several[name], []).append(value_of(one))
        else:
            heard.not_understood.append(f"{where}.extension[{at}]")
    return said


def value_of(extension: Json) -> Any:
    value = next((extension[key] for key in extension if key.startswith("value")), None)
    return value.removeprefix("urn:uuid:") if isinstance(value, str) else value


def flag(where: str, one: Json, person: Json, heard: Heard) -> None:
    """A need, if it still holds and is this party's."""
    about = str(one.get("subject", {}).get("reference", ""))
    if re.sub(r"^(urn:uuid:|#)", "", about).split("/")[-1] != person.get("id"):
        heard.not_understood.append(f"{where}.subject")
        return
    if one.get("status") != "active":
        return
    for at, coding in enumerate(one.get("code", {}).get("coding") or []):
        path = f"{where}.code.coding[{at}]"
        if coding.get("system") != SNOMED:
            heard.not_understood.append(path)
            continue
        try:
            need = formats.need_of(str(coding.get("code", "")))
        except WrongCode:
            said = "This is no SNOMED CT code: its check digit is wrong."
            heard.errors.append(problem(f"{path}.code", said, "Check its digits where it was first written down."))
            continue
        if need is None:
            heard.not_understood.append(path)
        elif coding.get("display") not in (None, need.label):
            said = f"This code is the Standard's “{need.label}”, and the words beside it are others."
            heard.errors.append(problem(f"{path}.display", said, "Find out which of the two is meant, and send both alike."))
        else:
            heard.needs.append(need)
            if not (need.method or need.format or need.category in OF_TALKING):
                heard.not_understood.append(f"{path}: {need.label}")


def languages(person: Json) -> list[str]:
    """Preferred first."""
    spoken = person.get("communication") or []
    wrapped = [one if "language" in one else {"language": one} for one in spoken]
    ordered = sorted(wrapped, key=lambda one: not one.get("preferred", False))
    return [
        coding["code"] for one in ordered for coding in one["language"].get("coding") or []
        if coding.get("system") in (LANGUAGES, None) and coding.get("code")
    ]


def ways(where: str, heard: Heard, tags: list[str]) -> list[Json]:
    """The Standard has neither order nor pairs: each method that was named, in each form that was named. A form is never
    left out, also where we cannot make it by that method: then a person sees to it."""
    methods = list(dict.fromkeys(need.method for need in heard.needs if need.method))
    forms = [need for need in heard.needs if need.format]
    if methods and not tags:
        said = "Nothing says in which language they are told."
        heard.errors.append(problem(f"{where}.communication", said, "Add the languages they understand."))
    if not methods:
        heard.not_understood += [f"{need.label}: by no method that we know" for need in forms]
    return [way for method in methods for way in in_each_form(method, forms, tags[0] if tags else "")]


def in_each_form(method: str, forms: list[Need], language: str) -> list[Json]:
    if method in ("phone", "visit"):
        return [{"method": method, "format": "verbal", "language": language}]
    return [
        {"method": method, "format": form.format, "language": language, "point_size": form.point_size} for form in forms
    ] or [{"method": method, "format": "plain", "language": language}]


def problem(where: str, said: str, remedy: str) -> FieldProblem:
    return FieldProblem(field=where, problem=said, remedy=remedy)
