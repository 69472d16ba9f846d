"""Events set aside that name somebody who is erased: what they say goes, and that they came, stays."""
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from shared.messaging.statements import sql
from shared.runtime.postgres import Connection

ERASED = "it named somebody who is erased"
"""The reason of an event that is empty: it cannot be tried any more, and can be left out as any other."""

Name: TypeAlias = Mapping[str, str]
"""How a sender names somebody: fields of one object. The first must be there; what else is there must not be another's."""


async def empty_what_names(connection: Connection, council: str, party_id: UUID, known_as: Collection[Name]) -> None:
    """Also what nobody could read, and what two people left out."""
    number = str(party_id)
    firsts = [first_of(name)[1] for name in known_as]
    words = {number, number.upper(), *firsts, *(json.dumps(word)[1:-1] for word in firsts)}
    rows = await connection.fetch(sql.set_aside_with_words, council, [word.encode() for word in words])
    theirs = [row["event_id"] for row in rows if names(row["body"], number, known_as)]
    await connection.execute(sql.empty_parked, council, theirs, ERASED)
    await connection.execute(sql.empty_skipped, council, theirs, ERASED)


def names(body: bytes, number: str, known_as: Collection[Name]) -> bool:
    """Our own number for them is nobody else's, wherever it stands. Others' numbers are, outside their fields."""
    if number.encode() in body.lower():
        return True
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        return any(all(quoted(said) in body for said in first_of(name)) for name in known_as)
    return any(is_named(inside, name) for inside in objects(whole) for name in known_as)


def is_named(inside: Mapping[str, Any], name: Name) -> bool:
    first, word = first_of(name)
    return inside.get(first) == word and all(inside.get(field, said) == said for field, said in name.items())


def first_of(name: Name) -> tuple[str, str]:
    """The field that must be there, and what it says."""
    return next(iter(name.items()))


def quoted(word: str) -> bytes:
    return json.dumps(word, ensure_ascii=False).encode()


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in it, however deep: the reader of JSON went no deeper."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
