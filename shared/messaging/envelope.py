"""What is written around an event: CloudEvents 1.0, binary mode on Kafka; structured mode is understood too.

Reading never raises: what cannot be read comes back as `Unreadable`, with a reason that holds nothing of the content.
"""
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError

from shared.contracts import Event

STRUCTURED = "application/cloudevents+json"
UNKNOWN_FIELD = "(a field we do not know)"
LARGEST_BODY = 1_000_000  # bytes; the broker's own limit is about the same
LARGEST_REVISION = 2**63 - 1  # what the database can hold


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record as the broker gave it: where from, and its bytes."""

    topic: str
    partition: int
    offset: int
    headers: tuple[tuple[str, bytes | None], ...]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Letter:
    """An event with what its envelope says."""

    event_id: UUID
    event: Event
    timeline: int
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An event that can never be understood as it is."""

    event_id: UUID
    reason: str
    arrival: Arrival
    council: str = ""
    fields: tuple[str, ...] = field(default=())


def headers_for(event: Event, event_id: UUID, *, told_at: datetime) -> dict[str, str]:
    """The CloudEvents attributes, ASCII, without the timeline (the database knows it)."""
    return {
        "ce_specversion": "1.0",
        "ce_id": str(event_id),
        "ce_type": event.type_name(),
        "ce_source": f"/alongside/{event.topic.split('.')[0]}",
        "ce_time": told_at.isoformat(),
        "ce_dataschema": f"/schemas/{event.topic}.json",
        "ce_partitionkey": event.council,
        "ce_tenant": event.council,
        "ce_version": str(event.revision),
        "content-type": "application/json",
    }


def read(arrival: Arrival, heard: Mapping[str, type[Event]]) -> Letter | Unreadable:
    """The event of one record. `heard`: the kind of event each topic carries."""
    try:
        return opened(arrival, heard)
    except Exception:  # whatever somebody sent us, it is one record: raising would hold up all that come after it
        return Unreadable(place_of(arrival), "the record cannot be read", arrival)


def place_of(arrival: Arrival) -> UUID:
    return uuid5(NAMESPACE_URL, f"{arrival.topic}/{arrival.partition}/{arrival.offset}")


def opened(arrival: Arrival, heard: Mapping[str, type[Event]]) -> Letter | Unreadable:
    place_id = place_of(arrival)

    def unreadable(reason: str, *, council: str = "", fields: Iterable[str] = (), event_id: UUID = place_id) -> Unreadable:
        return Unreadable(event_id, reason, arrival, council, tuple(sorted(set(fields))))

    try:
        headers = {name.lower(): value.decode() for name, value in arrival.headers if value is not None}
    except (UnicodeDecodeError, AttributeError):
        return unreadable("a header is not text")
    if arrival.body is None:
        return unreadable("there is no body")
    if len(arrival.body) > LARGEST_BODY:
        return unreadable("the body is too large")
    data: Any = arrival.body
    if headers.get("content-type", "").startswith(STRUCTURED):
        try:
            whole = json.loads(arrival.body)
            headers |= {f"ce_{name}": str(value) for name, value in whole.items() if name != "data"}
            data = json.dumps(whole["data"]).encode()
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
            return unreadable("the body is not a CloudEvent")
    kind = heard[arrival.topic]
    if not headers.get("ce_id"):
        return unreadable("the header ce_id is missing")
    event_id = identity(headers["ce_id"], headers.get("ce_source", ""))
    if headers.get("ce_type", kind.type_name()) != kind.type_name():
        return unreadable("the type is not one this topic carries", event_id=event_id)
    try:
        event = kind.model_validate_json(data)
    except ValidationError as error:
        where = map(where_in_body, error.errors(include_input=False))
        return unreadable("the body is not as the contract says", fields=where, event_id=event_id)
    except (ValueError, RecursionError):
        return unreadable("the body cannot be read", event_id=event_id)
    said_inside = {"ce_tenant": event.council, "ce_version": str(event.revision)}
    disagreeing = [name for name, said in said_inside.items() if headers.get(name, said) != said]
    if disagreeing:
        return unreadable("a header and the body disagree", council=event.council, fields=disagreeing, event_id=event_id)
    timeline = headers.get("ce_timeline", "1")
    if event.revision > LARGEST_REVISION:
        return unreadable("the revision is too large", council=event.council, event_id=event_id)
    if not timeline.isdecimal() or len(timeline) > 9:
        return unreadable("the header ce_timeline is not a number", council=event.council, event_id=event_id)
    return Letter(event_id, event, int(timeline), arrival)


def where_in_body(problem: Any) -> str:
    """Where in the body. The name of a field that the contract does not have is the sender's own word: anything may be in it."""
    place = [str(part) for part in problem["loc"]]
    return ".".join([*place[:-1], UNKNOWN_FIELD] if problem["type"] == "extra_forbidden" else place)


def identity(ce_id: str, source: str) -> UUID:
    """Our own ids are UUIDs; anybody else's is made into one with its source, as CloudEvents ids are unique per source."""
    try:
        return UUID(ce_id)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"{source}#{ce_id}".encode(errors="backslashreplace").decode())
