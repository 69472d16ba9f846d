"""Sign-in codes, over HTTP: the portal makes them, we find whose point it is and send. Never by event."""
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.notifier.ports import Begin, Clock
from services.notifier.usecases import sign_in_codes
from shared.contracts import Council
from shared.vocabulary import contact_points


class CodeIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    contact: Annotated[
        str, Field(min_length=3, max_length=320, description="An email address or a mobile number"),
        AfterValidator(contact_points.either),
    ]
    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    code_ref: Annotated[UUID, Field(description="New for each code; the same again sends nothing twice")]


class AcceptedOut(BaseModel):
    """The same for known and unknown, but for `party_id`, which is for the portal and never for the one who typed."""

    accepted: Literal[True] = True
    party_id: UUID | None


def router(begin: Begin, clock: Clock) -> APIRouter:
    api = APIRouter(prefix="/councils/{council}", tags=["sign-in codes"])

    @api.post("/sign-in-codes", status_code=202)
    async def ask(council: Council, said: CodeIn) -> AcceptedOut:
        """Sends the code to the point that was typed, if it is the confirmed point of one party. It lasts 10 minutes."""
        async with begin() as work:
            party_id = await sign_in_codes.ask_for_code(council, said.contact, said.code, said.code_ref, clock(), work)
        return AcceptedOut(party_id=party_id)

    return api
