"""All that a service holds about one party, as one document: the same question to every service."""
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from shared.contracts import Council
from shared.messaging.statements import sql
from shared.runtime.postgres import LONG_ANSWER_WITHIN, Connection, Database


def plain(row: Mapping[str, Any]) -> dict[str, JsonValue]:
    """The columns as the statement names them; what is not there is left out."""
    return {name: said(value) for name, value in row.items() if value not in (None, [], {}, "")}


def said(value: Any) -> JsonValue:
    """In JSON's own types."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes():
            raise TypeError("bytes are nobody's to read: the statement or the part's reader turns them into words")
        case Mapping():
            return {str(name): said(one) for name, one in value.items()}
        case Iterable():
            return [said(one) for one in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no plain form")


@dataclass(frozen=True)
class Part:
    """One kind of thing: a statement that takes the council and the party, and how to read a row where it is not plain."""

    statement: str
    read: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict


class DataOut(BaseModel):
    """What is not held is not there."""

    model_config = ConfigDict(hide_input_in_errors=True)

    service: str
    party_id: UUID
    erased_at: Annotated[datetime | None, Field(description="When all of it was erased, as they asked")] = None
    parts: Annotated[dict[str, list[dict[str, JsonValue]]], Field(description="Kind of thing: all of that kind, oldest first")]


async def gather(
    connection: Connection, parts: Mapping[str, Part], council: str, party_id: UUID
) -> dict[str, list[dict[str, JsonValue]]]:
    found = {}
    for name, part in parts.items():
        rows = await connection.fetch(part.statement, council, party_id, timeout=LONG_ANSWER_WITHIN)
        if rows:
            found[name] = [plain(part.read(dict(row))) for row in rows]
    return found


def own_data(service: str, database: Database, parts: Mapping[str, Part], *, under: str = "") -> APIRouter:
    router = APIRouter(prefix=f"{under}/councils/{{council}}", tags=["what is held about one party"])

    @router.get("/parties/{party_id}/data", summary="All that is held about one party, as of one moment")
    async def data(council: Annotated[Council, Path()], party_id: UUID) -> DataOut:
        """For the party themself, when they ask for a copy. Facts that are another's alone are not in it."""
        async with database.view() as connection:
            found = await gather(connection, parts, council, party_id)
            erased_at = await connection.fetchval(sql.erased_at, council, party_id)
            return DataOut(service=service, party_id=party_id, erased_at=erased_at, parts=found)

    return router
