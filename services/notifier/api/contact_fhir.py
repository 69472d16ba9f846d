"""A contact record as FHIR R4 has it: who it is, and one Flag for each need of the Accessible Information Standard."""
from typing import Any

from services.notifier.api.contact_shapes import DAYS
from services.notifier.domain.contact import Contact, PartyKind, Preference
from services.notifier.domain.standard import needs_of
from shared.vocabulary import formats
from shared.vocabulary.formats import Need

Json = dict[str, Any]

URL = "https://alongside.example/fhir/contact/"
"""A name, not an address: nothing is fetched from it. What is under it, FHIR has no place for."""
SNOMED = "http://snomed.info/sct"
CATEGORY = f"{URL}need-category"
LANGUAGES = "urn:ietf:bcp:47"
RESOURCES = {PartyKind.PERSON: "Patient"}
"""Everybody else acts beside a person, as a Practitioner."""


def bundle(c: Contact) -> Json:
    subject = f"{resource_type(c)}/{c.party_id}"
    return {
        "resourceType": "Bundle", "type": "collection",
        "entry": [{"resource": who(c)}, *[{"resource": flag(need, subject)} for need in needs_of(c)]],
    }


def resource_type(c: Contact) -> str:
    return RESOURCES.get(c.kind, "Practitioner")


def who(c: Contact) -> Json:
    telecom = [
        {"system": system, "value": value} for system, value in (("phone", c.phone), ("email", c.email)) if value
    ]
    found: Json = {
        "resourceType": resource_type(c), "id": str(c.party_id), "meta": {"versionId": str(c.version)},
        "extension": extensions(c), "name": [{"use": "usual", "text": c.address_as}],
    }
    if telecom:
        found["telecom"] = telecom
    if c.postal_address:
        found["address"] = [{"line": list(c.postal_address)}]
    if languages := [coded(tag) for tag in dict.fromkeys(one.language for one in c.preferences)]:
        is_patient = found["resourceType"] == "Patient"
        found["communication"] = (
            [{"language": one, "preferred": at == 0} for at, one in enumerate(languages)] if is_patient else languages
        )
    return found


def coded(tag: str) -> Json:
    return {"coding": [{"system": LANGUAGES, "code": tag}]}


def extensions(c: Contact) -> list[Json]:
    """In the order of the record; preferences in the party's own."""
    found = [one("kind", "Code", c.kind.value), *[preference(p) for p in c.preferences]]
    found += [one("quiet-from", "Time", c.quiet_from.isoformat()), one("quiet-to", "Time", c.quiet_to.isoformat())]
    found += [
        many("safe-time", [
            *[part("day", "Code", DAYS[day]) for day in sorted(safe.days)],
            part("begins", "Time", safe.begins.isoformat()), part("ends", "Time", safe.ends.isoformat()),
        ])
        for safe in c.safe_times
    ]
    found += [one("never", "Code", method.value) for method in sorted(c.never)]
    found += [
        one(name, "Boolean", said)
        for name, said in (
            ("discreet", c.discreet), ("shared-post", c.shared_post), ("hear-of-gaps", c.hear_of_gaps),
        )
    ]
    found += [one("list-news", "Code", c.list_news.value)] if c.kind is PartyKind.PERSON else []
    found += [one("stopped", "Boolean", True)] if c.stopped_at else []  # never false: reading an old copy starts nothing
    found += [
        many("copy", [
            part("supporter", "Uuid", f"urn:uuid:{copy.supporter_id}"),
            *[part("topic", "Code", topic.value) for topic in sorted(copy.topics)],
        ])
        for copy in c.copies
    ]
    found += [one("shown-as", "String", c.shown_as)] if c.shown_as else []
    days = (("confirmed-on", c.confirmed_on), ("ask-again-on", c.ask_again_on))
    return found + [one(name, "Date", day.isoformat()) for name, day in days if day]


def preference(p: Preference) -> Json:
    size = [part("point-size", "Integer", p.point_size)] if p.point_size else []
    named = (("method", p.method.value), ("format", p.format.value), ("language", p.language))
    return many("preference", [*[part(name, "Code", value) for name, value in named], *size])


def one(name: str, kind: str, value: object) -> Json:
    return {"url": URL + name, f"value{kind}": value}


def part(name: str, kind: str, value: object) -> Json:
    """Inside another extension names are short, as FHIR has it."""
    return {"url": name, f"value{kind}": value}


def many(name: str, parts: list[Json]) -> Json:
    return {"url": URL + name, "extension": parts}


def flag(need: Need, subject: str) -> Json:
    category = {"system": CATEGORY, "code": need.category, "display": formats.CATEGORIES[need.category]}
    return {
        "resourceType": "Flag", "status": "active", "category": [{"coding": [category]}],
        "code": {"coding": [{"system": SNOMED, "code": need.snomed, "display": need.label}]}, "subject": {"reference": subject},
    }
