"""A supporter asks to be let in, over HTTP: the portal says who asks, we find whom they mean. Never by event."""
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.notifier.ports import Begin, Clock
from services.notifier.usecases import support_requests
from shared.contracts import Council
from shared.vocabulary import contact_points

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Point = Annotated[
    str, Field(min_length=3, max_length=320, description="An email address or a mobile number"),
    AfterValidator(contact_points.either),
]


class SupportRequestIn(BaseModel):
    """Whom they mean: by how that person is reached, by number, or by neither, where nobody is meant that we know."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    request_id: Annotated[UUID, Field(description="New for each ask")]
    contact: Point | None = None
    person_id: UUID | None = None
    name: Name | None = None
    organisation: Name | None = None


class PersonOut(BaseModel):
    """For the portal, and never for the one who typed."""

    person_id: UUID | None


def router(begin: Begin, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["support requests"])

    @api.post("/support-requests", status_code=202)
    async def ask(council: Council, said: SupportRequestIn) -> PersonOut:
        """Finds the one person; keeps who asks until it is over. Nothing is sent before `portal.support_request.v1` says it."""
        async with begin() as work:
            return PersonOut(person_id=await support_requests.find_person(
                council, said.request_id, said.contact, said.person_id, said.name, said.organisation, clock(), work
            ))

    return api
