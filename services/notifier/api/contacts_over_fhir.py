"""Contact records from and to systems that speak FHIR."""
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

from services.notifier.api import contact_fhir, contact_fhir_in
from services.notifier.api.contact_shapes import ContactIn, ContactOut, out
from services.notifier.api.contacts import acknowledged, keep
from services.notifier.domain.contact import PartyId
from services.notifier.ports import Begin, Clock, PartyUnknown
from shared.contracts import Council
from shared.runtime.http import PROBLEM_RESPONSES, Problem, not_understood

MEDIA_TYPE = "application/fhir+json"
BODY = {"requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}}
MOST = 1_000_000  # bytes


class TakenIn(BaseModel):
    contact: ContactOut
    not_understood: list[str]
    """Paths of what we have no place for: a person should look at it."""


async def json_of(request: Request) -> Any:
    body = await request.body()
    if len(body) > MOST:
        raise Problem(413, "This is too large", "Send one record at a time.")
    try:
        return await request.json()
    except ValueError:
        raise Problem(422, "This is not JSON", "Nothing was changed.") from None


def router(begin: Begin, clock: Clock) -> APIRouter:
    api = APIRouter(
        prefix="/councils/{council}/parties/{party_id}/contact/fhir", tags=["how parties are reached"],
        responses=PROBLEM_RESPONSES,
    )

    @api.get("", response_class=Response)
    async def give(council: Council, party_id: UUID) -> Response:
        """A Bundle: a Patient or Practitioner, and a Flag for each need of the Accessible Information Standard."""
        async with begin() as work:
            contact = await work.contacts.of(council, PartyId(party_id))
        if contact is None:
            raise PartyUnknown
        return JSONResponse(contact_fhir.bundle(contact), media_type=MEDIA_TYPE)

    @api.put("", openapi_extra=BODY)
    async def take(council: Council, party_id: UUID, request: Request) -> TakenIn:
        """Such a Bundle, ours or another system's. Without our extensions, ways are made of the Flags and the languages."""
        heard = contact_fhir_in.read(await json_of(request))
        if heard.errors:
            raise Problem(422, "Some of this could not be understood", "Nothing was changed. See errors.", errors=heard.errors)
        try:
            said = ContactIn.model_validate(heard.said)
        except ValidationError as invalid:
            raise not_understood(invalid) from None
        async with begin() as work:
            contact = await keep(said, council, party_id, "", clock(), work)
        if contact.stopped_at or contact.never:
            await acknowledged(council, [party_id], begin)
        return TakenIn(contact=out(contact), not_understood=heard.not_understood)

    return api
