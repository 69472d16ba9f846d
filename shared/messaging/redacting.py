"""What an event looks like without what it says: names of fields, kinds of values, and the words of our own closed lists."""
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from shared.contracts import Event
from shared.messaging.envelope import STRUCTURED, UNKNOWN_FIELD

Schema: TypeAlias = Mapping[str, Any]

OF_OURS = ("ce_specversion", "ce_type", "ce_version", "ce_timeline", "ce_dataschema", "content-type")
"""Headers whose values are ours when they are as we would write them."""
DEEPEST = 20
MOST = 20  # entries of a list that are shown


def shape(body: bytes | None, kind: type[Event] | None, *, content_type: str = "") -> Any:
    """The body's structure. Nothing that somebody could have typed is in it, however wrong the body is."""
    if body is None:
        return "nothing"
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return f"{len(body)} bytes that are not JSON"
    schema = kind.model_json_schema(by_alias=True) if kind else {}
    if content_type.startswith(STRUCTURED) and isinstance(data, dict):
        return {"data": without_words(data.get("data"), [schema], schema.get("$defs", {}))}
    return without_words(data, [schema], schema.get("$defs", {}))


def without_words(value: Any, schemas: Iterable[Schema], named: Mapping[str, Schema], depth: int = 0) -> Any:
    known = [choice for schema in schemas for choice in choices(schema, named)]
    if value is None or isinstance(value, bool):
        return value
    if depth > DEEPEST:
        return "more"
    if isinstance(value, dict):
        return fields_of(value, known, named, depth)
    if isinstance(value, list):
        items = [schema["items"] for schema in known if "items" in schema]
        items += [item for schema in known for item in schema.get("prefixItems", ())]
        shown = [without_words(one, items, named, depth + 1) for one in value[:MOST]]
        return [*shown, f"and {len(value) - MOST} more"] if len(value) > MOST else shown
    if any(value in schema.get("enum", ()) or value == schema.get("const") for schema in known):
        return value
    return f"text, {len(value)} long" if isinstance(value, str) else "a number"


def fields_of(value: dict[str, Any], known: list[Schema], named: Mapping[str, Schema], depth: int) -> dict[str, Any]:
    """The name of a field that the contract does not have is the sender's own word: anything may be in it."""
    told: dict[str, Any] = {}
    for name, inner in value.items():
        inside = [schema["properties"][name] for schema in known if name in schema.get("properties", {})]
        told[name if inside else UNKNOWN_FIELD] = without_words(inner, inside, named, depth + 1)
    return told


def choices(schema: Schema, named: Mapping[str, Schema]) -> Iterator[Schema]:
    """The schema itself, or each of those it leaves open."""
    if "$ref" in schema:
        yield from choices(named[schema["$ref"].rsplit("/", 1)[-1]], named)
    elif open_ones := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        for one in open_ones:
            yield from choices(one, named)
    else:
        yield schema


def headers_without_words(headers: Mapping[str, str], kind: type[Event] | None) -> dict[str, str]:
    """Ours as they are, others by their length; headers we do not know are not named."""
    ours = {
        "ce_specversion": {"1.0"}, "content-type": {"application/json", STRUCTURED},
        "ce_type": {kind.type_name()} if kind else set(), "ce_dataschema": {f"/schemas/{kind.topic}.json"} if kind else set(),
    }
    told = {}
    for name, value in headers.items():
        low = name.lower()
        number = low in ("ce_version", "ce_timeline") and value.isascii() and value.isdecimal() and len(value) < 10
        if low in KNOWN_HEADERS:
            told[low] = value if number or value in ours.get(low, ()) else f"text, {len(value)} long"
    return told


KNOWN_HEADERS = frozenset({*OF_OURS, "ce_id", "ce_source", "ce_time", "ce_tenant", "ce_partitionkey"})
