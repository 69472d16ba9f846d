"""Our FHIR extensions: what a support plan says and a CarePlan cannot. Listed in docs/how-to/support-plans.md."""

from typing import Any

from services.portal.api.fhir_paths import Paths

Json = dict[str, Any]

URL = "https://alongside.example/fhir/support-plan/"
"""A name, not an address: nothing is fetched from it."""

ONE = {
    "hours-per-week": "hours_per_week",
    "budget-per-week": "budget_per_week",
    "contribution-per-week": "contribution_per_week",
    "most-rate": "most_rate",
    "funding": "funding",
    "area": "postcode",
    "times": "times",
    "few-people": "few_people",
    "confirmed-on": "confirmed_on",
    "own-words": "own_words",
}
MANY = {"sleep-in": "sleep_ins", "home": "home"}
PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "flexible": ("flexible", {"hours": "hours", "window": "window", "at-least-hours": "at_least_hours"}),
    "wish": (
        "wishes",
        {
            "criterion": "criterion",
            "strength": "strength",
            "value": "value",
            "mode": "mode",
            "level": "level",
            "share": "share",
            "within-miles": "within_miles",
        },
    ),
}
LISTS = {"or-else": "or_else"}
REASON = {"why": "why", "until": "until"}


def read(extensions: list[Json], paths: Paths) -> Json:
    found: Json = {}
    for at, one in enumerate(extensions):
        name, where = str(one.get("url", "")).removeprefix(URL), f"extension[{at}]"
        if name in ONE and (value := value_of(one)) is not None and ONE[name] not in found:
            found[ONE[name]] = value
            paths.use(where)
        elif name in MANY and (value := value_of(one)) is not None:
            found.setdefault(MANY[name], []).append(value)
            paths.use(where)
        elif name in PARTS:
            key, fields = PARTS[name]
            found.setdefault(key, []).append(parts(one.get("extension") or [], fields, where, paths))
            paths.use(f"{where}.url")
    return found


def parts(extensions: list[Json], fields: dict[str, str], where: str, paths: Paths) -> Json:
    """A wish or a flexible piece: inner extensions, with short names as FHIR has it."""
    found: Json = {}
    for at, one in enumerate(extensions):
        name, inside = str(one.get("url", "")), f"{where}.extension[{at}]"
        if name == "reason":
            found["reason"] = reason(one.get("extension") or [], inside, paths)
            paths.use(f"{inside}.url")
        elif name in LISTS and (value := value_of(one)) is not None:
            found.setdefault(LISTS[name], []).append(value)
            paths.use(inside)
        elif name in fields and (value := value_of(one)) is not None and fields[name] not in found:
            found[fields[name]] = value
            paths.use(inside)
    return found


def reason(extensions: list[Json], where: str, paths: Paths) -> Json:
    found: Json = {}
    for at, one in enumerate(extensions):
        name, value = str(one.get("url", "")), value_of(one)
        if value is not None and name == "task":
            found.setdefault("tasks", []).append(value)
        elif value is not None and name in REASON and name not in found:
            found[name] = value
        else:
            continue
        paths.use(f"{where}.extension[{at}]")
    return found


def value_of(extension: Json) -> Any:
    """Whichever of FHIR's value types was used. Money must be pounds."""
    name = next((key for key in extension if key.startswith("value")), None)
    if name is None:
        return None
    value = extension[name]
    match name:
        case "valueMoney":
            return value.get("value") if value.get("currency", "GBP") == "GBP" else None
        case "valueQuantity":
            return value.get("value")
        case "valueCodeableConcept":
            codings = value.get("coding") or [{}]
            return value.get("text") or codings[0].get("display") or codings[0].get("code")
        case "valueCoding":
            return value.get("display") or value.get("code")
        case _:
            return value
