"""What GOV.UK Notify calls us back with: its documented delivery receipt, let in by a token of its own."""
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

from services.notifier.domain.receipt import Effect, Word
from services.notifier.ports import Begin, Clock
from services.notifier.usecases import settling
from shared.runtime.gate import shows_key
from shared.runtime.http import PROBLEM_RESPONSES, Problem

log = structlog.get_logger()


def ours_are_uuids(reference: object) -> object:
    """Another's reference may hold anything, so it is not kept."""
    try:
        return UUID(str(reference))
    except ValueError:
        return None


class ReceiptIn(BaseModel):
    """`to`, the times and the template are sent too; they are not read."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    id: UUID
    reference: Annotated[UUID | None, BeforeValidator(ours_are_uuids)] = None
    status: Annotated[str, Field(pattern=r"^[a-z-]{1,40}$")]


def router(begin: Begin, token: SecretStr | None, clock: Clock) -> APIRouter:
    api = APIRouter(tags=["receipts"], responses=PROBLEM_RESPONSES)

    async def show_the_token(request: Request) -> None:
        if token is None or not shows_key(request.headers, token):
            raise Problem(401, "The callback token is needed", "Send the header `Authorization: Bearer` and the token.")

    @api.post("/receipts/notify", status_code=204, dependencies=[Depends(show_the_token)])
    async def receipt(said: ReceiptIn) -> None:
        """Taken also when it is about nothing of ours: Notify would only send it again."""
        effect = Effect.UNKNOWN
        if said.reference is not None:
            async with begin() as work:
                effect = await settling.hear(Word(str(said.id), said.reference, said.status), clock(), work)
        tell = log.info if effect in (Effect.SETTLED, Effect.NOTHING_FINAL) else log.warning
        tell("receipt heard", provider_id=str(said.id), status=said.status, effect=effect)

    return api
