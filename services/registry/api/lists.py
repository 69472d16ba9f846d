"""Many PAs at once: as JSON, or as the CSV that a council's spreadsheet saves. Good rows go in even if others are bad."""
import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import ValidationError

from services.registry.api.answers import PlainRoute, refusals_in
from services.registry.api.profiles import now, registered_out
from services.registry.api.register_csv import NotARegister, Row, Sheet, read_sheet
from services.registry.api.said import ProfileIn, said_in
from services.registry.api.shown import QuestionOut, RefusedOut, Shown, UnderstoodOut, refused_out
from services.registry.domain.consent import How
from services.registry.domain.values import Refusal
from services.registry.ports import Begin
from services.registry.usecases.registering import Refused, Seen, register_many
from services.registry.usecases.said import Said
from services.registry.usecases.settling import Settled
from shared.contracts import Council
from shared.runtime.http import FieldProblem, Problem

AT_ONCE = 200  # profiles in one transaction
MOST_PROFILES = 5_000  # in one JSON request
MOST_BYTES = 20_000_000
CSV_EXAMPLE = "Ref,Name,Post code,Travel,Lang\nPA-7,Amrit K,LE5 3,bus,Panjabi (fluent)\n"
CSV_BODY = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string"}, "example": CSV_EXAMPLE}},
    }
}
JSON_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/ProfileIn"}}}},
    }
}


class RefusedItem(Shown):
    index: int
    """Counted from 0."""
    errors: list[FieldProblem]


class BulkOut(Shown):
    added: int
    changed: int
    unchanged: int
    refused: list[RefusedItem]


class RowOut(Shown):
    row: int
    """As the spreadsheet counts: the headings are usually row 1."""
    outcome: Literal["added", "changed", "unchanged", "refused"]
    profile_id: UUID | None = None
    understood: list[UnderstoodOut] = []
    asked: list[QuestionOut] = []
    refused: list[RefusedOut] = []


class Counts(Shown):
    added: int
    changed: int
    unchanged: int
    refused: int
    asked: int
    """Questions open on the profiles of these rows."""


class CsvOut(Shown):
    rows: list[RowOut]
    counts: Counts
    columns_used: list[str]
    columns_not_used: list[str]


Read = Said | Refused


def router(begin: Begin) -> APIRouter:
    router = APIRouter(prefix="/councils/{council}/profiles", tags=["many profiles"], route_class=PlainRoute)

    @router.post("/bulk", summary="Register many PAs", openapi_extra=JSON_BODY)
    async def bulk(council: Council, sent: Annotated[list[Any], Body()]) -> BulkOut:
        """Each is judged alone. With `ref` or `profile_id` the same list can be sent again without harm."""
        if len(sent) > MOST_PROFILES:
            raise Problem(413, "Too many at once", f"Send {MOST_PROFILES} profiles at a time.")
        results = await take_in(begin, council, [read(one) for one in sent])
        counts = Counter(result.outcome for result in results if isinstance(result, Settled))
        return BulkOut(
            added=counts["added"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
            refused=[
                RefusedItem(index=index, errors=[field_problem(error) for error in result.errors])
                for index, result in enumerate(results)
                if isinstance(result, Refused)
            ],
        )

    @router.post("/csv", summary="Register the PAs of a spreadsheet", response_model=CsvOut, openapi_extra=CSV_BODY)
    async def from_csv(
        council: Council,
        request: Request,
        understood: Annotated[bool, Query(description="Report also what was understood; leave it out for long files.")] = True,
    ) -> Response:
        """Headings in any order and most spellings; commas, semicolons or tabs; UTF-8 or Windows-1252. A row with `ref`
        can be sent again: it changes the same profile, and only where the file says something else than last time."""
        try:
            sheet = await asyncio.to_thread(read_sheet, await body_of(request))
        except NotARegister as problem:
            raise Problem(422, "This could not be read as a register of PAs", str(problem)) from None
        rows = list(sheet.rows())
        results = await take_in(begin, council, [read_row(row) for row in rows])
        report = csv_out(sheet, rows, results, understood)
        return Response(await asyncio.to_thread(report.model_dump_json), media_type="application/json")

    return router


async def body_of(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise Problem(413, "This file is too long", "Part it into files of less than 20 MB and send them one by one.")
    return bytes(body)


def read(sent: Any, badly_formed: Sequence[Refusal] = ()) -> Read:
    try:
        said = said_in(ProfileIn.model_validate(sent))
    except ValidationError as error:
        return Refused((*badly_formed, *refusals_in(error)))
    return Refused(tuple(badly_formed)) if badly_formed else said


def read_row(row: Row) -> Read:
    _, said, badly_formed = row
    return read(said, badly_formed)


async def take_in(begin: Begin, council: str, items: Sequence[Read]) -> list[Settled | Refused]:
    """In parts, each a transaction of its own: what is in stays in, and sending the list again is always safe."""
    results: list[Settled | Refused] = []
    seen = Seen()
    waiting = iter(items)
    while part := list(islice(waiting, AT_ONCE)):
        good = [item for item in part if not isinstance(item, Refused)]
        async with begin() as work:
            settled = iter(await register_many(council, good, work, now=now(), new_id=uuid4, how=How.REGISTER, seen=seen))
        results += [item if isinstance(item, Refused) else next(settled) for item in part]
    return results


def csv_out(sheet: Sheet, rows: Sequence[Row], results: Sequence[Settled | Refused], understood: bool) -> CsvOut:
    shown = [row_out(row[0], result, understood) for row, result in zip(rows, results, strict=True)]
    counts = Counter(row.outcome for row in shown)
    return CsvOut(
        rows=shown,
        counts=Counts(
            added=counts["added"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
            refused=counts["refused"],
            asked=sum(len(row.asked) for row in shown),
        ),
        columns_used=sheet.used,
        columns_not_used=sheet.not_used,
    )


def row_out(row: int, result: Settled | Refused, understood: bool) -> RowOut:
    if isinstance(result, Refused):
        return RowOut(row=row, outcome="refused", refused=[refused_out(error) for error in result.errors])
    told = registered_out(result)
    return RowOut(
        row=row,
        outcome=told.outcome,
        profile_id=told.profile_id,
        understood=told.understood if understood else [],
        asked=told.asked,
        refused=told.refused,
    )


def field_problem(refusal: Refusal) -> FieldProblem:
    return FieldProblem(field=refusal.field, problem=refusal.problem, remedy=refusal.remedy)
