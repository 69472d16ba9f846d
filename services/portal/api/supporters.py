"""Letting in and ending, told by other systems that hold the person's say-so."""

from uuid import UUID, uuid4

from fastapi import APIRouter

from services.portal.api.shapes import CouncilPath, SupporterIn, SupporterOut, supporter_out
from services.portal.ports import Begin
from services.portal.usecases import supporters
from shared.runtime.clock import utc


def router(begin: Begin) -> APIRouter:
    routes = APIRouter(prefix="/api/councils/{council}/supporters", tags=["supporters"])

    @routes.post("", status_code=201, summary="Let a supporter in beside a person, as far and as long as the person said")
    async def let_in(council: CouncilPath, given: SupporterIn) -> SupporterOut:
        async with begin() as work:
            delegation = await supporters.let_in(
                council,
                given.person_id,
                given.supporter_id,
                given.scopes,
                given.until,
                work,
                now=utc(),
                delegation_id=given.delegation_id or uuid4(),
                evidence=given.evidence,
                start=given.start,
            )
        return supporter_out(delegation)

    @routes.post("/{delegation_id}/end", summary="Take a supporter off. It counts from this moment")
    async def end(council: CouncilPath, delegation_id: UUID) -> SupporterOut:
        async with begin() as work:
            delegation = await supporters.end_support(council, delegation_id, work, now=utc())
        return supporter_out(delegation)

    return routes
