"""Plans as files: CSV from spreadsheets, FHIR CarePlans from care record systems."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from services.portal.api import csv_in, fhir
from services.portal.api.shapes import CouncilPath, ReportOut
from services.portal.api.taking_in import take_in_all
from services.portal.ports import Begin
from shared.runtime.clock import utc
from shared.runtime.http import FieldProblem, Problem

LARGEST = 20_000_000  # bytes: about 50,000 plans

CSV_BODY = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}
FHIR_BODY = {"requestBody": {"required": True, "content": {"application/fhir+json": {"schema": {"type": "object"}}}}}

Source = Annotated[
    str | None,
    Query(pattern=r"^[a-z][a-z0-9-]{1,40}$", description="What to call the system they come from. Left out: as they say"),
]


def router(begin: Begin) -> APIRouter:
    routes = APIRouter(prefix="/api/councils/{council}/plans", tags=["plans"])

    @routes.post("/csv", summary="Send a spreadsheet of plans saved as CSV", openapi_extra=CSV_BODY)
    async def send_csv(council: CouncilPath, request: Request) -> ReportOut:
        body = await whole(request)
        candidates, strange = csv_in.plans(body, upload_version=int(utc().timestamp()))
        if not candidates:
            raise Problem(422, "We found no plans in this file", "Its first row must name the columns, as the guide shows.")
        return await take_in_all(begin, council, candidates, strange)

    @routes.post("/fhir", summary="Send a FHIR R4 CarePlan, or a Bundle of them", openapi_extra=FHIR_BODY)
    async def send_fhir(council: CouncilPath, request: Request, source: Source = None) -> ReportOut:
        try:
            body: Any = json.loads(await whole(request))
        except (ValueError, RecursionError):
            wrong = FieldProblem(field="body", problem="This is not JSON.", remedy="Send FHIR as JSON.")
            raise Problem(422, "This is not FHIR JSON", errors=[wrong]) from None
        candidates, strange = fhir.plans(body, source)
        if not candidates:
            raise Problem(422, "We found no CarePlan in this", "Send a CarePlan, or a Bundle that holds CarePlans.")
        return await take_in_all(begin, council, candidates, strange)

    return routes


async def whole(request: Request) -> bytes:
    """The body, unless it is too large to read at once."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > LARGEST:
            raise Problem(413, "This file is too large", "Send it in parts of up to 20 MB.")
    return bytes(read)
