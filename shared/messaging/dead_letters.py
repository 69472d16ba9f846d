"""Events set aside, over HTTP: which and why, try one again, leave one out (two people), take a copy."""
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts import Event
from shared.messaging import deciding, parking
from shared.messaging.deciding import Came
from shared.messaging.emptying import ERASED
from shared.messaging.redacting import headers_without_words, shape
from shared.runtime.http import FieldProblem, Problem
from shared.runtime.postgres import Database

NOBODY = "-"
"""In an address, the council of an event that could not be read."""
LARGEST = 2**63 - 1
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

Who = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100, pattern=PRINTABLE),
    Field(description="Your own name. Accounts of staff are the portal's; here it is what you say it is."),
]
Why = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=5, max_length=500, pattern=PRINTABLE),
    Field(description="The reason, kept for good. No personal details: an event's name is enough."),
]


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    who: Who


class SaidWhy(Said):
    why: Why


class Asked(SaidWhy):
    """Which to copy: all, or those of one council, one key, one number."""

    council: str | None = None
    key: str | None = None
    number: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    after: Annotated[int, Field(ge=0, le=LARGEST)] = 0


def dead_letters(database: Database, kinds: Iterable[type[Event]]) -> APIRouter:
    """`kinds`: what the service hears and tells."""
    router = APIRouter(prefix="/parked", tags=["events set aside"])
    by_topic = {kind.topic: kind for kind in kinds}
    occurrences = [kind.topic for kind in by_topic.values() if kind.carries == "occurrence"]

    @router.get("", summary="Events set aside, newest first, with the reason")
    async def listed(most: int = 100) -> list[dict[str, Any]]:
        return await parking.listed(database, max(0, min(most, 1000)))

    @router.get("/export", summary="Their structure: names of fields and kinds of values, nothing that was typed")
    async def shapes(
        council: str | None = None, key: str | None = None, number: int | None = None, after: int = 0
    ) -> list[dict[str, Any]]:
        if number is not None and not 0 < number <= LARGEST:
            raise not_there("number")
        after = max(0, min(after, LARGEST))
        rows = await deciding.copies(database, council=text(council), key=text(key), parked_id=number, after=after)
        return [shape_of(row, by_topic.get(row["topic"])) for row in rows]

    @router.post("/export", summary="The whole of them, to be mended and published again; it is written down who took them")
    async def whole(asked: Asked) -> list[dict[str, Any]]:
        rows = await deciding.copies(
            database, council=text(asked.council), key=text(asked.key), parked_id=asked.number, after=asked.after,
            whole_for=(asked.who, asked.why),
        )
        return [whole_of(row) for row in rows]

    @router.get("/{council}/{parked_id}", summary="One of them, what waits behind it, and what was decided about it")
    async def shown(council: str, parked_id: int) -> dict[str, Any]:
        return await there(database, council, parked_id)

    @router.post("/{council}/{parked_id}/retry", summary="Try one again now")
    async def retry(council: str, parked_id: int, said: Said) -> dict[str, str]:
        if (await there(database, council, parked_id))["reason"] == ERASED:
            problem, remedy = "It is empty: it named somebody who is erased.", "Leave it out: one person asks, another decides."
            raise Problem(
                409, "There is nothing left to try", remedy,
                errors=[FieldProblem(field="parked_id", problem=problem, remedy=remedy)],
            )
        if not await deciding.retry(database, named(council), parked_id, said.who):
            raise not_there("parked_id")
        return {"status": "will be tried again within a few seconds"}

    @router.post("/{council}/{parked_id}/skip", summary="Leave one out: the first person asks, a second one decides")
    async def skip(council: str, parked_id: int, said: SaidWhy) -> dict[str, Any]:
        await there(database, council, parked_id)
        outcome = await deciding.skip(database, named(council), parked_id, said.who, said.why, occurrences)
        match outcome.came:
            case Came.GONE:
                raise not_there("parked_id")
            case Came.NOT_FIRST:
                raise refused(
                    "parked_id", "Earlier events of the same thing are set aside too.", "Begin with the first of them."
                )
            case Came.SAME_PERSON:
                remedy = "Ask a colleague to look at it and to send the same with their own name."
                raise refused("who", "You asked for this yourself. It takes a second person.", remedy)
        return {"status": outcome.came, "until": outcome.until}

    return router


async def there(database: Database, council: str, parked_id: int) -> dict[str, Any]:
    found = None
    if 0 < parked_id <= LARGEST and "\x00" not in council:
        found = await deciding.shown(database, named(council), parked_id)
    if found is None:
        raise not_there("parked_id")
    return found


def named(council: str) -> str:
    return "" if council == NOBODY else council


def text(asked: str | None) -> str | None:
    """PostgreSQL has no NUL in text, so nothing is stored under such a name; the empty council is that of no council."""
    return None if asked is None else named(asked.replace("\x00", "\ufffd"))


def not_there(field: str) -> Problem:
    return Problem(
        404, "There is no such event", "It may have been applied since. Look at the list again.",
        errors=[FieldProblem(field=field, problem="Nothing is set aside under this.", remedy="Take it from the list.")],
    )


def refused(field: str, problem: str, remedy: str) -> Problem:
    return Problem(409, "It was not left out", errors=[FieldProblem(field=field, problem=problem, remedy=remedy)])


def shape_of(row: Any, kind: type[Event] | None) -> dict[str, Any]:
    headers = {str(name): str(value) for name, value in row["headers"].items()}
    content_type = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return {
        "council": row["council"], "id": row["id"], "topic": row["topic"], "version": row["version"], "reason": row["reason"],
        "fields": row["fields"], "headers": headers_without_words(headers, kind),
        "body": shape(row["body"], kind, content_type=content_type),
    }


def whole_of(row: Any) -> dict[str, Any]:
    body: bytes | None = row["body"]
    try:
        content = {"body": None if body is None else body.decode()}
    except UnicodeDecodeError:
        content = {"body_in_hex": body.hex() if body else ""}
    return {
        "council": row["council"], "id": row["id"], "topic": row["topic"], "partition": row["part"], "key": row["key"],
        "version": row["version"], "reason": row["reason"], "fields": row["fields"], "headers": row["headers"], **content,
    }
