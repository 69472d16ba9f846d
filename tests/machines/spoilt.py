"""Messages as they must not be: good ones, spoilt in every way that wires, disks, mistakes and malice know, from a seed."""
import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from shared.contracts import Event
from shared.messaging.envelope import LARGEST_BODY, STRUCTURED, Arrival, headers_for
from shared.messaging.partitions import partition_of
from tests.integration.messaging.parts import reply, supporter

CANARY = "Zanzibar7731"
"""In every spoilt message. It must be nowhere but in the set-aside body itself."""
Headers = dict[str, bytes | None]
Spoil = Callable[[random.Random, Arrival], Arrival]


def good(council: str, chance: random.Random, offset: int) -> tuple[Event, Arrival]:
    """Every other one from a later version of ours, that says something more."""
    event = chance.choice((supporter, reply))(council)
    headers = headers_for(event, UUID(int=chance.getrandbits(128), version=4), told_at=reply(council).at)
    arrival = Arrival(
        event.topic, partition_of(council), offset, tuple((name, value.encode()) for name, value in headers.items()),
        event.model_dump_json().encode(),
    )
    return event, arrival if chance.random() < 0.5 else with_body(arrival, said_later=CANARY)


def body_of(arrival: Arrival) -> dict[str, Any]:
    return dict(json.loads(arrival.body or b"{}"))


def with_body(arrival: Arrival, **changes: Any) -> Arrival:
    return replace(arrival, body=json.dumps({**body_of(arrival), **changes}).encode())


def with_headers(arrival: Arrival, **changes: bytes | None) -> Arrival:
    return replace(arrival, headers=tuple({**dict(arrival.headers), **changes}.items()))


def without(arrival: Arrival, name: str) -> Arrival:
    return replace(arrival, headers=tuple(header for header in arrival.headers if header[0] != name))


def flipped(chance: random.Random, arrival: Arrival) -> Arrival:
    """Bits of the braces and quotes, so that it is JSON no more; a flipped bit of a value may be another good value."""
    body = bytearray(arrival.body or b"")
    for at in chance.sample([n for n, byte in enumerate(body) if byte in b'{}":,'], 3):
        body[at] ^= 1 << chance.randrange(7)
    return replace(arrival, body=bytes(body) + CANARY.encode())


def cut(chance: random.Random, arrival: Arrival) -> Arrival:
    body = (arrival.body or b"").replace(b'{', f'{{"{CANARY}": 1, '.encode(), 1)
    return replace(arrival, body=body[: chance.randrange(1, len(body) - 1)])


def deep(chance: random.Random, arrival: Arrival) -> Arrival:
    depth = chance.choice((200, 2_000, 100_000))
    return replace(arrival, body=b"[" * depth + CANARY.encode() + b"]" * depth)


def structured(chance: random.Random, arrival: Arrival) -> Arrival:
    whole: dict[str, Any] = {
        "specversion": "1.0", "id": f"{CANARY}-{arrival.offset}", "type": dict(arrival.headers)["ce_type"].decode(),  # type: ignore[union-attr]
        "source": "/x", "data": body_of(arrival),
    }
    damage: dict[str, Callable[[], Any]] = {
        "no data": lambda: {name: value for name, value in whole.items() if name != "data"}, "data is text": lambda: {
            **whole, "data": CANARY}, "not an object": lambda: [whole], "no id": lambda: {**whole, "id": ""},
        "another type": lambda: {**whole, "type": f"pa.{CANARY}.v1"}, "data is null": lambda: {**whole, "data": None},
    }
    body = json.dumps(damage[chance.choice(sorted(damage))]()).encode()
    if chance.random() < 0.2:
        body = body[:-5]
    return replace(arrival, headers=(("content-type", STRUCTURED.encode()), ("x-note", CANARY.encode())), body=body)


def wrong_value(chance: random.Random, arrival: Arrival) -> Arrival:
    name = chance.choice(sorted(body_of(arrival).keys() - {"said_later"}))
    value = chance.choice((CANARY + "\x00", {CANARY: [CANARY]}, 10**300, "\ud800" + CANARY, [None]))
    name = name if name != "council" else "revision"
    return with_body(arrival, **{name: value}, **{CANARY: 1})


def header_not_text(chance: random.Random, arrival: Arrival) -> Arrival:
    return with_headers(arrival, **{chance.choice(("ce_id", "ce_tenant", "x")): b"\xff\xfe" + CANARY.encode()})


def huge(chance: random.Random, arrival: Arrival) -> Arrival:
    return with_body(arrival, note=CANARY + "x" * chance.choice((LARGEST_BODY, 5 * 1024 * 1024)))


SPOILS: dict[str, Spoil] = {
    "bits flipped": flipped,
    "cut": cut,
    "a header that is not text": header_not_text,
    "no header at all": lambda chance, a: replace(with_body(a, note=CANARY), headers=()),
    "a null header": lambda chance, a: with_headers(with_body(a, note=CANARY), ce_id=None),
    "no body": lambda chance, a: replace(a, body=None, headers=(*a.headers, ("x", CANARY.encode()))),
    "an empty body": lambda chance, a: replace(a, body=b"", headers=(*a.headers, ("x", CANARY.encode()))),
    "no id": lambda chance, a: without(with_body(a, note=CANARY), "ce_id"),
    "another council in the header": lambda chance, a: with_headers(a, ce_tenant=CANARY.lower().encode()),
    "another version in the header": lambda chance, a: with_headers(a, ce_version=str(chance.randrange(2, 2**70)).encode()),
    "a type of the future": lambda chance, a: with_headers(a, ce_type=f"pa.{CANARY}.changed.v{chance.randrange(2, 99)}".encode()),
    "a timeline that is no number": lambda chance, a: with_headers(
        a, ce_timeline=chance.choice((b"-1", b"9" * 30, CANARY.encode()))
    ),
    "zeros": lambda chance, a: replace(a, body=b"\x00" * chance.randrange(1, 3000) + CANARY.encode()),
    "only bytes": lambda chance, a: replace(a, body=chance.randbytes(chance.randrange(1, 400)) + CANARY.encode()),
    "deep": deep,
    "a number too large": lambda chance, a: with_headers(with_body(a, revision=10 ** chance.randrange(19, 400)), ce_version=None),
    "a wrong value": wrong_value,
    "structured and damaged": structured,
}
"""How, and what it makes of a good one. Each leaves something that nobody may apply."""


def spoilt(council: str, chance: random.Random, offset: int, *, how: str = "") -> Arrival:
    _, arrival = good(council, chance, offset)
    if not how and chance.random() < 0.003:
        return huge(chance, arrival)
    return SPOILS[how or chance.choice(sorted(SPOILS))](chance, arrival)
